"""Declared rules as identities over a period's figures."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from thidua.checks.declared.declarations import Rule
from thidua.checks.declared.relations import AWARDS, INDICATORS, PAST, Lookups, Relations, is_single, parse
from thidua.checks.given import Given, groups
from thidua.checks.identities.identity import Identity
from thidua.checks.rule import IdentityRule
from thidua.dataset import Dataset
from thidua.figures import Figure, Indicator
from thidua.forms.schema import form
from thidua.language.text import fold
from thidua.settings.period import Period


@dataclass(frozen=True)
class Idle:
    """A line of a rule that cannot be applied because the period's data lack what it names."""

    rule: str
    missing: tuple[str, ...]


class DeclaredRule(IdentityRule):
    """What an officer declares in params/rules.yaml: a rule like the others, whose id and words are the officer's.

    A line that names what the data lack rests: the unit has no such figure this period.
    """

    def __init__(self, declaration: Rule):
        self.id = declaration.id
        self.holds = declaration.statement
        self.severities = (declaration.grade,)
        self.scope = declaration.scope
        self._lines = [parse(text) for text in declaration.identity]

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each relation of each line, in the order of the file."""
        for relations in self._lines:
            if not _absent(relations, given):
                yield from self._of_line(relations, _lookups(given, of_period=_names_rows(relations)))

    def idle(self, given: Given) -> Iterator[Idle]:
        """The lines that cannot be judged, each with the codes that the period's data lack."""
        for relations in self._lines:
            if absent := _absent(relations, given):
                yield Idle(self.id, absent)

    def _of_line(self, relations: Relations, find: Lookups) -> Iterator[Identity]:
        codes = tuple(".".join(part for part in name if part) for name in relations.names)
        several = len(relations.pairs) > 1
        for number, (left, relation, right) in enumerate(relations.figures(find)):
            first, _, second = relations.pairs[number]
            if relation == "=" and is_single(second) and not is_single(first):
                left, right, first, second = right, left, second, first
            yield self.identity(
                "rule",
                (*codes, *((str(number),) if several else ())),
                left,
                relation,
                right,
                self.holds,
                printed=relation == "=" and is_single(first) and _divides(second),
                scope=self.scope,
            )


def _absent(relations: Relations, given: Given) -> tuple[str, ...]:
    """What a line names and the period lacks, as the officer writes it."""
    absent = [(kind, code) for kind, code, _ in relations.names if fold(code) not in given.names.get(kind, ())]
    return tuple(dict.fromkeys(code if kind == INDICATORS else f"{kind}.{code}" for kind, code in absent))


def _divides(node: ast.expr) -> bool:
    return any(isinstance(n, ast.Div | ast.Call) for n in ast.walk(node)) and not _is_count(node)


def _is_count(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "count"


def _names_rows(relations: Relations) -> bool:
    """Whether a line names rows of tables, which list what there was in the period and nothing from before it."""
    return any(kind not in (INDICATORS, *PAST) for kind, _, _ in relations.names)


def _lookups(given: Given, *, of_period: bool) -> Lookups:
    def figure(kind: str, code: str, column: str) -> Figure:
        if kind in given.past:
            return given.past[kind].figure(code, column or "submitted")
        row = given.placed.awards[code] if kind == AWARDS else given.data.indicators[code]
        if isinstance(row, Indicator) and of_period and not column:
            return _of_period(row, given.period)
        found: Figure = getattr(row, column or "submitted")
        return found

    return Lookups(figure=figure, count=lambda sheet, group: _count(given.data, sheet, group))


def _of_period(indicator: Indicator, period: Period) -> Figure:
    """What there was in the period: what counts from January is that only where the period begins then."""
    counts = indicator.actual.missing and period.months[0] == 1
    return indicator.cumulative if counts else indicator.actual


def _count(data: Dataset, sheet: str, group: str) -> Figure:
    """How many rows of a sheet are of a group; missing where none."""
    wanted = fold(group)
    number = sum(fold(found) == wanted for found in groups(data, sheet))
    label = f"số dòng nhóm «{group}» ở trang {form(sheet).title}"
    return Figure(f"count({sheet},{group})", Decimal(number) if number else None, "", label=label, decimals=0)
