"""From judged identities to findings: one finding for each cause, with all its effects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from thidua.checks.causes.candidates import Candidates
from thidua.checks.causes.likely import Cause, Causes
from thidua.checks.causes.repair import Web
from thidua.checks.finding import RANK, Finding, Severity
from thidua.checks.identities.identity import Identity
from thidua.checks.identities.identity_sentences import sentence
from thidua.dataset import Dataset
from thidua.figures import Cell

_FAR = Decimal(10)


def grouped(web: Web, data: Dataset) -> list[Finding]:
    """Findings of all identities that do not hold as submitted, deduplicated by cause."""
    causes = Causes(web, data)
    findings = []
    rest = list(web.broken)
    candidates = Candidates(web, rest)
    while (repair := candidates.best()) is not None:
        lead, *others = sorted(repair.mended, key=_telling)
        changed = tuple(repair.changes)
        findings.append(_finding(web, lead, others, Cause(causes.of_repair(repair), changed, changed)))
        candidates.drop(repair.mended)
        mended = {id(i) for i in repair.mended}
        rest = [i for i in rest if id(i) not in mended]
    for lead, *others in _twins(rest):
        findings.append(_finding(web, lead, others, causes.of_one(lead)))
    inexact = [i for i in web.sound if i.printed and i.verdict() in ("truncated", "rounding")]
    for lead, *others in _twins(inexact):
        findings.append(_finding(web, lead, others, Cause(), "note"))
    return findings


def _telling(identity: Identity) -> tuple[int, bool, tuple[Cell, ...]]:
    """The identity to state first: the gravest, one that fixes a value before one that bounds it."""
    return RANK[identity.severity], not identity.ties, identity.cells


def _twins(identities: Iterable[Identity]) -> list[list[Identity]]:
    """Identities with the very same numbers are one statement made in several places."""
    same: dict[tuple[object, ...], list[Identity]] = defaultdict(list)
    for identity in identities:
        values = tuple(f.value for f in identity.leaves)
        same[identity.kind, identity.relation, identity.left.unit, values].append(identity)
    return list(same.values())


def _finding(
    web: Web,
    lead: Identity,
    others: list[Identity],
    cause: Cause,
    severity: Severity | None = None,
) -> Finding:
    said = sentence(lead, web.grid)
    every = [lead, *others]
    grave = min((i.severity for i in every), key=lambda s: RANK[s])
    cells = dict.fromkeys(c for i in every for c in i.cells)
    return Finding(
        rule=lead.rule,
        severity=severity or grave,
        message=said.message,
        printed=said.printed,
        recomputed=said.recomputed,
        cells=tuple(dict.fromkeys((*cells, *cause.cells))),
        codes=lead.codes,
        cause=cause.text,
        effects=tuple(sentence(i, web.grid).message for i in others),
        suspects=cause.suspects,
        figures=tuple(dict.fromkeys(f for i in every for f in (*i.figures, *(leaf.id for leaf in i.leaves)))),
        weight=min(max(i.distance for i in every), _FAR),
    )
