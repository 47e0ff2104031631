"""Blocks with every run changed in one way, whatever kind of block it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar, assert_never

from thidua.document.block import (
    Block,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
    Node,
    Note,
    Paragraph,
    Picture,
    Preformatted,
    Run,
    Runs,
    Signature,
    Table,
)

_T = TypeVar("_T")
_N = TypeVar("_N", bound=Node)


def changed(block: Block, change: Callable[[Run], Run]) -> Block:
    """The block with every run as ``change`` gives it, those inside notes too; of what stays, the very same values."""

    def runs(before: Runs) -> Runs:
        return _same_or(
            before, (_with(run, runs=runs(run.runs)) if isinstance(run, Note) else change(run) for run in before)
        )

    def cells(before: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return _same_or(before, (_with(cell, runs=runs(cell.runs)) for cell in before))

    if isinstance(block, Heading | Paragraph):
        return _with(block, runs=runs(block.runs))
    if isinstance(block, List):
        return _with(block, items=_same_or(block.items, map(runs, block.items)))
    if isinstance(block, Table):
        header = _same_or(block.header, map(cells, block.header))
        body = _same_or(block.body, (_with(row, cells=cells(row.cells)) for row in block.body))
        return _with(block, header=header, body=body)
    if isinstance(block, Chart | Letterhead | Signature | Picture | Preformatted):
        return block
    assert_never(block)


def _same_or(before: tuple[_T, ...], after: Iterable[_T]) -> tuple[_T, ...]:
    """What came of some values; they themselves where none is another."""
    found = tuple(after)
    return before if all(a is b for a, b in zip(before, found, strict=True)) else found


def _with(node: _N, **parts: object) -> _N:
    """A node with other parts; itself where they are its own."""
    if all(getattr(node, name) is part for name, part in parts.items()):
        return node
    return node.model_copy(update=parts)
