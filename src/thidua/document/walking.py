"""What stands in blocks, in reading order: their runs, the figures that they print, the places of a table's cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from thidua.document.block import (
    Block,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
    Note,
    Number,
    Paragraph,
    Picture,
    Preformatted,
    Run,
    Runs,
    Signature,
    Table,
)


def printed(blocks: Iterable[Block]) -> list[str]:
    """The ids of the figures that blocks print, each once, in reading order."""
    found: list[str] = []
    for block in blocks:
        found += [run.figure for run in runs_of(block) if isinstance(run, Number) and run.figure]
        found += block.figures if isinstance(block, Chart) else ()
    return list(dict.fromkeys(found))


def runs_of(block: Block) -> Iterator[Run]:
    """All runs of a block in reading order, those inside notes after their note."""
    for runs in stretches(block):
        for run in runs:
            yield run
            if isinstance(run, Note):
                yield from run.runs


def stretches(block: Block) -> Iterator[Runs]:
    """The paragraphs, items, cells and lines of a block, in reading order, as runs."""
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, List):
        yield from block.items
    elif isinstance(block, Table):
        for row in block.header:
            yield from (c.runs for c in row)
        for body_row in block.body:
            yield from (c.runs for c in body_row.cells)
    elif not isinstance(block, Chart | Letterhead | Signature | Picture | Preformatted):
        assert_never(block)


def placed(rows: Iterable[Iterable[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """The cells of rows with the row and the column (from 0) in which each starts, past those that reach into it."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield number, column, cell
