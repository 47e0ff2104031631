"""All checks of a period: identities judged and grouped by cause, other rules, acceptances, ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from thidua.checks.acceptance import with_acceptances
from thidua.checks.awards import Placed, award_findings, award_identities, place
from thidua.checks.causes.grid import Grid
from thidua.checks.causes.repair import Web
from thidua.checks.copies import copied_values
from thidua.checks.documents.dates import date_findings
from thidua.checks.documents.mention import mentions
from thidua.checks.documents.order import order_findings
from thidua.checks.documents.symbols import symbol_findings
from thidua.checks.finding import RANK, Finding
from thidua.checks.identities.carried import carried_over
from thidua.checks.identities.grouping import grouped
from thidua.checks.identities.identity import Identity
from thidua.checks.identities.parts import computed_rows, cumulatives, totals
from thidua.checks.identities.ratios import implied_bases, plan_levels, printed_ratios
from thidua.checks.other_periods import heading_findings, period_findings
from thidua.checks.past import Past
from thidua.checks.printed import judgement, told
from thidua.checks.rules.apply import declared_identities, groups_of
from thidua.checks.rules.declared import Idle, Rules, bind
from thidua.checks.rules.language import AWARDS, INDICATORS, PAST
from thidua.checks.texts import anniversary_findings, comparison_findings, range_findings
from thidua.checks.unfilled import with_unfilled
from thidua.checks.unreported import unreported_rows
from thidua.checks.values import impossible_values
from thidua.dataset import Dataset
from thidua.figures import Cell
from thidua.forms.schema import schemas
from thidua.params import Params
from thidua.period import Period

NO_PAST: Mapping[str, Past] = {}


@dataclass(frozen=True)
class Checked:
    """What the checks of a period gave: findings in order, declared lines that had no data, identities judged.

    ``printed`` is the period's data as the report prints them: without what the findings put in doubt.
    """

    findings: list[Finding]
    idle: list[Idle]
    identities: list[Identity]
    printed: Dataset

    def as_dict(self) -> dict[str, Any]:
        """What ``thidua check --json`` prints: findings, and declared rules for which the period has no data."""
        idle = [{"rule": i.rule, "missing": list(i.missing)} for i in self.idle]
        return {"findings": [f.as_dict() for f in self.findings], "idle_rules": idle}


def check(
    data: Dataset,
    params: Params,
    rules: Rules,
    past: Mapping[str, Past] = NO_PAST,
    headings: Iterable[tuple[str, str]] = (),
) -> Checked:
    """Judge everything that the period's data, the declared rules and the data of earlier periods allow.

    ``headings`` are those that stand in the notebooks, with the notebook of each. ``past`` has «previous» and
    «last_year» where their data are kept.
    """
    placed = place(data)
    identities, idle = _identities(data, placed, params.parsed_period, rules, past)
    grid = Grid(data.records)
    web = Web(identities, grid)
    findings = grouped(web, data)
    findings = _absorbed(findings, impossible_values(data))
    findings += award_findings(placed)
    findings += _about_documents(data, params, rules)
    findings += period_findings(params, data)
    findings += heading_findings(headings, params.parsed_period)
    findings += anniversary_findings(data.records, rules.anniversaries, params.parsed_period)
    findings += comparison_findings(data.records, params.parsed_period)
    findings += range_findings(data)
    findings += unreported_rows(data.records)
    named = {cell for f in findings for cell in f.cells}
    findings += copied_values(grid, _linked(identities), named)
    findings = with_unfilled(_once(findings), data.records, params.parsed_period, past)
    findings = with_acceptances(findings, params.accepted)
    printed = Dataset(data.records, judgement(findings, identities))
    return Checked(ranked(told(findings, printed)), idle, identities, printed)


def _identities(
    data: Dataset, placed: Placed, period: Period, rules: Rules, past: Mapping[str, Past]
) -> tuple[list[Identity], list[Idle]]:
    """All identities of the period, those derived from the forms and those declared, and the lines that rest."""
    codes = {schema.kind: groups_of(data, schema.kind) for schema in schemas().values()}
    codes |= {INDICATORS: [i.code for i in data.indicators], AWARDS: list(placed.awards)}
    codes |= {name: [i.code for i in past[name].data.indicators] if name in past else [] for name in PAST}
    bound, idle = bind(rules, codes)
    found = [
        *printed_ratios(data),
        *plan_levels(data),
        *implied_bases(data),
        *computed_rows(data),
        *totals(data),
        *cumulatives(data),
        *award_identities(placed),
        *carried_over(data, period, past),
        *declared_identities(bound, data, placed.awards, past),
    ]
    return [i for i in found if i.verdict() != "unknown"], idle


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Open before accepted, the gravest first, then those with more effects, then those further off."""
    return sorted(
        findings,
        key=lambda f: (f.accepted, RANK[f.severity], -len(f.effects), -f.weight, f.cells, f.rule, f.message),
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether a finding of severity error stands that nobody accepted."""
    return any(f.severity == "error" and not f.accepted for f in findings)


def _absorbed(findings: list[Finding], further: Iterable[Finding]) -> list[Finding]:
    """Add findings about single values; where another finding names the cell, as a further effect of that one."""
    found = list(findings)
    for finding in further:
        at = next((n for n, f in enumerate(found) if set(finding.cells) <= set(f.cells)), None)
        if at is None:
            found.append(finding)
        else:
            gravest = min(found[at].severity, finding.severity, key=lambda s: RANK[s])
            found[at] = replace(
                found[at],
                severity=gravest,
                effects=(*found[at].effects, finding.message),
                suspects=tuple(dict.fromkeys((*found[at].suspects, *finding.suspects))),
            )
    return found


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of other rules that say the very same of several cells, as one."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = finding.rule, finding.message
        first = found.get(key)
        if first is None:
            found[key] = finding
        else:
            cells = tuple(dict.fromkeys((*first.cells, *finding.cells)))
            places = ", ".join(str(c) for c in finding.cells if c not in first.cells)
            effects = (*first.effects, f"cũng ghi như vậy ở {places}") if places else first.effects
            figures = tuple(dict.fromkeys((*first.figures, *finding.figures)))
            suspects = tuple(dict.fromkeys((*first.suspects, *finding.suspects)))
            found[key] = replace(first, cells=cells, effects=effects, suspects=suspects, figures=figures)
    return list(found.values())


def _about_documents(data: Dataset, params: Params, rules: Rules) -> Iterator[Finding]:
    found = mentions(data.records, (params.unit.issuer, params.unit.issuer_full))
    yield from date_findings(found, params.parsed_period, params.document.date)
    yield from symbol_findings(found)
    yield from order_findings(found, rules.register_scope.topics)


def _linked(identities: Iterable[Identity]) -> set[frozenset[Cell]]:
    """Pairs of cells that some identity binds: their being equal is no accident."""
    return {frozenset((a, b)) for i in identities if len(i.cells) <= 12 for a in i.cells for b in i.cells if a != b}
