"""A workbook's cells as they stand, before anything is read into them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from thidua.intake.xlsx.number_format import GENERAL
from thidua.intake.xlsx.shown import shown

# What a cell of Excel can hold.
MAX_TEXT = 32_767


def letters(column: int) -> str:
    """The letters of a column's number, counted from one: «A», «Z», «AA»."""
    found = ""
    while column:
        column, place = divmod(column - 1, 26)
        found = chr(ord("A") + place) + found
    return found


def column_number(letters: str) -> int:
    """The number of a column, counted from one, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# Top, left, bottom, right, counted from one.
Range = tuple[int, int, int, int]


class StoredText(str):
    """A text that was stored with control characters, which no reader sees; ``stored`` still has them."""

    stored: str


class MovedFormula(str):
    """The text of a formula as another cell carries it, and how many rows and columns further its own cell stands."""

    rows: int
    columns: int

    def __new__(cls, text: str, rows: int, columns: int) -> MovedFormula:
        """``rows`` and ``columns``: how much further the cell stands than the one that carries the text."""
        formula = super().__new__(cls, text)
        formula.rows, formula.columns = rows, columns
        return formula


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands.

    ``value`` is str, bool, int, float, or, where the format shows a number as one, datetime, time or timedelta.
    ``uncached``: a formula without a stored result. ``formula``: the text of the formula that gives the value, be it
    the cell's own, one that it shares or one that spills over it; empty for a value that was typed. ``odd``: why what
    the file says of the cell cannot be read; ``value`` is then its very words.
    """

    row: int
    column: int
    value: Any
    number_format: str = GENERAL
    is_error: bool = False
    uncached: bool = False
    formula: str = ""
    odd: str = ""

    @property
    def address(self) -> str:
        """Its place as a spreadsheet program shows it («G14»)."""
        return f"{letters(self.column)}{self.row}"

    @property
    def shown(self) -> str | None:
        """The text that the officer sees; empty where the format hides it, None where it cannot be told."""
        return None if self.odd or self.value is None else shown(self.value, self.number_format)


@dataclass(frozen=True)
class RawSheet:
    """A sheet's filled cells by (row, column), its merged ranges, and what hides it.

    Cells that a merged range covers are in ``cells`` as any other, though a spreadsheet program does not show them.
    ``state`` is «visible», «hidden» or, where no menu of Excel shows the sheet, «veryHidden». Rows and columns that are
    hidden, by hand, by a filter or by having no height or width, are named by number, as far as cells may stand there.
    """

    title: str
    cells: dict[tuple[int, int], RawCell]
    merged: tuple[Range, ...] = ()
    state: str = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def hidden(self) -> bool:
        """Whether a person who opens the workbook does not see the sheet, «veryHidden» included."""
        return self.state != "visible"

    @cached_property
    def last_row(self) -> int:
        """The number of the last row with a filled cell, from 1; 0 for an empty sheet."""
        return max((r for r, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        """The number of the last column with a filled cell, from 1; 0 for an empty sheet."""
        return max((c for _, c in self.cells), default=0)
