"""A figure's formula as a reviewer reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.figures.figure import Cell, Expression, Figure

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+!|$&~]")
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


def tree(figure: Figure) -> str:
    """The figure and all it rests on as a nested Markdown list: value, formula, and the cell at each end."""
    return "\n".join(_branches(figure, 0))


def _branches(figure: Figure, depth: int) -> Iterator[str]:
    formula = readable(figure)
    source = f" — {_plain(str(figure.origin))}" if isinstance(figure.origin, Cell) else ""
    reason = f" ({_plain(figure.why)})" if figure.missing and figure.why else ""
    name = _plain(figure.label or figure.id)
    value = f"{figure.printed} {figure.unit}".strip()
    same = name == value and figure.origin is None  # a constant is its own name
    text = f"**{_plain(value)}**" if same else f"{name}: **{_plain(value)}**"
    yield "    " * depth + f"- {text}{f' = {_plain(formula)}' if formula else ''}{source}{reason}"
    for part in dict.fromkeys(figure.inputs):
        yield from _branches(part, depth + 1)


def _plain(text: str) -> str:
    """Text whose characters mean nothing to Markdown."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
