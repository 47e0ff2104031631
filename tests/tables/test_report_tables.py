"""Tables in the report: what they show, and that each of their numbers is traced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tables.shown import Table, indicators, outputs, report, table
from thidua.contracts import Place
from thidua.dataset import Lookup
from thidua.document.block import Number, Source, Text
from thidua.errors import TableError
from thidua.figures import Indicator
from thidua.tables.section_tables import documents_table, figures_table, progress_table, records_table

RICE: dict[str, Any] = {"code": "lua", "name": "diện tích lúa", "unit": "ha", "actual": 96.2, "plan": 100, "last": 80}
MAIZE: dict[str, Any] = {"code": "ngo", "name": "diện tích ngô", "unit": "ha", "actual": 50, "plan": 40}


def made(folder: Path, *rows: dict[str, Any], **options: Any) -> Table:
    found = indicators(folder, *rows).indicators
    return table(progress_table, found, title="Gieo trồng", key="gieo_trong", **options)


def test_an_indicator_stands_with_its_plan_last_year_and_percentages(tmp_path: Path) -> None:
    shown = made(tmp_path, RICE)
    assert shown.header == [
        "Chỉ tiêu",
        "Thực hiện (ha)",
        "Kế hoạch (ha)",
        "So với kế hoạch (%)",
        "Cùng kỳ năm trước (ha)",
        "So với cùng kỳ (%)",
    ]
    assert shown.rows == [["Diện tích lúa", "96,2", "100", "96,20", "80", "120,25"]]


def test_a_number_keeps_the_word_that_says_how_exact_it_is(tmp_path: Path) -> None:
    shown = made(tmp_path, {**RICE, "quality": "khoảng"}, MAIZE)
    assert [row[1] for row in shown.rows] == ["khoảng 96,2", "50,0"]
    assert shown.rows[0][2:4] == ["100", "96,20"]


def test_a_comparison_that_no_row_has_has_no_column(tmp_path: Path) -> None:
    assert not [h for h in made(tmp_path, MAIZE).header if "cùng kỳ" in h.lower() or "Cấp trên" in h]


def test_what_one_row_lacks_reads_as_missing_and_is_explained_and_traced(tmp_path: Path) -> None:
    shown = made(tmp_path, RICE, MAIZE)
    assert shown.rows[1] == ["Diện tích ngô", "50,0", "40", "125,00", "…", "…"]
    assert shown.note == "Ghi chú: (…) chưa có số liệu."
    assert shown.figures["ngo.last"].why == "đơn vị lập biểu để trống"


def test_a_table_without_gaps_has_no_note(tmp_path: Path) -> None:
    assert made(tmp_path, RICE).note == ""


def test_what_was_planned_and_not_reported_shows_as_missing(tmp_path: Path) -> None:
    shown = made(tmp_path, RICE, {"code": "san", "name": "diện tích sắn", "unit": "ha", "plan": 30})
    assert shown.rows[1] == ["Diện tích sắn", "…", "30", "…", "…", "…"]


def test_a_table_of_plans_alone_is_not_shown(tmp_path: Path) -> None:
    found = indicators(tmp_path, {"code": "san", "name": "Sắn", "unit": "ha", "plan": 30}).indicators
    assert outputs(progress_table, found, title="Gieo trồng", key="gieo_trong") == []


def test_an_indicator_without_any_value_has_no_row(tmp_path: Path) -> None:
    shown = made(tmp_path, RICE, {"code": "san", "name": "Sắn", "unit": "ha"})
    assert len(shown.rows) == 1


def test_nothing_is_shown_where_no_indicator_has_a_value(tmp_path: Path) -> None:
    found = indicators(tmp_path, RICE).indicators.pick("khong_co", "cung_khong")
    assert outputs(progress_table, found, title="Gieo trồng", key="gieo_trong") == []


def test_rows_of_different_units_name_their_units(tmp_path: Path) -> None:
    shown = made(tmp_path, RICE, {"code": "dan", "name": "đàn lợn", "unit": "con", "actual": 9565})
    assert shown.header[:3] == ["Chỉ tiêu", "Đơn vị tính", "Thực hiện"]
    assert [row[1] for row in shown.rows] == ["ha", "con"]


def test_a_part_of_an_indicator_above_it_is_set_in(tmp_path: Path) -> None:
    part = {"code": "lua_lai", "name": "lúa lai", "unit": "ha", "actual": 40, "parent": "lua", "relation": "trong đó"}
    assert made(tmp_path, RICE, part, MAIZE).styles == ["row", "sub", "row"]


def test_a_part_whose_whole_is_not_in_the_table_is_not_set_in(tmp_path: Path) -> None:
    part = {"code": "lua_lai", "name": "lúa lai", "unit": "ha", "actual": 40, "parent": "lua", "relation": "trong đó"}
    found = indicators(tmp_path, RICE, part).indicators.pick("lua_lai")
    assert table(progress_table, found, title="Lúa", key="lua").styles == ["row"]


def test_indicators_stand_under_headings_and_an_empty_heading_disappears(tmp_path: Path) -> None:
    found = indicators(tmp_path, RICE, MAIZE).indicators
    groups = {"Lúa": found.pick("lua"), "Cây khác": found.pick("khong_co"), "Màu": found.pick("ngo")}
    shown = table(progress_table, groups, title="Gieo trồng", key="gieo_trong")
    assert shown.styles == ["group", "row", "group", "row"]
    assert [shown.rows[0], shown.rows[2]] == [["Lúa"], ["Màu"]]


def test_growth_can_stand_in_the_place_of_the_level(tmp_path: Path) -> None:
    shown = made(tmp_path, {**RICE, "last": 120}, change=True)
    assert shown.header[-1] == "Tăng, giảm so với cùng kỳ (%)"
    assert shown.rows[0][-1] == "-19,83"


def test_every_number_is_an_element_that_names_its_figure_and_its_exact_value(tmp_path: Path) -> None:
    shown = made(tmp_path, RICE)
    (number,) = shown.block.body[0].cells[3].runs
    assert isinstance(number, Number)
    assert (number.figure, number.value, number.text) == ("lua.to_plan", "96.2", "96,20")
    assert number.title == shown.notebook.select("tbody td.num .fig")[2]["title"]
    element = shown.page.select("tbody td.num")[2].data
    assert (element["data-fig"], element["value"], element.get_text()) == ("lua.to_plan", "96.2", "96,20")
    assert shown.figures["lua.to_plan"].inputs == ("lua.actual", "lua.plan")
    assert shown.figures["lua.actual"].source == Place(file="kinh-te.xlsx", sheet="Chỉ tiêu", cell="D2")


def test_a_name_with_markup_is_shown_as_text(tmp_path: Path) -> None:
    shown = made(tmp_path, {**RICE, "name": "<script>alert(1)</script> & lúa"})
    assert shown.rows[0][0] == "<script>alert(1)</script> & lúa"
    for soup in (shown.page, shown.notebook):
        assert not soup.find("script")
        assert soup.select("tbody th")[0].get_text() == "<script>alert(1)</script> & lúa"


def test_captions_and_headers_with_markup_are_shown_as_text(tmp_path: Path) -> None:
    found = indicators(tmp_path, RICE).indicators
    shown = table(figures_table, {"Lúa": found.pick("lua")}, columns=["<b>a</b>"], title="A & <i>B</i>", key="x")
    assert shown.header[1] == "<b>a</b> (ha)"
    for soup in (shown.page, shown.notebook):
        assert soup.select("thead th")[1].get_text() == "<b>a</b> (ha)"
        assert soup.caption.get_text() == "A & <i>B</i>"


def dossiers(folder: Path) -> Lookup[Indicator]:
    names = ("huyen_nhan", "huyen_xong", "xa_nhan", "xa_xong")
    rows = [
        {"code": n, "name": n, "unit": "hồ sơ", "actual": v} for n, v in zip(names, (1310, 1239, 2190, 7), strict=True)
    ]
    rows.append({"code": "nhan_khac", "name": "khác", "unit": "hồ sơ"})
    rows.append({"code": "ty_le", "name": "tỷ lệ", "unit": "%", "actual": 95})
    found: Lookup[Indicator] = indicators(folder, *rows).indicators
    return found


def test_figures_stand_by_row_and_column_and_nothing_is_added_to_them(tmp_path: Path) -> None:
    pick = dossiers(tmp_path).pick
    rows = {"Cấp huyện": pick("huyen_nhan", "huyen_xong"), "Cấp xã": pick("xa_nhan", "xa_xong")}
    shown = table(figures_table, rows, columns=["Nhận", "Xong"], title="Hồ sơ", key="ho_so")
    assert shown.rows == [["Cấp huyện", "1.310", "1.239"], ["Cấp xã", "2.190", "07"]]


def test_a_column_and_a_row_without_any_value_are_left_out(tmp_path: Path) -> None:
    pick = dossiers(tmp_path).pick
    rows = {"Cấp huyện": pick("huyen_nhan", "nhan_khac"), "Cấp xã": pick("nhan_khac", "nhan_khac")}
    shown = table(figures_table, rows, columns=["Nhận", "Khác"], title="Hồ sơ", key="ho_so")
    assert (shown.header, shown.rows) == (["Nội dung", "Nhận (hồ sơ)"], [["Cấp huyện", "1.310"]])


def test_columns_under_one_header_share_its_cell(tmp_path: Path) -> None:
    pick = dossiers(tmp_path).pick
    columns = ["Nhận", ("Giải quyết", "Xong"), ("Giải quyết", "Tỷ lệ (%)")]
    rows = {"Cấp huyện": pick("huyen_nhan", "huyen_xong", "ty_le")}
    shown = table(figures_table, rows, columns=columns, title="Hồ sơ", key="ho_so")
    assert shown.merged == [
        ("Nội dung", 2, 1), ("Nhận (hồ sơ)", 2, 1), ("Giải quyết", 1, 2), ("Xong (hồ sơ)", 1, 1), ("Tỷ lệ (%)", 1, 1),
    ]  # fmt: skip
    spans = [(th.get("rowspan"), th.get("colspan")) for th in shown.page.select("thead th")]
    assert spans == [("2", None), ("2", None), (None, "2"), (None, None), (None, None)]


def test_a_row_with_too_few_values_is_refused_with_its_label(tmp_path: Path) -> None:
    pick = dossiers(tmp_path).pick
    with pytest.raises(TableError, match="hàng «Cấp xã» có 1 giá trị, bảng có 2 cột"):
        figures_table({"Cấp xã": pick("xa_nhan")}, columns=["Nhận", "Xong"], title="Hồ sơ", key="ho_so")


DECISION = {
    "number": "12/QĐ-UBND",
    "date": "05/02/2031",
    "title": "Thành lập cụm",
    "type": "Quyết định",
    "topic": "cum",
}


def test_documents_stand_with_number_date_and_title_traced_to_their_cells(tmp_path: Path) -> None:
    found = report(tmp_path, ("Văn bản", [DECISION])).documents_about("cum")
    shown = table(documents_table, found, title="Văn bản", key="van_ban")
    assert shown.header == ["TT", "Số, ký hiệu", "Ngày ban hành", "Trích yếu"]
    assert shown.rows == [["1", "12/QĐ-UBND", "05/02/2031", "Thành lập cụm"]]
    (number,) = shown.block.body[0].cells[1].runs
    assert isinstance(number, Text)
    assert number.source == Source(file="kinh-te.xlsx", sheet="Văn bản", cell="A2")
    assert shown.page.select("td .txt")[0]["data-src"] == "kinh-te.xlsx|Văn bản|A2"


def test_a_list_of_no_rows_is_not_shown(tmp_path: Path) -> None:
    found = report(tmp_path, ("Văn bản", [DECISION]))
    assert outputs(documents_table, found.documents_about("khac"), title="Văn bản", key="van_ban") == []


def test_rows_of_a_form_are_numbered_on_under_their_headings(tmp_path: Path) -> None:
    people = [
        {"name": n, "field": f} for n, f in (("Bà A", "Nông nghiệp"), ("Ông B", "Y tế"), ("Ông C", "Nông nghiệp"))
    ]
    found = report(tmp_path, ("Điển hình tiên tiến", people)).role_models
    shown = table(records_table, found, {"name": "Họ tên", "address": "Địa chỉ"}, group="field", title="Gương", key="g")
    assert shown.rows == [["Nông nghiệp"], ["1", "Bà A"], ["2", "Ông C"], ["Y tế"], ["3", "Ông B"]]


def test_one_cell_alone_is_no_table(tmp_path: Path) -> None:
    found = report(tmp_path, ("Điển hình tiên tiến", [{"name": "Bà A", "field": "Y tế"}])).role_models
    columns = {"name": "Họ tên", "address": "Địa chỉ"}
    assert outputs(records_table, found, columns, title="Gương", key="g") == []


def test_the_change_over_last_year_can_stand_in_place_of_the_level(tmp_path: Path) -> None:
    shown = made(tmp_path, {**RICE, "actual": 60}, change=True)
    assert shown.header[-1] == "Tăng, giảm so với cùng kỳ (%)"
    assert shown.rows[0][-1] == "-25,00"
