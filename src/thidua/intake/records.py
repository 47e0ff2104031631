"""Records: one row of a form, each value with the cell it stands in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from thidua.errors import Problem
from thidua.figures import Cell, Figure, missing
from thidua.figures.units import PERCENT
from thidua.forms.schema import BANNERS, INFO_SHEET, Column, SheetSchema, schema_titled
from thidua.intake.cells import CellError, Number, read
from thidua.intake.dates import exchanged_dates
from thidua.intake.hidden import hidden_problems
from thidua.intake.layout import find_layout
from thidua.intake.merged import merged_problems
from thidua.intake.outside_results import EXPECTED, ForeignCells
from thidua.intake.sheet_rows import headless_values, record_rows
from thidua.intake.xlsx.raw import RawCell, RawSheet, letters
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.language.text import fold


@dataclass(frozen=True)
class Record:
    """A row of a form. ``values`` holds Number, date or str by column key, ``cells`` where each was written."""

    kind: str
    file: str
    sheet: str
    row: int
    sha256: str = field(repr=False)
    values: dict[str, Number | dt.date | str]
    cells: dict[str, str]

    @property
    def folder(self) -> str:
        """The folder in which sub-units of a department submit; nothing for a department's own workbook."""
        return self.file.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its workbook without the ending, which tells the rows of several sub-units apart."""
        return self.file.rpartition(".")[0]

    def cell(self, key: str) -> Cell:
        """The cell of a column; where the sheet has no such column, the first of the row."""
        return Cell(self.file, self.sheet, self.cells.get(key, f"A{self.row}"), self.sha256)

    def text(self, key: str) -> str:
        """The text in a column, empty where there is none or where it holds a number or a date."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def figure(self, key: str, id: str, unit: str, label: str, quality: str = "") -> Figure:
        """The number in a column as a figure; missing where the cell is empty."""
        number = self.values.get(key)
        if not isinstance(number, Number):
            return missing(id, unit, label=label, why="đơn vị lập biểu để trống")
        return Figure(id, number.value, unit, self.cell(key), label, number.decimals, quality)


def read_sheet(book: RawWorkbook, sheet: RawSheet, foreign: ForeignCells) -> tuple[list[Record], list[Problem]]:
    """The records of a sheet that has a form's title, and everything wrong with it.

    ``foreign`` names the cells of the workbook whose values cannot be traced within it.
    """
    schema = schema_titled(sheet.title)
    if schema is None:
        return _banners(book, sheet, sheet.last_row) if fold(sheet.title) == fold(INFO_SHEET) else [], []
    layout, problems = find_layout(book.file, sheet, schema)
    if layout is None:
        return [], problems
    records = []
    for row, cells in record_rows(sheet, layout, schema):
        record, faults = _read_row(book, sheet, schema, layout.columns, row, cells, foreign)
        problems += faults
        records.append(record)
    rows = [record.row for record in records]
    problems += headless_values(book.file, sheet, layout, rows)
    problems += hidden_problems(book.file, sheet, layout, schema, rows)
    by_key = {column.key: column for column in schema.columns}
    problems += merged_problems(book.file, sheet, layout, by_key, rows)
    problems += exchanged_dates(book.file, sheet, layout.columns, by_key, rows)
    return _banners(book, sheet, layout.bottom) + records, problems


def _banners(book: RawWorkbook, sheet: RawSheet, rows: int) -> list[Record]:
    """The texts in a sheet's first rows, down to its header's last, each as a record."""
    found = []
    for (row, column), cell in sorted(sheet.cells.items()):
        if row <= rows and isinstance(cell.value, str | int) and not isinstance(cell.value, bool):
            place = {"text": f"{letters(column)}{row}"}
            found.append(
                Record(BANNERS.kind, book.file, sheet.title, row, book.sha256, {"text": str(cell.value)}, place)
            )
    return found


def _read_row(
    book: RawWorkbook,
    sheet: RawSheet,
    schema: SheetSchema,
    positions: dict[str, int],
    row: int,
    cells: dict[str, RawCell],
    foreign: ForeignCells,
) -> tuple[Record, list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    in_percent = "unit" in cells and str(cells["unit"].value).strip() == PERCENT
    for column in schema.columns:
        cell = cells.get(column.key)
        if cell is None:
            if column.required and column.key in positions:
                problems.append(_empty(book, sheet, column, positions, row))
            continue
        if reason := foreign.get((sheet.title, cell.row, cell.column)):
            problems.append(Problem(book.file, sheet.title, cell.address, reason, EXPECTED))
            continue
        try:
            value = read(cell, column, as_percent=in_percent)
        except CellError as error:
            problems.append(Problem(book.file, sheet.title, cell.address, error.found, error.expected))
            continue
        if value is not None:
            values[column.key] = value
    # A mark for no value («-») is no value, but it was written: its cell is kept.
    addresses = {key: cell.address for key, cell in cells.items() if key in values or _is_written(cell)}
    return Record(schema.kind, book.file, sheet.title, row, book.sha256, values, addresses), problems


def _is_written(cell: RawCell) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _empty(book: RawWorkbook, sheet: RawSheet, column: Column, positions: dict[str, int], row: int) -> Problem:
    address = f"{letters(positions[column.key])}{row}"
    return Problem(
        book.file, sheet.title, address, f"ô «{column.header[0]}» để trống", "một giá trị, vì cột này bắt buộc"
    )
