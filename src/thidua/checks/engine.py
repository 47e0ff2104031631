"""All checks of a period: the registered and the declared rules, their findings grouped by cause and ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from thidua.checks.causes.repair import Web
from thidua.checks.declared.declarations import Rules
from thidua.checks.declared.declared_rule import DeclaredRule, Idle
from thidua.checks.finding import RANK, Finding
from thidua.checks.given import Given
from thidua.checks.grouping import grouped
from thidua.checks.identities.identity import Identity
from thidua.checks.past import Past
from thidua.checks.printed import judgement, told
from thidua.checks.rule import IdentityRule
from thidua.checks.rulebook import FINDERS, FOLLOWERS, IDENTITIES, VALUES
from thidua.checks.rules_file import common_rules
from thidua.dataset import Dataset, judged
from thidua.figures import Cell
from thidua.settings.params import Params, unit_of
from thidua.stated_row import Judgement

NO_PAST: Mapping[str, Past] = {}


@dataclass(frozen=True)
class Checked:
    """What the checks of a period gave: findings in order, declared lines that had no data, identities judged.

    ``judgement`` is what the findings, in that order, put in doubt: of several about a cell the first says why.
    ``printed`` is the period's data as the report prints them: without what the findings put in doubt.
    """

    findings: list[Finding]
    idle: list[Idle]
    identities: list[Identity]
    judgement: Judgement
    printed: Dataset

    @property
    def own_idle(self) -> list[Idle]:
        """The idle lines of the unit's own rules: a common rule about what the unit has not is nothing to tell."""
        common = {rule.id for rule in common_rules().rules}
        return [idle for idle in self.idle if idle.rule not in common]

    def as_dict(self) -> dict[str, Any]:
        """What ``thidua check --json`` prints: findings, and the unit's own rules for which the period has no data."""
        idle = [{"rule": i.rule, "missing": list(i.missing)} for i in self.own_idle]
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
    given = Given(data, params, rules, past, tuple(headings))
    declared = [DeclaredRule(declaration) for declaration in rules.rules]
    found = [i for i in _judged(IDENTITIES, given) if _is_of_the_whole(i.cells, given) and _is_even(i, given)]
    found += [i for i in _judged(declared, given) if not _of_the_past(i, given)[1] or _is_even(i, given)]
    apart = list(_of_submissions(given))
    broken = {(i.rule, i.codes[1:]) for i in apart if i.verdict() != "holds"}
    # Where the tables of some do not agree with themselves, neither does what all come to: theirs is the fault.
    found = [i for i in found if (i.rule, i.codes) not in broken or not _is_put_together(i, given)]
    identities = [*found, *apart]
    web = Web(identities, given.grid)
    values = [f for rule in VALUES for f in rule.find(given) if _is_of_the_whole(f.cells, given)]
    findings = _absorbed(grouped(web, data), [*values, *_values_of_submissions(given)])
    findings += [f for rule in FINDERS for f in rule.find(given)]
    for rule in FOLLOWERS:
        findings = _once(rule.follow(given, web, findings))
    idle = [line for rule in declared for line in rule.idle(given)]
    findings = ranked([_of_many(f, given) for f in findings])
    doubts = judgement(findings, identities)
    printed = judged(data, doubts)
    return Checked(told(findings, printed), idle, identities, doubts, printed)


def _judged(rules: Iterable[IdentityRule], given: Given) -> Iterator[Identity]:
    """What must hold by some rules, as far as all its numbers are there."""
    return (i for rule in rules for i in rule.identities(given) if i.verdict() != "unknown")


def _is_of_the_whole(cells: Iterable[Cell], given: Given) -> bool:
    """Whether this is not about one unit below alone: that is judged with all else that the unit states."""
    if not given.params.unit_names:
        return True
    units = {given.unit(cell.file) for cell in cells}
    return len(units) != 1 or units == {""}


def _of_many(finding: Finding, given: Given) -> Finding:
    """The finding; one that is only noted puts no number of a unit below in doubt: a sum of many would not be printed.

    Of a hundred units some always state a number that happens to be their neighbour's.
    """
    noted = finding.severity == "note" and any(given.unit(cell.file) for cell in finding.suspects)
    return replace(finding, suspects=()) if noted else finding


def _is_put_together(identity: Identity, given: Given) -> bool:
    """Whether several units or sub-units state what it compares."""
    return len({given.unit(cell.file) or cell.file for cell in identity.cells}) > 1


def _is_even(identity: Identity, given: Given) -> bool:
    """Whether the same sub-units state all that it compares: a sum without one's part fits no sum that has it."""
    if not given.params.unit_names and not given.submissions:
        return True
    stating: dict[tuple[str, str], set[str]] = {}
    for cell in identity.cells:
        who = given.unit(cell.file) or (cell.file if cell.file in given.submissions else "")
        if who and cell in given.grid:
            place = given.grid[cell]
            stating.setdefault((place.record.text("code"), place.column.key), set()).add(who)
    then, parted = _of_the_past(identity, given)
    if not parted or not given.data.asked.names:
        return len({frozenset(those) for those in stating.values()}) <= 1
    # Of what departments stated for the whole, only the whole of the units is the same.
    now = [frozenset(those) for those in stating.values()] or [frozenset(given.data.asked.names)]
    return len({*now, *(then or [frozenset(given.data.asked.names)])}) <= 1


def _of_the_past(identity: Identity, given: Given) -> tuple[set[frozenset[str]], bool]:
    """Which units below state the numbers of earlier periods that it compares, and whether it compares any."""
    stating: dict[str, set[str]] = {}
    parted = False
    for figure in identity.leaves:
        if figure.cell is not None and figure.cell not in given.grid:
            for past in given.past.values():
                if figure.cell.file.startswith(f"{past.period.id}/"):
                    parted = True
                    if who := unit_of(figure.cell.file, past.data.asked.names):
                        column = f"{past.period.id}/{figure.id.rpartition('/')[2]}"
                        stating.setdefault(column, set()).update(past.names([who]))
                    break
    return {frozenset(those) for those in stating.values()}, parted


def _of_submissions(given: Given) -> Iterator[Identity]:
    """What must hold within the table of each sub-unit that submitted for itself."""
    for file, own in given.submissions.items():
        who = given.params.submitter(file)
        for identity in _judged(IDENTITIES, own):
            said = f"{identity.statement} ({who})" if who else identity.statement
            yield replace(identity, codes=(file, *identity.codes), statement=said, figures=())


def _values_of_submissions(given: Given) -> Iterator[Finding]:
    for file, own in given.submissions.items():
        who = given.params.submitter(file) or file
        for finding in (f for rule in VALUES for f in rule.find(own)):
            yield replace(finding, codes=(file, *finding.codes), message=f"{who}: {finding.message}", figures=())


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Open before accepted, the gravest first, then those with more effects, then those further off."""
    return sorted(
        findings,
        key=lambda f: (f.accepted, RANK[f.severity], -len(f.effects), -f.weight, f.cells, f.rule, f.message),
    )


def _absorbed(findings: list[Finding], further: Iterable[Finding]) -> list[Finding]:
    """Add findings about single values; where another finding names the cell, as a further effect of that one."""
    found = list(findings)
    naming: dict[Cell, list[int]] = defaultdict(list)
    for n, finding in enumerate(found):
        for cell in finding.cells:
            naming[cell].append(n)
    for finding in further:
        named = naming[finding.cells[0]] if finding.cells else range(len(found))
        at = next((n for n in named if set(finding.cells) <= set(found[n].cells)), None)
        if at is None:
            for cell in finding.cells:
                naming[cell].append(len(found))
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
