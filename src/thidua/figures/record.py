"""Figures as JSON: how the executed notebooks carry them to the later stages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from thidua.figures.figure import Cell, Expression, Figure
from thidua.figures.formula import readable

MIME = "application/vnd.thidua.figures+json"


def records(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """One record for each figure and for everything it rests on, inputs before results, each id once.

    Keys: id, label, value (exact text or None), printed, unit, formula, operator, inputs (ids), source, why.
    """
    found: dict[str, dict[str, Any]] = {}
    for figure in figures:
        for part in figure.walk():
            if part.id not in found:
                found[part.id] = _record(part)
    return list(found.values())


def bundle(figures: Iterable[Figure]) -> dict[str, Any]:
    """The MIME content for a cell that prints these figures: what it printed, and the records behind it."""
    shown = list(figures)
    return {"printed": list(dict.fromkeys(f.id for f in shown)), "figures": records(shown)}


def exact(value: Decimal | None) -> str | None:
    """A value in plain decimal notation, never in powers of ten."""
    return None if value is None else f"{value:f}"


def _record(figure: Figure) -> dict[str, Any]:
    expression = figure.origin if isinstance(figure.origin, Expression) else None
    return {
        "id": figure.id,
        "label": figure.label,
        "value": exact(figure.value),
        "printed": figure.printed,
        "unit": figure.unit,
        "formula": readable(figure),
        "operator": expression.operator if expression else None,
        "inputs": [f.id for f in expression.operands] if expression else [],
        "source": figure.origin.as_dict() if isinstance(figure.origin, Cell) else None,
        "why": figure.why or None,
    }
