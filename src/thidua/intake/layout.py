"""Where a sheet's table stands: its header rows and which column is which.

Officers put titles above the header and merge header cells over several rows and columns. None of that is an error.
"""

from __future__ import annotations

from dataclasses import dataclass

from thidua.errors import Problem
from thidua.forms.schema import Column, SheetSchema
from thidua.intake.xlsx.raw import RawSheet, letters
from thidua.language.text import fold, nearest

_SEARCHED_ROWS = 40
_HEADER_DEPTH = 4
_SERIAL = ("tt", "stt", "số tt", "số thứ tự")

# A header text as it stands and as it is compared.
_Piece = tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """The header's first and last row, the sheet column (from 1) of each form column, and the columns with a header."""

    top: int
    bottom: int
    columns: dict[str, int]
    headed: frozenset[int]


def find_layout(file: str, sheet: RawSheet, schema: SheetSchema) -> tuple[Layout | None, list[Problem]]:
    """Find the header; the problems name each missing, repeated or unknown column."""
    pieces = _pieces(sheet)
    top, bottom, score = _find_header(pieces, sheet, schema)
    if score < 2:
        wanted = ", ".join(f"«{c.header[0]}»" for c in schema.columns if c.must_exist)
        expected = f"một hàng tiêu đề có các cột {wanted}"
        return None, [Problem(file, sheet.title, "", "không tìm thấy hàng tiêu đề của biểu", expected)]
    paths = _paths(pieces, sheet, top, bottom)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    problems = []
    for position, path in sorted(paths.items()):
        column = _column_of(schema, path)
        if column is None:
            if path[-1][1] not in _SERIAL:
                unknown[position] = path[-1][0]
        elif column.key in columns:
            found = f"cột «{path[-1][0]}» trùng với cột {letters(columns[column.key])}"
            address = f"{letters(position)}{bottom}"
            problems.append(Problem(file, sheet.title, address, found, "mỗi cột chỉ có một lần"))
        else:
            columns[column.key] = position
    problems += _column_problems(file, sheet, schema, columns, unknown, bottom)
    return Layout(top, bottom, columns, frozenset(paths)), problems


def _find_header(pieces: dict[tuple[int, int], _Piece], sheet: RawSheet, schema: SheetSchema) -> tuple[int, int, int]:
    """First row, last row and number of recognised columns of the rows that look most like the form's header."""
    # Nothing is recognised in rows without a word that ends some column's header, and that is most of them.
    promising = {row for (row, _), (_, folded) in pieces.items() if schema.ends_header(folded)}
    best = (0, 0, 0)
    for top in range(1, min(_SEARCHED_ROWS, sheet.last_row) + 1):
        for bottom in range(top, min(top + _HEADER_DEPTH, sheet.last_row + 1)):
            if promising.isdisjoint(range(top, bottom + 1)):
                continue
            columns = (_column_of(schema, path) for path in _paths(pieces, sheet, top, bottom).values())
            score = len({c.key for c in columns if c is not None})
            if score > best[2]:
                best = (top, bottom, score)
    return best


def _pieces(sheet: RawSheet) -> dict[tuple[int, int], _Piece]:
    last = _SEARCHED_ROWS + _HEADER_DEPTH
    texts = {place: str(cell.value) for place, cell in sheet.cells.items() if place[0] <= last}
    return {place: (text, fold(text)) for place, text in texts.items()}


def _column_of(schema: SheetSchema, path: tuple[_Piece, ...]) -> Column | None:
    return schema.column_under(tuple(folded for _, folded in path)) if schema.ends_header(path[-1][1]) else None


def _column_problems(
    file: str,
    sheet: RawSheet,
    schema: SheetSchema,
    columns: dict[str, int],
    unknown: dict[int, str],
    bottom: int,
) -> list[Problem]:
    """Unknown and missing columns; a missing column that an unknown one looks like is said once."""
    absent = [c for c in schema.columns if c.key not in columns]
    renamed: set[str] = set()
    problems = []
    for position, text in unknown.items():
        near = _nearest_column(text, absent)
        renamed |= {near.key} if near else set()
        found = f"cột «{text}» không có trong mẫu"
        expected = "chỉ các cột theo mẫu, không thêm cột khác"
        if near:
            expected = f"tên cột theo mẫu; gần nhất là «{near.header[0]}»"
        problems.append(Problem(file, sheet.title, f"{letters(position)}{bottom}", found, expected))
    for column in absent:
        if column.must_exist and column.key not in renamed:
            found = f"thiếu cột «{column.header[0]}»"
            expected = f"cột «{column.header[0]}» trong hàng tiêu đề, vì cột này bắt buộc"
            problems.append(Problem(file, sheet.title, f"hàng {bottom}", found, expected))
    return problems


def _nearest_column(text: str, absent: list[Column]) -> Column | None:
    """The absent column that a header looks most like, one that the form cannot do without first."""
    for columns in ([c for c in absent if c.must_exist], absent):
        names = {header.rpartition(" / ")[2]: c for c in columns for header in c.header}
        if near := nearest(text, names):
            return names[near]
    return None


def _paths(
    pieces: dict[tuple[int, int], _Piece], sheet: RawSheet, top: int, bottom: int
) -> dict[int, tuple[_Piece, ...]]:
    """For each sheet column, the header texts from the top level down, merged cells read in each cell they cover."""
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for first_row, first_column, last_row, last_column in sheet.merged:
        if top <= first_row <= bottom:
            for row in range(first_row, min(last_row, bottom) + 1):
                for column in range(first_column, min(last_column, sheet.last_column) + 1):
                    covered[row, column] = (first_row, first_column)
    paths = {}
    for column in range(1, sheet.last_column + 1):
        found: list[_Piece] = []
        for row in range(top, bottom + 1):
            piece = pieces.get(covered.get((row, column), (row, column)))
            if piece and piece[0] and (not found or piece[1] != found[-1][1]):
                found.append(piece)
        if found:
            paths[column] = tuple(found)
    return paths
