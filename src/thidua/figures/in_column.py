"""Numbers that stand below each other, with one number of decimals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from thidua.figures.figure import Figure
from thidua.figures.numbers import decimals_of


def places(value: Decimal, decimals: int | None) -> int:
    """The decimals of a value that is printed with so many, None for all that it has."""
    return decimals_of(value) if decimals is None else decimals


def in_column(figures: Iterable[Figure]) -> list[Figure]:
    """Figures as a column prints them: those of one unit with the decimals of the one among them that has most.

    None loses a digit, and one worked out from others gets further digits of its own, not noughts. Only for printing:
    what is recorded of a figure has the decimals that it came with.
    """
    given = list(figures)
    most: dict[str, int] = {}
    for figure in given:
        if figure.value is not None:
            most[figure.unit] = max(most.get(figure.unit, 0), places(figure.value, figure.decimals))
    return [f if f.value is None else replace(f, decimals=most[f.unit]) for f in given]
