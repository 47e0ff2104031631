"""A submitted sheet in the audit workbook: its cells where they stood, on pages that can be read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.fonts.typeset_width import width as width_of
from thidua.forms.schema import schema_titled
from thidua.intake.layout import find_layout
from thidua.intake.xlsx.number_format import section_for
from thidua.intake.xlsx.raw import Range, RawCell, RawSheet
from thidua.publish.audit.audit_sheet import HEAD, RULED, SIZE, TEXT, AuditSheet
from thidua.tables.measure import DIGIT
from thidua.tables.printed_sheet import room, row_height, shared_widths

_MOMENTS = dt.date | dt.time | dt.timedelta
# Longer words are broken at the column's edge: codes, addresses.
_LONGEST_WORD = 13.0
_NARROWEST = 4.0
# Rows that widths follow from: the first ones, of a very long table.
_MEASURED = 200
# Space beside the text in a cell, in characters.
_PADDING = 1.2
# A sheet that needs more than a page's width is printed smaller, but not below eight points.
_SMALLEST = 8


def copy_sheet(made: AuditSheet, file: str, submitted: RawSheet) -> None:
    """Write the cells of a submitted sheet where they stood, text as text, and set up its page."""
    if not submitted.cells:
        return
    plan = _plan(file, submitted)
    for cell in (*_blanks(submitted, plan), *submitted.cells.values()):
        _write(made, cell, _look(plan, cell))
    for bounds in plan.merged:
        _merge(made, submitted, bounds, plan)
    for column, width in enumerate(plan.widths):
        made.set_width(column, width)
    for row, height in _heights(submitted, plan).items():
        made.sheet.set_row(row - 1, height)
    header = (plan.top - 1, plan.bottom - 1) if plan.bottom else None
    last = (submitted.last_row - 1, submitted.last_column - 1)
    made.page(f"{file} › {submitted.title}", wide=plan.wide, header=header, last=last)
    if plan.bottom:
        made.sheet.freeze_panes(plan.bottom, 0)


@dataclass(frozen=True)
class _Plan:
    """The header's rows and columns (none where there is none), merged ranges, widths, whether the page lies."""

    top: int
    bottom: int
    headed: frozenset[int]
    merged: tuple[Range, ...]
    widths: tuple[float, ...]
    wide: bool

    def width_at(self, cell: RawCell) -> float:
        """The width that a cell's text has, that of its merged range where it heads one."""
        for top, left, _, right in self.merged:
            if (top, left) == (cell.row, cell.column):
                return sum(self.widths[left - 1 : right])
        return self.widths[cell.column - 1]


def _plan(file: str, sheet: RawSheet) -> _Plan:
    schema = schema_titled(sheet.title)
    layout = find_layout(file, sheet, schema)[0] if schema else None
    top, bottom, headed = (layout.top, layout.bottom, layout.headed) if layout else (0, 0, frozenset())
    filled = Counter(cell.row for cell in sheet.cells.values())
    while top < bottom and filled[top] < 2:  # a title, which the header's search took for its first row
        top += 1
    merged = tuple(_kept(sheet))
    least, rows = _needs(sheet, top, bottom, merged)
    wide = sum(least) > room(wide=False) or sum(max(column, default=0) for column in _columns(rows)) > room(wide=True)
    widths = shared_widths(least, rows, room(wide) * SIZE / _SMALLEST if wide else room(wide))
    return _Plan(top, bottom, headed, merged, tuple(widths), wide)


def _kept(sheet: RawSheet) -> Iterator[Range]:
    """The merged ranges, cut to the sheet's cells, that hide no content and meet no other."""
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        bottom, right = min(bottom, sheet.last_row), min(right, sheet.last_column)
        covered = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        filled = {place for place in covered if place in sheet.cells and sheet.cells[place].value is not None}
        if len(covered) > 1 and filled <= {(top, left)} and not covered & taken:
            taken |= covered
            yield top, left, bottom, right


