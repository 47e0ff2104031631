"""Which rows below the header are records.

Officers number the columns below the header, add headings, empty rows, a totals row and a signature block, and
repeat the header on the next page. None of that is an error, and none of it is a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.errors import Problem
from thidua.intake.layout import Layout
from thidua.intake.schema import Column, SheetSchema
from thidua.intake.typed import looks_numeric, quoted
from thidua.intake.xlsx.raw import RawCell, RawSheet, letters
from thidua.text import fold

_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?( ?= ?.*)?")
_TOTAL = re.compile(r"(tổng|tổng số|tổng cộng|cộng|cộng chung|tổng chung|toàn biểu)( [ivx0-9+ ]+)?")

Row = dict[str, RawCell]


def record_rows(sheet: RawSheet, layout: Layout, schema: SheetSchema) -> Iterator[tuple[int, Row]]:
    """The rows that hold records, with their filled cells by column key."""
    by_key = {c.key: c for c in schema.columns}
    rows = {
        row: own
        for row in range(layout.bottom + 1, sheet.last_row + 1)
        if (own := {key: sheet.cells[row, c] for key, c in layout.columns.items() if (row, c) in sheet.cells})
    }
    last = max((row for row, own in rows.items() if schema.rows_without in own), default=layout.bottom)
    spread = _spread(sheet, layout, by_key)
    for row, own in rows.items():
        if _is_numbering(own, row, layout) or _is_header(own, by_key) or _is_total(own):
            continue
        if schema.rows_without not in own and _is_heading(own, by_key, beyond=row > last):
            continue
        yield row, {**{k: c for k, c in spread.get(row, {}).items() if k not in own}, **own}


def headless_values(file: str, sheet: RawSheet, layout: Layout, rows: list[int]) -> list[Problem]:
    """Values inside the table in a column without a header: they would be lost without a word."""
    first, last = min(layout.columns.values()), max(layout.columns.values())
    problems = []
    for column in range(first + 1, last):
        if column in layout.headed:
            continue
        cells = [sheet.cells[row, column] for row in rows if (row, column) in sheet.cells]
        if cells:
            found = f"cột {letters(column)} có nội dung («{quoted(str(cells[0].value))}») nhưng không có tên cột"
            expected = f"tên cột theo mẫu ở hàng {layout.bottom}, hoặc xóa nội dung của cột"
            problems.append(Problem(file, sheet.title, cells[0].address, found, expected))
    return problems


def _spread(sheet: RawSheet, layout: Layout, by_key: dict[str, Column]) -> dict[int, Row]:
    """Values of text cells merged downwards, for each row below the first that they cover."""
    keys = {position: key for key, position in layout.columns.items()}
    found: dict[int, Row] = {}
    for top, left, bottom, right in sheet.merged:
        key = keys.get(left)
        if key is None or left != right or top <= layout.bottom or by_key[key].type not in ("text", "choice"):
            continue
        cell = sheet.cells.get((top, left))
        if cell is not None:
            for row in range(top + 1, min(bottom, sheet.last_row) + 1):
                found.setdefault(row, {})[key] = cell
    return found


def _is_numbering(own: Row, row: int, layout: Layout) -> bool:
    """A row under the header that only numbers or letters the columns: A, B, 1, 2, 3 or (1), (2), (3=2/1)."""
    texts = [str(c.value) for c in own.values()]
    return row == layout.bottom + 1 and len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(t) for t in texts)


def _is_header(own: Row, by_key: dict[str, Column]) -> bool:
    """The header once more, as on a new page."""
    same = [k for k, c in own.items() if isinstance(c.value, str) and by_key[k].matches((fold(c.value),))]
    return len(same) >= 2 and len(same) * 2 > len(own)


def _is_total(own: Row) -> bool:
    texts = [fold(c.value) for c in own.values() if isinstance(c.value, str)]
    return "code" not in own and any(_TOTAL.fullmatch(text) for text in texts)


def _is_heading(own: Row, by_key: dict[str, Column], *, beyond: bool) -> bool:
    """A row of one or two texts, or, ``beyond`` the last record, of any texts, such as a signature block."""
    for key, cell in own.items():
        kind = by_key[key].type
        if isinstance(cell.value, str):
            if kind == "slug" or (kind in ("number", "percent") and looks_numeric(cell.value)):
                return False
        elif kind in ("number", "percent", "date"):
            return False
    return beyond or len(own) <= 2
