"""What each chart shows and says."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from charts.drawn import rows, shown, shows_nothing
from tables.shown import page
from thidua.charts.kinds import change_chart, compare_chart, composition_chart, progress_chart
from thidua.charts.theme import THEME
from thidua.errors import ChartError
from thidua.figures import Indicator
from thidua.report import open_report

pytestmark = pytest.mark.usefixtures("few_bars")

PARTS = ["Trước hạn", "Đúng hạn", "Chậm hạn"]
# A chart needs a second bar.
OTHER = {"name": "ngô", "actual": 5, "plan": 10, "last": 10, "plan_upper": 10}


def test_each_row_has_its_name_and_its_percentage_as_the_report_prints_it(tmp_path: Path) -> None:
    chart = shown(progress_chart, rows(tmp_path, {"name": "lúa xuân", "actual": 1919.1, "plan": 1995.18}, OTHER))
    assert sorted(chart.texts) == ["50,00%", "96,19%", "Kế hoạch = 100%", "Lúa xuân", "Ngô"]


def test_rows_stand_in_the_order_given(tmp_path: Path) -> None:
    given = rows(tmp_path, *({"name": n, "actual": v, "plan": 10} for n, v in (("ngô", 9), ("lúa", 20), ("dưa", 1))))
    names = [t for t in shown(progress_chart, given).texts if t in ("Ngô", "Lúa", "Dưa")]
    assert names == ["Ngô", "Lúa", "Dưa"]


def test_rows_without_a_value_are_dropped_and_named_in_the_description(tmp_path: Path) -> None:
    given = rows(
        tmp_path, {"name": "lúa", "actual": 9, "plan": 10}, OTHER, {"name": "gừng", "plan": 10}, {"name": "sắn"}
    )
    chart = shown(progress_chart, given)
    assert "Gừng" not in chart.texts
    assert chart.alt.endswith("Chưa có số liệu: Gừng, Sắn.")


def test_an_indicator_that_no_workbook_names_is_left_out_silently(tmp_path: Path) -> None:
    given = rows(tmp_path, {"name": "lúa", "actual": 9, "plan": 10}, OTHER)
    assert "khong_co" not in shown(progress_chart, [*given, _unknown(tmp_path)]).alt


def test_nothing_is_shown_where_no_row_has_a_value(tmp_path: Path) -> None:
    empty = rows(tmp_path, {"name": "lúa"}, {"name": "ngô"})
    for word in (progress_chart, change_chart, compare_chart):
        assert shows_nothing(word, empty)
    assert shows_nothing(composition_chart, {"Cấp xã": empty}, parts=["Lúa", "Ngô"])
    assert shows_nothing(progress_chart, [])


def test_bars_of_nought_are_no_chart(tmp_path: Path) -> None:
    nought = rows(tmp_path, *({"actual": 0, "plan": 10} for _ in range(2)))
    assert shows_nothing(progress_chart, nought)
    assert shows_nothing(compare_chart, nought, measures=["done"])


def test_parts_are_called_by_what_their_names_do_not_share(tmp_path: Path) -> None:
    given = rows(tmp_path, {"name": "Đơn đã giải quyết", "actual": 3}, {"name": "Đơn chuyển kỳ sau", "actual": 1})
    chart = shown(composition_chart, {"Đơn": given})
    assert chart.texts == ["Đã giải quyết 3 ha", "Chuyển kỳ sau 1 ha", "Đơn"]


def test_what_goes_beyond_the_plan_is_drawn_beyond_its_line_in_another_colour_and_bold(tmp_path: Path) -> None:
    given = rows(tmp_path, {"name": "lúa", "actual": 90, "plan": 100}, {"name": "ngô", "actual": 120, "plan": 100})
    chart = shown(progress_chart, given)
    (short, full), (over,) = chart.bars(THEME.done), chart.bars(THEME.over)
    assert short[1] < full[1] < over[1]
    assert full[1] == pytest.approx(over[0])
    assert {t.content for t in chart.boxes if t.bold} == {"120,00%"}


def test_progress_can_be_measured_by_the_superior_levels_plan_or_last_year(tmp_path: Path) -> None:
    given = rows(tmp_path, {"actual": 50, "plan": 100, "plan_upper": 80, "last": 40}, OTHER)
    assert "62,50%" in shown(progress_chart, given, against="plan_upper").texts
    last = shown(progress_chart, given, against="last")
    assert {"125,00%", "Cùng kỳ năm trước = 100%"} <= set(last.texts)
    with pytest.raises(ChartError, match="plan, plan_upper, last"):
        progress_chart(given, title="Tiến độ", key="tien_do", against="nam_truoc")


def test_an_outlier_is_cut_off_with_an_arrow_and_leaves_the_others_comparable(tmp_path: Path) -> None:
    given = rows(tmp_path, *({"actual": value, "plan": 100} for value in (96, 98, 2500)))
    chart = shown(progress_chart, given)
    assert "2.500,00%" in chart.texts
    first, second, _ = chart.bars(THEME.done)
    assert first[1] - first[0] > THEME.width / 3
    assert second[1] > first[1]


def test_growth_goes_right_and_a_fall_goes_left_in_the_words_of_the_prose(tmp_path: Path) -> None:
    given = rows(tmp_path, {"actual": 110, "last": 100}, {"actual": 75, "last": 100}, {"actual": 100, "last": 100})
    chart = shown(change_chart, given)
    assert {"tăng 10,00%", "giảm 25,00%", "không đổi"} <= set(chart.texts)
    (fall,) = chart.bars(THEME.fall)
    assert fall[1] == pytest.approx(chart.bars(THEME.rise)[0][0])
    assert "Tăng 01 mục; giảm 01 mục" in chart.alt


def test_a_comparison_names_each_bar_and_leaves_out_what_nobody_submitted(tmp_path: Path) -> None:
    given = rows(tmp_path, {"name": "thu", "unit": "triệu đồng", "actual": 1234567.5, "last": 998000})
    chart = shown(compare_chart, given)
    assert {"Thực hiện: 1.234.567,5", "Cùng kỳ năm trước: 998.000,0", "Đơn vị tính: triệu đồng"} <= set(chart.texts)
    assert not any("Kế hoạch" in t for t in chart.texts)


def test_bars_of_one_measure_carry_their_numbers_alone(tmp_path: Path) -> None:
    given = rows(tmp_path, {"name": "tỷ lệ", "unit": "%", "actual": 87}, {"name": "mức", "unit": "%", "actual": 9})
    assert sorted(shown(compare_chart, given).texts) == ["87%", "9%", "Mức", "Tỷ lệ", "Đơn vị tính: %"]


def test_of_different_units_the_one_that_most_rows_have_is_compared(tmp_path: Path) -> None:
    units = ({"name": name, "unit": unit, "actual": 1} for name, unit in (("xa", "tấn"), ("lúa", "ha"), ("ngô", "ha")))
    texts = shown(compare_chart, rows(tmp_path, *units)).texts
    assert {"Lúa", "Ngô", "Đơn vị tính: ha"} <= set(texts) and "Xa" not in texts


def test_a_chart_of_amounts_says_how_exact_they_are(tmp_path: Path) -> None:
    given = rows(tmp_path, {"unit": "con", "actual": 5386, "quality": "khoảng", "plan": 6000})
    assert "khoảng 5.386" in " ".join(shown(compare_chart, given).texts)
    assert "Trước hạn khoảng 5.386 con" in shown(composition_chart, {"Đàn trâu": given * 2}, parts=PARTS[:2]).texts


def test_a_composition_prints_the_submitted_parts_and_makes_up_no_share_and_no_total(tmp_path: Path) -> None:
    given = rows(tmp_path, *({"unit": "hồ sơ", "actual": value} for value in (75, 25, 0)))
    chart = shown(composition_chart, {"Cấp xã": given}, parts=PARTS)
    assert chart.texts == ["Trước hạn 75 hồ sơ", "Đúng hạn 25 hồ sơ", "Cấp xã"]
    assert not any("%" in t or "100" in t for t in (*chart.texts, chart.alt))


def test_a_row_with_a_missing_part_says_what_is_missing(tmp_path: Path) -> None:
    given = rows(tmp_path, {"actual": 75}, {"actual": 25}, {})
    chart = shown(composition_chart, {"Cấp xã": given}, parts=PARTS)
    assert "Cấp xã (chưa có số liệu: Chậm hạn)" in chart.texts
    assert "Cấp xã (chưa có số liệu: Chậm hạn)" in chart.alt


def test_a_tiny_part_is_still_to_be_seen(tmp_path: Path) -> None:
    given = rows(tmp_path, *({"unit": "hồ sơ", "actual": value} for value in (98765, 3)))
    chart = shown(composition_chart, {"Cấp xã": given}, parts=PARTS[:2])
    assert all(right - left >= 3 for colour in THEME.parts[:2] for left, right in chart.bars(colour))


def test_rows_with_more_parts_than_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ChartError, match="có 1 phần"):
        composition_chart({"Cấp xã": rows(tmp_path, {"actual": 1})}, parts=PARTS, title="Hồ sơ", key="ho_so")


def test_the_description_tells_number_of_rows_extremes_and_every_value(tmp_path: Path) -> None:
    given = rows(
        tmp_path, *({"name": n, "actual": v, "plan": 100} for n, v in (("lúa", 90), ("ngô", 120), ("dưa", 57)))
    )
    assert shown(progress_chart, given, title="Tiến độ gieo trồng").alt == (
        "Biểu đồ gồm 03 mục: tiến độ gieo trồng. Cao nhất: Ngô (120,00%); thấp nhất: Dưa (57,00%). "
        "Đạt từ 100% trở lên: 01 mục. Cụ thể: Lúa 90,00%; Ngô 120,00%; Dưa 57,00%."
    )


def test_a_description_that_is_given_replaces_the_made_one(tmp_path: Path) -> None:
    chart = shown(progress_chart, rows(tmp_path, {"actual": 9, "plan": 10}, OTHER), alt="Một mô tả & lời dẫn")
    assert chart.alt == chart.spec["description"] == "Một mô tả & lời dẫn"


def test_the_figures_that_a_chart_prints_are_recorded_with_their_origin(tmp_path: Path) -> None:
    given = rows(tmp_path, {"actual": 9, "plan": 10, "last": 12}, OTHER)
    assert shown(progress_chart, given).printed[:3] == ["c0.to_plan", "c0.actual", "c0.plan"]
    assert shown(change_chart, given).printed[:3] == ["abs(c0.growth)", "c0.actual", "c0.last"]


def test_markup_in_a_name_stays_text(tmp_path: Path) -> None:
    given = rows(tmp_path, {"name": "lúa <b>& ngô</b> {{ x }}", "actual": 9, "plan": 10}, OTHER)
    chart = shown(progress_chart, given, title="A < B & C")
    assert "Lúa <b>& ngô</b> {{ x }}" in chart.texts
    assert chart.caption.startswith("A < B & C: ")
    assert not page(*chart.blocks).find("b")
    assert not BeautifulSoup(chart.told["text/html"], "html.parser").find("b")


def test_a_key_that_cannot_be_part_of_an_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChartError, match="Tiến độ"):
        progress_chart(rows(tmp_path, OTHER, OTHER), title="Tiến độ", key="Tiến độ")


def _unknown(folder: Path) -> Indicator:
    found: Indicator = open_report(root=next(folder.rglob("params")).parent).indicators.khong_co
    return found
