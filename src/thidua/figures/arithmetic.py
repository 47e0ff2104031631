"""What operators of figures do to numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import gcd, lcm
from typing import Literal

from thidua.figures.numbers import EXACT

Operator = Literal["+", "-", "*", "/", "sum", "percent", "change", "abs"]
# A number without any rounding: numerator and denominator in lowest terms, the latter above nought. Of these two
# numbers, and not of ``Fraction``, since a period has tens of thousands and the checks work each out several times.
Ratio = tuple[int, int]


def applied(operator: Operator, v: Sequence[Ratio]) -> Ratio:
    """The result without any rounding; ZeroDivisionError where there is none."""
    match operator:
        case "+" | "sum":
            bottom = lcm(*(b for _, b in v))
            return _lowest(sum(a * (bottom // b) for a, b in v), bottom)
        case "-":
            (a, b), (c, d) = v
            return _lowest(a * d - c * b, b * d)
        case "*":
            (a, b), (c, d) = v
            return _lowest(a * c, b * d)
        case "/":
            (a, b), (c, d) = v
            return _lowest(a * d, b * c)
        case "percent":
            (a, b), (c, d) = v
            return _lowest(100 * a * d, b * c)
        case "abs":
            ((a, b),) = v
            return abs(a), b
        case "change":
            (a, b), (c, d) = v
            return _lowest(100 * (a * d - c * b), b * c)


def as_decimal(value: Ratio) -> Decimal:
    """A number with all the digits that a figure keeps."""
    return EXACT.divide(Decimal(value[0]), Decimal(value[1]))


def _lowest(top: int, bottom: int) -> Ratio:
    if not bottom:
        raise ZeroDivisionError
    common = gcd(top, bottom) if bottom > 0 else -gcd(top, bottom)
    return top // common, bottom // common
