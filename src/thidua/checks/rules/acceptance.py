"""Findings that the officer accepted in params: they stay, with who accepted them and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from thidua.checks.causes.repair import Web
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FollowingRule
from thidua.language.text import nearest
from thidua.settings.params import Acceptance


class StaleAcceptance(FollowingRule):
    """Marks the findings that were accepted; an acceptance whose finding no longer occurs is a finding itself."""

    id = "chap-nhan-cu"
    holds = "Mục chấp nhận trong tham số phải ứng với một phát hiện"
    severities = ("note",)

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings with acceptances on those that params name, then one for each acceptance without its finding."""
        by_id = {a.id: a for a in given.params.accepted}
        ids = {f.id for f in findings}
        stale = [self._stale(a, ids) for a in by_id.values() if a.id not in ids]
        return [*(_marked(f, by_id[f.id]) if f.id in by_id else f for f in findings), *stale]

    def _stale(self, acceptance: Acceptance, ids: Iterable[str]) -> Finding:
        near = nearest(acceptance.id, ids)
        hint = f"; nếu gõ nhầm mã thì gần nhất là «{near}»" if near else ""
        decided = f"«{acceptance.id}» ({acceptance.who}: {acceptance.why})"
        message = f"Mục chấp nhận {decided} không còn ứng với phát hiện nào, nên bỏ khỏi tham số accepted{hint}"
        return self.finding(message, (), (acceptance.id,))


def _marked(finding: Finding, acceptance: Acceptance) -> Finding:
    return replace(finding, accepted=True, accepted_by=acceptance.who, accepted_why=acceptance.why)
