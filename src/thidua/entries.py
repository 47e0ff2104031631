"""A row of a form as notebooks and prose read it: its texts with their cells, its columns as attributes."""

from __future__ import annotations

import datetime as dt

from thidua.figures import Cell, Figure
from thidua.figures.units import PERCENT
from thidua.forms.schema import Column, schemas
from thidua.intake.records import Record
from thidua.language.text import nearest_hint


class SourceText(str):
    """A text from a workbook that remembers its cell."""

    cell: Cell

    def __new__(cls, value: str, cell: Cell) -> SourceText:
        """``cell`` is where the text stands."""
        text = super().__new__(cls, value)
        text.cell = cell
        return text

    def __getnewargs__(self) -> tuple[str, Cell]:  # type: ignore[override]
        """What a copy is made of."""
        return str(self), self.cell


class Entry:
    """A row of a form with its values as attributes: SourceText, date, Figure (None where empty).

    >>> [(person.name, person.name.cell) for person in report.role_models]
    """

    def __init__(self, record: Record, label: str = ""):
        self.record = record
        self._label = label

    def __getattr__(self, key: str) -> SourceText | dt.date | Figure | None:
        if key.startswith("__") or key in ("record", "_label"):  # copying asks before there is a row
            raise AttributeError(key)
        column = _column(self.record.kind, key)
        if column.type in ("number", "percent"):
            unit = PERCENT if column.type == "percent" else column.unit
            return self.record.figure(key, f"{row_id(self.record)}.{key}", unit, self._label or column.header[0])
        value = self.record.values.get(key)
        return SourceText(value, self.record.cell(key)) if isinstance(value, str) else value  # type: ignore[return-value]


class AbsentEntry(Entry):
    """A row that the period does not have: it counts as false, and every column of its form is empty."""

    def __init__(self, kind: str):
        self.kind = kind

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, key: str) -> None:
        if key.startswith("__") or key == "kind":
            raise AttributeError(key)
        _column(self.kind, key)


def row_id(record: Record) -> str:
    """What the ids of a row's figures begin with: its code, or its place; rows of two workbooks may share a number."""
    place = f"{record.file.rpartition('.')[0]}.row{record.row}"
    return f"{record.kind}.{record.text('code') or place}"


def _column(kind: str, key: str) -> Column:
    schema = next(s for s in schemas().values() if s.kind == kind)
    column = next((c for c in schema.columns if c.key == key), None)
    if column is None:
        raise AttributeError(f"trang «{schema.title}» không có cột «{key}»{nearest_hint(key, schema.keys)}")
    return column
