"""With how many decimals a submitted number is printed: as many as it has or as its form declares, never fewer."""

from __future__ import annotations

from decimal import Decimal

from thidua.figures.numbers import decimals_of, round_half_up, short_of_nought

# Nobody types more decimals than these; what has more was computed by the spreadsheet.
_TYPED = 6
# Sums of typed numbers stray in the last digits that a spreadsheet keeps; twelve of its fifteen are sound.
_SOUND = 12
_COMPUTED = 2


def places(value: Decimal, shown: int | None) -> int | None:
    """Decimals to print of a value whose cell's number format shows ``shown`` (None: no fixed number); None for all.

    A number format is copied from row to row with the form, so it may add noughts to a value and never takes digits
    away: 1,85 in a cell that shows «2» prints 1,85. Only what no person typed is rounded: the stray digits of a sum
    (1.234,5600000001 is 1.234,56), and the endless tail of a quotient, which gets the decimals of its format, two
    where that shows none, and more where it would be rounded to nought.
    """
    own = decimals_of(value)
    if own > _TYPED:
        own = decimals_of(_sound(value))
        if own > _TYPED:
            return short_of_nought(value, shown or _COMPUTED)
        return max(own, shown or 0)
    return None if shown is None else max(own, shown)


def _sound(value: Decimal) -> Decimal:
    return round_half_up(value, max(0, _SOUND - 1 - value.adjusted()))
