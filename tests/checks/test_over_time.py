"""A period beside its past: what carries over, what moves as it may, and what cannot have come about by itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from checks.periods import Row, earlier, findings, indicator, named, only, small, small_root
from thidua.checks.finding import Finding
from thidua.checks.rules.over_time import unusual
from thidua.figures.unit_sizes import factor_between
from thidua.inputs import Inputs
from workbooks import inputs


def beside(folder: Path, now: Row | list[Row], **periods: Row | list[Row]) -> Inputs:
    """A period of these rows, with earlier ones by id, «y2030_Q2»."""
    rows = now if isinstance(now, list) else [now]
    root = small_root(folder, indicators=rows)
    for name, then in periods.items():
        earlier(root, name[1:].replace("_", "-"), *(then if isinstance(then, list) else [then]))
    return inputs(root)


def told(given: Inputs) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in findings(given)]


def cells(finding: Finding) -> list[str]:
    return [str(c) for c in finding.cells]


@pytest.mark.parametrize(
    ("last", "unit", "agrees"),
    [
        (18, "ha", True),
        (180_000, "m2", True),
        (180_000, "m²", True),
        (19, "ha", False),
        (18, "m2", False),
        (18, "con", True),  # measures something else: told as another unit, not compared
    ],
)
def test_last_year_s_value_is_compared_in_whatever_size_of_unit(
    tmp_path: Path, last: Any, unit: str, agrees: bool
) -> None:
    given = beside(tmp_path, indicator("a", last, unit, last=last), y2030_Q2=indicator("a", 18, "ha"))
    assert (("so-cung-ky", "warning") not in told(given)) is agrees


def test_last_year_s_value_may_mean_the_period_alone_or_the_year_so_far(tmp_path: Path) -> None:
    then = indicator("a", 18, cumulative=40)
    for number, last in enumerate((18, 40, 41)):
        given = beside(tmp_path / str(number), indicator("a", 20, last=last), y2030_Q2=then)
        assert told(given) == ([("so-cung-ky", "warning")] if last == 41 else [])


def test_a_percentage_of_last_year_is_held_against_last_year_s_report_where_its_value_is_not_said(
    tmp_path: Path,
) -> None:
    sound = beside(tmp_path / "a", indicator("a", 90, printed_to_last="90,0"), y2030_Q2=indicator("a", 100))
    assert told(sound) == []
    finding = only(beside(tmp_path / "b", indicator("a", 90, printed_change="10,0"), y2030_Q2=indicator("a", 100)))
    assert finding.rule == "so-cung-ky"
    assert "2030-Q2/kinh-te.xlsx › Chỉ tiêu › D2" in cells(finding)


def test_a_stock_opens_with_what_the_period_that_ended_before_closed_with(tmp_path: Path) -> None:
    rows = [indicator("dau", 66, "hồ sơ", opens="cuoi"), indicator("cuoi", 71, "hồ sơ")]
    then = [indicator("cuoi", 69, "hồ sơ")]
    finding = only(beside(tmp_path, rows, y2031_Q1=then))
    assert finding.rule == "so-dau-ky"
    assert "66 hồ sơ" in finding.message and "69 hồ sơ" in finding.message
    assert len(cells(finding)) == 2


def test_a_plan_stays_through_the_year_unless_the_note_says_why_not(tmp_path: Path) -> None:
    now = indicator("a", 20, plan=80)
    finding = only(beside(tmp_path / "a", now, y2031_Q1=indicator("a", 9, plan=90)))
    assert finding.rule == "ke-hoach-doi"
    noted = {**now, "note": "Kế hoạch được điều chỉnh giảm"}
    assert told(beside(tmp_path / "b", noted, y2031_Q1=indicator("a", 9, plan=90))) == []
    assert told(beside(tmp_path / "c", now, y2030_Q2=indicator("a", 19, plan=90))) == []


def test_a_department_that_plans_by_the_period_is_not_asked_about_each_plan(tmp_path: Path) -> None:
    now = [indicator(f"a{n}", 20 + n, "tấn", plan=30 + n) for n in range(6)]
    then = [indicator(f"a{n}", 9 + n, "tấn", plan=15 + n) for n in range(6)]
    assert told(beside(tmp_path, now, y2031_Q1=then)) == []


@pytest.mark.parametrize(
    ("row", "then"),
    [
        (indicator("a", 838_900, "triệu đồng"), indicator("a", 802, "triệu đồng")),
        (indicator("a", "0,8389", "ha"), indicator("a", 802, "ha")),
        (indicator("a", 838_900, "triệu đồng", plan=1000), None),
        (indicator("a", "2,1", "triệu đồng", plan=2000), None),
        (indicator("a", "838,9", "tỷ đồng"), indicator("a", 802, "triệu đồng")),
    ],
)
def test_a_value_a_thousand_times_off_is_an_error_that_names_both_cells(
    tmp_path: Path, row: Row, then: Row | None
) -> None:
    given = beside(tmp_path, row, **({"y2030_Q2": then} if then else {}))
    errors = [f for f in findings(given) if f.severity == "error"]
    assert {f.rule for f in errors} <= {"gap-nghin-lan", "doi-don-vi-tinh"}
    assert len(errors) == 1 and len(errors[0].cells) >= 2


def test_a_plan_of_many_that_was_begun_with_one_is_none(tmp_path: Path) -> None:
    assert told(beside(tmp_path, indicator("a", 1, "hộ", plan=1200))) == []


def test_a_unit_that_changed_is_an_error_where_the_number_did_not_follow_it(tmp_path: Path) -> None:
    then = indicator("a", "802,5", "ha")
    finding = only(beside(tmp_path / "a", indicator("a", "838,9", "m2"), y2030_Q2=then))
    assert (finding.rule, finding.severity) == ("doi-don-vi-tinh", "error")
    assert cells(finding)[0].endswith("C2")
    assert told(beside(tmp_path / "b", indicator("a", 8_389_000, "m2"), y2030_Q2=then)) == []
    assert told(beside(tmp_path / "c", indicator("a", 12, "hộ"), y2030_Q2=then)) == [("doi-don-vi-tinh", "warning")]
    unsaid = [indicator("a", unit="m2"), indicator("b", 3)]
    assert told(beside(tmp_path / "d", unsaid, y2030_Q2=[then])) == []


def test_an_indicator_s_own_history_tells_how_far_it_may_move() -> None:
    steady, wild = [Decimal(v) for v in (100, 104, 99, 102)], [Decimal(v) for v in (100, 900, 80, 700)]
    assert "suy từ các năm trước" in unusual(Decimal(170), steady, "ha")
    assert unusual(Decimal(120), steady, "ha") == ""
    assert unusual(Decimal(2000), wild, "ha") == ""
    assert unusual(Decimal(400), [Decimal(100)], "ha") != ""
    assert unusual(Decimal(170), [Decimal(100)], "ha") == ""


def test_one_odd_year_neither_widens_the_bound_nor_makes_a_usual_value_odd() -> None:
    odd = [Decimal(v) for v in (1000, 101, 99, 102, 98, 100)]
    assert unusual(Decimal(100), odd, "ha") == ""
    assert unusual(Decimal(5000), odd, "ha") != ""


def test_percentages_move_by_points_and_small_counts_by_chance() -> None:
    assert unusual(Decimal(95), [Decimal(60)], "%") != ""
    assert unusual(Decimal(80), [Decimal(60)], "%") == ""
    assert unusual(Decimal(12), [Decimal(2)], "vụ") == ""
    assert unusual(Decimal(1200), [Decimal(200)], "vụ") != ""


def test_growth_is_told_with_the_cells_of_both_periods(tmp_path: Path) -> None:
    finding = only(beside(tmp_path, indicator("a", 900, "ha"), y2030_Q2=indicator("a", 90, "ha")))
    assert finding.rule == "tang-giam-bat-thuong"
    assert cells(finding) == ["kinh-te.xlsx › Chỉ tiêu › D2", "2030-Q2/kinh-te.xlsx › Chỉ tiêu › D2"]


def test_every_comparable_period_that_is_kept_is_read_and_archived(tmp_path: Path) -> None:
    row = indicator("a", 90, "ha")
    kept = {f"y{period.replace('-', '_')}": row for period in ("2030-Q2", "2029-Q2", "2031-Q1", "2030-Q4", "2030-Q3")}
    given = beside(tmp_path, indicator("a", 91, "ha"), **kept)
    assert sorted(p.period.id for p in given.past.values()) == ["2029-Q2", "2030-Q2", "2031-Q1"]
    assert {name.partition("/")[0] for name in given.further_workbooks} == {"2029-Q2", "2030-Q2", "2031-Q1"}


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("ha", "m2", 10_000),
        ("m²", "ha", Decimal("0.0001")),
        ("tỷ đồng", "triệu đồng", 1000),
        ("nghìn lượt người", "lượt người", 1000),
        ("1.000 con", "con", 1000),
        ("Triệu đồng", "triệu  đồng", 1),
        ("tạ/ha", "tấn/ha", None),
        ("ha", "con", None),
    ],
)
def test_units_of_one_kind_are_known_in_all_sizes(one: str, other: str, factor: Any) -> None:
    assert factor_between(one, other) == factor


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hội nghị ngày 31/4/2031", "31/4/2031"),
        ("Ra quân tháng 13/2031", "tháng 13/2031"),
        ("Triển khai trong năm 20311", "năm 20311"),
        ("Thực hiện giai đoạn 2031 - 2025", "2031 - 2025"),
        ("Khánh thành trong năm 2301", "năm 2301"),
        ("Khánh thành trong năm 2041", "năm 2041"),
        ("Tổ chức ngày 15/9/2031", "15/9/2031"),
        ("Tổ chức trong năm 2032", "năm 2032"),
    ],
)
def test_a_year_or_day_that_cannot_be_is_told_with_its_text(tmp_path: Path, text: str, said: str) -> None:
    finding = only(small(tmp_path, events=[{"topic": "hop", "content": text}]))
    assert finding.rule == "nam-khong-the"
    assert said in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Công bố quy hoạch thời kỳ 2021 - 2030, tầm nhìn đến năm 2050",
        "Đại hội nhiệm kỳ 2031-2036",
        "Kỷ niệm 200 năm thành lập tỉnh (năm 1831)",
        "Xây dựng kế hoạch năm 2032",
        "Hội nghị ngày 30/4/2031 tại thôn 12/8",
        "Mốc 1193 - 1119, Quyết định số 2992/QĐ-UBND, 2.031 hộ",
        "Đề án đến năm 2045",
    ],
)
def test_years_that_may_be_named_are_silent(tmp_path: Path, text: str) -> None:
    assert findings(small(tmp_path, events=[{"topic": "hop", "content": text}])) == []


def test_a_document_dated_before_there_were_any_is_an_error(tmp_path: Path) -> None:
    given = small(tmp_path, documents=[named("12/KH-UBND", "8/4/1931")])
    assert [(f.rule, f.severity) for f in findings(given) if f.rule == "nam-khong-the"] == [("nam-khong-the", "error")]
