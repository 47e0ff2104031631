"""Every indicator missing in turn, and nought in turn: what is left of the prose reads as if it were whole."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
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
_LEFT = frozenset(("a code", "two colons in one sentence", "words twice"))


@pytest.mark.parametrize("notebook", SECTIONS, ids=lambda p: p.stem)
def test_an_indicator_that_is_missing_leaves_no_trace_in_a_sentence(notebook: Path) -> None:
    found = [
        f"{indicator.code}: {fault}"
        for cell in prose_in(notebook)
        for indicator in named_in(cell)
        for fault in _new_faults(cell, render(cell, _with(indicator, _missing)))
    ]
    assert found == []


@pytest.mark.parametrize("notebook", SECTIONS, ids=lambda p: p.stem)
def test_an_indicator_of_nought_is_told_in_words_and_nothing_beside_it_is_lost(notebook: Path) -> None:
    found = []
    for cell in prose_in(notebook):
        before = {f.id for f in render(cell, period()).figures}
        for indicator in named_in(cell):
            if not indicator.done.value or indicator.done.id not in before:
                continue
            prose = render(cell, _with(indicator, _nought))
            found += [f"{indicator.code}: {fault}" for fault in _new_faults(cell, prose)]
            after = {f.id for f in prose.figures}
            others = {id for id in before & _submitted() if not id.startswith(f"{indicator.code}.")}
            found += [f"{indicator.code}: {id} is lost" for id in sorted(others - after)]
            told = any(id.startswith(f"{indicator.code}.") for id in after)
            found += [] if told else [f"{indicator.code} is lost"]
    assert found == []


@pytest.mark.parametrize("notebook", SECTIONS, ids=lambda p: p.stem)
def test_rows_that_are_missing_leave_no_trace_in_a_sentence(notebook: Path) -> None:
    found = [
        f"{topic}: {fault}"
        for cell in prose_in(notebook)
        for topic in sorted({code for s in _sentences(cell) for code in _codes(s)} & _topics())
        for fault in _new_faults(cell, render(cell, _without(topic)))
    ]
    assert found == []


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


def _with(indicator: Indicator, values: Callable[[Indicator], dict[str, Figure]]) -> Report:
    """The period with the values of one indicator as given."""
    data = copy.copy(period().data)
    changed = replace(indicator, values=values(indicator), computed=None)
    data.indicators = Lookup({i.code: i for i in period().indicators} | {indicator.code: changed}, absent)
    return Report(period().params, data)


def _without(topic: str) -> Report:
    """The period without the rows of a group."""
    data = copy.copy(period().data)
    data.records = [r for r in data.records if r.text("topic") != topic]
    return Report(period().params, data)


@cache
def _topics() -> frozenset[str]:
    return frozenset(r.text("topic") for r in period().data.records if r.text("topic"))


def _missing(indicator: Indicator) -> dict[str, Figure]:
    return {k: replace(f, value=None, why="chưa được báo cáo") for k, f in indicator.values.items()}


def _nought(indicator: Indicator) -> dict[str, Figure]:
    """What was done is nought; plan and last year stay."""
    done = ("actual", "cumulative")
    return {k: replace(f, value=Decimal(0)) if k in done and f.value else f for k, f in indicator.values.items()}


@cache
def _submitted() -> frozenset[str]:
    return frozenset(i.done.id for i in period().indicators if i.done.cell)


def _new_faults(cell: str, prose: Prose) -> Iterator[Fault]:
    """The faults of the lines that a cell has not with all data there."""
    for line in _lines(prose):
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
