"""The language of declared rules: relations between sums, differences, products and quotients of figures.

A rule compares expressions with =, <=, >=, < or > (also ≤ and ≥); several may follow each other, as in a = b = c or
2 <= a / b <= 6. In an expression stand

- a code of an indicator, its stated value (cumulative where submitted, else that of the period), or one of its
  columns: ``ho_ngheo``, ``ho_ngheo.plan``, ``chi_ngan_sach.printed_to_last``;
- a number of the awards table: ``awards.co_thi_dua_tinh.collective``;
- an indicator of the period before or of the same period last year, where their data are kept:
  ``previous.hs_huyen_dang_giai_quyet``, ``last_year.ho_ngheo``;
- ``percent(a, b)``, 100 × a ÷ b; ``count(sheet, "group")``, the rows of a group on a sheet such as ``events``;
- numbers, + - * / and brackets.

``share(p, n)`` alone says that the percentage p is a whole number out of n.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from thidua.checks.identities.identity import Relation, combined
from thidua.errors import FigureError
from thidua.figures import Figure, constant
from thidua.figures.written import OPERATORS
from thidua.forms.schema import schemas
from thidua.text import nearest

_SIGNS: dict[type[ast.cmpop], str] = {ast.Eq: "=", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">"}
_ALLOWED = (
    *(ast.Compare, ast.BinOp, ast.UnaryOp, ast.USub, ast.Name, ast.Attribute, ast.Constant, ast.Call),
    *(ast.operator, ast.cmpop, ast.expr_context),
)
FUNCTIONS = {"percent": 2, "count": 2, "share": 2}
INDICATORS, AWARDS = "indicators", "awards"
PAST = ("previous", "last_year")
SOURCES = (AWARDS, *PAST)


@dataclass(frozen=True)
class Lookups:
    """Where names lead: ``figure(kind, code, column)`` and ``count(sheet, group)``."""

    figure: Callable[[str, str, str], Figure]
    count: Callable[[str, str], Figure]


@dataclass(frozen=True)
class Relations:
    """A parsed line: each pair of neighbouring expressions with the relation between them."""

    text: str
    pairs: tuple[tuple[ast.expr, Relation, ast.expr], ...]

    def names(self) -> Iterator[tuple[str, str, str]]:
        """What it names, as (kind, code, column); the kind is «indicators», one of SOURCES, or a sheet counted."""
        seen = dict.fromkeys(n for left, _, right in self.pairs for side in (left, right) for n in _names(side))
        yield from seen

    def figures(self, find: Lookups) -> Iterator[tuple[Figure, Relation, Figure]]:
        for left, relation, right in self.pairs:
            yield build(left, find), relation, build(right, find)


def parse(text: str) -> Relations:
    """Read one line; ValueError in Vietnamese where it is not of this language."""
    plain = re.sub(r"(?<![<>=!])=(?!=)", "==", text.replace("≤", "<=").replace("≥", ">="))
    try:
        tree = ast.parse(" ".join(plain.split()), mode="eval").body  # lines may break anywhere
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"đẳng thức «{text}» sai cú pháp") from None
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED) or (isinstance(node, ast.BinOp) and type(node.op) not in OPERATORS):
            raise ValueError(f"đẳng thức «{text}» có phần không hiểu được: «{ast.unparse(node)}»")
        if isinstance(node, ast.Call):
            _check_call(node, text)
        if isinstance(node, ast.Attribute):
            _path(node, text)
    if isinstance(tree, ast.Call) and _function(tree) == "share":
        return Relations(text, ((tree.args[0], "share", tree.args[1]),))
    if not isinstance(tree, ast.Compare) or any(type(op) not in _SIGNS for op in tree.ops):
        raise ValueError(f"đẳng thức «{text}» cần một dấu =, <= hoặc >= giữa hai vế")
    sides = [tree.left, *tree.comparators]
    pairs: list[tuple[ast.expr, Relation, ast.expr]] = []
    for left, op, right in zip(sides, tree.ops, sides[1:], strict=False):
        sign = _SIGNS[type(op)]
        if sign == "=":
            pairs.append((left, "=", right))
        else:
            # Strictness has no meaning for rounded figures: < is read as <=.
            pairs.append((left, "<=", right) if sign.startswith("<") else (right, "<=", left))
    return Relations(text, tuple(pairs))


def check_columns(names: Iterable[tuple[str, str, str]]) -> None:
    """Every name is of a form that there is, and of a column with numbers. ValueError in Vietnamese where not."""
    kinds = {s.kind: s for s in schemas().values()}
    for source, code, column in names:
        kind = INDICATORS if source in PAST else source
        if kind not in kinds:
            near = nearest(kind, kinds)
            hint = f"; gần nhất là «{near}»" if near else ""
            raise ValueError(f"không có loại biểu «{kind}»{hint}")
        valid = [c.key for c in kinds[kind].columns if c.type in ("number", "percent")]
        if column not in valid if column else kind == AWARDS:
            near = nearest(column, valid)
            hint = f"; gần nhất là «{near}»" if near else ""
            raise ValueError(f"«{code}.{column}»: không có cột số «{column}»{hint}")


def build(node: ast.expr, find: Lookups) -> Figure:
    """An expression as a figure, its units left aside."""
    match node:
        case ast.Name():
            return find.figure(INDICATORS, node.id, "")
        case ast.Attribute():
            return find.figure(*_path(node, ""))
        case ast.Constant():
            return constant(str(node.value))
        case ast.Call() if _function(node) == "count":
            return find.count(*(_word(argument) for argument in node.args))
        case ast.Call():
            return combined("percent", *(build(argument, find) for argument in node.args))
        case ast.UnaryOp():
            return combined("-", constant(0), build(node.operand, find))
        case ast.BinOp() if type(node.op) in OPERATORS:
            return combined(OPERATORS[type(node.op)], build(node.left, find), build(node.right, find))
    raise FigureError(f"Không tính được «{ast.unparse(node)}»")


def is_single(node: ast.expr) -> bool:
    """Whether an expression is one figure as it stands."""
    return isinstance(node, ast.Name | ast.Attribute)


def _names(node: ast.expr) -> Iterator[tuple[str, str, str]]:
    if isinstance(node, ast.Name):
        yield INDICATORS, node.id, ""
    elif isinstance(node, ast.Attribute):
        yield _path(node, "")
    elif isinstance(node, ast.Call) and _function(node) == "count":
        yield _word(node.args[0]), _word(node.args[1]), ""
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and not (isinstance(node, ast.Call) and child is node.func):
                yield from _names(child)


def _path(node: ast.Attribute, text: str) -> tuple[str, str, str]:
    """«code.column», «awards.code.column», «previous.code» or «previous.code.column»."""
    match node.value:
        case ast.Name(id=source) if source in SOURCES:
            return source, node.attr, ""
        case ast.Name(id=code):
            return INDICATORS, code, node.attr
        case ast.Attribute(value=ast.Name(id=source), attr=code) if source in SOURCES:
            return source, code, node.attr
    raise ValueError(f"đẳng thức «{text}»: «{ast.unparse(node)}» phải viết là mã.cột hoặc awards.mã.cột")


def _check_call(node: ast.Call, text: str) -> None:
    name = _function(node)
    if name not in FUNCTIONS:
        raise ValueError(f"đẳng thức «{text}»: không có hàm «{name}»; có {', '.join(FUNCTIONS)}")
    if len(node.args) != FUNCTIONS[name] or node.keywords:
        raise ValueError(f"đẳng thức «{text}»: hàm {name} cần {FUNCTIONS[name]} giá trị")


def _function(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)
