"""One cause, one finding: what is told of how a number went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checks.periods import findings, indicator, only, rules_of, small


def test_one_wrong_value_that_spoils_several_percentages_is_one_finding_with_effects(tmp_path: Path) -> None:
    row = indicator("thu", 582, plan=500, plan_upper=400, last=250, printed_to_plan="105,6", printed_to_upper="132")
    finding = only(small(tmp_path, indicators=[{**row, "printed_to_last": "211,2"}]))
    assert len(finding.effects) == 2
    assert "528" in finding.cause
    assert "hai chữ số bị đảo" in finding.cause


def test_one_wrong_plan_that_spoils_a_percentage_and_a_sum_is_one_finding(tmp_path: Path) -> None:
    rows = [
        indicator("tong", 90, plan=150, printed_to_plan=60),
        indicator("mot", 40, plan=100, parent="tong", relation="gồm", printed_to_plan=40),
        indicator("hai", 50, plan=5, parent="tong", relation="gồm", printed_to_plan=100),
    ]
    finding = only(small(tmp_path, indicators=rows))
    assert "gõ thiếu chữ số 0" in finding.cause
    assert len(finding.effects) == 1


def test_a_plan_copied_from_the_row_above_is_told(tmp_path: Path) -> None:
    rows = [
        indicator("kham", 23300, "lượt", plan=43880, printed_to_plan="53,1"),
        indicator("noi_tru", 2800, "lượt", plan=43880, printed_to_plan="33,9"),
    ]
    finding = only(small(tmp_path, indicators=rows))
    assert "chép từ dòng trên «Chỉ tiêu kham»" in finding.cause
    assert "8.2" in finding.cause


def test_a_percentage_copied_from_the_row_above_is_told(tmp_path: Path) -> None:
    rows = [
        indicator("kham", 23300, "lượt", plan=43880, printed_to_plan="53,1"),
        indicator("noi_tru", 2800, "lượt", plan=8260, printed_to_plan="53,1"),
    ]
    assert "cột % so kế hoạch chép từ dòng trên" in _about(tmp_path, rows)


def test_a_slipped_decimal_mark_is_told(tmp_path: Path) -> None:
    rows = [indicator("lua", "19,191", "ha", plan="199,52", printed_to_plan="96,19")]
    assert "dấu thập phân bị trượt" in _about(tmp_path, rows)


def test_exchanged_columns_are_told(tmp_path: Path) -> None:
    rows = [indicator("lua", 200, "ha", plan=150, printed_to_plan=75)]
    assert "đổi chỗ cho nhau" in _about(tmp_path, rows)


def test_a_percentage_of_the_period_s_value_instead_of_the_cumulative_one_is_told(tmp_path: Path) -> None:
    rows = [indicator("rau", "22,5", "ha", cumulative="48,5", plan=90, printed_to_plan=25)]
    cause = _about(tmp_path, rows)
    assert "tử số" in cause
    assert "Trong kỳ" in cause


def test_the_other_plan_taken_as_the_base_is_told(tmp_path: Path) -> None:
    rows = [indicator("thu", 60, "ha", plan=90, plan_upper=80, printed_to_plan=75)]
    cause = _about(tmp_path, rows)
    assert "mẫu số" in cause
    assert "Kế hoạch cấp trên giao" in cause


def test_the_mean_of_percentages_instead_of_the_percentage_of_sums_is_told(tmp_path: Path) -> None:
    rows = [
        *(indicator("a", 90, "hồ sơ"), indicator("b", 100, "hồ sơ")),
        *(indicator("c", 500, "hồ sơ"), indicator("d", 1000, "hồ sơ")),
        indicator("ty_le_1", 90, "%", formula="a / b"),
        indicator("ty_le_2", 50, "%", formula="c / d"),
        indicator("ty_le_chung", 70, "%", formula="(a + c) / (b + d)"),
    ]
    assert "trung bình cộng của 90% và 50%" in _about(tmp_path, rows)


def test_a_part_left_out_of_a_sum_is_told(tmp_path: Path) -> None:
    rows = [indicator("tong", 326, "quyết định")]
    parts = [226, 80, 20]
    rows += [indicator(f"p{n}", p, "quyết định", parent="tong", relation="gồm") for n, p in enumerate(parts)]
    rows[0]["actual"] = 306
    assert "bỏ sót" in _about(tmp_path, rows)


def test_two_numbers_exchanged_between_places_are_one_finding(tmp_path: Path) -> None:
    rows = [indicator("co", 8), indicator("bang", 16), indicator("co_phu_luc", 16), indicator("bang_phu_luc", 8)]
    given = small(tmp_path, indicators=rows, rules=rules_of("co = co_phu_luc", "bang = bang_phu_luc"))
    finding = only(given)
    assert "đổi chỗ cho nhau" in finding.cause
    assert len(finding.effects) == 1


def test_the_same_statement_made_in_two_places_is_one_finding(tmp_path: Path) -> None:
    rows = [indicator("a", 55567, plan=117638, printed_to_plan="47,4"), indicator("b", 55567, plan=117638)]
    rows[1]["printed_to_plan"] = "47,4"
    finding = only(small(tmp_path, indicators=rows, rules=rules_of("a = b", "a.plan = b.plan")))
    assert len(finding.effects) == 1


def test_no_cause_is_made_up_where_nothing_tells(tmp_path: Path) -> None:
    assert _about(tmp_path, [indicator("dua", "35,1", "ha", plan="61,2", printed_to_plan="96,3")]) == ""


def test_a_cause_never_proposes_what_a_cell_cannot_hold(tmp_path: Path) -> None:
    rows = [
        indicator("thon", 104, "thôn"),
        indicator("ty_le_a", "65,8", "%", formula="thon / tong_a"),
        indicator("ty_le_b", "65,8", "%", formula="thon / tong_b"),
        *(indicator("tong_a", 15, "thôn"), indicator("tong_b", 15, "thôn")),
        *(indicator("thu", -2000, "triệu đồng"), indicator("chi", 1000, "triệu đồng")),
        indicator("chenh", "3.000", "triệu đồng", formula="thu - chi - chi"),
    ]
    causes = " ".join(f.cause for f in findings(small(tmp_path, indicators=rows)))
    assert "9,87" not in causes
    assert "là -" not in causes


def test_two_broken_rules_are_not_tied_by_a_value_of_another_magnitude(tmp_path: Path) -> None:
    rows = [indicator("a", 7, "hộ"), indicator("b", 903, "hộ"), indicator("c", 903, "hộ")]
    given = small(tmp_path, indicators=rows, rules=rules_of("a = b", "a = c"))
    assert all("903" not in f.cause for f in findings(given))


def _about(folder: Path, rows: list[dict[str, Any]]) -> str:
    found = [f for f in findings(small(folder, indicators=rows)) if f.severity == "error"]
    assert len(found) == 1, [f.message for f in found]
    return found[0].cause
