"""A figure's formula as a reviewer reads it."""

from __future__ import annotations

from thidua.figures.figure import Cell, Expression, Figure

_TIGHT = {"*": "×", "/": "÷", "+": "+", "-": "−"}


def readable(figure: Figure) -> str | None:
    """The formula over the ids of its inputs, «100 × a ÷ b»; None for a figure that is a cell or a constant."""
    if not isinstance(figure.origin, Expression):
        return None
    ids = [f.id for f in figure.origin.operands]
    match figure.origin.operator:
        case "percent":
            return f"100 × {ids[0]} ÷ {ids[1]}"
        case "change":
            return f"100 × ({ids[0]} − {ids[1]}) ÷ {ids[1]}"
        case "abs":
            return f"|{ids[0]}|"
        case "sum":
            return " + ".join(ids)
        case operator:
            return f" {_TIGHT[operator]} ".join(ids)


def explained(figure: Figure) -> str:
    """One line for a person: value, unit, and where it comes from."""
    value = f"{figure.printed} {figure.unit}".strip()
    if isinstance(figure.origin, Cell):
        return f"{value} — {figure.origin}"
    if figure.origin is None:
        return f"{value} ({figure.why})" if figure.missing else value
    parts = "; ".join(f"{f.label or f.id} = {f.printed}" for f in figure.origin.operands)
    return f"{value} = {readable(figure)} ({parts})" + (f" — {figure.why}" if figure.missing else "")
