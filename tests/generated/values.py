"""Values of invented indicators: nought, one, few, many, with decimals, below nought, and those that are missing."""

from __future__ import annotations

import random
from decimal import Decimal

from thidua.figures.units import PERCENT, is_count

# How a world's numbers are: as they come, or all of one kind.
KINDS = ("as they come", "as they come", "as they come", "all nought", "all one", "huge", "mostly missing")


def value(chance: random.Random, unit: str, kind: str, *, signed: bool = False) -> Decimal:
    """A number as a department submits it."""
    if kind == "all nought" or (kind != "all one" and chance.random() < 0.12):
        return Decimal(0)
    if kind == "all one" or chance.random() < 0.12:
        return Decimal(1)
    if unit == PERCENT:
        found = Decimal(chance.randint(1, 10_000)) / 100
    elif kind == "huge" or chance.random() < 0.05:
        found = Decimal(chance.randint(10**8, 10**12))
    elif is_count(unit):
        found = Decimal(chance.choice((chance.randint(2, 9), chance.randint(10, 99), chance.randint(100, 99_999))))
    else:
        found = Decimal(chance.randint(1, 10**7)) / 10 ** chance.randint(0, 3)
    return -found if signed and chance.random() < 0.4 else found


def is_missing(chance: random.Random, kind: str) -> bool:
    return chance.random() < (0.85 if kind == "mostly missing" else 0.1)


def near(chance: random.Random, number: Decimal, unit: str) -> Decimal:
    """Another number of the same size: a plan, the same period of last year."""
    found = number * chance.choice((80, 95, 100, 104, 125)) / 100
    return found.to_integral() if is_count(unit) else found.quantize(Decimal("0.01"))
