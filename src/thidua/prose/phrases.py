"""What verbs say: from what their codes stand for and the options that were chosen to words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.figures import Indicator
from thidua.forms.roles import Base, bases
from thidua.prose import quantities as q
from thidua.prose import rows as r
from thidua.prose.words import Words, gap, joined

# What the unit calls a plan where it is a budget.
_BUDGETS = [
    (path, base)
    for key, path in (("plan_upper", "unit.upper_budget"), ("plan", "unit.own_budget"))
    for base in bases()
    if base.key == key
]
BRIEF = "tên gọn"
CONTRAST = "trái chiều"


@dataclass(frozen=True)
class Chosen:
    """The options of a phrase: those of the verb's own words, and the officer's wording (None: none).

    ``elapsed`` is how much of the year is over at the period's end, ``parameter`` gives the unit's words by their path.
    """

    flags: frozenset[str] = frozenset()
    wording: Words | None = None
    elapsed: Decimal = Decimal(1)
    parameter: Callable[[str], Words] = gap


# What a phrase says of what its codes stand for.
Say = Callable[[Any, Chosen], Words]


def reported(indicators: Sequence[Indicator]) -> Words:
    """What a phrase without a verb gives."""
    return q.amount(indicators[0]) if len(indicators) == 1 else q.amounts(indicators)


def one(make: Callable[[Indicator], Words]) -> Say:
    """A phrase over the first indicator alone."""
    return lambda found, _chosen: make(found[0])


def compared(base: Base) -> Say:
    """What was done against a base of the form."""

    def say(found: Sequence[Indicator], chosen: Chosen) -> Words:
        if CONTRAST in chosen.flags:
            return q.contrasted(found[0], base, chosen.elapsed, chosen.wording)
        return q.compared(found[0], base, chosen.wording)

    return say


def budgeted(found: Sequence[Indicator], chosen: Chosen) -> Words:
    """What was reached of the budgets that a unit was set, the superior's first, called as the unit calls them."""
    told = [
        q.compared(found[0], base, chosen.parameter(path))
        for path, base in _BUDGETS
        if not found[0].ratio(base).missing
    ]
    return joined(told, ", ") if told else q.compared(found[0], _BUDGETS[-1][1])


def moved(base: Base) -> Say:
    """How each indicator moved against a base of the form."""
    return lambda found, _chosen: q.rises_and_falls(found, base)


def measured(key: str) -> Say:
    """A column's number."""
    return one(lambda indicator: q.measured(indicator, key))


def over(found: Sequence[Indicator], _chosen: Chosen) -> Words:
    """A part out of its whole: of a second indicator, else of the plan."""
    whole = found[1].done if len(found) > 1 else found[0].plan
    if len(found) > 1 and whole.value == 0:
        return q.amount(found[0]) + Words(noughts=q.amount(found[1]).noughts)
    return q.out_of(found[0], whole)


def column(key: str) -> Say:
    """Texts of a column, each once; an indicator has a note."""

    def say(found: Sequence[Any], _chosen: Chosen) -> Words:
        texts = [row.note if isinstance(row, Indicator) else r.str_of(row, key) for row in found]
        return r.listing(texts, as_is=key in _NAMES)

    return say


# Columns that hold names.
_NAMES = ("level",)


def plain(words: Words | None) -> str:
    """The letters of words, without what they carry."""
    return "".join(p for p in words.parts if isinstance(p, str)) if words else ""
