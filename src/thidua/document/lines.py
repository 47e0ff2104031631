"""Blocks as lines of plain text: what a terminal shows, and what a comparison of two runs reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from thidua.document.block import (
    Block,
    Chart,
    Heading,
    Letterhead,
    List,
    Paragraph,
    Picture,
    Preformatted,
    Signature,
    Table,
    plain,
)


def lines(block: Block) -> Iterator[str]:
    """A line for each paragraph, item, row and title; notes stand in parentheses, a chart says its description."""
    for line in _lines(block):
        if words := " ".join(line.split()):
            yield words


def text_of(blocks: Iterable[Block]) -> str:
    """Blocks as a terminal shows them."""
    return "\n\n".join(filter(None, ("\n".join(lines(block)) for block in blocks)))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading | Paragraph):
        yield plain(block.runs, notes=True)
    elif isinstance(block, List):
        yield from (f"- {plain(item, notes=True)}" for item in block.items)
    elif isinstance(block, Table):
        yield block.title or block.name
        yield from (" | ".join(plain(c.runs, notes=True) for c in row) for row in block.header)
        yield from (" | ".join(plain(c.runs, notes=True) for c in row.cells) for row in block.body)
        yield block.remark
    elif isinstance(block, Chart):
        yield block.title
        yield block.alt
    elif isinstance(block, Letterhead):
        yield from (block.superior, *block.issuer, block.number, block.state, block.motto, block.place_and_date)
        yield from (block.type, block.abstract)
    elif isinstance(block, Signature):
        yield from (*block.recipients, *block.authority.splitlines(), block.title, block.name)
    elif isinstance(block, Picture):
        yield block.alt
    elif isinstance(block, Preformatted):
        yield from block.text.splitlines()
    else:
        assert_never(block)
