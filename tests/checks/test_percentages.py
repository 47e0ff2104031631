"""Printed percentages: agreement, cutting off, rounding, and what they imply where their base is not given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checks.periods import findings, indicator, only, small


def shares(folder: Path, *rows: dict[str, Any]) -> Any:
    return small(folder, indicators=list(rows))


@pytest.mark.parametrize("printed", ["96,19", "96,2", "96", "96,187"])
def test_a_percentage_rounded_to_its_own_decimals_is_right(tmp_path: Path, printed: str) -> None:
    row = indicator("lua", 1919.1, "ha", plan=1995.18, printed_to_plan=printed)
    assert findings(shares(tmp_path, row)) == []


def test_a_percentage_cut_off_instead_of_rounded_is_a_note(tmp_path: Path) -> None:
    finding = only(shares(tmp_path, indicator("lua", 1919.1, "ha", plan=1995.18, printed_to_plan="96,18")))
    assert (finding.severity, finding.printed, finding.recomputed) == ("note", "96,18%", "96,19%")
    assert "cắt bớt" in finding.message


def test_a_percentage_rounded_twice_is_a_note(tmp_path: Path) -> None:
    # 54,6449 becomes 54,645 and then 54,65.
    finding = only(shares(tmp_path, indicator("ngo", 546449, plan=1000000, printed_to_plan="54,65")))
    assert finding.severity == "note"


def test_a_percentage_of_rounded_amounts_that_rounding_explains_is_no_error(tmp_path: Path) -> None:
    # 2,7 and 3,1 ha stand for anything up to 2,75 and 3,05: 88,1 % may be right.
    finding = only(shares(tmp_path, indicator("sen", "2,7", "ha", plan="3,1", printed_to_plan="88,1")))
    assert finding.severity == "note"
    assert "phạm vi làm tròn" in finding.message


def test_a_percentage_that_its_own_numbers_contradict_is_an_error_that_shows_the_working(tmp_path: Path) -> None:
    finding = only(shares(tmp_path, indicator("dua", "35,1", "ha", plan="61,2", printed_to_plan="96,3")))
    assert finding.severity == "error"
    assert finding.recomputed == "57,4%"
    assert "35,1 ÷ 61,2" in finding.message
    assert [c.address for c in finding.cells] == ["F2", "D2", "E2"]
    assert "dua.to_plan" in finding.figures


def test_the_cumulative_value_counts_where_there_is_one(tmp_path: Path) -> None:
    row = indicator("rau", 20, "ha", cumulative=50, plan=100, printed_to_plan=50)
    assert findings(shares(tmp_path, row)) == []


def test_growth_and_percentage_of_last_year_are_both_checked(tmp_path: Path) -> None:
    row = indicator("thu", 110, last=100, printed_to_last=111, printed_change=11)
    finding = only(shares(tmp_path, row))
    assert finding.severity == "error"
    assert len(finding.effects) == 1


def test_growth_that_contradicts_the_percentage_of_last_year_needs_no_base_to_be_found(tmp_path: Path) -> None:
    finding = only(
        shares(tmp_path, indicator("chi", 50000, "triệu đồng", printed_to_last="98,2", printed_change="1,8"))
    )
    assert finding.rule == "ty-le"


def test_a_zero_or_missing_base_is_not_reported(tmp_path: Path) -> None:
    rows = indicator("a", 5, plan=0, printed_to_plan=50), indicator("b", 5, plan=10), indicator("c", plan=10)
    assert [f.rule for f in findings(shares(tmp_path, *rows))] == ["khong-co-thuc-hien"]


def test_a_percentage_that_no_whole_plan_gives_is_a_warning(tmp_path: Path) -> None:
    # 19 of 25 is 76 %, of 26 it is 73,08 %: nothing lies between.
    finding = only(shares(tmp_path, indicator("lop", 19, "lớp", printed_to_plan="74,55")))
    assert (finding.rule, finding.severity) == ("mau-so-ngam", "warning")


@pytest.mark.parametrize("printed", ["76", "76,0", "73,08", "73,07"])
def test_a_percentage_that_some_whole_plan_gives_is_silent(tmp_path: Path, printed: str) -> None:
    assert findings(shares(tmp_path, indicator("lop", 19, "lớp", printed_to_plan=printed))) == []


def test_plans_that_percentages_imply_add_up_to_the_total_s(tmp_path: Path) -> None:
    total = indicator("thu", 258000, "triệu đồng", printed_to_plan="51,98")
    own = indicator("noi_dia", 60000, "triệu đồng", parent="thu", relation="gồm", printed_to_plan="66,42")
    toll = indicator("phi", 198000, "triệu đồng", parent="thu", relation="gồm", printed_to_plan="48,77")
    assert findings(shares(tmp_path / "right", total, own, toll)) == []
    finding = only(shares(tmp_path / "wrong", total, own, {**toll, "printed_to_plan": "84,77"}))
    assert (finding.rule, finding.severity) == ("mau-so-ngam", "warning")
