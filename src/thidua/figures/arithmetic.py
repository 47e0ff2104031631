"""What operators of figures do to numbers."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from thidua.figures.numbers import EXACT

Operator = Literal["+", "-", "*", "/", "sum", "percent", "change", "abs"]


def applied(operator: Operator, v: list[Fraction]) -> Fraction:
    """The result without any rounding; ZeroDivisionError where there is none."""
    match operator:
        case "+" | "sum":
            return sum(v, Fraction(0))
        case "-":
            return v[0] - v[1]
        case "*":
            return v[0] * v[1]
        case "/":
            return v[0] / v[1]
        case "percent":
            return 100 * v[0] / v[1]
        case "abs":
            return abs(v[0])
        case "change":
            return 100 * (v[0] - v[1]) / v[1]


def as_decimal(value: Fraction) -> Decimal:
    """A fraction with all the digits that a figure keeps."""
    with localcontext(EXACT):
        return Decimal(value.numerator) / Decimal(value.denominator)
