"""Where a sheet's table stands: its header rows, which column is which, which rows are records.

Officers put titles above the header, merge header cells over several rows and columns, number the columns below the
header, add headings, empty rows and a totals row. None of that is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from thidua.errors import Problem
from thidua.intake.schema import Column, SheetSchema
from thidua.intake.workbook import RawCell, RawSheet
from thidua.text import fold, nearest

_SEARCHED_ROWS = 40
_HEADER_DEPTH = 4
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(=.*)?")
_TOTALS = ("tổng", "tổng số", "tổng cộng", "cộng", "cộng chung")


@dataclass(frozen=True)
class Layout:
    """The header's first and last row, and the sheet column (from 1) of each form column found."""

    top: int
    bottom: int
    columns: dict[str, int]


def find_layout(file: str, sheet: RawSheet, schema: SheetSchema) -> tuple[Layout | None, list[Problem]]:
    """Find the header; the problems name each missing, repeated or unknown column."""
    best: tuple[int, int, int] | None = None
    paths: dict[int, tuple[str, ...]] = {}
    for top in range(1, min(_SEARCHED_ROWS, sheet.last_row) + 1):
        for depth in range(1, _HEADER_DEPTH + 1):
            candidate = _paths(sheet, top, top + depth - 1)
            score = len({c.key for path in candidate.values() for c in schema.columns if c.matches(path)})
            if score and (best is None or score > best[0]):
                best, paths = (score, top, top + depth - 1), candidate
    wanted = ", ".join(f"«{c.header[0]}»" for c in schema.columns if c.must_exist)
    if best is None or best[0] < 2:
        return None, [Problem(file, sheet.title, "", "không tìm thấy hàng tiêu đề của biểu", f"các cột {wanted}")]
    columns: dict[str, int] = {}
    problems = []
    unknown: list[tuple[int, str]] = []
    bottom = best[2]
    for position, path in sorted(paths.items()):
        column = next((c for c in schema.columns if c.matches(path)), None)
        address = f"{get_column_letter(position)}{bottom}"
        if column is None:
            if not _is_serial(path):
                unknown.append((position, path[-1]))
        elif column.key in columns:
            first = get_column_letter(columns[column.key])
            found = f"cột «{path[-1]}» trùng với cột {first}"
            problems.append(Problem(file, sheet.title, address, found, "mỗi cột chỉ có một lần"))
        else:
            columns[column.key] = position
    absent = [c for c in schema.columns if c.key not in columns]
    for position, text in unknown:
        near = nearest(text, [c.header[0] for c in absent])
        expected = f"tên cột theo mẫu; gần nhất là «{near}»" if near else "các cột theo mẫu, không thêm cột lạ"
        address = f"{get_column_letter(position)}{bottom}"
        problems.append(Problem(file, sheet.title, address, f"cột «{text}» không có trong mẫu", expected))
    for column in absent:
        if column.must_exist:
            found = f"thiếu cột «{column.header[0]}»"
            problems.append(Problem(file, sheet.title, f"hàng {bottom}", found, f"các cột bắt buộc {wanted}"))
    return Layout(best[1], bottom, columns), problems


def record_rows(sheet: RawSheet, layout: Layout, schema: SheetSchema) -> Iterator[tuple[int, dict[str, RawCell]]]:
    """The rows that hold records, with their filled cells by column key."""
    by_key = {c.key: c for c in schema.columns}
    spread = _spread(sheet, layout, by_key)
    for row in range(layout.bottom + 1, sheet.last_row + 1):
        own = {key: sheet.cells[row, c] for key, c in layout.columns.items() if (row, c) in sheet.cells}
        if not own or _is_numbering(own, row, layout) or _is_total(own) or _is_heading(own, schema, by_key):
            continue
        yield row, {**{k: c for k, c in spread.get(row, {}).items() if k not in own}, **own}


def _paths(sheet: RawSheet, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """For each sheet column, the header texts from the top level down, merged cells read in each cell they cover."""
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for first_row, first_column, last_row, last_column in sheet.merged:
        if first_row <= bottom and last_row >= top and first_row >= top:
            for row in range(first_row, min(last_row, bottom) + 1):
                for column in range(first_column, last_column + 1):
                    covered[row, column] = (first_row, first_column)
    paths = {}
    for column in range(1, sheet.last_column + 1):
        pieces: list[str] = []
        for row in range(top, bottom + 1):
            anchor = covered.get((row, column), (row, column))
            cell = sheet.cells.get(anchor)
            text = str(cell.value) if cell is not None and cell.value is not None else ""
            if text and (not pieces or fold(text) != fold(pieces[-1])):
                pieces.append(text)
        if pieces:
            paths[column] = tuple(pieces)
    return paths


def _spread(sheet: RawSheet, layout: Layout, by_key: dict[str, Column]) -> dict[int, dict[str, RawCell]]:
    """Values of text cells merged downwards, for each row below the first that they cover."""
    keys = {position: key for key, position in layout.columns.items()}
    found: dict[int, dict[str, RawCell]] = {}
    for top, left, bottom, right in sheet.merged:
        key = keys.get(left)
        if key is None or left != right or top <= layout.bottom or by_key[key].type not in ("text", "choice"):
            continue
        cell = sheet.cells.get((top, left))
        if cell is not None:
            for row in range(top + 1, bottom + 1):
                found.setdefault(row, {})[key] = cell
    return found


def _is_serial(path: tuple[str, ...]) -> bool:
    return fold(path[-1]) in ("tt", "stt", "số tt")


def _is_numbering(own: dict[str, RawCell], row: int, layout: Layout) -> bool:
    """A row under the header that only numbers or letters the columns: A, B, 1, 2, 3 or (1), (2), (3=2/1)."""
    texts = [str(c.value) for c in own.values()]
    return row == layout.bottom + 1 and len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(t) for t in texts)


def _is_total(own: dict[str, RawCell]) -> bool:
    return "code" not in own and any(isinstance(c.value, str) and fold(c.value) in _TOTALS for c in own.values())


def _is_heading(own: dict[str, RawCell], schema: SheetSchema, by_key: dict[str, Column]) -> bool:
    """A row without the form's leading value and with at most a serial number and one text."""
    if schema.rows_without in own:
        return False
    return not any(by_key[key].type in ("number", "percent", "date", "slug") for key in own) and len(own) <= 2
