"""How findings put numbers into words: the sentences that several rules share."""

from __future__ import annotations

from decimal import Decimal

from thidua.checks.identities.identity import Identity
from thidua.figures import Expression, Figure
from thidua.figures.numbers import decimals_of, format_number
from thidua.figures.units import PERCENT

# So many addends are told; cells and audit workbook have all.
_ADDED = 20
_SIGNS = {"+": " + ", "sum": " + ", "-": " − ", "*": " × ", "/": " ÷ ", "percent": " ÷ "}


def amount(value: Decimal, unit: str, decimals: int | None = None) -> str:
    """«96,02%», «12.345 hồ sơ»: without the leading zero of running text, because the cell has none."""
    text = format_number(value, decimals)
    return f"{text}{unit}" if unit == PERCENT else f"{text} {unit}".rstrip()


def stated(figure: Figure) -> str:
    """A figure's value with its unit, as the cell shows it."""
    assert figure.value is not None
    return amount(figure.value, figure.unit, figure.decimals)


def told_apart(exact: Decimal, printed: Figure) -> str:
    """The exact value with the printed one's decimals, or with as many more as tell the two apart."""
    assert printed.value is not None
    decimals = decimals_of(printed.value) if printed.decimals is None else printed.decimals
    for more in range(5):
        text = format_number(exact, decimals + more)
        if text != format_number(printed.value, decimals + more):
            return text
    return format_number(exact, decimals)


def working(figure: Figure) -> str:
    """The numbers that a value was worked out from: «68.194 − 67.998»."""
    if not isinstance(figure.origin, Expression):
        return format_number(figure.value, figure.decimals) if figure.value is not None else "?"
    operator, operands = figure.origin.operator, figure.origin.operands
    if operator == "change":
        return f"({working(operands[0])} − {working(operands[1])}) ÷ {working(operands[1])}"
    if operator == "abs":
        return working(operands[0])
    told = [_bracketed(f, operator, position) for position, f in enumerate(operands[:_ADDED])]
    more = f" + … ({len(operands)} số)" if len(operands) > _ADDED else ""
    return _SIGNS[operator].join(told) + more


def off_by(identity: Identity) -> str:
    """«lệch 139 hồ sơ», in the left side's unit."""
    assert identity.left.value is not None and identity.right.value is not None
    return f"lệch {amount(abs(identity.left.value - identity.right.value), identity.left.unit)}"


def listed(parts: list[str]) -> str:
    """«a, b và c»."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"


def _bracketed(figure: Figure, outer: str, position: int) -> str:
    text = working(figure)
    inner = figure.origin.operator if isinstance(figure.origin, Expression) else ""
    loose = inner in ("+", "-", "sum")
    tight = outer in ("*", "/", "percent") or (outer == "-" and position > 0)
    return f"({text})" if loose and tight else text
