"""Computed rows, parts of a total, cumulative values, values that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checks.periods import findings, indicator, only, small

Rows = list[dict[str, Any]]


def split(total: Any, *parts: Any, unit: str = "hồ sơ", relation: str = "gồm") -> Rows:
    rows = [indicator("tong", total, unit)]
    return rows + [indicator(f"phan_{n}", p, unit, parent="tong", relation=relation) for n, p in enumerate(parts)]


def test_parts_that_add_up_are_silent(tmp_path: Path) -> None:
    assert findings(small(tmp_path, indicators=split(483, 226, 80, 156, 21))) == []


def test_parts_that_add_up_to_more_are_an_error_with_the_difference(tmp_path: Path) -> None:
    finding = only(small(tmp_path, indicators=split(10994, 2190, 8943)))
    assert (finding.rule, finding.severity) == ("tong-cac-phan", "error")
    assert "2.190 + 8.943" in finding.message
    assert "lệch 139 hồ sơ" in finding.message


def test_parts_that_add_up_to_less_say_what_is_unaccounted_for(tmp_path: Path) -> None:
    finding = only(small(tmp_path, indicators=split(12, 9, 1, unit="nhiệm vụ")))
    assert "còn 2 nhiệm vụ không rõ" in finding.message


def test_amounts_rounded_one_by_one_may_miss_their_total_by_rounding(tmp_path: Path) -> None:
    assert findings(small(tmp_path, indicators=split(10, "3,3", "3,3", "3,3", unit="ha"))) == []


def test_counted_things_may_not_miss_their_total_at_all(tmp_path: Path) -> None:
    assert only(small(tmp_path, indicators=split(10, 3, 3, 3, unit="người"))).severity == "error"


def test_parts_of_a_plan_add_up_too(tmp_path: Path) -> None:
    rows = split(10, 4, 6)
    for row, plan in zip(rows, (30, 10, 25), strict=True):
        row["plan"] = plan
    assert "kế hoạch" in only(small(tmp_path, indicators=rows)).message


def test_an_among_them_part_may_be_less_but_not_more_than_the_whole(tmp_path: Path) -> None:
    assert findings(small(tmp_path / "less", indicators=split(10, 3, relation="trong đó"))) == []
    finding = only(small(tmp_path / "more", indicators=split(10, 13, relation="trong đó")))
    assert (finding.rule, finding.severity) == ("phan-vuot-tong", "error")


def test_a_missing_part_leaves_the_sum_open_and_is_asked_for(tmp_path: Path) -> None:
    finding = only(small(tmp_path, indicators=split(10, 3, None)))
    assert finding.rule == "thieu-phan"
    assert "còn thiếu 7 hồ sơ" in finding.message


def test_a_computed_row_is_compared_with_its_formula(tmp_path: Path) -> None:
    money = [indicator("de_nghi", 68194, "triệu đồng"), indicator("duyet", 67998, "triệu đồng")]
    saved = indicator("tiet_kiem", 206, "triệu đồng", formula="de_nghi - duyet")
    finding = only(small(tmp_path, indicators=[*money, saved]))
    assert (finding.rule, finding.printed, finding.recomputed) == ("cach-tinh", "206 triệu đồng", "196 triệu đồng")


def test_the_period_s_value_cannot_exceed_the_cumulative_one(tmp_path: Path) -> None:
    assert only(small(tmp_path, indicators=[indicator("rau", 60, "ha", cumulative=50)])).rule == "luy-ke"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (indicator("a", -5), "so-am"),
        (indicator("a", "3,5"), "so-dem-le"),
        ({**indicator("a", 104, "%"), "name": "Tỷ lệ hộ có nước sạch"}, "ty-le-qua-100"),
        (indicator("a", 5, "ha", printed_to_plan=965), "ty-le-bat-thuong"),
        (indicator("a", 5, "ha", printed_change=-120), "so-am"),
        (indicator("a", printed_to_plan="65,3", unit="%"), "thieu-so-thuc-hien"),
    ],
)
def test_a_value_that_cannot_be_is_found_by_itself(tmp_path: Path, row: dict[str, Any], rule: str) -> None:
    assert only(small(tmp_path, indicators=[row])).rule == rule


@pytest.mark.parametrize(
    "row",
    [
        {**indicator("a", 104, "%"), "name": "Tỷ lệ thực hiện so với kế hoạch"},
        indicator("a", "3,5", "ha"),
        indicator("a", 5, "ha", printed_change=-12),
        indicator("a", 0),
        indicator("a", 5, "ha", printed_to_plan=0),
    ],
)
def test_a_value_that_may_be_is_silent(tmp_path: Path, row: dict[str, Any]) -> None:
    assert findings(small(tmp_path, indicators=[row])) == []


def test_a_note_that_gives_a_range_holds_one_end_of_it(tmp_path: Path) -> None:
    row = indicator("gia", 50, "%", note="Giá tăng từ 5 đến 10% so với cùng kỳ")
    assert only(small(tmp_path / "wrong", indicators=[row])).rule == "khoang-ghi-chu"
    assert findings(small(tmp_path / "right", indicators=[{**row, "actual": 5}])) == []
    other = indicator("gia", 50, "người", note="Giai đoạn 2031-2035; giá tăng từ 5 đến 10%")
    assert findings(small(tmp_path / "other", indicators=[other])) == []


def test_equal_values_in_neighbouring_rows_are_worth_a_note(tmp_path: Path) -> None:
    rows = [indicator("dau", "25,9", "ha"), indicator("gung", "25,9", "ha"), indicator("ot", "48,0", "ha")]
    finding = only(small(tmp_path, indicators=rows))
    assert (finding.rule, finding.severity) == ("trung-gia-tri", "note")
    assert "chép từ dòng trên" in finding.cause
