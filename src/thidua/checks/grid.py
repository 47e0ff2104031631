"""The submitted numbers where they stand: which cell is above which, and which share a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from thidua.figures import Cell
from thidua.forms.schema import Column, schema_titled
from thidua.intake.cells import Number
from thidua.intake.records import Record


@dataclass(frozen=True)
class Place:
    """A number's cell, with the row and the column it stands in."""

    cell: Cell
    record: Record
    column: Column
    number: Number

    @property
    def row_name(self) -> str:
        """What the row is called in a finding: its name, or its content where the form has no names."""
        return self.record.text("name") or self.record.text("content")

    @property
    def label(self) -> str:
        """«Lúa xuân, cột Kế hoạch»."""
        return f"{self.row_name}, cột «{self.column.header[0].rpartition(' / ')[2]}»"


class Grid:
    """All numbers of the period by cell."""

    def __init__(self, records: Iterable[Record]):
        self._places: dict[Cell, Place] = {}
        self._above: dict[Cell, Place] = {}
        self._below: dict[Cell, Place] = {}
        self._rows: dict[int, list[Place]] = {}
        self._sheets: dict[tuple[str, str], list[Place]] = {}
        last: dict[tuple[str, str, str], Place] = {}
        for record in records:
            for column in _columns_of(record.sheet):
                number = record.values.get(column.key)
                if not isinstance(number, Number):
                    continue
                place = Place(record.cell(column.key), record, column, number)
                key = (record.file, record.sheet, column.key)
                if key in last:
                    self._above[place.cell] = last[key]
                    self._below[last[key].cell] = place
                self._places[place.cell] = last[key] = place
        for place in self._places.values():
            self._rows.setdefault(id(place.record), []).append(place)
            self._sheets.setdefault((place.cell.file, place.cell.sheet), []).append(place)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __contains__(self, cell: Cell) -> bool:
        return cell in self._places

    def __getitem__(self, cell: Cell) -> Place:
        return self._places[cell]

    def of_sheet(self, file: str, sheet: str) -> Sequence[Place]:
        """The numbers of a sheet, row by row."""
        return self._sheets.get((file, sheet), ())

    def above(self, cell: Cell) -> Place | None:
        """The next number above in the same column of the sheet."""
        return self._above.get(cell)

    def near(self, cell: Cell) -> list[Place]:
        """The numbers beside it that it could be taken for: above, below, and in its own row."""
        own = self._places[cell]
        row = [p for p in self._rows[id(own.record)] if p.cell != cell]
        return [p for p in (self._above.get(cell), self._below.get(cell)) if p] + row


def values(places: Iterable[Place]) -> Mapping[Cell, Decimal]:
    """The submitted values by their cells."""
    return {p.cell: p.number.value for p in places}


@cache
def _columns_of(sheet: str) -> list[Column]:
    schema = schema_titled(sheet)
    return [c for c in schema.columns if c.type in ("number", "percent")] if schema else []
