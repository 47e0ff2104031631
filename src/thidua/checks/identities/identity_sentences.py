"""What is said of a broken identity: one sentence that names the value submitted, the one recomputed, and the basis."""

from __future__ import annotations

from decimal import Decimal, localcontext

from thidua.checks.grid import Grid
from thidua.checks.identities.identity import Identity, Sentence
from thidua.checks.in_words import amount, off_by, stated, told_apart, working
from thidua.figures import Figure
from thidua.figures.numbers import EXACT, format_number, round_half_up
from thidua.figures.units import PERCENT


def sentence(identity: Identity, grid: Grid) -> Sentence:
    """Say what is wrong, or what is merely cut off or within rounding."""
    said = identity.said(identity, grid)
    return said._replace(message=f"{said.message}; {identity.scope}") if identity.scope else said


def rounded(identity: Identity) -> Sentence:
    """A printed ratio, or any number that somebody rounded, against the exact one."""
    printed = identity.left
    verdict = identity.verdict()
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


def computed(identity: Identity) -> Sentence:
    """A number against the formula that gives it."""
    if identity.printed:
        return rounded(identity)
    left, right = identity.left, identity.right
    recomputed = _with_unit(right, left)
    text = f"{identity.statement}: ghi {stated(left)}, tính lại được {recomputed} ({working(right)})"
    return Sentence(f"{text}, {off_by(identity)}", stated(left), recomputed)


def summed(identity: Identity, parts: str = "các phần") -> Sentence:
    """A total against the sum of its parts."""
    left, right = identity.left, identity.right
    assert left.value is not None and right.value is not None
    recomputed = _with_unit(right, left)
    text = f"{identity.statement}: ghi {stated(left)}, {parts} cộng lại được {recomputed} ({working(right)}), "
    if right.value < left.value:
        text += f"còn {amount(left.value - right.value, left.unit)} không rõ thuộc {parts.removeprefix('các ')} nào"
    else:
        text += off_by(identity)
    return Sentence(text, stated(left), recomputed)


def based(identity: Identity) -> Sentence:
    """A percentage that no whole number gives."""
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


def compared(identity: Identity, grid: Grid) -> Sentence:
    """Two sides of any kind, after the statement of what must hold."""
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
