"""What a title goes on with: worked out from the figures, and not said where they do not bear it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from charts.drawn import rows, shown, shows_nothing
from checks.periods import earlier, indicator, small_root
from tables.shown import indicators, report, table
from thidua.charts.history import history_chart
from thidua.charts.kinds import change_chart, compare_chart, composition_chart, progress_chart
from thidua.charts.points import of_progress
from thidua.report import open_report
from thidua.tables.cross_table import cross_table
from thidua.tables.section_tables import progress_table, records_table
from workbooks import PERIOD

PARTS = ["Trước hạn", "Đúng hạn", "Chậm hạn", "Đang giải quyết"]


def point(folder: Path, *values: tuple[float, float], **more: Any) -> str:
    """What is said of rows called «lúa 1», «lúa 2» with these actual numbers and plans."""
    given = [{"name": f"lúa {n}", "actual": a, "plan": p, **more} for n, (a, p) in enumerate(values, 1)]
    return of_progress(rows(folder, *given))


def test_three_numbers_are_no_chart(tmp_path: Path) -> None:
    three = rows(tmp_path, *({"actual": 9 + n, "plan": 10, "last": 8} for n in range(3)))
    assert shows_nothing(progress_chart, three)
    assert shows_nothing(change_chart, three)
    assert shows_nothing(compare_chart, three, measures=["done"])
    assert shows_nothing(composition_chart, {"Cấp xã": three}, parts=PARTS[:3])


def test_who_reached_the_plan_is_counted_and_the_least_is_named(tmp_path: Path) -> None:
    told = point(tmp_path, (50, 100), (120, 100), (20.5, 100))
    assert told == "01/03 chỉ tiêu đạt kế hoạch, thấp nhất là lúa 3 (20,50%)"


def test_where_all_reached_the_plan_or_none_did_no_count_is_needed(tmp_path: Path) -> None:
    assert point(tmp_path / "all", (100, 100), (120, 100)) == "cả 02 chỉ tiêu đạt kế hoạch"
    assert point(tmp_path / "none", (50, 100), (99.9, 100)) == "đạt từ 50,00% đến 99,90% kế hoạch"


def test_two_that_are_the_least_are_not_named(tmp_path: Path) -> None:
    assert point(tmp_path, (50, 100), (50, 100), (120, 100)) == "01/03 chỉ tiêu đạt kế hoạch"


def test_one_row_and_rates_have_no_point(tmp_path: Path) -> None:
    assert point(tmp_path / "one", (50, 100)) == ""
    assert point(tmp_path / "rates", (5, 4), (3, 4), (2, 4), unit="%") == ""


def test_what_is_withheld_is_counted_apart(tmp_path: Path) -> None:
    # What stands printed agrees with no plan near 100: a digit of one is wrong.
    doubtful = {"actual": 838.9, "plan": 801.2, "printed_to_plan": 104.59}
    found = rows(tmp_path, doubtful, {"actual": 90, "plan": 100}, {"actual": 110, "plan": 100})
    assert found[0].to_plan.withheld
    assert of_progress(found) == "01/02 chỉ tiêu đạt kế hoạch, còn 01 chỉ tiêu chưa so sánh được"


def test_growth_is_counted_by_its_direction(tmp_path: Path) -> None:
    given = rows(tmp_path, *({"actual": value, "last": 100} for value in (110, 75, 90, 100)))
    told = "01 chỉ tiêu tăng, 02 chỉ tiêu giảm, 01 chỉ tiêu không thay đổi so với cùng kỳ"
    assert shown(change_chart, given).caption == f"Tiến độ: {told}"


def test_a_composition_says_what_most_of_it_is(tmp_path: Path) -> None:
    counts = rows(tmp_path, *({"unit": "hồ sơ", "actual": v} for v in (75, 25, 2, 1, 5, 60, 2, 1)))
    both = {"Cấp xã": counts[:4], "Cấp thôn": counts[4:]}
    assert shown(composition_chart, {"Cấp xã": counts[:4]}, parts=PARTS).caption == "Tiến độ: chủ yếu là trước hạn"
    told = "cấp xã chủ yếu là trước hạn, cấp thôn chủ yếu là đúng hạn"
    assert shown(composition_chart, both, parts=PARTS).caption == f"Tiến độ: {told}"
    assert shown(composition_chart, {"Cấp xã": [counts[0]] * 4}, parts=PARTS).caption == "Tiến độ"


def test_a_history_says_what_became_of_the_same_period_of_last_year(tmp_path: Path) -> None:
    root = small_root(tmp_path, indicators=[indicator("lua", 120, "ha"), indicator("ngo", 80, "ha")])
    for year, rice in ((2029, 150), (2030, 100)):
        earlier(root, f"{year}-Q2", indicator("lua", rice, "ha"), indicator("ngo", 90, "ha"))
    given = open_report(PERIOD, root)
    caption = shown(history_chart, given, list(given.indicators)).caption
    assert caption == "Tiến độ: 01 chỉ tiêu tăng, 01 chỉ tiêu giảm so với quý II năm 2030"


def test_of_several_rows_the_largest_is_named_with_all_its_numbers(tmp_path: Path) -> None:
    counts = {"đánh bạc": (3, 15), "trộm cắp": (9, 4), "lừa đảo": (1, 1)}
    given = [
        {"code": f"c{n}_{code}", "name": f"{unit} {name}", "unit": unit, "actual": value}
        for n, (name, numbers) in enumerate(counts.items())
        for value, unit, code in zip(numbers, ("vụ", "đối tượng"), ("vu", "doi_tuong"), strict=True)
    ]
    shown_table = table(cross_table, indicators(tmp_path, *given).indicators, title="Vi phạm", key="v")
    assert shown_table.block.title == "Vi phạm: nhiều nhất là trộm cắp (09 vụ, 04 đối tượng)"


def test_a_list_says_how_many_it_has_and_how_many_each_group_has(tmp_path: Path) -> None:
    people = [{"name": f"Bà {n}", "field": field} for n, field in zip("ABC", ("Y tế", "Y tế", "Văn hóa"), strict=True)]
    found = report(tmp_path, ("Điển hình tiên tiến", people)).role_models
    columns = {"name": "Gương điển hình"}
    plain = table(records_table, found, columns, title="Các gương", key="g")
    grouped = table(records_table, found, columns, group="field", title="Các gương", key="g")
    assert [t.block.title for t in (plain, grouped)] == ["Các gương: tổng số 03", "Các gương: Y tế (02); Văn hóa (01)"]


def test_a_column_has_one_number_of_decimals(tmp_path: Path) -> None:
    found = rows(tmp_path, {"actual": 1024, "plan": 1000, "printed_to_plan": 102.4}, {"actual": 1, "plan": 3})
    shown_table = table(progress_table, found, title="Lúa", key="lua")
    assert [row[3] for row in shown_table.rows] == ["102,40", "33,33"]
