"""A figure's formula as a reviewer reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thidua.figures.figure import Cell, Expression, Figure
from thidua.figures.lacking import lacking
from thidua.language.text import first_of

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+!|$&~]")
# So many inputs are told on hover; the card, the notebook and the audit workbook have all.
_HOVERED = 12
_TIGHT = {"*": "×", "/": "÷", "+": "+", "-": "−"}


def readable(figure: Figure) -> str | None:
    """The formula over the ids of its inputs, «100 × a ÷ b»; None for a figure that is a cell or a constant."""
    if not isinstance(figure.origin, Expression):
        return None
    return _written(figure.origin.operator, [f.id for f in figure.origin.operands])


def _written(operator: str, terms: list[str]) -> str:
    match operator:
        case "percent":
            return f"100 × {terms[0]} ÷ {terms[1]}"
        case "change":
            return f"100 × ({terms[0]} − {terms[1]}) ÷ {terms[1]}"
        case "abs":
            return f"|{terms[0]}|"
        case "sum":
            return " + ".join(terms)
        case _:
            return f" {_TIGHT[operator]} ".join(terms)


def explained(figure: Figure) -> str:
    """One line for a person: value, unit, and where it comes from."""
    value = f"{figure.printed} {figure.unit}".strip()
    if isinstance(figure.origin, Cell):
        return f"{value} — {figure.origin}"
    if figure.origin is None:
        return f"{value} ({figure.why})" if figure.missing else value
    parts = "; ".join(f"{f.label or f.id} = {f.printed}" for f in figure.origin.operands)
    reason = figure.why if figure.missing else lacking([figure])
    return f"{value} = {readable(figure)} ({parts})" + (f" — {reason}" if reason else "")


def hover(figure: Figure) -> str:
    """What a number says of itself on hover: name, value, the cell or the formula over named inputs, what it lacks."""
    return "; ".join(filter(None, (_hover(figure), lacking([figure]))))


def _hover(figure: Figure) -> str:
    name = figure.label or figure.id
    value = f"{figure.printed} {figure.unit}".strip()
    told = f"{name}: {value}"
    if isinstance(figure.origin, Cell):
        return f"{told} ({figure.origin})"
    if isinstance(figure.origin, Expression):
        cells = dict.fromkeys(str(part.cell) for part in figure.walk() if part.cell and not part.missing)
        parts = _some([f"{f.label or f.id} {f.printed}" for f in figure.origin.operands if f.origin is not None])
        where = f" ({_some([*cells])})" if cells else ""
        return f"{told} = {_short(figure)}, với {parts}{where}" if parts else f"{told}{where}"
    return f"{told} ({figure.why})" if figure.why else told


def _short(figure: Figure) -> str:
    """The formula over the printed values of its inputs, «100 × 12 ÷ 15»."""
    assert isinstance(figure.origin, Expression)
    values = [f.printed for f in figure.origin.operands]
    if len(values) > _HOVERED and figure.origin.operator == "sum":
        return f"{_written('sum', values[:_HOVERED])} + …"
    return _written(figure.origin.operator, values)


def _some(told: Sequence[str]) -> str:
    """The first of what is told on hover; how many more there are, where a hundred units are added up."""
    return first_of(told, _HOVERED, "số")


def tree(figure: Figure) -> str:
    """The figure and all it rests on as a nested Markdown list: value, formula, and the cell at each end."""
    return "\n".join(_branches(figure, 0))


def _branches(figure: Figure, depth: int) -> Iterator[str]:
    formula = readable(figure)
    source = f" — {_plain(str(figure.origin))}" if isinstance(figure.origin, Cell) else ""
    why = figure.why if figure.missing else lacking([figure])
    reason = f" ({_plain(why)})" if why else ""
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
