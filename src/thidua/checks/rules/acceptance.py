"""Findings that the officer accepted in params: they stay, with who accepted them and why, as long as values do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from thidua.checks.causes.repair import Web
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.resting import Held, Resting
from thidua.checks.rule import FollowingRule
from thidua.language.text import nearest
from thidua.settings.params import Acceptance

# So many letters of an id may be mistyped for it to be told which one was meant.
_SLIPS = 2
_COPY = "hãy chép lại dòng của phát hiện nếu vẫn chấp nhận"


class StaleAcceptance(FollowingRule):
    """Marks the findings that were accepted; an acceptance that no finding and no values fit any more is a finding.

    Every finding learns the values that it rests on: an acceptance holds for these alone.
    """

    id = "chap-nhan-cu"
    holds = "Mục chấp nhận trong tham số phải ứng với một phát hiện, và với đúng các số lúc chấp nhận"
    severities = ("note",)

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings with their values and acceptances, then one for each acceptance that does not hold."""
        resting = Resting(given)
        held = {f.id: resting.of(f) for f in findings}
        found = {f.id: f for f in findings}
        accepted: dict[str, Acceptance] = {}
        lapsed: list[Finding] = []
        for id, given_for in _by_id(given.params.accepted).items():
            if id not in found:
                lapsed.append(self._stale(given_for[-1], found))
                continue
            holding = [a for a in given_for if a.values == _values(held[id])]
            if not holding:
                lapsed.append(self._lapsed(given_for[-1], found[id], held[id]))
                continue
            accepted[id] = holding[-1]
            if len(given_for) > 1:
                lapsed.append(self._repeated(given_for, accepted[id], found[id]))
        return [*(_marked(f, _values(held[f.id]), accepted.get(f.id)) for f in findings), *lapsed]

    def _stale(self, acceptance: Acceptance, ids: Iterable[str]) -> Finding:
        # Ids of one rule differ in what the rule is of alone: another finding's id is no slip of the finger.
        near = nearest(acceptance.id, ids, 1 - _SLIPS / len(acceptance.id))
        hint = f"; nếu gõ nhầm mã thì gần nhất là «{near}»" if near else ""
        message = f"{_said(acceptance)} không còn ứng với phát hiện nào, nên bỏ khỏi tham số accepted{hint}"
        return self.finding(message, (), (acceptance.id,))

    def _repeated(self, given_for: Sequence[Acceptance], holding: Acceptance, finding: Finding) -> Finding:
        others = next((a for a in given_for if a is not holding and _by_whom(a) != _by_whom(holding)), None)
        besides = f"; dòng khác ghi {others.who}: {others.why}" if others else ""
        message = (
            f"{_said(holding)} có {len(given_for)} dòng trong tham số accepted{besides}; "
            "báo cáo lấy dòng cuối đúng với các số hiện nay, nên bỏ các dòng kia"
        )
        return self.finding(message, finding.cells, (holding.id,))

    def _lapsed(self, acceptance: Acceptance, finding: Finding, held: Mapping[str, Held]) -> Finding:
        if acceptance.values:
            why = f"hết hiệu lực vì số đã đổi: {'; '.join(_changes(acceptance.values, held))}"
        else:
            why = "chưa có hiệu lực vì chưa ghi các số lúc chấp nhận (values)"
        return self.finding(f"{_said(acceptance)} {why}; {_COPY}", finding.cells, (acceptance.id,))


def _by_id(acceptances: Iterable[Acceptance]) -> dict[str, list[Acceptance]]:
    found: dict[str, list[Acceptance]] = {}
    for acceptance in acceptances:
        found.setdefault(acceptance.id, []).append(acceptance)
    return found


def _by_whom(acceptance: Acceptance) -> tuple[str, str]:
    return acceptance.who, acceptance.why


def _said(acceptance: Acceptance) -> str:
    return f"Mục chấp nhận «{acceptance.id}» ({acceptance.who}: {acceptance.why})"


def _changes(before: Mapping[str, str], held: Mapping[str, Held]) -> Iterator[str]:
    """What is not as it was: values that changed, those that the finding now rests on too, those that it no longer
    does."""
    for name, now in held.items():
        if name not in before:
            yield f"thêm {now.called} ({now.value})"
        elif before[name] != now.value:
            yield f"{now.called} từ {before[name]} thành {now.value}"
    for name, value in before.items():
        if name not in held:
            yield f"không còn «{name}» ({value})"


def _values(held: Mapping[str, Held]) -> dict[str, str]:
    return {name: one.value for name, one in held.items()}


def _marked(finding: Finding, values: Mapping[str, str], acceptance: Acceptance | None) -> Finding:
    finding = replace(finding, values=values)
    if acceptance is None:
        return finding
    return replace(finding, accepted=True, accepted_by=acceptance.who, accepted_why=acceptance.why)
