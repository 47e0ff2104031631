"""From findings to what the report prints: which submitted numbers are in doubt, and which figures rest on them.

The policy itself stands in ``figures.policy``; here it gets its facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thidua.checks.finding import Finding
from thidua.checks.identities.identity import Identity
from thidua.dataset import Dataset
from thidua.figures import Cell, Expression, Figure, Indicator
from thidua.forms.roles import bases
from thidua.stated_row import Judgement


def judgement(findings: Iterable[Finding], identities: Iterable[Identity]) -> Judgement:
    """What the findings put in doubt, and the percentages whose base a declared rule names.

    A finding that the officer accepted puts nothing in doubt: its numbers are what they should be, and so is the base
    that the department took for a percentage.
    """
    findings = list(findings)
    doubts: dict[Cell, str] = {}
    for finding in findings:
        for cell in () if finding.accepted else finding.suspects:
            doubts.setdefault(cell, finding.cause or finding.message)
    bases: dict[Cell, tuple[Cell, Cell]] = {}
    for identity in (i for i in identities if i.kind == "rule" and i.printed):
        printed, cells = identity.left, _percentage(identity.right)
        if not (printed.cell and cells and _is_column(printed)):
            continue
        if not any(f.accepted and f.rule == identity.rule and printed.cell in f.cells for f in findings):
            bases.setdefault(printed.cell, cells)
    return Judgement(doubts, bases)


def told(findings: Sequence[Finding], data: Dataset) -> list[Finding]:
    """The findings, each with what the report withholds because of it."""
    held: dict[Cell, list[str]] = defaultdict(list)
    for figure in _from_doubtful(data):
        if figure.withheld:
            cells = [part.cell for part in figure.walk() if part.doubt and part.cell is not None]
            for cell in cells:
                held[cell].append(figure.label)
    return [_told(f, [name for cell in f.suspects for name in held[cell]]) for f in findings]


def derived(data: Dataset) -> Iterator[Figure]:
    """Every figure of the period that its form declares as worked out from others, or as put together of several."""
    for indicator in data.indicators:
        yield from _derived_of(indicator)
    for award in data.awards:
        yield from award.derived


def _from_doubtful(data: Dataset) -> Iterator[Figure]:
    """Those of them that may rest on a number in doubt."""
    for indicator in data.indicators:
        of_others = (f for f in (indicator.computed, *indicator.declared.values()) if f is not None)
        if any(_rests_on_doubt(figure) for figure in (*indicator.figures, *of_others)):
            yield from _derived_of(indicator)
    for award in data.awards:
        yield from award.derived


def _rests_on_doubt(figure: Figure) -> bool:
    # Most figures are a cell's, which rests on nothing.
    return bool(figure.doubt) or any(part.doubt for part in (figure.walk() if figure.inputs else ()))


def _derived_of(indicator: Indicator) -> Iterator[Figure]:
    yield from (f for f in indicator.figures if isinstance(f.origin, Expression))
    if indicator.computed is not None:
        yield indicator.computed
    yield from indicator.derived


def _told(finding: Finding, names: list[str]) -> Finding:
    if finding.accepted or not names:
        return finding
    return replace(finding, withheld=tuple(dict.fromkeys(names)))


def _is_column(figure: Figure) -> bool:
    """Whether a printed column may get its base from a declared rule: the row has none of its own then."""
    return figure.id.rpartition(".")[2] in {base.printed_ratio for base in bases()}


def _percentage(figure: Figure) -> tuple[Cell, Cell] | None:
    """The cells of part and whole, where the figure is a percentage of two submitted numbers."""
    if not isinstance(figure.origin, Expression) or figure.origin.operator != "percent":
        return None
    part, whole = figure.origin.operands
    if part.cell is None or whole.cell is None or part.unit != whole.unit:
        return None
    return part.cell, whole.cell
