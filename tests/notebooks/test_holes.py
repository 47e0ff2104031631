"""Every indicator missing in turn, and nought in turn: what is left of the prose reads as if it were whole."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from generated.sentences import Fault, faults
from notebooks.sections import NOTEBOOKS, period, prose_in
from prose.told import stretches
from thidua.dataset import Lookup
from thidua.document.block import Note, Runs, plain
from thidua.figures import Figure, Indicator
from thidua.figures.indicator import absent
from thidua.prose.parser import parse
from thidua.prose.render import render
from thidua.prose.rendered import Prose
from thidua.prose.syntax import Clause, Footnote, ListText, Phrase, Styled
from thidua.report import Report

pytestmark = pytest.mark.slow

SECTIONS = [n for n in NOTEBOOKS if prose_in(n)]
# What references to tables are called before anybody numbers them; what the period's own texts have.
_LEFT = frozenset(("a code", "two colons in one sentence"))


@pytest.mark.parametrize("notebook", SECTIONS, ids=lambda p: p.stem)
def test_no_single_hole_leaves_a_trace_in_a_sentence(notebook: Path) -> None:
    found = [
        f"{indicator.code} {hole}: {fault}"
        for cell in prose_in(notebook)
        for indicator in named_in(cell)
        for hole, values in (("missing", _missing), ("nought", _nought))
        for fault in _new_faults(cell, _with(replace(indicator, values=values(indicator), computed=None)))
    ]
    assert found == []


@pytest.mark.parametrize("notebook", SECTIONS, ids=lambda p: p.stem)
def test_a_single_nought_is_told_and_nothing_beside_it_is_lost(notebook: Path) -> None:
    lost = []
    for cell in prose_in(notebook):
        before = {f.id for f in render(cell, period()).figures}
        for indicator in named_in(cell):
            if not indicator.done.value or indicator.done.id not in before:
                continue
            gone = render(cell, _with(replace(indicator, values=_nought(indicator), computed=None)))
            after = {f.id for f in gone.figures}
            others = {id for id in before if id in _submitted() and not id.startswith(f"{indicator.code}.")}
            lost += [f"{indicator.code}: {id}" for id in sorted(others - after)]
            lost += [indicator.code] * (not any(id.startswith(f"{indicator.code}.") for id in after))
    assert lost == []


def named_in(cell: str) -> list[Indicator]:
    """The indicators that a cell's phrases name, by code or by group."""
    names = {code for sentence in _sentences(cell) for code in _codes(sentence)}
    return [i for i in period().indicators if i.code in names or names & set(i.groups)]


def _sentences(cell: str) -> Iterator[object]:
    for block in parse(cell).blocks:
        if isinstance(block, ListText):
            yield from (s for item in block.items for s in item)
        else:
            yield from getattr(block, "sentences", (getattr(block, "sentence", None),))


def _codes(node: object) -> Iterator[str]:
    if isinstance(node, Phrase):
        yield from node.codes
    elif isinstance(node, Footnote):
        for sentence in node.sentences:
            yield from _codes(sentence)
    elif isinstance(node, Clause | Styled) or hasattr(node, "parts"):
        for part in node.parts:
            yield from _codes(part)


def _with(indicator: Indicator) -> Report:
    """The period with one indicator as given."""
    data = copy.copy(period().data)
    rows = {i.code: i for i in period().indicators} | {indicator.code: indicator}
    data.indicators = Lookup(rows, absent)
    return Report(period().params, data)


def _missing(indicator: Indicator) -> dict[str, Figure]:
    return {k: replace(f, value=None, why="chưa được báo cáo") for k, f in indicator.values.items()}


def _nought(indicator: Indicator) -> dict[str, Figure]:
    """What was done is nought; plan and last year stay."""
    done = ("actual", "cumulative")
    return {k: replace(f, value=Decimal(0)) if k in done and f.value else f for k, f in indicator.values.items()}


@cache
def _submitted() -> frozenset[str]:
    return frozenset(i.done.id for i in period().indicators if i.done.cell)


def _new_faults(cell: str, report: Report) -> Iterator[Fault]:
    """The faults of a cell's text that it has not with all data there."""
    for line in _lines(render(cell, report)):
        if line not in _whole(cell):
            yield from (f for f in faults(line) if f.kind not in _LEFT)


@cache
def _whole(cell: str) -> frozenset[str]:
    """The lines of a cell with all data there."""
    return frozenset(_lines(render(cell, period())))


def _lines(prose: Prose) -> Iterator[str]:
    for runs in stretches(prose.blocks):
        yield from _told(runs)


def _told(runs: Runs) -> Iterator[str]:
    yield plain(runs)
    for run in runs:
        if isinstance(run, Note):
            yield from _told(run.runs)
