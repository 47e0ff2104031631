"""Accepted findings stay visible with who and why; stale acceptances are reported; ids do not move with values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checks.periods import findings, indicator, only, small
from thidua.checks.engine import has_errors


def wrong(printed: int = 60, actual: int = 10) -> dict[str, Any]:
    return indicator("a", actual, plan=20, printed_to_plan=printed)


def accepting(id: str) -> dict[str, Any]:
    return {"accepted": [{"id": id, "who": "Trần Văn Mẫu", "why": "mẫu số là kế hoạch điều chỉnh"}]}


def test_an_accepted_finding_stays_with_who_and_why_and_is_no_error_any_more(tmp_path: Path) -> None:
    open_finding = only(small(tmp_path / "open", indicators=[wrong()]))
    given = small(tmp_path / "accepted", indicators=[wrong()], params=accepting(open_finding.id))
    finding = only(given)
    assert finding.accepted
    assert (finding.accepted_by, finding.accepted_why) == ("Trần Văn Mẫu", "mẫu số là kế hoạch điều chỉnh")
    assert not has_errors([finding])
    assert finding.as_dict()["accepted_why"] == "mẫu số là kế hoạch điều chỉnh"


def test_an_id_depends_neither_on_values_nor_on_rows(tmp_path: Path) -> None:
    first = only(small(tmp_path / "one", indicators=[wrong()]))
    moved = small(tmp_path / "two", indicators=[indicator("b", 1), wrong(70, 12)])
    assert only(moved).id == first.id


def test_an_acceptance_that_no_longer_fits_is_reported_as_stale(tmp_path: Path) -> None:
    old = only(small(tmp_path / "open", indicators=[wrong()])).id
    finding = only(small(tmp_path / "mended", indicators=[wrong(50)], params=accepting(old)))
    assert (finding.rule, finding.severity) == ("chap-nhan-cu", "note")
    assert old in finding.message


def test_a_mistyped_acceptance_names_the_nearest_id(tmp_path: Path) -> None:
    right = only(small(tmp_path / "open", indicators=[wrong()])).id
    given = small(tmp_path / "mistyped", indicators=[wrong()], params=accepting(right[:-1] + "x"))
    stale = next(f for f in findings(given) if f.rule == "chap-nhan-cu")
    assert right in stale.message


def test_accepted_findings_come_last(tmp_path: Path) -> None:
    rows = [wrong(), indicator("b", 10, plan=30, printed_to_plan="33,4")]
    first, second = findings(small(tmp_path / "open", indicators=rows))
    ordered = findings(small(tmp_path / "accepted", indicators=rows, params=accepting(first.id)))
    assert [f.id for f in ordered] == [second.id, first.id]
