"""Blank workbooks for departments to fill in, made from the forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from thidua.forms.schema import INFO_SHEET, Column, SheetSchema, schemas

Rows = Sequence[Mapping[str, str]]

_CELL = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
_HEADER = {**_CELL, "bold": True, "border": 1, "align": "center"}
_BODY = {**_CELL, "border": 1}
_LOOKS: dict[str, dict[str, Any]] = {
    "number": {"num_format": "#,##0.##"},
    "percent": {"num_format": "#,##0.00"},
    "date": {"num_format": "dd/mm/yyyy"},
}
_WIDTHS = {"text": 34, "formula": 30, "slugs": 24, "slug": 22}
_OTHER_WIDTH = 14
_EMPTY_ROWS = 30
_TITLE_ROWS = 3
# The longest title and message that Excel shows when a cell is chosen.
_TITLE, _MESSAGE = 32, 255


@dataclass(frozen=True)
class Heading:
    """For whom and for when a workbook is filled in."""

    department: str
    unit: str
    period: str
    period_name: str


def kept(schema: SheetSchema) -> list[str]:
    """The columns that say what a row is, and so stay from one period to the next: all but numbers, dates, remarks."""
    lasting = ("text", "slug", "slugs", "choice", "formula")
    return [c.key for c in schema.columns if c.type in lasting and c.key not in ("note", "quality")]


def write_blank(path: Path, sheets: Mapping[str, Rows], heading: Heading) -> None:
    """Write a workbook with the forms of some titles, each with the rows given by column, and room for more.

    The bytes depend on the arguments alone.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": heading.department, "created": dt.datetime(2000, 1, 1)})
    _write_info(book, heading)
    for title, rows in sheets.items():
        _write_form(book, schemas()[title], rows, heading)
    book.close()


def _write_info(book: Any, heading: Heading) -> None:
    sheet, look = book.add_worksheet(INFO_SHEET), book.add_format(_CELL)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 50)
    lines = {"Đơn vị lập": heading.department, "Địa bàn": heading.unit, "Kỳ báo cáo": heading.period}
    sheet.write_string(0, 0, "THÔNG TIN BIỂU BÁO CÁO", book.add_format({**_CELL, "bold": True, "text_wrap": False}))
    for row, (name, value) in enumerate(lines.items(), 2):
        sheet.write_string(row, 0, name, look)
        sheet.write_string(row, 1, value, look)


def _write_form(book: Any, schema: SheetSchema, rows: Rows, heading: Heading) -> None:
    sheet = book.add_worksheet(schema.title)
    bold = book.add_format({**_CELL, "bold": True, "text_wrap": False})
    for row, text in enumerate((heading.department.upper(), schema.title.upper(), heading.period_name)):
        sheet.write_string(row, 0, text, bold)
    depth = max(len(_levels(c)) for c in schema.columns)
    header = book.add_format(_HEADER)
    for top, left, bottom, right, text in _header(schema, depth):
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "", header)
        sheet.write_string(top, left, text, header)
    first = _TITLE_ROWS + 1 + depth
    last = first + len(rows) + _EMPTY_ROWS - 1
    for position, column in enumerate(schema.columns):
        look = book.add_format({**_BODY, **_LOOKS.get(column.type, {})})
        sheet.set_column(position, position, _WIDTHS.get(column.type, _OTHER_WIDTH))
        for row in range(first, last + 1):
            sheet.write_blank(row, position, None, look)
        for row, given in enumerate(rows, first):
            if given.get(column.key):
                sheet.write_string(row, position, given[column.key], look)
        hint = {"input_title": column.header[0][:_TITLE], "input_message": column.filled_with[:_MESSAGE]}
        kind = {"validate": "list", "source": list(column.choices)} if column.choices else {"validate": "any"}
        sheet.data_validation(first, position, last, position, {**kind, **hint})
    sheet.freeze_panes(first, 0)
    sheet.repeat_rows(first - depth, first - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _header(schema: SheetSchema, depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """The header's cells with their corners: a level shared by neighbours is one cell, the last one reaches down."""
    top = _TITLE_ROWS + 1
    paths = [_levels(c) for c in schema.columns]
    for position, path in enumerate(paths):
        for level, text in enumerate(path):
            if level == len(path) - 1:
                yield top + level, position, top + depth - 1, position, text
            elif position == 0 or paths[position - 1][: level + 1] != path[: level + 1]:
                alike = [p[: level + 1] == path[: level + 1] for p in paths[position:]]
                yield top + level, position, top + level, position + [*alike, False].index(False) - 1, text


def _levels(column: Column) -> list[str]:
    return column.header[0].split(" / ")