def _needs(
    sheet: RawSheet, top: int, bottom: int, merged: tuple[Range, ...]
) -> tuple[list[float], list[dict[int, float]]]:
    """Of each column the least width, that of its longest word; of each row its texts' widths by column, from 0.

    Titles above the header and texts merged over columns do not count: they have other room.
    """
    spread = {(first, left) for first, left, _, right in merged if right > left}
    least = [_NARROWEST] * sheet.last_column
    rows: dict[int, dict[int, float]] = {}
    for place, cell in sheet.cells.items():
        if cell.row < top or place in spread or len(rows) > _MEASURED:
            continue
        text, bold, column = _shown(cell), cell.row <= bottom, cell.column - 1
        words = [_width(word, bold) for word in text.split()]
        least[column] = max(least[column], min(max(words, default=0), _LONGEST_WORD))
        # A header's own height matters once: it is on every page, but one row of it.
        rows.setdefault(cell.row, {})[column] = sum(words) - _PADDING * len(words) * 0.8
    return least, list(rows.values())


def _columns(rows: list[dict[int, float]]) -> list[list[float]]:
    """The widths of texts by column."""
    columns: dict[int, list[float]] = {}
    for row in rows:
        for column, width in row.items():
            columns.setdefault(column, []).append(width)
    return list(columns.values())


def _width(text: str, bold: bool) -> float:
    return width_of(text, SIZE, bold=bold) / DIGIT + _PADDING


def _blanks(sheet: RawSheet, plan: _Plan) -> Iterator[RawCell]:
    """The empty cells of the table's rows: the grid has no holes."""
    for row in sorted({c.row for c in sheet.cells.values() if c.row > plan.bottom}):
        for column in sorted(plan.headed):
            if (row, column) not in sheet.cells:
                yield RawCell(row, column, None)


def _look(plan: _Plan, cell: RawCell) -> Mapping[str, Any]:
    if cell.row < plan.top:
        merged = any((top, left) == (cell.row, cell.column) for top, left, _, _ in plan.merged)
        return {**TEXT, "bold": True, "text_wrap": merged, "align": "center" if merged else "left"}
    if plan.top <= cell.row <= plan.bottom:
        return HEAD
    return {**RULED, "num_format": _pattern(cell)}


def _pattern(cell: RawCell) -> str:
    """The cell's own number format; a date that was stored as one may stand in a format for numbers."""
    section = section_for(cell.number_format, 1) if isinstance(cell.value, _MOMENTS) else None
    return "dd/mm/yyyy" if section is not None and section.kind not in ("date", "elapsed") else cell.number_format


def _write(made: AuditSheet, cell: RawCell, look: Mapping[str, Any]) -> None:
    row, column, form = cell.row - 1, cell.column - 1, made.look(look)
    if isinstance(cell.value, bool):
        made.sheet.write_boolean(row, column, cell.value, form)
    elif isinstance(cell.value, int | float | Decimal):
        made.sheet.write_number(row, column, float(cell.value), form)
    elif isinstance(cell.value, _MOMENTS):
        made.sheet.write_datetime(row, column, cell.value, form)
    else:
        made.text(row, column, "" if cell.value is None else str(cell.value), look)


def _merge(made: AuditSheet, sheet: RawSheet, bounds: Range, plan: _Plan) -> None:
    top, left, bottom, right = bounds
    cell = sheet.cells.get((top, left)) or RawCell(top, left, None)
    look = _look(plan, cell)
    made.sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", made.look(look))
    _write(made, cell, look)


def _heights(sheet: RawSheet, plan: _Plan) -> dict[int, float]:
    """Of each filled row the height that its texts need; what is merged over rows has room in all of them."""
    tall = {(top, left) for top, left, bottom, _ in plan.merged if bottom > top}
    heights: dict[int, float] = {}
    for place, cell in sheet.cells.items():
        text = "" if place in tall or not _look(plan, cell)["text_wrap"] else _shown(cell)
        needed = row_height(text, plan.width_at(cell) - _PADDING, SIZE, bold=cell.row <= plan.bottom)
        heights[cell.row] = max(heights.get(cell.row, 0.0), needed)
    return heights


def _shown(cell: RawCell) -> str:
    return cell.shown or ("" if cell.value is None else str(cell.value))
