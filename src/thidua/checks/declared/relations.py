"""The language of declared rules: relations between sums, differences, products and quotients of figures.

A rule compares expressions with =, <=, >=, < or > (also ≤ and ≥); several may follow each other, as in a = b = c or
2 <= a / b <= 6. In an expression stand

- a code of an indicator, its stated value (cumulative where submitted, else that of the period; beside rows of tables
  that of the period, since these list nothing from before it), or one of its columns: ``ho_ngheo``, ``ho_ngheo.plan``,
  ``chi_ngan_sach.printed_to_last``;
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from thidua.checks.identities.identity import Relation, combined
from thidua.errors import RuleError, RuleFault
from thidua.figures import Figure, constant
from thidua.figures.written import MAX_LENGTH, OPERATORS
from thidua.forms.schema import schemas
from thidua.remembered import remembered

_SIGNS: dict[type[ast.cmpop], str] = {ast.Eq: "=", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">"}
_ALLOWED = ast.Compare, ast.BinOp, ast.UnaryOp, ast.Name, ast.Attribute, ast.Constant, ast.Call
_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
FUNCTIONS = {"percent": 2, "count": 2, "share": 2}
INDICATORS, AWARDS = "indicators", "awards"
PAST = ("previous", "last_year")
SOURCES = (AWARDS, *PAST)


Name = tuple[str, str, str]


@dataclass(frozen=True)
class Lookups:
    """Where names lead: ``figure(kind, code, column)`` and ``count(sheet, group)``."""

    figure: Callable[[str, str, str], Figure]
    count: Callable[[str, str], Figure]


@dataclass(frozen=True)
class Relations:
    """A line that was read: each pair of neighbouring expressions with the relation between them.

    ``named`` is what it names, in the order of the text, as (kind, code, column), each with the number of the visible
    character where the code stands; the kind is «indicators», one of SOURCES, or a sheet counted.
    """

    text: str
    pairs: tuple[tuple[ast.expr, Relation, ast.expr], ...]
    named: tuple[tuple[Name, int], ...]

    @cached_property  # a line is asked at every check, and lines are read once
    def names(self) -> tuple[Name, ...]:
        """What it names, each once."""
        return tuple(dict.fromkeys(name for name, _ in self.named))

    def figures(self, find: Lookups) -> Iterator[tuple[Figure, Relation, Figure]]:
        """Left side, relation and right side of each pair, computed from what ``find`` gives for the names."""
        for left, relation, right in self.pairs:
            yield build(left, find), relation, build(right, find)


@remembered(4096)  # the common lines are asked for at every reading and every check
def parse(text: str) -> Relations:
    """Read one line; RuleError with every fault where it is not of this language."""
    line = _Line(text)
    tree = line.tree()
    if tree is not None:
        line.look_through(tree)
    if tree is None or line.faults:
        raise RuleError(text, sorted(line.faults, key=lambda f: f.at))
    named = ((name, line.at(node) + max(ast.unparse(node).find(name[1]), 0)) for node, name in _named(tree))
    return Relations(text, _pairs(tree), tuple(sorted(named, key=lambda n: n[1])))


class _Line:
    """A line as Python reads it, with what of it is not of the language."""

    def __init__(self, text: str):
        self.faults: list[RuleFault] = []
        self._text = text
        plain = _EQUALS.sub("==", text.replace("≤", "<=").replace("≥", ">="))
        self._source = " ".join(plain.split())  # lines may break anywhere

    def tree(self) -> ast.expr | None:
        if len(self._text) > MAX_LENGTH:
            self.faults.append(RuleFault.length(MAX_LENGTH))
            return None
        try:
            return ast.parse(self._source, mode="eval").body
        except SyntaxError as error:
            self.faults.append(RuleFault.syntax(self._visible(max((error.offset or 1) - 1, 0))))
        except (ValueError, RecursionError, MemoryError):
            self.faults.append(RuleFault.syntax(0))
        return None

    def at(self, node: ast.expr) -> int:
        """The number of the visible character of the text where a node begins."""
        return self._visible(len(self._source.encode()[: node.col_offset].decode()))

    def look_through(self, tree: ast.expr) -> None:
        """Note every fault."""
        if not _is_relation(tree):
            self.faults.append(RuleFault.relation())
        counted = {id(n) for call in _calls(tree, "count") for argument in call.args for n in ast.walk(argument)}
        for node in (n for n in ast.walk(tree) if isinstance(n, ast.expr)):
            if isinstance(node, ast.Call):
                self._look_at_call(node, alone=node is tree)
            elif isinstance(node, ast.Attribute) and _path(node) is None:
                self.faults.append(RuleFault.path(ast.unparse(node), self.at(node)))
            elif not (_is_allowed(node, root=node is tree) or id(node) in counted):
                self.faults.append(RuleFault.part(ast.unparse(node), self.at(node)))
        for node, name in _named(tree):
            self._look_at_name(node, *name)

    def _look_at_call(self, node: ast.Call, *, alone: bool) -> None:
        name, at = _function(node), self.at(node)
        if name not in FUNCTIONS:
            self.faults.append(RuleFault.function(name or ast.unparse(node.func), FUNCTIONS, at))
        elif len(node.args) != FUNCTIONS[name] or node.keywords:
            self.faults.append(RuleFault.arguments(name, FUNCTIONS[name], at))
        elif name == "share" and not alone:
            self.faults.append(RuleFault.alone(name, at))

    def _look_at_name(self, node: ast.expr, source: str, code: str, column: str) -> None:
        """Every name is of a form that there is, and of a column with numbers."""
        kinds = {s.kind: s for s in schemas().values()}
        kind = INDICATORS if source in PAST else source
        if kind not in kinds:
            self.faults.append(RuleFault.form(kind, kinds, self.at(node)))
            return
        valid = [c.key for c in kinds[kind].columns if c.type in ("number", "percent")]
        if column and column not in valid:
            self.faults.append(RuleFault.column(ast.unparse(node), column, valid, self.at(node)))
        elif kind == AWARDS and not column and not isinstance(node, ast.Call):
            self.faults.append(RuleFault.path(ast.unparse(node), self.at(node)))

    def _visible(self, offset: int) -> int:
        """Of a place in the source, the number of the visible character of the text, where = and ≤ are one sign."""
        before = sum(not c.isspace() for c in self._source[:offset])
        doubled = {match.start() for match in _EQUALS.finditer(self._text)}
        widths = [2 if c in "≤≥" or n in doubled else 1 for n, c in enumerate(self._text) if not c.isspace()]
        passed = 0
        for number, width in enumerate(widths):
            if passed >= before:
                return number
            passed += width
        return max(len(widths) - 1, 0)


def _pairs(tree: ast.expr) -> tuple[tuple[ast.expr, Relation, ast.expr], ...]:
    if isinstance(tree, ast.Call):
        return ((tree.args[0], "share", tree.args[1]),)
    assert isinstance(tree, ast.Compare)
    sides = [tree.left, *tree.comparators]
    pairs: list[tuple[ast.expr, Relation, ast.expr]] = []
    for left, op, right in zip(sides, tree.ops, sides[1:], strict=False):
        sign = _SIGNS[type(op)]
        if sign == "=":
            pairs.append((left, "=", right))
        else:
            # Strictness has no meaning for rounded figures: < is read as <=.
            pairs.append((left, "<=", right) if sign.startswith("<") else (right, "<=", left))
    return tuple(pairs)


def build(node: ast.expr, find: Lookups) -> Figure:
    """An expression as a figure, its units left aside."""
    match node:
        case ast.Name():
            return find.figure(INDICATORS, node.id, "")
        case ast.Attribute():
            path = _path(node)
            assert path is not None
            return find.figure(*path)
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
    raise AssertionError(f"{ast.unparse(node)} is no expression that was read")


def is_single(node: ast.expr) -> bool:
    """Whether an expression is one figure as it stands."""
    return isinstance(node, ast.Name | ast.Attribute)


def _is_relation(tree: ast.expr) -> bool:
    if isinstance(tree, ast.Call):
        return _function(tree) == "share" or _function(tree) not in FUNCTIONS
    return isinstance(tree, ast.Compare) and all(type(op) in _SIGNS for op in tree.ops)


def _is_allowed(node: ast.expr, *, root: bool) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.BinOp(op=sign):
            return type(sign) in OPERATORS
        case ast.UnaryOp(op=sign):
            return isinstance(sign, ast.USub)
        case ast.Compare():
            return root
    return isinstance(node, _ALLOWED)


def _calls(tree: ast.expr, name: str) -> Iterator[ast.Call]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.Call) and _function(n) == name)


def _named(node: ast.expr) -> Iterator[tuple[ast.expr, Name]]:
    """Every node that names something, with the name."""
    if isinstance(node, ast.Name):
        yield node, (INDICATORS, node.id, "")
    elif isinstance(node, ast.Attribute):
        if path := _path(node):
            yield node, path
    elif isinstance(node, ast.Call) and _function(node) == "count":
        if len(node.args) == FUNCTIONS["count"]:
            yield node, (_word(node.args[0]), _word(node.args[1]), "")
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and not (isinstance(node, ast.Call) and child is node.func):
                yield from _named(child)


def _path(node: ast.Attribute) -> Name | None:
    """«code.column», «awards.code.column», «previous.code» or «previous.code.column»."""
    match node.value:
        case ast.Name(id=source) if source in SOURCES:
            return source, node.attr, ""
        case ast.Name(id=code):
            return INDICATORS, code, node.attr
        case ast.Attribute(value=ast.Name(id=source), attr=code) if source in SOURCES:
            return source, code, node.attr
    return None


def _function(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)
