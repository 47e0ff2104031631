"""How the cells of a blank workbook look, and what of a sheet may be changed."""

from __future__ import annotations

from typing import Any

# Points of the type and of a line of it.
SIZE, LINE = 12, 15.75
_FONT = {"font_name": "Times New Roman", "font_size": SIZE, "valign": "vcenter"}
_CELL = {**_FONT, "text_wrap": True}
_BODY = {**_CELL, "border": 1, "border_color": "#A6A6A6"}
_WANTED, _WELCOME, _FIXED, _HEAD = "#FFF4CC", "#E6F1FA", "#EDEDED", "#D9E5D6"
_FORMATS = {"date": {"num_format": "dd/mm/yyyy"}}
# What is left to who fills it in besides the open cells: rows that are too low, columns that are too narrow.
_MAY = {"format_rows": True, "format_columns": True, "select_locked_cells": True, "select_unlocked_cells": True}


def base() -> dict[str, Any]:
    """What a workbook begins with: the font that sets what a column's width means, and Excel's sizes for it, in pixels.

    XlsxWriter writes into the font's dictionary what the next workbook would then begin with: each has its own.
    """
    return {"default_format_properties": dict(_FONT), "default_column_width": 72, "default_row_height": 21}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any):
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}
        self.title = book.add_format({**_FONT, "bold": True})
        self.hint = book.add_format({**_FONT, "italic": True, "font_color": "#595959"})
        self.header = book.add_format({**_BODY, "bold": True, "align": "center", "bg_color": _HEAD})
        self.plain = book.add_format(_CELL)
        self.fact_name = book.add_format({**_CELL, "bold": True, "valign": "top"})
        self.line = book.add_format({**_CELL, "valign": "top"})
        self.fact = book.add_format({**_CELL, "bg_color": _FIXED})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.broken = book.add_format({"num_format": "#,##0.0#########"})

    @property
    def legend(self) -> list[tuple[Any, str]]:
        """The colours and what they mean."""
        return [
            (self.wanted("text"), "cần điền"),
            (self.welcome("text"), "điền nếu có"),
            (self.named("text"), "tên gọi, sửa lời được"),
            (self.fixed("text"), "đã khóa"),
        ]

    def wanted(self, kind: str) -> Any:
        """A cell to fill in, with values of a type."""
        return self._open(kind, _WANTED)

    def welcome(self, kind: str) -> Any:
        """A cell to fill in where there is something to tell."""
        return self._open(kind, _WELCOME)

    def named(self, kind: str) -> Any:
        """A cell with what something is called, which may be put into other words."""
        return self._open(kind, "#FFFFFF")

    def fixed(self, kind: str) -> Any:
        """A cell that nobody changes."""
        return self._format(kind, _FIXED, locked=True)

    def _open(self, kind: str, colour: str) -> Any:
        return self._format(kind, colour, locked=False)

    def _format(self, kind: str, colour: str, *, locked: bool) -> Any:
        if (kind, colour) not in self._made:
            look = {**_BODY, **_FORMATS.get(kind, {}), "bg_color": colour, "locked": locked}
            self._made[kind, colour] = self._book.add_format(look)
        return self._made[kind, colour]


def protected(sheet: Any, *, rows: bool = False) -> None:
    """Protect a sheet, without a password; ``rows`` may be put in and taken out where all of them are open."""
    sheet.protect("", {**_MAY, "insert_rows": rows, "delete_rows": rows})
