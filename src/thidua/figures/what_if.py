"""What a figure would be with other numbers in some of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from thidua.figures.arithmetic import Ratio, applied, as_decimal
from thidua.figures.figure import Cell, Expression, Figure


def worked_out(figure: Figure, instead: Mapping[Cell, Decimal]) -> Decimal | None:
    """The value that a figure would have with other numbers in some cells; None where there is none."""
    if not instead:
        return figure.value
    found = _worked_out(figure, instead)
    return None if found is None else as_decimal(found)


def _worked_out(figure: Figure, instead: Mapping[Cell, Decimal]) -> Ratio | None:
    if not isinstance(figure.origin, Expression):
        known = instead.get(figure.cell) if figure.cell is not None and figure.value is not None else None
        return figure.exact if known is None else known.as_integer_ratio()
    operator = figure.origin.operator
    parts = [_worked_out(f, instead) for f in figure.origin.operands]
    values = [p for p in parts if p is not None]
    if len(values) < len(parts) or (operator in ("/", "percent", "change") and values[1][0] == 0):
        return None
    return None if operator == "change" and values[1][0] < 0 else applied(operator, values)
