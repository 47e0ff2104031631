"""An indicator: one row of a department's table, with what can be computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from thidua.figures.figure import Figure, change, constant, missing, percent
from thidua.figures.formula import tree
from thidua.figures.numbers import decimals_of, round_half_up
from thidua.figures.policy import decided
from thidua.figures.units import PERCENT


@dataclass(frozen=True)
class Indicator:
    """An indicator of the period with the values its department submitted, each a Figure (missing where empty).

    ``computed`` is the value by the form's own formula, None where it has none. ``printed_*`` are the percentages
    that the department worked out itself: the report recomputes them wherever the values they rest on were
    submitted, in their own row or, by a rule that the officer declared, in another (``declared``, by the name of the
    printed column), and falls back on the department's where they were not. What would rest on a value in doubt is
    withheld: neither the recomputed value nor the department's is printed.
    """

    code: str
    name: str
    unit: str
    actual: Figure
    cumulative: Figure
    plan: Figure
    plan_upper: Figure
    last: Figure
    printed_to_plan: Figure
    printed_to_upper: Figure
    printed_to_last: Figure
    printed_change: Figure
    computed: Figure | None = None
    declared: Mapping[str, Figure] = field(default_factory=dict)
    parent: str = ""
    relation: str = ""
    note: str = ""
    place: str = ""
    department: str = ""

    def __str__(self) -> str:
        """Name and amount with its source, in one line."""
        return f"{self.name}: {self.done}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What a terminal shows of it."""
        printer.text(str(self))

    def _repr_markdown_(self) -> str:
        """What a notebook shows of it: the amount and what follows from it, each down to the submitted cells."""
        shown = [self.done, self.to_plan, self.to_upper, self.growth]
        return "\n".join(tree(f) for f in shown if f is self.done or not f.missing)

    @property
    def done(self) -> Figure:
        """What the report states: recomputed where the form gives a formula, else cumulative, else of the period."""
        if self.computed is None or (self.computed.missing and self.submitted.missing):
            return self.submitted
        return decided(self.computed, self.submitted)

    @property
    def submitted(self) -> Figure:
        """What the department states: the cumulative value where there is one, else that of the period."""
        return self.actual if self.cumulative.missing else self.cumulative

    @cached_property
    def to_plan(self) -> Figure:
        """Percent of the plan set by the unit itself."""
        return self._ratio("to_plan", "so với kế hoạch", self.plan)

    @cached_property
    def to_upper(self) -> Figure:
        """Percent of the plan set by the superior level."""
        return self._ratio("to_upper", "so với kế hoạch cấp trên giao", self.plan_upper)

    @cached_property
    def to_last(self) -> Figure:
        """Percent of the same period last year; follows from the growth where only that was submitted."""
        found = self._ratio("to_last", "so với cùng kỳ", self.last)
        level = self.printed_change + constant(100)
        chosen = decided(found, level, self.done)
        return chosen if chosen is found else chosen.named(f"{self.code}.to_last", f"{self.name}, so với cùng kỳ")

    @cached_property
    def growth(self) -> Figure:
        """Growth over the same period last year, in percent; negative where the indicator fell."""
        label = f"{self.name}, tăng, giảm so với cùng kỳ"
        base = change(self.done, self.last)
        level = self.printed_to_last - constant(100)
        stated = level if self.printed_change.missing else self.printed_change
        chosen = decided(base, stated, self.done)
        if chosen is self.printed_change:
            return chosen
        decimals = level.decimals if chosen is level else _places(self.printed_change, base)
        return chosen.named(f"{self.code}.growth", label, decimals)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The submitted figures, in the order of the form."""
        return (
            self.actual,
            self.cumulative,
            self.plan,
            self.plan_upper,
            self.last,
            self.printed_to_plan,
            self.printed_to_upper,
            self.printed_to_last,
            self.printed_change,
        )

    def _ratio(self, field: str, wording: str, base: Figure) -> Figure:
        printed: Figure = getattr(self, f"printed_{field}")
        ratio = percent(self.done, base)
        if base.missing:
            ratio = self.declared.get(f"printed_{field}", ratio)
        chosen = decided(ratio, printed, self.done)
        if chosen is printed:
            return printed
        return chosen.named(f"{self.code}.{field}", f"{self.name}, {wording}", _places(printed, ratio))


_TWO = 2


def _places(printed: Figure, exact: Figure) -> int:
    """As many decimals as the department prints; two where it prints none, or fewer that would say nought."""
    if printed.value is None:
        return _TWO
    decimals = decimals_of(printed.value) if printed.decimals is None else printed.decimals
    nought = exact.value is not None and round_half_up(exact.value, decimals).is_zero()
    return max(decimals, _TWO) if nought else decimals


def absent(code: str, why: str) -> Indicator:
    """An indicator that the period's data do not have: every figure of it is missing and says why."""

    def gap(field: str) -> Figure:
        return missing(f"{code}.{field}", why=why, label=code)

    def ratio(field: str) -> Figure:
        return missing(f"{code}.{field}", unit=PERCENT, why=why, label=code)

    return Indicator(
        code=code,
        name=code,
        unit="",
        actual=gap("actual"),
        cumulative=gap("cumulative"),
        plan=gap("plan"),
        plan_upper=gap("plan_upper"),
        last=gap("last"),
        printed_to_plan=ratio("printed_to_plan"),
        printed_to_upper=ratio("printed_to_upper"),
        printed_to_last=ratio("printed_to_last"),
        printed_change=ratio("printed_change"),
    )
