"""A workbook's cells as they stand, before anything is read into them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from thidua.intake.xlsx.formats import GENERAL


class StoredText(str):
    """A text that was stored with control characters, which no reader sees; ``stored`` still has them."""

    stored: str


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands.

    ``uncached``: a formula without a stored result. ``formula``: the text of the formula that gives the value, be it
    the cell's own, one that it shares or one that spills over it; empty for a value that was typed.
    """

    row: int
    column: int
    value: Any
    number_format: str = GENERAL
    is_error: bool = False
    uncached: bool = False
    formula: str = ""

    @property
    def address(self) -> str:
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True)
class RawSheet:
    """A sheet's filled cells by (row, column), its merged ranges as (top, left, bottom, right), and what hides it.

    ``state`` is «visible», «hidden» or, where no menu of Excel shows the sheet, «veryHidden». Rows and columns that are
    hidden, by hand, by a filter or by having no height or width, are named by number, as far as cells may stand there.
    """

    title: str
    cells: dict[tuple[int, int], RawCell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    state: str = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def hidden(self) -> bool:
        return self.state != "visible"

    @cached_property
    def last_row(self) -> int:
        return max((r for r, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        return max((c for _, c in self.cells), default=0)


def letters(column: int) -> str:
    """The letters of a column counted from one."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def column_number(name: str) -> int:
    """The column, counted from one, that letters name."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
