"""A document that has to stand on one page: what is less important gives way, by one rule for all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from thidua.charts.wording import count
from thidua.document.block import Block, List, Row, Runs, Table, Text, plain
from thidua.document.document import Document
from thidua.publish.drawings import Drawings
from thidua.publish.pdf.typesetting import ACCESSIBLE, page_count, pdf_of
from thidua.settings.page import page_form
from thidua.tables.table_cells import kept_of, left_out_row

# How many rows of each group of a table and how many items of a list are kept at least, and how large the type is; the
# first that fits is taken. No text is smaller than eight points.
_ALL = 10_000
_WAYS = (
    *((most, 1.0) for most in (_ALL, 10, 6, 4, 3)),
    *((most, 0.9) for most in (3, 2, 1)),
    *((0, size) for size in (0.9, 0.82, 0.75)),
)


def on_one_page(document: Document, drawings: Drawings) -> tuple[Document, bytes, bool]:
    """The document as far as it finds room on a page, as PDF, and whether it does.

    Each group of a table and each list keeps its first rows, as many of all alike as there is room for, then further
    ones in turn; a line says how many more there are. Where that is not enough, type is smaller. What an officer typed
    is never cut: text that is too long for a page goes on, and is told.
    """

    made: dict[tuple[tuple[int, ...], float], bytes] = {}
    lengths = list(_lengths(document))

    def pdf(limits: Sequence[int], size: float) -> bytes:
        key = (tuple(limits), size)
        if key not in made:
            shorter = shortened(document, limits)
            made[key] = pdf_of(shorter, drawings, ACCESSIBLE, form=page_form().smaller(size))
        return made[key]

    def fits(limits: Sequence[int], size: float) -> bool:
        return page_count(pdf(limits, size)) == 1

    way = bisect_left(_WAYS, True, key=lambda way: fits([way[0]] * len(lengths), way[1]))
    most, size = _WAYS[min(way, len(_WAYS) - 1)]
    limits = [most] * len(lengths)
    growing = [place for place, length in enumerate(lengths) if most < length] if way < len(_WAYS) else []
    while growing:
        for place in list(growing):
            more = [limit + (n == place) for n, limit in enumerate(limits)]
            if limits[place] < lengths[place] and fits(more, size):
                limits = more
            else:  # what finds no room now will not with more of others
                growing.remove(place)
    return shortened(document, limits), pdf(limits, size), way < len(_WAYS)


def shortened(document: Document, limits: Iterable[int]) -> Document:
    """With so many rows of each group of a table and items of each list, in order, and how many more there are."""
    most = iter(limits).__next__
    sections = (replace(s, blocks=tuple(_shortened(b, most) for b in s.blocks)) for s in document.sections)
    return replace(document, sections=tuple(sections))


def _shortened(block: Block, most: Callable[[], int]) -> Block:
    if isinstance(block, Table):
        return block.model_copy(update={"body": tuple(_rows(block, most))})
    if isinstance(block, List):
        return block.model_copy(update={"items": tuple(_items(block.items, most()))})
    return block


def _lengths(document: Document) -> Iterator[int]:
    """How many rows or items each group and list has."""
    for block in document.blocks():
        if isinstance(block, Table):
            yield from (len(_told(group)) for group in _groups(block.body))
        elif isinstance(block, List):
            yield len(block.items)


def _rows(table: Table, most: Callable[[], int]) -> Iterator[Row]:
    # Where rows have names, their column says what these are; it is otherwise one of numbers, dates or anything.
    named = bool(table.header) and any(map(_names, _told(table.body)))
    what = plain(table.header[0][0].runs).lower() if named else "dòng"
    for group in _groups(table.body):
        head = [row for row in group if row.style == "group"]
        rows = _told(group)
        kept = kept_of(len(rows), most())
        yield from (*head, *rows[:kept])
        left = sum(_names(row) or 1 for row in rows[kept:]) + sum(row.left_out for row in group)
        # A heading says how many it has.
        if left and (kept or not head):
            more = f"và {count(left)} {what} khác" if kept else f"{count(left)} {what}"
            yield left_out_row(left, more, table.width)


def _told(group: Sequence[Row]) -> list[Row]:
    """A group's rows without its heading and the line that stands for others."""
    return [row for row in group if row.style != "group" and not row.left_out]


def _names(row: Row) -> int:
    """How many things a row tells of by their names: two of them may stand beside each other."""
    return sum(cell.header and bool(cell.runs) for cell in row.cells)


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows under each heading inside a table, the heading first."""
    group: list[Row] = []
    for row in rows:
        if row.style == "group" and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _items(items: Sequence[Runs], most: int) -> Iterator[Runs]:
    kept = kept_of(len(items), most)
    yield from items[:kept]
    if len(items) > kept:
        yield (Text(text=f"và {count(len(items) - kept)} mục khác" if kept else f"{count(len(items))} mục"),)
