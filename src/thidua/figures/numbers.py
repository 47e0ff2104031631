"""Numbers as Vietnamese officials write them: decimal comma, point for thousands, half-up rounding.

The form is that of CLDR for vi, as the tests hold it against Babel; Babel itself rounds half to even and stops at 28
digits.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from thidua.figures.units import PERCENT, is_count

# Enough digits that rounding a quotient to any printed form never depends on the digits cut off.
EXACT = Context(prec=34, rounding=ROUND_HALF_UP)
_VIETNAMESE = str.maketrans(",.", ".,")


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero to ``decimals`` places, as officials do by hand."""
    with localcontext(EXACT) as context:
        context.prec = max(context.prec, value.adjusted() + decimals + 2)
        rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded.copy_abs() if rounded.is_zero() else rounded


def decimals_of(value: Decimal) -> int:
    """How many decimals a value needs when written out in full."""
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def short_of_nought(value: Decimal, decimals: int) -> int:
    """The decimals, or as many more as keep a value other than nought from being rounded to nought."""
    while not value.is_zero() and round_half_up(value, decimals).is_zero():
        decimals += 1
    return decimals


def format_number(value: Decimal, decimals: int | None = None, *, pad: bool = False) -> str:
    """Write a number in Vietnamese form.

    ``decimals`` None writes all its digits. ``pad`` writes whole numbers from one to nine with a leading zero.
    """
    places = decimals_of(value) if decimals is None else decimals
    rounded = round_half_up(value, places)
    text = f"{rounded:,.{places}f}".translate(_VIETNAMESE)
    if pad and places == 0 and 0 < rounded < 10:
        return "0" + text
    return text


def format_quantity(value: Decimal, unit: str, decimals: int | None = None) -> str:
    """Write a number in the way its unit asks for, without the unit itself."""
    return format_number(value, decimals, pad=unit != PERCENT and is_count(unit))
