"""Findings that the officer accepted in params: they stay, with who accepted them and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from thidua.checks.finding import Finding
from thidua.params import Acceptance
from thidua.text import nearest


def with_acceptances(findings: Iterable[Finding], accepted: Iterable[Acceptance]) -> list[Finding]:
    """The findings, marked where accepted; an acceptance whose finding no longer occurs becomes a note."""
    found = list(findings)
    by_id = {a.id: a for a in accepted}
    marked = [
        replace(f, accepted=True, accepted_by=by_id[f.id].who, accepted_why=by_id[f.id].why) if f.id in by_id else f
        for f in found
    ]
    ids = {f.id for f in found}
    stale = [_stale(a, ids) for a in by_id.values() if a.id not in ids]
    return [*marked, *stale]


def _stale(acceptance: Acceptance, ids: Iterable[str]) -> Finding:
    near = nearest(acceptance.id, ids)
    hint = f"; nếu gõ nhầm mã thì gần nhất là «{near}»" if near else ""
    decided = f"«{acceptance.id}» ({acceptance.who}: {acceptance.why})"
    return Finding(
        rule="chap-nhan-cu",
        severity="note",
        message=f"Mục chấp nhận {decided} không còn ứng với phát hiện nào, nên bỏ khỏi tham số accepted{hint}",
        printed="",
        recomputed="",
        cells=(),
        codes=(acceptance.id,),
    )
