"""Charts over time show as many earlier periods as are kept, and nothing where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from charts.drawn import Drawn, shown, shows_nothing
from checks.periods import Row, earlier, indicator, small_root
from thidua.charts.history import history_chart
from thidua.charts.theme import THEME
from thidua.report import Report, open_report
from workbooks import PERIOD

pytestmark = pytest.mark.usefixtures("few_bars")


def report(folder: Path, *rows: Row, **periods: list[Row]) -> Report:
    """A report of these rows, with earlier periods by id, «y2030_Q2»."""
    root = small_root(folder, indicators=list(rows))
    for name, then in periods.items():
        earlier(root, name[1:].replace("_", "-"), *then)
    return open_report(PERIOD, root)


def drawn(given: Report) -> Drawn:
    return shown(history_chart, given, list(given.indicators))


ROWS = (indicator("lua", 120, "ha"), indicator("ngo", 80, "ha"))


def test_without_an_earlier_period_there_is_no_chart(tmp_path: Path) -> None:
    given = report(tmp_path, *ROWS)
    assert shows_nothing(history_chart, given, list(given.indicators))


def test_an_earlier_period_without_the_indicators_gives_no_chart(tmp_path: Path) -> None:
    given = report(tmp_path, *ROWS, y2030_Q2=[indicator("san", 5, "ha"), indicator("lua", 5, "tấn")])
    assert shows_nothing(history_chart, given, list(given.indicators))


def test_the_same_period_of_every_year_kept_is_drawn_the_oldest_first(tmp_path: Path) -> None:
    then = {f"y{year}_Q2": [indicator("lua", year - 1930, "ha")] for year in (2028, 2030, 2029)}
    chart = drawn(report(tmp_path, *ROWS, **then))
    years = "năm 2028 là 98, năm 2029 là 99, năm 2030 là 100, năm 2031 là 120"
    assert "Lúa" not in chart.alt and f"Chỉ tiêu lua: {years}" in chart.alt
    assert chart.printed == ["2028-Q2/lua.actual", "2029-Q2/lua.actual", "2030-Q2/lua.actual", "lua.actual"]
    assert chart.clipped == [] and chart.colliding == []


def test_the_period_before_stands_between_last_year_s_and_this_one(tmp_path: Path) -> None:
    chart = drawn(report(tmp_path, *ROWS, y2030_Q2=[indicator("lua", 99, "ha")], y2031_Q1=[indicator("lua", 7, "ha")]))
    assert "quý II năm 2030 là 99, quý I năm 2031 là 7, quý II năm 2031 là 120" in chart.alt


def test_what_was_reported_in_another_size_of_unit_is_converted(tmp_path: Path) -> None:
    chart = drawn(report(tmp_path, *ROWS, y2030_Q2=[indicator("lua", 1_000_000, "m2")]))
    assert "năm 2030 là 100" in chart.alt


def test_many_periods_of_many_rows_fit_a_page_and_the_note_says_what_is_left_out(tmp_path: Path) -> None:
    rows = [indicator(f"c{n}", 20 + n, "ha") for n in range(20)]
    chart = drawn(report(tmp_path, *rows, **{f"y{year}_Q2": rows for year in range(2025, 2031)}))
    assert float(chart.svg.get("height", 0)) <= THEME.page_height
    assert "Số liệu quý II của các năm; chỉ vẽ" in chart.note and "7 kỳ" in chart.note
