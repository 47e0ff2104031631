"""Every figure of a report beside what earlier periods' sealed runs say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.archive.comparison.sealed import SealedRun
from thidua.contracts import FigureRecord
from thidua.settings.period import Period


@dataclass(frozen=True)
class FigureOverPeriods:
    """A figure as each period's report prints it, the oldest first; None where a report has none.

    ``exact`` are the values behind, None where there is none and where the unit is another one.
    """

    id: str
    label: str
    unit: str
    values: tuple[str | None, ...]
    exact: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class OverPeriods:
    """The periods compared, by their names and the oldest first, with their runs; each section's figures."""

    run: str
    periods: tuple[str, ...]
    runs: tuple[str, ...]
    sections: tuple[tuple[str, tuple[FigureOverPeriods, ...]], ...]


def over_periods(run: SealedRun, earlier: Sequence[SealedRun]) -> OverPeriods:
    """The figures of a run that some of the earlier ones has too, in the order of the report."""
    runs = sorted([*earlier, run], key=lambda r: (r is run, Period.parse(r.period).end, Period.parse(r.period).start))
    rows: dict[str, list[FigureOverPeriods]] = {}
    for figure in (f for f in run.figures.values() if not f.is_constant):
        values = tuple(_printed(r.figures.get(figure.id), figure.unit) for r in runs)
        # A report of its own cites earlier periods under their ids.
        if any(v is not None for v in values[:-1]) and not Period.is_id(figure.id.partition("/")[0]):
            rows.setdefault(figure.section, []).append(
                FigureOverPeriods(
                    figure.id,
                    figure.label,
                    figure.unit,
                    values,
                    tuple(_exact(r.figures.get(figure.id), figure.unit) for r in runs),
                )
            )
    order = [*(n for n in run.order if n in rows), *(n for n in rows if n not in run.order)]
    return OverPeriods(
        run.name,
        tuple(Period.parse(r.period).name for r in runs),
        tuple(r.name for r in runs),
        tuple((run.title(name), tuple(rows[name])) for name in order),
    )


def _printed(figure: FigureRecord | None, unit: str) -> str | None:
    """The number as it was printed, with its unit where that was another; empty where it had no value."""
    if figure is None:
        return None
    if figure.value is None:
        return ""
    return figure.printed if figure.unit == unit else f"{figure.printed} {figure.unit}".rstrip()


def _exact(figure: FigureRecord | None, unit: str) -> Decimal | None:
    return Decimal(figure.value) if figure and figure.value is not None and figure.unit == unit else None
