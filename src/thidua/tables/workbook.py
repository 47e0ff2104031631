"""Appendix workbooks, ready to print (form: Nghị định 30/2020/NĐ-CP, Phụ lục I and III)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from thidua.publish.document import Document
from thidua.tables.header import header_cells

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}
# Characters that fit on an upright A4 page within the decree's margins at this font size.
_UPRIGHT_WIDTH = 86
_HEADING_ROWS = 4


def write_appendix(tables: Sequence[dict[str, Any]], path: Path, number: str, title: str, document: Document) -> None:
    """Write the tables of one appendix, a sheet each.

    ``tables`` as ``tables.appendix.AppendixTable.as_dict`` gives them; ``number`` such as «Phụ lục I». Totals and
    shares are formulas that carry their values. The bytes depend on the arguments alone.
    """
    # Text is written as text whatever it starts with: a submitted «=…» must not become a formula.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties(
        {
            "title": f"{number}. {title}",
            "author": document.author,
            "subject": document.subject,
            "created": dt.datetime.combine(document.date, dt.time()),
        }
    )
    for index, table in enumerate(tables, 1):
        name = number if len(tables) == 1 else f"{number} ({index})"
        _write_sheet(book, book.add_worksheet(name), table, number, title, document)
    book.close()


def _write_sheet(
    book: xlsxwriter.Workbook, sheet: Any, table: dict[str, Any], number: str, title: str, document: Document
) -> None:
    columns, rows = table["columns"], table["rows"]
    last = len(columns) - 1
    for column, spec in enumerate(columns):
        sheet.set_column(column, column, spec["width"])
    bold = book.add_format({**_FONT, "font_size": 14, "bold": True, "align": "center", "text_wrap": True})
    italic = book.add_format({**_FONT, "italic": True, "align": "center", "text_wrap": True})
    sheet.merge_range(0, 0, 0, last, number, bold)
    sheet.merge_range(1, 0, 1, last, title.upper(), bold)
    width = sum(c["width"] for c in columns)
    sheet.set_row(1, 19 * (1 + len(title) * 13 // (width * 10)))
    sheet.merge_range(2, 0, 2, last, f"({document.reference})", italic)
    paths = [c["path"] for c in columns]
    head = book.add_format({**_CELL, "bold": True, "align": "center"})
    for cell in header_cells(paths):
        top = _HEADING_ROWS + cell.row
        if cell.rows > 1 or cell.columns > 1:
            bottom, right = top + cell.rows - 1, cell.column + cell.columns - 1
            sheet.merge_range(top, cell.column, bottom, right, cell.text, head)
        else:
            sheet.write_string(top, cell.column, cell.text, head)
    first = _HEADING_ROWS + max(len(p) for p in paths)
    formats = _Formats(book)
    for row, content in enumerate(rows):
        for column, cell in enumerate(content["cells"]):
            _write_cell(sheet, first, first + row, column, cell, formats, content["style"], columns[column]["kind"])
    sheet.repeat_rows(_HEADING_ROWS, first - 1)
    sheet.freeze_panes(first, 0)
    sheet.set_paper(9)
    if width > _UPRIGHT_WIDTH:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=1.2, right=0.7, top=0.8, bottom=0.8)
    sheet.set_header("&C&P")
    sheet.print_area(0, 0, first + len(rows) - 1, last)


class _Formats:
    """Cell formats by style, alignment and number format, each made once."""

    def __init__(self, book: xlsxwriter.Workbook):
        self._book = book
        self._made: dict[tuple[str, str, str], Any] = {}

    def get(self, style: str, align: str, number: str = "General") -> Any:
        key = (style, align, number)
        if key not in self._made:
            look = {"bold": style in ("group", "total"), "italic": style == "sub"}
            self._made[key] = self._book.add_format({**_CELL, **look, "align": align, "num_format": number})
        return self._made[key]


def _write_cell(
    sheet: Any, first: int, row: int, column: int, cell: Any, formats: _Formats, style: str, kind: str
) -> None:
    if not isinstance(cell, dict):
        align = "center" if kind == "center" else "left"
        if cell:
            sheet.write_string(row, column, cell, formats.get(style, align))
        else:
            sheet.write_blank(row, column, None, formats.get(style, align))
        return
    places = "." + "0" * cell["decimals"] if cell["decimals"] else ""
    form = formats.get(style, "right", f"#,##0{places}")
    if cell["value"] is None:
        sheet.write_blank(row, column, None, form)
    elif cell["share"]:
        part, whole = (xl_rowcol_to_cell(row, c) for c in cell["share"])
        sheet.write_formula(row, column, f"=100*{part}/{whole}", form, _number(cell["value"]))
    elif cell["sum"]:
        terms = "+".join(f"N({xl_rowcol_to_cell(first + r, column)})" for r in cell["sum"])
        sheet.write_formula(row, column, f"={terms}", form, _number(cell["value"]))
    else:
        sheet.write_number(row, column, _number(cell["value"]), form)


def _number(text: str) -> float:
    return float(Decimal(text))
