"""Figures as JSON: how the executed notebooks carry them to the later stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from thidua.errors import FigureError
from thidua.figures.figure import Cell, Expression, Figure
from thidua.figures.formula import readable

MIME = "application/vnd.thidua.figures+json"


def records(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """One record for each figure and for everything it rests on, inputs before results, each id once.

    Keys: id, label, value (exact text or None), printed, unit, formula, operator, inputs (ids), source, why.
    FigureError where two different figures go by one id: the reader who follows it would land on the wrong one.
    """
    found: dict[str, dict[str, Any]] = {}
    for figure in figures:
        for part in figure.walk():
            record = _record(part)
            if different(found.setdefault(part.id, record), record):
                raise FigureError(
                    f"Hai số liệu khác nhau cùng mang mã «{part.id}»: {found[part.id]['printed']} và {part.printed}; "
                    "hãy đặt tên riêng bằng .named"
                )
    return list(found.values())


def different(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records of one id are not of one figure; its label may vary."""
    return any(one[key] != other[key] for key in ("value", "printed", "unit", "operator", "inputs", "source"))


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
