"""Does a printed number agree with the recomputed one? The judgement that all rules share."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal, localcontext
from typing import Literal

from thidua.figures import Figure
from thidua.figures.numbers import EXACT, decimals_of

Agreement = Literal["same", "truncated", "different"]


def agreement(printed: Figure, recomputed: Figure) -> Agreement:
    """Compare a printed number p of d decimals with an exact one.

    They agree within half a unit of p's last decimal, |x - p| <= 0.5 * 10^-d; a p that is x cut off instead of rounded
    is truncated. Both figures must have a value.
    """
    assert printed.value is not None and recomputed.value is not None
    decimals = decimals_of(printed.value) if printed.decimals is None else printed.decimals
    step = Decimal(1).scaleb(-decimals)
    with localcontext(EXACT):
        if abs(recomputed.value - printed.value) <= step / 2:
            return "same"
        if recomputed.value.quantize(step, rounding=ROUND_DOWN) == printed.value:
            return "truncated"
    return "different"
