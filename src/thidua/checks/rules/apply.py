"""Declared rules as identities over a period's figures."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from thidua.checks.identities.identity import Identity
from thidua.checks.past import Past
from thidua.checks.rules.declared import Bound
from thidua.checks.rules.language import AWARDS, Lookups, Relations, is_single
from thidua.dataset import Award, Dataset
from thidua.figures import Figure
from thidua.forms.schema import SheetSchema, schemas
from thidua.text import fold


def declared_identities(
    bound: Iterable[Bound], data: Dataset, awards: Mapping[str, Award], past: Mapping[str, Past]
) -> Iterator[Identity]:
    """One identity for each relation of each line, in the order of the file."""
    find = Lookups(
        figure=lambda kind, code, column: _figure(data, awards, past, kind, code, column),
        count=lambda sheet, group: _count(data, sheet, group),
    )
    for line in bound:
        several = len(line.relations.pairs) > 1
        for number, (left, relation, right) in enumerate(line.relations.figures(find)):
            first, _, second = line.relations.pairs[number]
            if relation == "=" and is_single(second) and not is_single(first):
                left, right, first, second = right, left, second, first
            yield Identity(
                rule=line.rule.id,
                kind="rule",
                codes=(*_codes(line.relations), *((str(number),) if several else ())),
                left=left,
                relation=relation,
                right=right,
                statement=line.rule.statement,
                severity=line.rule.grade,
                printed=relation == "=" and is_single(first) and _divides(second),
                scope=line.rule.scope,
            )


def _codes(relations: Relations) -> tuple[str, ...]:
    return tuple(".".join(part for part in name if part) for name in relations.names())


def _divides(node: ast.expr) -> bool:
    return any(isinstance(n, ast.Div | ast.Call) for n in ast.walk(node)) and not _is_count(node)


def _is_count(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "count"


def _figure(
    data: Dataset, awards: Mapping[str, Award], past: Mapping[str, Past], kind: str, code: str, column: str
) -> Figure:
    if kind in past:
        return past[kind].figure(code, column or "submitted")
    row = awards[code] if kind == AWARDS else data.indicators[code]
    figure: Figure = getattr(row, column or "submitted")
    return figure


def groups_of(data: Dataset, kind: str) -> list[str]:
    """The group of each row of a kind of form: its topic, or its field where the form has no topics."""
    key = "topic" if "topic" in _schema(kind).keys else "field"
    return [r.text(key) for r in data.records if r.kind == kind]


def _count(data: Dataset, sheet: str, group: str) -> Figure:
    """How many rows of a sheet are of a group; missing where none."""
    wanted = fold(group)
    number = sum(fold(found) == wanted for found in groups_of(data, sheet))
    label = f"số dòng nhóm «{group}» ở trang {_schema(sheet).title}"
    return Figure(f"count({sheet},{group})", Decimal(number) if number else None, "", label=label, decimals=0)


def _schema(kind: str) -> SheetSchema:
    return next(s for s in schemas().values() if s.kind == kind)
