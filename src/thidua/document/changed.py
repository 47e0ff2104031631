"""Blocks with every run changed in one way, whatever kind of block it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from thidua.document.block import (
    Block,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
    Note,
    Paragraph,
    Picture,
    Preformatted,
    Run,
    Runs,
    Signature,
    Table,
)


def changed(block: Block, change: Callable[[Run], Run]) -> Block:
    """The block with every run as ``change`` gives it, those inside notes too."""

    def runs(before: Runs) -> Runs:
        return tuple(
            run.model_copy(update={"runs": runs(run.runs)}) if isinstance(run, Note) else change(run) for run in before
        )

    def cells(before: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(cell.model_copy(update={"runs": runs(cell.runs)}) for cell in before)

    if isinstance(block, Heading | Paragraph):
        return block.model_copy(update={"runs": runs(block.runs)})
    if isinstance(block, List):
        return block.model_copy(update={"items": tuple(map(runs, block.items))})
    if isinstance(block, Table):
        body = tuple(row.model_copy(update={"cells": cells(row.cells)}) for row in block.body)
        return block.model_copy(update={"header": tuple(map(cells, block.header)), "body": body})
    if isinstance(block, Chart | Letterhead | Signature | Picture | Preformatted):
        return block
    assert_never(block)
