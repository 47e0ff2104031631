"""An identity: what must hold between submitted numbers, as two expressions over cells.

Printed percentages, computed rows, parts of a total and declared rules all become identities, so that one judgement,
one wording of causes and one count of what is covered serve them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from functools import cached_property
from typing import Literal, NamedTuple

from thidua.checks.agreement import Agreement, Range, agreement, step_of
from thidua.checks.finding import Severity
from thidua.checks.grid import Grid
from thidua.figures import Cell, Expression, Figure
from thidua.figures.arithmetic import Operator
from thidua.figures.figure import combine
from thidua.figures.numbers import EXACT
from thidua.figures.units import is_count
from thidua.figures.what_if import worked_out

Relation = Literal["=", "<=", "share", "base"]
Kind = Literal["ratio", "formula", "sum", "part", "cumulative", "base", "bases", "rule"]
Verdict = Literal["unknown", "holds", "truncated", "rounding", "broken"]
AT_LEAST = ("trên", "hơn")
CUT_OFF = "có thể cắt bớt"
Changes = Mapping[Cell, Decimal]
UNCHANGED: Changes = {}


class Sentence(NamedTuple):
    """What is said of a broken identity, with the printed and the recomputed value."""

    message: str
    printed: str
    recomputed: str


@dataclass(frozen=True)
class Identity:
    """``left relation right``, where ``printed`` says that left is the right side as somebody rounded it.

    The relation «share» wants a left percentage that some whole number out of the right one gives; «base» one that
    the right number gives out of some whole number. ``rule`` and ``codes`` make the finding's id; ``statement`` is
    what must hold or what it is about, in Vietnamese; ``said`` puts its breach into words; ``scope`` is why it may not
    hold; ``figures`` are the ids of the report's own figures that rest on it.
    """

    rule: str
    kind: Kind
    codes: tuple[str, ...]
    left: Figure
    relation: Relation
    right: Figure
    statement: str
    said: Callable[[Identity, Grid], Sentence]
    severity: Severity = "error"
    printed: bool = False
    scope: str = ""
    figures: tuple[str, ...] = ()

    @cached_property
    def leaves(self) -> tuple[Figure, ...]:
        """The submitted figures that it rests on, each once, the left side first."""
        found: dict[Cell, Figure] = {}
        opened: set[int] = set()
        waiting = [self.right, self.left]
        while waiting:
            figure = waiting.pop()
            if isinstance(figure.origin, Cell):
                found[figure.origin] = figure
            elif figure.origin is not None and id(figure) not in opened:
                opened.add(id(figure))
                waiting += reversed(figure.origin.operands)
        return tuple(found.values())

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The submitted cells that it rests on, left side first, each once."""
        return tuple(f.origin for f in self.leaves if isinstance(f.origin, Cell))

    @property
    def ties(self) -> bool:
        """Whether it fixes its cells' values, instead of only bounding them."""
        return self.relation == "="

    def verdict(self, changes: Changes = UNCHANGED) -> Verdict:
        """Judge it as submitted, or as it would be with some cells changed."""
        return self._verdict(changes) if changes else self._as_submitted

    @cached_property
    def _as_submitted(self) -> Verdict:
        return self._verdict(UNCHANGED)

    def _verdict(self, changes: Changes) -> Verdict:
        left, right = worked_out(self.left, changes), worked_out(self.right, changes)
        if left is None or right is None:
            return "unknown"
        if self.relation == "share":
            return "holds" if _possible_share(left, self.left.decimals, right) else "broken"
        if self.relation == "base":
            return "holds" if _possible_base(left, self.left.decimals, right) else "broken"
        if self.printed:
            return self._printed_verdict(left, right, changes)
        a, b = range_of(self.left, changes), range_of(self.right, changes)
        if self.relation == "<=":
            return "holds" if a.low <= b.high else "broken"
        if self.left.cell and self.right.cell and not {self.left.quality, self.right.quality} & set(AT_LEAST):
            return "holds" if _same_statement(self.left, left, self.right, right) else "broken"
        return "holds" if a.meets(b) else "broken"

    def _printed_verdict(self, left: Decimal, right: Decimal, changes: Changes) -> Verdict:
        match agreement(left, self.left.decimals, right):
            case "same":
                return "holds"
            case "truncated":
                return "truncated"
            case "twice rounded":
                return "rounding"
        half = step_of(left, self.left.decimals) / 2
        explained = Range(left - half, left + half).meets(range_of(self.right, changes))
        return "rounding" if explained else "broken"

    @property
    def distance(self) -> Decimal:
        """How far apart the sides are, relative to the right one."""
        left, right = self.left.value, self.right.value
        if left is None or right is None or right == 0:
            return Decimal(1)
        with localcontext(EXACT):
            return abs(left - right) / abs(right)

    def agreement(self) -> Agreement:
        """How well the left value, with its decimals as written, fits the exact right one. Both must be there."""
        assert self.left.value is not None and self.right.value is not None
        return agreement(self.left.value, self.left.decimals, self.right.value)


