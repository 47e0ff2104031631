"""The rows of a table with merged cells taken for what they show: one value over each row that they cover.

What is stored under a merged cell, as LibreOffice keeps it, is shown to nobody; a figure over several rows belongs to
none of them for certain. Both are problems, never values.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.errors import Problem
from thidua.forms.schema import Column
from thidua.intake.cells import seen
from thidua.intake.layout import Layout
from thidua.intake.typed_values import is_absent
from thidua.intake.xlsx.raw import Range, RawCell, RawSheet, letters

Row = dict[str, RawCell]


@dataclass(frozen=True)
class TableRow:
    """The cells of a row below the header by column key: its own, those merged over it, those under a merged cell."""

    row: int
    own: Row
    spread: Row
    under: tuple[tuple[RawCell, Range], ...]

    @property
    def all(self) -> Row:
        """Every value that the row counts as having, its own before those merged over it."""
        return {**self.spread, **self.own}


def table_rows(sheet: RawSheet, layout: Layout, by_key: dict[str, Column]) -> Iterator[TableRow]:
    """The rows below the header that hold anything in the form's columns."""
    for row, ranges in _ranges(sheet, layout):
        own: Row = {}
        spread: Row = {}
        under = []
        for key, column in layout.columns.items():
            cell = sheet.cells.get((row, column))
            area = ranges.get(column)
            if area is None or area[:2] == (row, column):
                if cell is not None:
                    own[key] = cell
                continue
            if cell is not None:
                under.append((cell, area))
            first = sheet.cells.get(area[:2])
            if first is not None and area[1] == column and area[0] > layout.bottom and _counts_for_each(by_key[key]):
                spread[key] = first
        if own or under:
            yield TableRow(row, own, spread, tuple(under))


def merged_problems(
    file: str, sheet: RawSheet, layout: Layout, by_key: dict[str, Column], records: list[int]
) -> list[Problem]:
    """Values under a merged cell, and figures merged over several of the ``records`` (rows in order) or columns."""
    problems = []
    for found in table_rows(sheet, layout, by_key):
        for cell, area in found.under:
            first = sheet.cells.get(area[:2])
            if first is None or first.value != cell.value or not isinstance(cell.value, str):
                said = f"«{seen(cell)}» nằm khuất dưới ô gộp {_name(area)}, người đọc không thấy"
                problems.append(
                    Problem(file, sheet.title, cell.address, said, "bỏ gộp ô rồi ghi lại, hoặc xóa giá trị")
                )
    keys = {column: key for key, column in layout.columns.items()}
    for area in sheet.merged:
        top, left, bottom, right = area
        first, key = sheet.cells.get((top, left)), keys.get(left)
        if first is None or key is None or top <= layout.bottom:
            continue
        if isinstance(first.value, str) and is_absent(first.value):
            continue
        rows = bisect_right(records, bottom) - bisect_left(records, top)
        beside = [c for c, k in keys.items() if left < c <= right and _is_figure(by_key[k])]
        if (rows > 1 and not _counts_for_each(by_key[key])) or (rows and beside and _is_figure(by_key[key])):
            said = f"«{seen(first)}» ở ô gộp {_name(area)}, không rõ là của dòng hay cột nào"
            problems.append(
                Problem(file, sheet.title, first.address, said, "bỏ gộp ô và ghi riêng cho từng dòng, từng cột")
            )
    return problems


def _ranges(sheet: RawSheet, layout: Layout) -> Iterator[tuple[int, dict[int, Range]]]:
    """Each filled row below the header with the merged range over each of the form's columns.

    One pass down the sheet: merged ranges may reach over a million rows, and there may be thousands.
    """
    waiting = sorted(sheet.merged, reverse=True)
    columns = frozenset(layout.columns.values())
    over: dict[int, Range] = {}
    for row in sorted({row for row, column in sheet.cells if row > layout.bottom and column in columns}):
        while waiting and waiting[-1][0] <= row:
            area = waiting.pop()
            over.update((c, area) for c in columns if area[1] <= c <= area[3] and area[2] >= row)
        over = {column: area for column, area in over.items() if area[2] >= row}
        yield row, over


def _counts_for_each(column: Column) -> bool:
    """Whether one value merged downwards is the value of each row: a text is, a figure or the code of a row is not."""
    return column.type in ("text", "choice", "date", "slug", "slugs") and column.key != "code"


def _is_figure(column: Column) -> bool:
    return column.type in ("number", "percent")


def _name(area: Range) -> str:
    top, left, bottom, right = area
    return f"{letters(left)}{top}:{letters(right)}{bottom}"
