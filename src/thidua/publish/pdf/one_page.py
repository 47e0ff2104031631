"""A document that has to stand on one page: what is less important gives way, by one rule for all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from thidua.charts.wording import count
from thidua.document.block import Block, Cell, List, Row, Runs, Table, Text, plain
from thidua.document.document import Document
from thidua.publish.drawings import Drawings
from thidua.publish.pdf.typesetting import ACCESSIBLE, page_count, pdf_of
from thidua.settings.page import page_form

# How many rows of each group of a table and how many items of a list are kept, and how large the type is; from the
# first that fits. No text is smaller than eight points.
_WAYS: tuple[tuple[int | None, float], ...] = (
    *((most, 1.0) for most in (None, 10, 8, 7, 6, 5)),
    *((most, 0.9) for most in (5, 4, 3, 2, 1)),
    *((0, size) for size in (0.9, 0.82, 0.75)),
)


def on_one_page(document: Document, drawings: Drawings) -> tuple[Document, bytes, bool]:
    """The document as far as it finds room on a page, as PDF, and whether it does.

    Each group of a table and each list keeps its first rows and says how many more there are; then type is smaller.
    What an officer typed is never cut: text that is too long for a page goes on, and is told.
    """

    @cache
    def made(way: int) -> tuple[Document, bytes]:
        most, size = _WAYS[way]
        shorter = document if most is None else shortened(document, most)
        return shorter, pdf_of(shorter, drawings, ACCESSIBLE, form=page_form().smaller(size))

    ways = range(len(_WAYS))
    way = bisect_left(ways, True, key=lambda n: page_count(made(n)[1]) == 1)
    shorter, pdf = made(min(way, len(_WAYS) - 1))
    return shorter, pdf, way < len(_WAYS)


def shortened(document: Document, most: int) -> Document:
    """With at most so many rows of each group of a table, and items of a list, and how many more there are."""
    sections = (replace(s, blocks=tuple(_shortened(b, most) for b in s.blocks)) for s in document.sections)
    return replace(document, sections=tuple(sections))


def _shortened(block: Block, most: int) -> Block:
    if isinstance(block, Table):
        return block.model_copy(update={"body": tuple(_rows(block, most))})
    if isinstance(block, List):
        return block.model_copy(update={"items": tuple(_items(block.items, most))})
    return block


def _rows(table: Table, most: int) -> Iterator[Row]:
    what = plain(table.header[0][0].runs).lower() if table.header else "dòng"
    for group in _groups(table.body):
        head = [row for row in group if row.style == "group"]
        rows = group[len(head) :]
        yield from head
        # One row takes no more room than the line that says it is left out.
        kept = most if len(rows) > most + 1 else len(rows)
        yield from rows[:kept]
        if len(rows) > kept and (kept or not head):
            more = f"và {count(len(rows) - kept)} {what} khác" if kept else f"{count(len(rows))} {what}"
            yield Row(style="sub", cells=(Cell(runs=(Text(text=more),), columns=table.width),))


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
    kept = most if len(items) > most + 1 else len(items)
    yield from items[:kept]
    if len(items) > kept:
        yield (Text(text=f"và {count(len(items) - kept)} mục khác" if kept else f"{count(len(items))} mục"),)
