"""Data of earlier periods, as far as they are kept, for figures that must carry over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from thidua.checks.identities.identity import combined
from thidua.dataset import Dataset
from thidua.figures import Figure, Indicator, constant
from thidua.figures.unit_sizes import factor_between
from thidua.intake.records import Record
from thidua.intake.unit_runs import UnitRun
from thidua.settings.period import Period

NO_FILES: Mapping[str, Path] = {}


@dataclass(frozen=True)
class Past:
    """An earlier period with its data, and the workbooks that they stand in by the names that cells give them.

    ``unit_files`` is what was collected of the units below then.
    """

    period: Period
    data: Dataset
    workbooks: Mapping[str, Path] = field(default_factory=dict)
    unit_files: Mapping[str, Path] = field(default_factory=dict)

    def __contains__(self, code: object) -> bool:
        """Whether the period has an indicator of this code."""
        return code in self.data.indicators

    def figure(self, code: str, column: str = "submitted") -> Figure:
        """A number of an indicator, with the period in its id as in the name of its cell's file."""
        found: Figure = getattr(self.data.indicators[code], column)
        lacks, only = self.names(found.lacks), self.names(found.only)
        label = found.label.replace(f"{self.period.id}/", "")
        return replace(found, id=f"{self.period.id}/{found.id}", label=label, lacks=lacks, only=only)

    def names(self, units: Iterable[str]) -> tuple[str, ...]:
        """Units below as they are called today, without the period."""
        return tuple(unit.removeprefix(f"{self.period.id}/") for unit in units)

    def is_of_others(self, indicator: Indicator, column: str = "submitted") -> bool:
        """Whether it was put together then from the parts of others than today; the whole is one at any time."""
        then = self.data.indicators[indicator.code]
        figures = (getattr(then, column), getattr(indicator, column))
        if not any(f.lacks or f.only for f in figures):
            return False
        by = [i.done_by if column == "submitted" else i.stated_by.get(column, ()) for i in (then, indicator)]
        return set(self.names(by[0])) != set(by[1])

    def reported(self, code: str, unit: str, column: str = "submitted") -> Figure | None:
        """The number in a unit of today; None where the period has no such row, or one that measures something else."""
        if code not in self:
            return None
        figure = self.figure(code, column)
        factor = factor_between(figure.unit, unit)
        if factor is None:
            return None
        if factor >= 1:
            return figure if factor == 1 else combined("*", figure, constant(f"{factor:f}"))
        return combined("/", figure, constant(f"{1 / factor:f}"))

    def as_today(self, indicator: Indicator, column: str = "submitted") -> Figure | None:
        """What the period stated of an indicator of today, in its unit; None where it stated none like it.

        Nor does it where it was put together from the parts of others.
        """
        figure = self.reported(indicator.code, indicator.unit, column)
        if figure is None or figure.missing or self.is_of_others(indicator, column):
            return None
        if not figure.id.startswith(f"{self.period.id}/"):  # worked out from another size of the unit
            part = "quy_doi" if column == "submitted" else f"{column}.quy_doi"
            figure = figure.named(f"{self.period.id}/{indicator.code}.{part}", f"{indicator.name}, quy đổi")
        return replace(figure, unit=indicator.unit, label=f"{figure.label}, {self.period.name}")

    def counts_from_the_year(self, code: str) -> bool:
        """Whether the period states of an indicator what there was since the year began."""
        return code in self and not self.data.indicators[code].cumulative.missing


def past_of(
    period: Period,
    records: Iterable[Record],
    workbooks: Mapping[str, Path],
    units: Iterable[UnitRun] = (),
    unit_files: Mapping[str, Path] = NO_FILES,
) -> Past:
    """The period's data with the period in each file name, so that no cell is taken for one of the current period."""

    def then(files: Mapping[str, Path]) -> dict[str, Path]:
        return {f"{period.id}/{name}": path for name, path in files.items()}

    theirs = [unit.model_copy(update={"name": f"{period.id}/{unit.name}"}) for unit in units]
    data = Dataset([replace(r, file=f"{period.id}/{r.file}") for r in records], units=theirs)
    return Past(period, data, then(workbooks), then(unit_files))
