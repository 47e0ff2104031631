"""Appendix workbooks, ready to print (form: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục I and II, and Phụ lục III).

Each lies or stands as the report's appendix does; page number centred at the top. Shares are formulas that carry
their values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from thidua.document.block import Cell, Number, Table, Text, plain
from thidua.document.document import Properties
from thidua.document.marks import sign
from thidua.document.walking import placed
from thidua.tables.printed_sheet import FONT, LANGUAGE, number_format, options, room, row_height, set_page

_CELL = {**FONT, "border": 1, "text_wrap": True}
_HEADING_ROWS = 4
_DRAFT = "Dự thảo. Dấu [L…] là số liệu có lỗi, [C…] là số liệu có cảnh báo, theo danh mục ở trang cuối báo cáo."


def write_appendix(
    tables: Sequence[Table], path: Path, number: str, title: str, document: Properties, *, wide: bool = False
) -> None:
    """Write the tables of one appendix, a sheet each; ``number`` such as «Phụ lục I».

    ``wide``: the appendix lies in the report, so it lies here; a table that an upright page has no room for lies too.
    The bytes depend on the arguments alone, and the properties say no more than the arguments.
    """
    book = xlsxwriter.Workbook(str(path), options())
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
        sheet = _Sheet(book, name, table, wide)
        sheet.write_heading(number, title, document.reference, _DRAFT if document.draft else "")
        sheet.write_header()
        sheet.write_rows()
        sheet.write_note()
        sheet.set_page()
    book.close()


class _Sheet:
    """One sheet while it is written: heading lines, header, rows, page."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, table: Table, wide: bool):
        self._book = book
        self._sheet = book.add_worksheet(name)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._header, self._rows, self._note = table.header, table.body, table.remark
        self._first = _HEADING_ROWS + len(table.header)
        given = table.widths or (room(wide) / table.width,) * table.width
        self._wide = wide or sum(given) > room(wide=False)
        # A page that lies is filled, as in the report; on an upright one the columns are as wide as they ask for.
        stretch = max(1.0, room(self._wide) / sum(given)) if self._wide else 1.0
        self._widths = tuple(stretch * width for width in given)
        self._last = table.width - 1
        self._width = sum(self._widths)

    def write_heading(self, number: str, title: str, reference: str, state: str) -> None:
        """The appendix's number, its title in capitals, the document that it belongs to, and a draft's ``state``."""
        lines = [
            (number, {"font_size": 14, "bold": True}),
            (title.upper(), {"font_size": 14, "bold": True}),
            (f"({reference})", {"font_size": 13, "italic": True}),
        ]
        lines += [(state, {"font_size": 12, "bold": True})] if state else []
        for row, (text, look) in enumerate(lines):
            form = self._format({**FONT, **look, "align": "center", "text_wrap": True})
            self._sheet.merge_range(row, 0, row, self._last, "", form)
            self._sheet.write_string(row, 0, text, form)
            self._set_height(row, _height(text, self._width, look))

    def write_header(self) -> None:
        """The header's cells, merged over the columns and rows that they cover."""
        form = self._format({**_CELL, "bold": True, "align": "center"})
        for row, column, cell in placed(self._header):
            top, bottom = _HEADING_ROWS + row, _HEADING_ROWS + row + cell.rows - 1
            right = column + cell.columns - 1
            if (top, column) != (bottom, right):
                self._sheet.merge_range(top, column, bottom, right, "", form)
            self._sheet.write_string(top, column, plain(cell.runs), form)
        for row, height in enumerate(self._header_heights()):
            self._set_height(_HEADING_ROWS + row, height)

    def write_rows(self) -> None:
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        for row, content in enumerate(self._rows):
            look = {"bold": content.style == "group", "italic": content.style == "sub"}
            heights = [0.0]
            for _, column, cell in placed([content.cells]):
                text = plain(cell.runs, notes=True) + _marked(cell)
                if cell.decimals is not None or cell.withheld:
                    self._write_number(self._first + row, column, cell, look)
                else:
                    self._write_text(self._first + row, column, text, {**look, "align": cell.align})
                    heights.append(_height(text, self._cell_width(column, cell), look))
            self._set_height(self._first + row, max(heights))

    def write_note(self) -> None:
        """What is said below the table, over its whole width; nothing where there is nothing to say."""
        if not self._note:
            return
        row, look = self._first + len(self._rows), {"italic": True}
        form = self._format({**FONT, **look, "text_wrap": True})
        self._sheet.merge_range(row, 0, row, self._last, "", form)
        self._sheet.write_string(row, 0, self._note, form)
        self._set_height(row, _height(self._note, self._width, look))

    def set_page(self) -> None:
        sheet = self._sheet
        last = (self._first + len(self._rows) - (not self._note), self._last)
        set_page(sheet, wide=self._wide, header=(_HEADING_ROWS, self._first - 1), last=last)
        sheet.set_header('&C&"Times New Roman,Regular"&13&P', {"margin": 0.4})
        sheet.freeze_panes(self._first, 0)

    def _write_text(self, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        # The mark keeps such a text a text when somebody edits the cell.
        quoted = {"quote_prefix": True} if len(text) > 1 and text[0] in "=+-@" else {}
        form = self._format({**_CELL, **look, **quoted})
        if text:
            self._sheet.write_string(row, column, text, form)
        else:
            self._sheet.write_blank(row, column, None, form)

    def _write_number(self, row: int, column: int, cell: Cell, look: dict[str, Any]) -> None:
        # A number that is marked gets smaller where its column has no room for both.
        shrunk = {"shrink": True, "text_wrap": False} if _marked(cell) else {}
        form = self._format({**_CELL, **look, **shrunk, "align": "right", "num_format": _number_format(cell)})
        if cell.withheld:
            self._sheet.write_string(row, column, plain(cell.runs) + _marked(cell), form)
            return
        value = float(Decimal(_value(cell)))
        if cell.formula is not None and cell.formula.share is not None:
            part, whole = (xl_rowcol_to_cell(row, c) for c in cell.formula.share)
            self._sheet.write_formula(row, column, f"=100*{part}/{whole}", form, value)
        else:
            self._sheet.write_number(row, column, value, form)

    def _header_heights(self) -> list[float]:
        """Heights of the header's rows: each fits its own cells, the last also those that reach down to it."""
        heights = [_height("", 1, {})] * (self._first - _HEADING_ROWS)
        for row, column, cell in sorted(placed(self._header), key=lambda found: found[2].rows):
            needed = _height(plain(cell.runs), self._cell_width(column, cell), {"bold": True})
            bottom = row + cell.rows - 1
            heights[bottom] = max(heights[bottom], needed - sum(heights[row:bottom]))
        return heights

    def _cell_width(self, column: int, cell: Cell) -> float:
        return float(sum(self._widths[column : column + cell.columns]))

    def _set_height(self, row: int, height: float) -> None:
        self._sheet.set_row(row, height)

    def _format(self, properties: dict[str, Any]) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def _height(text: str, width: float, look: dict[str, Any]) -> float:
    return row_height(text, width, look.get("font_size", FONT["font_size"]), bold=look.get("bold", False))


def _number_format(cell: Cell) -> str:
    """The report's number forms: decimals as printed; counts from one to nine with a leading zero."""
    whole = number_format(cell.decimals or 0)
    forms = [f"[=0]{LANGUAGE}0", f"[<10]{LANGUAGE}00", whole] if cell.count and not cell.decimals else [whole]
    mark = f'"{_marked(cell)}"' if _marked(cell) else ""
    return ";".join(form + mark for form in forms)


def _marked(cell: Cell) -> str:
    """« [L3]»: the marks on what is in dispute in a cell, each once."""
    marks = {mark.label: mark for run in cell.runs if isinstance(run, Number | Text) for mark in run.marks}
    return f" {sign([*marks.values()])}" if marks else ""


def _value(cell: Cell) -> str:
    return next(run.value for run in cell.runs if isinstance(run, Number) and run.value is not None)
