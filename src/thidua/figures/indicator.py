"""An indicator: one row of a department's table, with what can be computed from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from thidua.figures.figure import Figure, change, constant, missing, percent
from thidua.figures.formula import tree
from thidua.figures.lacking import named
from thidua.figures.numbers import decimals_of, round_half_up
from thidua.figures.policy import decided
from thidua.figures.row_numbers import MadeNumbers, RowNumbers
from thidua.figures.units import PERCENT
from thidua.forms.roles import Base, bases, numbers
from thidua.language.text import nearest_hint


@dataclass(frozen=True)
class Indicator:
    """An indicator of the period with the values its department submitted, each a Figure (missing where empty).

    ``values`` holds the numbers by the columns of the form, to be read only; each is an attribute too, and so is what
    follows from them: ``indicator.plan``, ``indicator.to_plan``, ``indicator.growth`` (thidua.forms.roles says which
    there are). ``computed`` is the value by the form's own formula, None where it has none. The columns ``printed_*``
    are the percentages that the department worked out itself: the report recomputes them wherever the values they rest
    on were submitted, in their own row or, by a rule that the officer declared, in another (``declared``, by the name
    of the printed column), and falls back on the department's where they were not. What would rest on a value in doubt
    is withheld: neither the recomputed value nor the department's is printed.

    ``stated_by`` says for a column that is put together whose parts it has; what rests on the parts of these and on
    those of others is no ratio of anything.

    >>> cattle = report.group("vat_nuoi")[0]
    >>> cattle.done, cattle.plan, cattle.to_plan, cattle.growth
    """

    code: str
    name: str
    unit: str
    values: Mapping[str, Figure]
    computed: Figure | None = None
    declared: Mapping[str, Figure] = field(default_factory=dict)
    parent: str = ""
    relation: str = ""
    opens: str = ""
    groups: tuple[str, ...] = ()
    note: str = ""
    place: str = ""
    department: str = ""
    stated_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.values, RowNumbers):
            object.__setattr__(self, "values", MadeNumbers(self.values))

    def __dir__(self) -> list[str]:
        """With the columns and comparisons of the form, which completion and hints offer."""
        compared = [name for b in bases() for name in (b.ratio, b.change) if name]
        return [*super().__dir__(), *self.values, *compared]

    def __getattr__(self, name: str) -> Figure:
        # Reached for what the class itself does not have. Copying asks before there are any values.
        if name.startswith("__") or name == "values":
            raise AttributeError(name)
        if name in self.values:
            return self.values[name]
        if name in (ratios := {b.ratio: b for b in bases()}):
            return self.ratio(ratios[name])
        if name in (changes := {b.change: b for b in bases() if b.change}):
            return self.change(changes[name])
        raise AttributeError(f"chỉ tiêu không có «{name}»{nearest_hint(name, [*self.values, *ratios, *changes])}")

    def __str__(self) -> str:
        """Name and amount with its source, in one line."""
        return f"{self.name}: {self.done}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What a terminal shows of it."""
        printer.text(str(self))

    def _repr_markdown_(self) -> str:
        """What a notebook shows of it: the amount and what follows from it, each down to the submitted cells."""
        shown = [self.done, *(self.change(b) if b.change else self.ratio(b) for b in bases())]
        return "\n".join(tree(f) for f in shown if f is self.done or not f.missing)

    @property
    def done(self) -> Figure:
        """What the report states: recomputed where the form gives a formula, else cumulative, else of the period."""
        if self.computed is None or (self.computed.missing and self.submitted.missing):
            return self.submitted
        return decided(self.computed, self.submitted)

    @property
    def submitted(self) -> Figure:
        """What the department states: the cumulative value where there is one, else that of the period.

        Of what is put together, the one that more units state: neither is added to the other.
        """
        return self.values[self.stated_in]

    @property
    def done_by(self) -> tuple[str, ...]:
        """Whose parts the stated amount has, where it was put together."""
        if self.computed is not None and not self.computed.missing:
            return self.stated_by.get(COMPUTED, ())
        return self.stated_by.get(self.stated_in, ())

    @property
    def stated_in(self) -> str:
        """The column that the report states where it computes nothing: «cumulative» or «actual»."""
        if self.values["cumulative"].missing:
            return "actual"
        whole, own = self.stated_by.get("cumulative", ()), self.stated_by.get("actual", ())
        return "actual" if len(set(own).difference(whole)) > len(set(whole)) else "cumulative"

    def ratio(self, base: Base) -> Figure:
        """Percent of a base; follows from the change where only that was submitted."""
        if base.ratio not in self._found:
            self._found[base.ratio] = self._ratio(base)
        return self._found[base.ratio]

    def change(self, base: Base) -> Figure:
        """Change over a base, in percent; negative where the indicator fell."""
        if base.change not in self._found:
            self._found[base.change] = self._change(base)
        return self._found[base.change]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The submitted figures, in the order of the form."""
        return tuple(self.values.values())

    @property
    def derived(self) -> tuple[Figure, ...]:
        """What follows from them: the ratio to each base and the change over it."""
        return tuple(f for b in bases() for f in (self.ratio(b), *([self.change(b)] if b.change else [])))

    @cached_property
    def _found(self) -> dict[str, Figure]:
        return {}

    def _ratio(self, base: Base) -> Figure:
        apart = self._apart(base, base.ratio, f"{self.name}, so với {base.measure.phrase}")
        if apart is not None:
            return apart
        printed = self._printed(base.printed_ratio)
        ratio = percent(self.done, self.values[base.key])
        if self.values[base.key].missing:
            ratio = self.declared.get(base.printed_ratio, ratio)
        chosen = decided(ratio, printed, self.done)
        name = f"{self.name}, so với {base.measure.phrase}"
        if chosen is not printed:
            chosen = chosen.named(f"{self.code}.{base.ratio}", name, _places(printed, ratio))
        if not base.change:
            return chosen
        level = self._printed(base.printed_change) + constant(100)
        last = decided(chosen, level, self.done)
        return last if last is chosen else last.named(f"{self.code}.{base.ratio}", name)

    def _change(self, base: Base) -> Figure:
        apart = self._apart(base, base.change, f"{self.name}, tăng, giảm so với {base.measure.phrase}")
        if apart is not None:
            return apart
        printed = self._printed(base.printed_change)
        exact = change(self.done, self.values[base.key])
        level = self._printed(base.printed_ratio) - constant(100)
        chosen = decided(exact, level if printed.missing else printed, self.done)
        if chosen is printed:
            return chosen
        decimals = level.decimals if chosen is level else _places(printed, exact)
        label = f"{self.name}, tăng, giảm so với {base.measure.phrase}"
        return chosen.named(f"{self.code}.{base.change}", label, decimals)

    def _apart(self, base: Base, column: str, label: str) -> Figure | None:
        """What stands for a comparison of amounts that have other parts; None where they have the same."""
        parts = (self.done_by, self.stated_by.get(base.key, ()))
        if why := others_too(*parts):
            return replace(missing(f"{self.code}.{column}", PERCENT, why=why, label=label), lacks=uneven(*parts))
        return None

    def _printed(self, key: str) -> Figure:
        """The department's own percentage; missing where the form has no column for it."""
        return self.values[key] if key else missing(f"{self.code}.", PERCENT)