def range_of(figure: Figure, changes: Changes = UNCHANGED) -> Range:
    """What the figure may be, given that measured inputs were rounded and «over» ones are lower bounds."""
    if isinstance(figure.origin, Expression):
        with localcontext(EXACT):
            return _combined(figure.origin.operator, [range_of(f, changes) for f in figure.origin.operands])
    value = worked_out(figure, changes)
    assert value is not None
    if figure.cell is None:
        return Range(value, value)
    step = step_of(value, figure.decimals)
    if figure.quality in AT_LEAST:
        return Range(value, value + step)
    if figure.quality == CUT_OFF:
        return Range(value - step / 2, value + step)
    if is_count(figure.unit):
        return Range(value, value)
    return Range(value - step / 2, value + step / 2)


def combined(operator: Operator, *operands: Figure) -> Figure:
    """Combine figures whatever their units: a rule may add persons and cases where its author knows why."""
    return combine(operator, *operands, unit="")


def _same_statement(one: Figure, a: Decimal, other: Figure, b: Decimal) -> bool:
    """Whether two places state one number: alike where written alike, else one rounded to the other's decimals."""
    steps = step_of(a, one.decimals), step_of(b, other.decimals)
    return a == b if steps[0] == steps[1] else abs(a - b) <= max(steps) / 2


def _possible_share(percent: Decimal, decimals: int | None, whole: Decimal) -> bool:
    """Whether some whole number out of ``whole`` is printed as this percentage, rounded or cut off."""
    if whole <= 0 or whole != whole.to_integral_value():
        return True
    with localcontext(EXACT):
        near = (percent * whole / 100).to_integral_value()
        candidates = [100 * (near + k) / whole for k in (-1, 0, 1)]
    return any(agreement(percent, decimals, c) in ("same", "truncated") for c in candidates)


def _possible_base(percent: Decimal, decimals: int | None, part: Decimal) -> bool:
    """Whether ``part`` is this percentage, rounded or cut off, of some whole number."""
    step = step_of(percent, decimals)
    if percent <= step or part <= 0 or part != part.to_integral_value():
        return True
    with localcontext(EXACT):
        # Cut off towards no change: from above below a hundred per cent, from below above it.
        low, high = (step, step / 2) if percent < 100 else (step / 2, step)
        least, most = 100 * part / (percent + max(high, step)), 100 * part / (percent - max(low, step / 2))
        return most.to_integral_value(ROUND_FLOOR) >= least


def _combined(operator: str, v: list[Range]) -> Range:
    match operator:
        case "+" | "sum":
            return Range(sum((r.low for r in v), Decimal(0)), sum((r.high for r in v), Decimal(0)))
        case "-":
            return Range(v[0].low - v[1].high, v[0].high - v[1].low)
        case "*":
            ends = [a * b for a in v[0] for b in v[1]]
        case "/" | "percent" | "change":
            if v[1].low <= 0 <= v[1].high:
                return Range(Decimal("-Infinity"), Decimal("Infinity"))
            scale = 1 if operator == "/" else 100
            ends = [scale * a / b for a in v[0] for b in v[1]]
            if operator == "change":
                ends = [e - 100 for e in ends]
        case _:
            ends = [abs(e) for e in v[0]]
    return Range(min(ends), max(ends))
