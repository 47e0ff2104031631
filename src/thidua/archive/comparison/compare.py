"""Two runs compared as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thidua.archive.comparison.figures import CellChange, FigureChange, cell_changes, figure_changes
from thidua.archive.comparison.sealed import SealedRun
from thidua.archive.comparison.texts import PartChange, text_changes
from thidua.contracts import FindingRecord
from thidua.settings.period import Period

_FINDING = ("severity", "message", "printed", "recomputed", "accepted", "accepted_by", "accepted_why")


@dataclass(frozen=True)
class FindingChange:
    """A finding that is new, gone, or not what it was; ``old`` and ``new`` as in checks.json."""

    id: str
    old: FindingRecord | None
    new: FindingRecord | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON: ``old`` and ``new`` as records of checks.json, null on the side that lacks the finding."""
        old, new = (f.model_dump(mode="json") if f else None for f in (self.old, self.new))
        return {"id": self.id, "old": old, "new": new}


@dataclass(frozen=True)
class VersionChange:
    """A program or file of the library that is another; None where it was or is not there."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Called:
    """What a reader calls things by: the runs' periods, figures by id, sections by notebook."""

    a: str
    b: str
    figures: Mapping[str, str]
    sections: Mapping[str, str]


@dataclass(frozen=True)
class Comparison:
    """All that differs between run ``a`` and run ``b``. Cells are compared where both are of one period.

    ``kept`` are the findings that both have, as they are in ``b``.
    """

    a: str
    b: str
    cells: tuple[CellChange, ...]
    figures: tuple[FigureChange, ...]
    findings: tuple[FindingChange, ...]
    text: tuple[PartChange, ...]
    notebooks: tuple[PartChange, ...]
    params: tuple[PartChange, ...]
    environment: tuple[VersionChange, ...]
    library: tuple[VersionChange, ...]
    called: Called
    kept: tuple[FindingRecord, ...]

    @property
    def same(self) -> bool:
        """Nothing differs but what is about the runs themselves."""
        return not any(value for name, value in vars(self).items() if name not in ("a", "b", "called", "kept"))

    @property
    def appeared(self) -> tuple[FindingRecord, ...]:
        """The findings that only ``b`` has."""
        return tuple(change.new for change in self.findings if change.new and not change.old)

    @property
    def gone(self) -> tuple[FindingRecord, ...]:
        """The findings that only ``a`` has, as they were."""
        return tuple(change.old for change in self.findings if change.old and not change.new)

    @property
    def altered(self) -> tuple[FindingRecord, ...]:
        """The findings that both have, where they are not what they were."""
        return tuple(change.new for change in self.findings if change.new and change.old)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: both names, ``same``, and for each kind of change a list, empty where nothing of it differs."""
        return {
            "a": self.a,
            "b": self.b,
            "same": self.same,
            **{
                name: [c.as_dict() for c in getattr(self, name)]
                for name in ("cells", "figures", "findings", "text", "notebooks", "params")
            },
            **{name: [vars(c) for c in getattr(self, name)] for name in ("environment", "library")},
        }


def compare(a: SealedRun, b: SealedRun) -> Comparison:
    """Everything that differs from ``a`` to ``b``."""
    names = list(dict.fromkeys([*b.order, *a.order]))
    return Comparison(
        a.name,
        b.name,
        tuple(cell_changes(a, b)) if a.period == b.period else (),
        tuple(figure_changes(a, b)),
        tuple(_findings(a, b)),
        _parts(a, b, [n for n in names if a.executed(n) != b.executed(n)], lambda run, name: run.text(name)),
        _parts(a, b, names, lambda run, name: "\n".join(run.sources(name).values()).splitlines()),
        _params(a, b),
        _versions(a.software, b.software),
        _versions(a.library, b.library),
        Called(
            a.period_name,
            b.period_name,
            {id: figure.label or id for id, figure in (a.figures | b.figures).items()},
            {name: (b if b.sources(name) else a).title(name) for name in names},
        ),
        tuple(finding for id, finding in b.findings.items() if id in a.findings),
    )


def _findings(a: SealedRun, b: SealedRun) -> list[FindingChange]:
    changes = []
    for id in dict.fromkeys([*b.findings, *a.findings]):
        old, new = a.findings.get(id), b.findings.get(id)
        if not old or not new or any(getattr(old, key) != getattr(new, key) for key in _FINDING):
            changes.append(FindingChange(id, old, new))
    return changes


def _parts(
    a: SealedRun, b: SealedRun, names: list[str], lines: Callable[[SealedRun, str], list[str]]
) -> tuple[PartChange, ...]:
    found = []
    for name in names:
        if changes := text_changes(lines(a, name), lines(b, name)):
            found.append(PartChange(name, (b if b.sources(name) else a).title(name), tuple(changes)))
    return tuple(found)


def _params(a: SealedRun, b: SealedRun) -> tuple[PartChange, ...]:
    """Params of the one period against those of the other, whatever their file names; rules against rules.

    Params of earlier periods are compared where both runs are of one period: of another, they are other periods'.
    """
    old, new = ({name.replace(r.period, "params"): text for name, text in r.params_text.items()} for r in (a, b))
    if a.period != b.period:
        old, new = ({n: text for n, text in of.items() if not _is_period(n)} for of in (old, new))
    found = []
    for name in sorted({*old, *new}):
        if changes := text_changes(*(of.get(name, "").splitlines() for of in (old, new))):
            found.append(PartChange(name, f"params/{name.replace('params', b.period)}", tuple(changes)))
    return tuple(found)


def _is_period(name: str) -> bool:
    try:
        return bool(Period.parse(Path(name).stem))
    except ValueError:
        return False


def _versions(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[VersionChange, ...]:
    names = sorted({*old, *new})
    return tuple(VersionChange(n, old.get(n), new.get(n)) for n in names if old.get(n) != new.get(n))
