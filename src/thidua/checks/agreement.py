"""Does a printed number agree with the exact one? The judgement that all rules share."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal, localcontext
from functools import cache
from typing import Literal, NamedTuple

from thidua.figures.numbers import EXACT, decimals_of, round_half_up

Agreement = Literal["same", "truncated", "twice rounded", "different"]


class Range(NamedTuple):
    """The values that a rounded number may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: Range) -> bool:
        """Whether some value can be behind both numbers as printed; common ends count."""
        return self.low <= other.high and other.low <= self.high


def step_of(value: Decimal, decimals: int | None) -> Decimal:
    """One unit of the last decimal that a number was printed with."""
    return _step(decimals_of(value) if decimals is None else decimals)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def agreement(printed: Decimal, decimals: int | None, exact: Decimal) -> Agreement:
    """Compare a printed number p of d decimals with an exact one.

    They agree within half a unit of p's last decimal, |x - p| <= 0.5 * 10^-d. A p that is x cut off instead of
    rounded is truncated; one that was rounded to more decimals first and then again is twice rounded.
    """
    step = step_of(printed, decimals)
    if EXACT.abs(EXACT.subtract(exact, printed)) <= EXACT.divide(step, 2):
        return "same"
    with localcontext(EXACT):
        if exact.quantize(step, rounding=ROUND_DOWN) == printed:
            return "truncated"
    places = decimals_of(step)
    if any(round_half_up(round_half_up(exact, places + more), places) == printed for more in (1, 2)):
        return "twice rounded"
    return "different"
