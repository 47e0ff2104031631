"""What is said of a broken identity: one sentence that names the value submitted, the one recomputed, and the basis."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import NamedTuple

from thidua.checks.causes.grid import Grid
from thidua.checks.identities.identity import Identity
from thidua.checks.wording import amount, off_by, stated, told_apart, working
from thidua.figures import Figure
from thidua.figures.numbers import EXACT, format_number, round_half_up
from thidua.figures.units import PERCENT


class Sentence(NamedTuple):
    """The message with the printed and the recomputed value."""

    message: str
    printed: str
    recomputed: str


def sentence(identity: Identity, grid: Grid) -> Sentence:
    """Say what is wrong, or what is merely cut off or within rounding."""
    said = _said(identity, grid)
    return said._replace(message=f"{said.message}; {identity.scope}") if identity.scope else said


def _said(identity: Identity, grid: Grid) -> Sentence:
    left, right = identity.left, identity.right
    assert left.value is not None and right.value is not None
    verdict = identity.verdict()
    match identity.kind:
        case "ratio" | "formula" | "rule" if identity.printed:
            return _printed(identity, verdict)
        case "formula":
            recomputed = _with_unit(right, left)
            text = f"{identity.statement}: ghi {stated(left)}, tính lại được {recomputed} ({working(right)})"
            return Sentence(f"{text}, {off_by(identity)}", stated(left), recomputed)
        case "sum":
            return _sum(identity)
        case "part":
            text = f"{identity.statement}: {stated(left)}, nhiều hơn tổng số {stated(right)} mà nó là một phần"
            return Sentence(text, stated(left), "")
        case "cumulative":
            text = f"{identity.statement}: trong kỳ {stated(left)}, nhiều hơn lũy kế {stated(right)}"
            return Sentence(text, stated(left), "")
        case "base":
            return _base(identity)
        case "bases":
            text = (
                f"{identity.statement}: tỷ lệ của tổng và của các phần không khớp nhau; mức so sánh suy ra từ tổng là "
                f"{format_number(left.value, 0)}, từ các phần cộng lại là {format_number(right.value, 0)}"
            )
            return Sentence(text, format_number(left.value, 0), format_number(right.value, 0))
    return _declared(identity, grid)


def _printed(identity: Identity, verdict: str) -> Sentence:
    printed = identity.left
    assert identity.right.value is not None
    exact = told_apart(identity.right.value, printed)
    unit = "%" if printed.unit == PERCENT else f" {printed.unit}".rstrip()
    basis = working(identity.right)
    if verdict == "truncated":
        text = f"{identity.statement} ghi {stated(printed)}, bị cắt bớt chữ số; "
        text += f"làm tròn đúng là {exact}{unit} ({basis})"
        return Sentence(text, stated(printed), f"{exact}{unit}")
    if verdict == "rounding":
        text = f"{identity.statement} ghi {stated(printed)}, tính từ số trong biểu được {exact}{unit} ({basis}); "
        return Sentence(text + "chênh lệch nằm trong phạm vi làm tròn", stated(printed), f"{exact}{unit}")
    text = f"{identity.statement} ghi {stated(printed)}, tính lại được {exact}{unit} ({basis})"
    return Sentence(text, stated(printed), f"{exact}{unit}")


def _sum(identity: Identity) -> Sentence:
    left, right = identity.left, identity.right
    assert left.value is not None and right.value is not None
    recomputed = _with_unit(right, left)
    text = f"{identity.statement}: ghi {stated(left)}, các phần cộng lại được {recomputed} ({working(right)}), "
    if right.value < left.value:
        text += f"còn {amount(left.value - right.value, left.unit)} không rõ thuộc phần nào"
    else:
        text += off_by(identity)
    return Sentence(text, stated(left), recomputed)


def _base(identity: Identity) -> Sentence:
    percent, part = identity.left.value, identity.right.value
    assert percent is not None and part is not None
    with localcontext(EXACT):
        near = round_half_up(100 * part / percent, 0)
        got = round_half_up(100 * part / near, 2) if near else Decimal(0)
    text = (
        f"{identity.statement}: {stated(identity.right)} không thể là {format_number(percent)}% của một số nguyên nào "
        f"(gần nhất là {format_number(near)}, cho {format_number(got, 2)}%)"
    )
    return Sentence(text, f"{format_number(percent)}%", f"{format_number(got, 2)}%")


def _declared(identity: Identity, grid: Grid) -> Sentence:
    left, right = identity.left, identity.right
    assert left.value is not None and right.value is not None
    if identity.relation == "share":
        with localcontext(EXACT):
            near = round_half_up(left.value * right.value / 100, 0)
            got = round_half_up(100 * near / right.value, 2)
        text = (
            f"{identity.statement}: {stated(left)} của {format_number(right.value)} không ra số nguyên; "
            f"{format_number(near)} trên {format_number(right.value)} là {format_number(got, 2)}%"
        )
        return Sentence(text, stated(left), f"{format_number(got, 2)}%")
    if _is_constant(left) or _is_constant(right):
        return _beyond(identity, grid)
    text = f"{identity.statement}, nhưng {_side(left, grid)}; {_side(right, grid)}"
    return Sentence(text, _value(left), _value(right))


def _beyond(identity: Identity, grid: Grid) -> Sentence:
    """A figure or an expression against a number of the rule's own, which is no evidence but the bound."""
    low = _is_constant(identity.left)
    judged, bound = (identity.right, identity.left) if low else (identity.left, identity.right)
    how = "khác" if identity.relation == "=" else "nhỏ hơn" if low else "lớn hơn"
    names = dict.fromkeys(f"«{_name(leaf)}»" for leaf in identity.leaves) if judged.cell is None else {}
    about = f" ({'; '.join(names)})" if names else ""
    text = f"{identity.statement}, nhưng {_side(judged, grid)}{about}, {how} {_value(bound)}"
    return Sentence(text, _value(judged), _value(bound) if identity.relation == "=" else "")


def _is_constant(figure: Figure) -> bool:
    """Whether it is a number that stands in the rule itself."""
    return figure.origin is None and figure.id == f"{figure.value}"


def _name(figure: Figure) -> str:
    return figure.label.rpartition(", ")[0] if figure.label.endswith((", trong kỳ", ", lũy kế")) else figure.label


def _side(figure: Figure, grid: Grid) -> str:
    """One side of a declared identity: where a figure stands and what it says, or what an expression comes to."""
    if figure.cell is None:
        if not figure.inputs:
            return f"{figure.label} là {_value(figure)}"
        return f"{working(figure)} = {_value(figure)}"
    said = "ghi" if figure.cell in grid else "đã báo cáo là"
    return f"«{_name(figure)}» ({figure.cell}) {said} {stated(figure)}"


def _value(figure: Figure) -> str:
    assert figure.value is not None
    return stated(figure) if figure.cell else format_number(round_half_up(figure.value, 4), None)


def _with_unit(exact: Figure, printed: Figure) -> str:
    assert exact.value is not None
    return amount(exact.value, printed.unit)
