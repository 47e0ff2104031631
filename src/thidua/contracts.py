"""The files of a run that other programs may read: what a record of each holds.

Their JSON Schema is shipped in ``thidua/schemas`` and written by ``make schemas``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from pydantic import Field, TypeAdapter

from thidua.frozen import Frozen, adapter, record


class Contract(Frozen):
    """Base of the records: immutable, with no field that is not named here."""

    __slots__ = ()


@record
class Place(Contract):
    """A cell of a submitted workbook."""

    file: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.file} › {self.sheet} › {self.cell}"


@record
class FigureRecord(Contract):
    """A figure of figures.json.

    ``value`` is exact, in plain decimal notation, None where it is missing, and ``why`` then says why. ``formula`` is
    for people, ``operator`` over ``inputs`` (ids) for programs; a figure from a cell has its ``source`` instead.
    ``section`` and ``cell`` are the notebook and its cell that first print it, or first use it. ``run`` is the sealed
    run of a unit below that has the workbook of ``source``. ``lacks`` names the units below whose part
    it has not, ``only`` those who state it where they are few.
    """

    id: str
    label: str
    value: str | None
    printed: str
    unit: str
    formula: str | None
    operator: str | None
    inputs: tuple[str, ...]
    source: Place | None
    why: str | None
    section: str = ""
    cell: str = ""
    run: str = ""
    lacks: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def is_constant(self) -> bool:
        """Whether it is a number of a formula, «100», which no department states and no report says."""
        return self.value is not None and self.source is None and not self.inputs


@record
class FindingRecord(Contract):
    """A finding of checks.json. ``printed`` is the department's value, ``recomputed`` what the submitted numbers give.

    ``effects`` are further places where the same cause shows, ``withheld`` what the report does not print because of
    it, ``figures`` the ids of the figures that it concerns, ``values`` the submitted values that it rests on, by names
    that do not change when rows move: it is accepted for these alone.
    """

    id: str
    rule: str
    severity: Literal["error", "warning", "note"]
    accepted: bool
    accepted_by: str | None
    accepted_why: str | None
    message: str
    cause: str | None
    effects: tuple[str, ...]
    withheld: tuple[str, ...]
    printed: str
    recomputed: str
    cells: tuple[Place, ...]
    figures: tuple[str, ...]
    values: dict[str, str] = Field(default={})


class _Judged(Protocol):
    @property
    def severity(self) -> Literal["error", "warning", "note"]: ...

    @property
    def accepted(self) -> bool: ...


J = TypeVar("J", bound=_Judged)


def open_errors(findings: Iterable[J]) -> list[J]:
    """The errors that nobody accepted: while there is one, the report is a draft."""
    return [finding for finding in findings if finding.severity == "error" and not finding.accepted]


@record
class UntoldRecord(Contract):
    """A submitted cell of untold.json that the report does not tell, and why; ``what`` names its row and column."""

    file: str
    sheet: str
    cell: str
    what: str
    value: str
    why: str


FILES: dict[str, type[Contract]] = {
    "figures.json": FigureRecord,
    "checks.json": FindingRecord,
    "untold.json": UntoldRecord,
}


def schema_of(file: str) -> dict[str, Any]:
    """The JSON Schema of one of the files."""
    schema = adapter(FILES[file]).json_schema()
    shared = schema.pop("$defs", {})
    return {"type": "array", "items": schema} | ({"$defs": shared} if shared else {})


def as_json(records: Iterable[Contract]) -> list[dict[str, Any]]:
    """Records as a file holds them."""
    return [record.model_dump(mode="json", exclude_defaults=True) for record in records]


def write_records(path: Path, records: Iterable[Contract]) -> None:
    """Write one of the files, a record at a time: as one text, thousands take more room than the records do."""
    with path.open("wb") as file:
        before = b"[\n"
        for record in records:
            lines = record.model_dump_json(indent=1, exclude_defaults=True).encode().splitlines()
            file.write(before + b"\n".join(b" " + line for line in lines))
            before = b",\n"
        file.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def read_figures(path: Path) -> tuple[FigureRecord, ...]:
    """The figures of a run. OSError or ValueError where the file is not such a one."""
    return TypeAdapter(tuple[FigureRecord, ...]).validate_json(path.read_bytes())


def read_findings(path: Path) -> tuple[FindingRecord, ...]:
    """The findings of a run. OSError or ValueError where the file is not such a one."""
    return TypeAdapter(tuple[FindingRecord, ...]).validate_json(path.read_bytes())