COMPUTED = "computed"
_TWO = 2
# So many units are named that have no part in one of two amounts.
_NAMED = 5


def others_too(*stated_by: tuple[str, ...]) -> str:
    """Why amounts that are put together cannot be held against each other; empty where they have the same parts."""
    lacking = uneven(*stated_by)
    return f"chưa tính được vì có số còn thiếu phần của {named(lacking, _NAMED)}" if lacking else ""


def uneven(*stated_by: tuple[str, ...]) -> tuple[str, ...]:
    """Whose parts some of several amounts have and others not; what nobody below states is of all."""
    given = [set(who) for who in stated_by if who]
    return tuple(sorted(set[str]().union(*given) - given[0].intersection(*given))) if given else ()


def _places(printed: Figure, exact: Figure) -> int:
    """As many decimals as the department prints; two where it prints none, or fewer that would say nought."""
    if printed.value is None:
        return _TWO
    decimals = decimals_of(printed.value) if printed.decimals is None else printed.decimals
    nought = exact.value is not None and round_half_up(exact.value, decimals).is_zero()
    return max(decimals, _TWO) if nought else decimals


def absent(code: str, why: str) -> Indicator:
    """An indicator that the period's data do not have: every figure of it is missing and says why."""
    return valued(code, code, "", lambda key, unit: missing(f"{code}.{key}", unit=unit, why=why, label=code))


def valued(code: str, name: str, unit: str, figure: Callable[[str, str], Figure]) -> Indicator:
    """An indicator of which ``figure`` gives each column's value, from its key and unit."""
    values = {c.key: figure(c.key, PERCENT if c.type == "percent" else unit) for c in numbers()}
    return Indicator(code=code, name=name, unit=unit, values=values)
