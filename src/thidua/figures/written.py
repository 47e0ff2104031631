"""Formulas as an officer writes them in a form: codes, numbers, + - * / and brackets."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from thidua.errors import FigureError, FormulaError
from thidua.figures.arithmetic import Operator
from thidua.figures.figure import Figure, combine, constant, percent
from thidua.figures.units import PERCENT
from thidua.remembered import remembered

OPERATORS: dict[type[ast.operator], Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


# No form needs more; the tree of a longer one could be deeper than Python can walk.
MAX_LENGTH = 1_000


@remembered(4096)  # a period's formulas are read wherever its figures are put together
def parse(text: str) -> ast.expr:
    """The expression's tree. FormulaError where it is no formula of this kind."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"công thức dài trên {MAX_LENGTH} ký tự")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(f"công thức «{text}» sai cú pháp") from None
    for node in ast.walk(tree):
        if not isinstance(node, ast.BinOp | ast.Name | ast.Constant | ast.operator | ast.expr_context):
            raise FormulaError(f"công thức «{text}» có phần không phải mã chỉ tiêu, số hoặc phép tính + - * /")
        if isinstance(node, ast.BinOp) and type(node.op) not in OPERATORS:
            raise FormulaError(f"công thức «{text}» dùng phép tính ngoài + - * /")
        if isinstance(node, ast.Constant) and (isinstance(node.value, bool) or not isinstance(node.value, int)):
            raise FormulaError(f"công thức «{text}» chỉ được dùng số nguyên")
    return tree


def names(text: str) -> Iterator[str]:
    """The codes that a formula uses, in the order of its text."""
    found = [n for n in ast.walk(parse(text)) if isinstance(n, ast.Name)]
    yield from (n.id for n in sorted(found, key=lambda n: n.col_offset))


def evaluate(text: str, lookup: Callable[[str], Figure], unit: str) -> Figure:
    """The formula as a figure; a quotient in percent is the share of its numerator in its denominator.

    Raises FormulaError for what is no formula, FigureError for units that do not go together.
    """

    def build(node: ast.expr) -> Figure:
        if isinstance(node, ast.Name):
            return lookup(node.id)
        if isinstance(node, ast.Constant):
            return constant(str(node.value))
        assert isinstance(node, ast.BinOp)
        left, right = build(node.left), build(node.right)
        return combine(OPERATORS[type(node.op)], left, right)

    tree = parse(text)
    if unit == PERCENT and isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div):
        return percent(build(tree.left), build(tree.right))
    figure = build(tree)
    if unit and figure.unit and figure.unit != unit:
        raise FigureError(f"Công thức «{text}» cho đơn vị {figure.unit}, không phải {unit}")
    return figure
