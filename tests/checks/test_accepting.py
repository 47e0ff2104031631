"""Accepted findings stay visible with who and why, for the values of then; acceptances that do not hold are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from checks.periods import findings, indicator, only, small
from thidua.checks.finding import Finding
from thidua.contracts import open_errors
from thidua.settings.acceptance_line import acceptance_line


def wrong(printed: int = 60, actual: int = 10) -> dict[str, Any]:
    return indicator("a", actual, plan=20, printed_to_plan=printed)


def accepting(finding: Finding, **more: Any) -> dict[str, Any]:
    """Params with the line that ``thidua check`` gives for a finding, its blanks filled."""
    (line,) = yaml.safe_load(acceptance_line(finding.id, finding.values))
    return {"accepted": [{**line, "who": "Trần Văn Mẫu", "why": "mẫu số là kế hoạch điều chỉnh", **more}]}


def test_an_accepted_finding_stays_with_who_and_why_and_is_no_error_any_more(tmp_path: Path) -> None:
    open_finding = only(small(tmp_path / "open", indicators=[wrong()]))
    given = small(tmp_path / "accepted", indicators=[wrong()], params=accepting(open_finding))
    finding = only(given)
    assert finding.accepted
    assert (finding.accepted_by, finding.accepted_why) == ("Trần Văn Mẫu", "mẫu số là kế hoạch điều chỉnh")
    assert not open_errors([finding])
    assert finding.as_dict()["accepted_why"] == "mẫu số là kế hoạch điều chỉnh"


def test_an_id_depends_neither_on_values_nor_on_rows(tmp_path: Path) -> None:
    first = only(small(tmp_path / "one", indicators=[wrong()]))
    moved = small(tmp_path / "two", indicators=[indicator("b", 1), wrong(70, 12)])
    assert only(moved).id == first.id


def test_an_acceptance_holds_when_rows_move_and_lapses_when_a_value_changes(tmp_path: Path) -> None:
    first = only(small(tmp_path / "one", indicators=[wrong()]))
    assert first.values == {"a.actual": "10", "a.plan": "20", "a.printed_to_plan": "60"}
    assert only(small(tmp_path / "two", indicators=[indicator("b", 1), wrong()], params=accepting(first))).accepted
    again, lapsed = findings(small(tmp_path / "three", indicators=[wrong(70, 12)], params=accepting(first)))
    assert (again.id, again.severity, again.accepted) == (first.id, "error", False)
    assert (lapsed.rule, lapsed.severity) == ("chap-nhan-cu", "note")
    assert "«Chỉ tiêu a», cột «Trong kỳ» từ 10 thành 12" in lapsed.message
    assert "từ 60 thành 70" in lapsed.message
    assert "Kế hoạch" not in lapsed.message


def test_an_acceptance_without_values_holds_for_nothing(tmp_path: Path) -> None:
    first = only(small(tmp_path / "one", indicators=[wrong()]))
    again, lapsed = findings(small(tmp_path / "two", indicators=[wrong()], params=accepting(first, values={})))
    assert not again.accepted
    assert "chưa ghi các số lúc chấp nhận" in lapsed.message


def test_a_long_text_is_held_by_its_beginning_and_a_digest(tmp_path: Path) -> None:
    text = "Kỷ niệm 80 năm Ngày Tổng tuyển cử đầu tiên bầu Quốc hội Việt Nam (06/01/1946), một số hoạt động: "
    rows = [{"topic": "van_hoa", "content": text + end} for end in ("mít tinh", "mít-tinh")]
    first, other = (only(small(tmp_path / f"{n}", events=[row])) for n, row in enumerate(rows))
    ((name, value),) = first.values.items()
    assert value.startswith("Kỷ niệm 80 năm Ngày Tổng tuyển cử")
    assert len(value) < 60
    assert other.values[name] != value


def test_an_acceptance_that_no_longer_fits_is_reported_as_stale(tmp_path: Path) -> None:
    old = only(small(tmp_path / "open", indicators=[wrong()]))
    finding = only(small(tmp_path / "mended", indicators=[wrong(50)], params=accepting(old)))
    assert (finding.rule, finding.severity) == ("chap-nhan-cu", "note")
    assert old.id in finding.message


def test_a_mistyped_acceptance_names_the_nearest_id(tmp_path: Path) -> None:
    right = only(small(tmp_path / "open", indicators=[wrong()]))
    given = small(tmp_path / "mistyped", indicators=[wrong()], params=accepting(right, id=right.id[:-1] + "x"))
    stale = next(f for f in findings(given) if f.rule == "chap-nhan-cu")
    assert right.id in stale.message


def test_another_finding_of_the_same_rule_is_not_taken_for_the_mistyped_one(tmp_path: Path) -> None:
    rows = [wrong(), indicator("b", 10, plan=30, printed_to_plan="33,4")]
    first, second = findings(small(tmp_path / "open", indicators=rows))
    given = small(tmp_path / "mended", indicators=[wrong(50), rows[1]], params=accepting(first))
    stale = next(f for f in findings(given) if f.rule == "chap-nhan-cu")
    assert first.rule == second.rule
    assert second.id not in stale.message


def test_a_new_line_below_a_lapsed_one_holds_and_the_old_one_is_told(tmp_path: Path) -> None:
    before, now = (only(small(tmp_path / name, indicators=[wrong(70, n)])) for name, n in (("before", 10), ("now", 12)))
    lines = [*accepting(before, why="cũ")["accepted"], *accepting(now)["accepted"]]
    for name, accepted in (("below", lines), ("above", lines[::-1])):
        told = findings(small(tmp_path / name, indicators=[wrong(70, 12)], params={"accepted": accepted}))
        repeated, held = sorted(told, key=lambda f: f.rule)
        assert held.accepted and held.accepted_why != "cũ"
        assert repeated.rule == "chap-nhan-cu"
        assert "có 2 dòng" in repeated.message and "dòng khác ghi Trần Văn Mẫu: cũ" in repeated.message


def test_accepted_findings_come_last(tmp_path: Path) -> None:
    rows = [wrong(), indicator("b", 10, plan=30, printed_to_plan="33,4")]
    first, second = findings(small(tmp_path / "open", indicators=rows))
    ordered = findings(small(tmp_path / "accepted", indicators=rows, params=accepting(first)))
    assert [f.id for f in ordered] == [second.id, first.id]
