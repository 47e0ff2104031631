"""Figures: exact values that remember where they come from."""

from thidua.figures.figure import (
    MISSING,
    WITHHELD,
    Cell,
    Expression,
    Figure,
    change,
    constant,
    magnitude,
    missing,
    percent,
    total,
)
from thidua.figures.formula import explained, readable
from thidua.figures.indicator import Indicator

__all__ = [
    "MISSING",
    "WITHHELD",
    "Cell",
    "Expression",
    "Figure",
    "Indicator",
    "change",
    "constant",
    "explained",
    "magnitude",
    "missing",
    "percent",
    "readable",
    "total",
]
