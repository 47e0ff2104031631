"""Reporting periods: their days, their names, and what comes before and after."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.settings.period import Period

PARTS = ["H1", "H2", "FY", "Q1", "Q2", "Q3", "Q4", "9M", *(f"M{m:02d}" for m in range(1, 13))]
PERIODS = st.builds(Period, st.integers(1950, 2150), st.sampled_from(PARTS))


@given(PERIODS)
def test_an_id_reads_back_as_the_same_period(period: Period) -> None:
    assert Period.parse(period.id) == period


@given(PERIODS)
def test_a_period_begins_and_ends_within_its_year(period: Period) -> None:
    assert period.start.year == period.end.year == period.year
    assert period.start.day == 1
    assert (period.end + dt.timedelta(days=1)).day == 1
    assert period.start < period.end


@given(PERIODS)
def test_the_next_period_begins_after_this_one(period: Period) -> None:
    assert period.next.start > period.start
    assert period.next.end > period.end


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("2031-H1", "6 tháng đầu năm 2031"),
        ("2031-H2", "6 tháng cuối năm 2031"),
        ("2031-FY", "năm 2031"),
        ("2031-Q1", "quý I năm 2031"),
        ("2031-Q4", "quý IV năm 2031"),
        ("2031-9M", "9 tháng đầu năm 2031"),
        ("2031-M06", "tháng 6 năm 2031"),
    ],
)
def test_a_period_is_named_as_reports_name_it(id: str, name: str) -> None:
    assert Period.parse(id).name == name


@pytest.mark.parametrize(
    "text", ["2031", "2031-H3", "2031-M13", "2031-M1", "31-H1", "2031-h1", "0000-H1", "٢٠٣١-H1", "2031-H1\n../"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="không đúng dạng"):
        Period.parse(text)
