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
        for acceptance in given.params.accepted:
            if acceptance.id not in found:
                lapsed.append(self._stale(acceptance, found))
            elif acceptance.values == _values(held[acceptance.id]):
                accepted[acceptance.id] = acceptance
            else:
                lapsed.append(self._lapsed(acceptance, found[acceptance.id], held[acceptance.id]))
        return [*(_marked(f, _values(held[f.id]), accepted.get(f.id)) for f in findings), *lapsed]

    def _stale(self, acceptance: Acceptance, ids: Iterable[str]) -> Finding:
        near = nearest(acceptance.id, ids)
        hint = f"; nếu gõ nhầm mã thì gần nhất là «{near}»" if near else ""
        message = f"{_said(acceptance)} không còn ứng với phát hiện nào, nên bỏ khỏi tham số accepted{hint}"
        return self.finding(message, (), (acceptance.id,))

    def _lapsed(self, acceptance: Acceptance, finding: Finding, held: Mapping[str, Held]) -> Finding:
        if acceptance.values:
            why = f"hết hiệu lực vì số đã đổi: {'; '.join(_changes(acceptance.values, held))}"
        else:
            why = "chưa có hiệu lực vì chưa ghi các số lúc chấp nhận (values)"
        return self.finding(f"{_said(acceptance)} {why}; {_COPY}", finding.cells, (acceptance.id,))


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
