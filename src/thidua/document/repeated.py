"""Tables and charts that say nothing of their own: what they rest on is told in their section already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from thidua.contracts import FigureRecord, Place
from thidua.document.block import Block, Chart, Note, Number, Runs, Table, Text
from thidua.document.walking import stretches

Cells = frozenset[Place]


class Origins:
    """The submitted cells that figures rest on, by the figures' ids."""

    def __init__(self, records: Iterable[FigureRecord]):
        self._records = {record.id: record for record in records}
        self._found: dict[str, Cells] = {}

    def __call__(self, id: str) -> Cells:
        """The cells of one figure; none for a constant and for what nobody submitted."""
        if id not in self._found and id in self._records:
            record = self._records[id]
            parts = [self(part) for part in record.inputs]
            own = [record.source] if record.source and record.value is not None else []
            if record.operator == "sum" and _of_several(frozenset().union(*parts)):
                # What several units come to says nothing of any one of them.
                parts, own = [], [Place(file="", sheet="", cell=id)]
            self._found[id] = frozenset(own).union(*parts)
        return self._found.get(id, frozenset())


def _of_several(cells: Cells) -> bool:
    """Whether cells are of several sub-units or units below, whose workbooks stand in folders."""
    files = {cell.file for cell in cells}
    return len(files) > 1 and all("/" in file for file in files)


def repeated_exhibits(blocks: Sequence[Block], origins: Origins) -> set[str]:
    """The keys of the tables and charts of a section that repeat it.

    A table does where its sentences or the exhibits before it tell every cell, a chart where exhibits before it do.
    Sentences do not show sizes beside each other. A ratio of two numbers that are told says no more than they do. What
    rests on no cell at all stays: it was put together by hand.
    """
    said: set[Place] = set()
    for block in blocks:
        if not isinstance(block, Table | Chart):
            said |= _cells(block, origins)
    shown: set[Place] = set()
    repeated = set()
    for block in blocks:
        if isinstance(block, Table | Chart) and block.title:
            cells = _cells(block, origins)
            if cells and cells <= (shown if isinstance(block, Chart) else shown | said):
                repeated.add(block.key)
            else:
                shown |= cells
    return repeated


def _cells(block: Block, origins: Origins) -> set[Place]:
    if isinstance(block, Chart):
        return {cell for id in block.figures for cell in origins(id)}
    if isinstance(block, Table):
        # The names of rows say what the numbers are of.
        runs = [cell.runs for row in block.body for cell in row.cells if not cell.header]
    else:
        runs = list(stretches(block))
    return {cell for stretch in runs for cell in _of_runs(stretch, origins)}


def _of_runs(runs: Runs, origins: Origins) -> Iterator[Place]:
    for run in runs:
        if isinstance(run, Number) and not run.missing:
            yield from origins(run.figure)
        elif isinstance(run, Text) and run.source:
            yield Place(file=run.source.file, sheet=run.source.sheet, cell=run.source.cell)
        elif isinstance(run, Note):
            yield from _of_runs(run.runs, origins)
