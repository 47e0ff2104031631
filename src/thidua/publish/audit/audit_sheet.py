"""A sheet of the audit workbook while it is written: its texts, their looks, the page that it is printed on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from thidua.contracts import Place
from thidua.tables.printed_sheet import FONT, row_height, set_page

SIZE = 10
TEXT = {**FONT, "font_size": SIZE, "valign": "top", "text_wrap": True}
RULED = {**TEXT, "border": 1, "border_color": "#8A8A8A"}
HEAD = {**RULED, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E3E9EF"}
LINK = {**RULED, "font_color": "#0B4F8A", "underline": 1}
# Programs add five pixels to a column, of which a character of the base font has eight.
_BESIDE = 5 / 8
_TITLE = {**FONT, "bold": True, "font_size": 14}
_LIKE_ESCAPE = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]+_)")

# The name of the sheet of each submitted one, by file and title.
Names = Mapping[tuple[str, str], str]


class AuditSheet:
    """Writes one sheet. Looks are dictionaries of xlsxwriter's properties, each made once in the workbook."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Any, formats: dict[frozenset[tuple[str, Any]], Any]):
        self.sheet = sheet
        self._book = book
        self._formats = formats

    def look(self, properties: Mapping[str, Any]) -> Any:
        """The workbook's format of these properties."""
        key = frozenset(properties.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(properties))
        return self._formats[key]

    def set_width(self, column: int, width: float) -> None:
        """Make a column ``width`` characters wide, with the space that programs leave beside its text."""
        self.sheet.set_column(column, column, width - _BESIDE)

    def text(self, row: int, column: int, text: str, properties: Mapping[str, Any] = RULED) -> None:
        """Text as text. LibreOffice would read «_xa_» as the escape of a line break; two runs of one cell it leaves."""
        pieces, look = _LIKE_ESCAPE.split(text), self.look(properties)
        if not text:
            self.sheet.write_blank(row, column, None, look)
        elif len(pieces) == 1:
            self.sheet.write_string(row, column, text, look)
        else:
            self.sheet.write_rich_string(row, column, *(part for p in pieces for part in (look, p)), look)

    def link(self, row: int, column: int, place: Place, names: Names) -> None:
        """A submitted cell's place, leading there; its name alone where no sheet of the workbook is that one."""
        name = names.get((place.file, place.sheet))
        if name is None:
            self.text(row, column, str(place))
        else:
            self.sheet.write_url(row, column, f"internal:'{name}'!{place.cell}", self.look(LINK), str(place))

    def list_head(self, title: str, columns: Sequence[tuple[str, float]], remark: str = "") -> int:
        """A list's title, what is said of it, and its header; ``columns`` are names and widths. The first row below."""
        self.sheet.write_string(0, 0, title, self.look(_TITLE))
        self.sheet.write_string(1, 0, remark, self.look({**FONT, "font_size": SIZE, "italic": True}))
        heights = []
        for column, (name, width) in enumerate(columns):
            self.set_width(column, width)
            self.sheet.write_string(2, column, name, self.look(HEAD))
            heights.append(row_height(name, width, SIZE, bold=True))
        self.sheet.set_row(2, max(heights))
        self.sheet.freeze_panes(3, 1)
        return 3

    def fit_row(self, row: int, texts: Sequence[tuple[str, float]]) -> None:
        """Make a row as high as its texts, each with the width of its column, need."""
        self.sheet.set_row(row, max(row_height(text, width - 2 * _BESIDE, SIZE) for text, width in texts))

    def list_page(self, rows: int, columns: int, name: str, *, wide: bool = True) -> None:
        """Filter and page of a list of so many rows and columns."""
        if rows:
            self.sheet.autofilter(xl_range(2, 0, 2 + rows, columns - 1))
        self.page(name, wide=wide, header=(2, 2), last=(2 + rows, columns - 1))

    def page(self, name: str, *, wide: bool, header: tuple[int, int] | None, last: tuple[int, int]) -> None:
        """The printed page, with ``name`` and the page's number at its foot."""
        set_page(self.sheet, wide=wide, header=header, last=last)
        words = name.replace("&", "&&")
        font = '&"Times New Roman,Regular"&9 '
        self.sheet.set_footer(f"&L{font}{words}&R{font}Trang &P/&N", {"margin": 0.35})
