"""Periods as people write them are read as the time that they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.checks.rules.other_periods import other_periods
from thidua.settings.named_periods import named_periods
from thidua.settings.period import Period

PARTS = ["H1", "H2", "FY", "Q1", "Q2", "Q3", "Q4", "9M", *(f"M{m:02d}" for m in range(1, 13))]
PERIODS = st.builds(Period, st.integers(1950, 2150), st.sampled_from(PARTS))


@given(PERIODS, st.sampled_from([str, str.upper, str.lower]))
def test_a_period_is_known_by_its_own_name_and_id(period: Period, style: object) -> None:
    for text in (period.name, period.id):
        (named,) = named_periods(f"Báo cáo {style(text)} của đơn vị")  # type: ignore[operator]
        assert named.is_period(period)


@given(PERIODS)
def test_a_title_made_of_the_period_s_own_names_is_right(period: Period) -> None:
    title = f"{period.summing_up} phong trào {period.name}; phương hướng, nhiệm vụ {period.next.name}"
    assert other_periods([title], period) == []


@given(PERIODS, PERIODS)
def test_another_period_s_title_is_never_taken_for_this_one_s(one: Period, other: Period) -> None:
    title = f"Sơ kết phong trào {other.name}; phương hướng, nhiệm vụ {other.next.name}"
    right = one == other or (other.part == "FY" and other.year == one.year and other.next == one.next)
    whole_years_of_it = {other.part, other.next.part} == {"FY"} and one.year == other.year
    assert bool(other_periods([title], one)) != (right or (whole_years_of_it and one.end == other.end))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *(("6 tháng năm 2031", "2031-H1"), ("06 THÁNG ĐẦU NĂM 2031", "2031-H1"), ("sáu tháng đầu năm 2031", "2031-H1")),
        *(("Kỳ 6T/2031", "2031-H1"), ("nửa cuối năm 2031", "2031-H2"), ("6 tháng cuối năm", "2031-H2")),
        *(("QUÝ 3/2031", "2031-Q3"), ("quý một năm 2031", "2031-Q1"), ("3 tháng cuối năm 2031", "2031-Q4")),
        *(("THÁNG 6/2031", "2031-M06"), ("tháng Giêng năm 2031", "2031-M01"), ("9 tháng năm 2031", "2031-9M")),
        *(("từ tháng 1 đến tháng 6 năm 2031", "2031-H1"), ("từ ngày 15/12/2030 đến ngày 14/6/2031", "2031-H1")),
        *(("SỐ LIỆU 2031", "2031-FY"), ("từ 15/12 đến 14/6/2031", "2031-H1")),
    ],
)
def test_every_way_of_writing_a_period_is_read(text: str, period: str) -> None:
    (named,) = named_periods(text)
    assert named.is_period(Period.parse(period))


@pytest.mark.parametrize(
    "text",
    [
        *("ngày 15 tháng 6 năm 2031", "ngày 30/6/2031", "giai đoạn 2026 - 2030", "năm học 2030-2031", "quý khách"),
        *("Nghị quyết số 27/2029/NQ-HĐND ngày 09/12/2029", "2992/QĐ-UBND", "1.2031 ha", "Cách mạng tháng Tám"),
    ],
)
def test_dates_numbers_and_ranges_of_years_name_no_period(text: str) -> None:
    assert named_periods(text) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Báo cáo 6 tháng cuối năm 2031, so với cùng kỳ năm 2030",
        "Báo cáo 6 tháng cuối năm 2031 so với 6 tháng cuối năm 2030",
        "Thi hành Luật Thi đua, khen thưởng năm 2022 trong 6 tháng cuối năm 2031",
        "Thực hiện Kế hoạch năm 2031; phương hướng 6 tháng đầu năm 2032",
        "Đề án giai đoạn 2026 - 2030, tầm nhìn đến năm 2045: kết quả 6 tháng cuối năm 2031",
        "Phương hướng, nhiệm vụ quý I năm 2032",
        "Kết quả phong trào thi đua",
    ],
)
def test_what_may_stand_beside_a_period_raises_no_alarm(title: str) -> None:
    assert other_periods([title], Period(2031, "H2")) == []


@pytest.mark.parametrize(
    "title",
    [
        *("Sơ kết 6 tháng đầu năm 2031", "Sơ kết 6 tháng cuối năm 2030", "Tổng kết năm 2030", "Báo cáo quý III/2031"),
        *("Sơ kết 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2031", "Kết quả năm 2032", "BÁO CÁO THÁNG 6"),
    ],
)
def test_another_period_or_year_is_told(title: str) -> None:
    assert other_periods([title], Period(2031, "H2"))
