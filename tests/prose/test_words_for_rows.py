"""The words of prose that tell rows of text: documents, movements, role models, lists, and counts in one breath."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from thidua.prose.template import render
from thidua.report import Report, open_report
from workbooks import FILE, PERIOD, add_form, department, new_book, write_root

_ROWS: dict[str, list[dict[str, Any]]] = {
    "Chỉ tiêu": [
        {"code": "tap_the", "name": "Tập thể được khen", "unit": "tập thể", "actual": 7},
        {"code": "ca_nhan", "name": "Cá nhân được khen", "unit": "cá nhân", "actual": 8},
        {"code": "gia_dinh", "name": "Gia đình được khen", "unit": "gia đình", "actual": 0},
        {"code": "ho_ngheo_giam", "name": "Hộ nghèo giảm", "unit": "hộ", "actual": 12},
        {"code": "tieu_chi", "name": "Tiêu chí đã đạt", "unit": "tiêu chí", "actual": 8, "plan": 19},
    ],
    "Văn bản": [
        {"code": "co_so", "number": "07/QĐ-UBND", "date": "03/5/2031", "type": "Quyết định", "title": "Quy định mới"},
        {"code": "chua_so", "number": None, "type": "Kế hoạch", "issuer": "UBND xã", "title": "Công tác năm"},
    ],
    "Phong trào thi đua": [
        {"code": "van_hoa", "name": "Thi đua thực hiện văn hóa", "phase": "2029 - 2035"},
        {"code": "mat_bang", "name": "Giải phóng mặt bằng giai đoạn 2029-2031", "phase": "2029 - 2031"},
        {"code": "dac_biet", "name": "Trăm ngày đêm", "phase": "2031"},
    ],
    "Điển hình tiên tiến": [
        {"name": "Ông Lê Văn Tám", "address": "Thôn Đồng", "field": "Giảm nghèo", "content": "Nuôi ong"}
        | {"income_from": 100, "note": "trên"},
        {"name": "Bà Ngô Thị Lan", "field": "Kinh tế", "content": "Xưởng mộc", "income_from": 250, "income_to": 300}
        | {"jobs": 7},
    ],
    "Nhiệm vụ": [{"topic": "nhiem_vu", "content": "Tuyên truyền."}, {"topic": "nhiem_vu", "content": "Kiểm tra"}],
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = new_book()
    for title, rows in _ROWS.items():
        add_form(book, title, rows)
    root = write_root(tmp_path_factory.mktemp("xa") / "goc", {FILE: book}, departments=[department(FILE, *_ROWS)])
    return open_report(PERIOD, root)


def _text(report: Report, source: str) -> str:
    page = BeautifulSoup(render(source, report.names).html, "html.parser")
    for note in page.select("span.fn"):
        note.replace_with(f"({note.get_text()})")
    return page.get_text().replace("\u00a0", " ").strip()


def test_counts_are_named_in_one_breath_without_nought(report: Report) -> None:
    told = _text(report, 'Khen {{ ind.pick("tap_the", "ca_nhan", "gia_dinh", "khong_co") | amounts }}.')
    assert told == "Khen 07 tập thể và 08 cá nhân."


def test_a_sentence_over_counts_falls_when_all_are_nought_or_missing(report: Report) -> None:
    assert _text(report, 'Có. [[Khen {{ ind.pick("gia_dinh", "khong_co") | amounts }}.]]') == "Có."
    assert _text(report, "Có. [[Khen {{ ind.gia_dinh | some }}.]]") == "Có."


def test_a_count_of_a_fall_reads_as_a_fall(report: Report) -> None:
    assert _text(report, 'Hộ nghèo {{ ind.pick("ho_ngheo_giam") | directions(falls=true) }}.') == "Hộ nghèo giảm 12 hộ."
    assert _text(report, 'Hộ {{ ind.pick("ho_ngheo_giam") | directions }}.') == "Hộ tăng 12 hộ."


def test_a_part_of_a_whole_has_no_percentage(report: Report) -> None:
    assert _text(report, "Đạt {{ ind.tieu_chi | out_of }}.") == "Đạt 08/19 tiêu chí."


def test_a_document_carries_its_number_in_a_footnote_if_it_has_one(report: Report) -> None:
    told = _text(report, 'Ban hành {{ docs.pick("co_so", "chua_so") | footnoted }}.')
    assert told == (
        "Ban hành Quyết định quy định mới(Quyết định số 07/QĐ-UBND ngày 03/5/2031.); Kế hoạch công tác năm."
    )


def test_a_movement_tells_its_phase_once(report: Report) -> None:
    told = _text(report, '{{ movements.pick("van_hoa", "mat_bang", "dac_biet", "khong_co") | called }}.')
    assert told == (
        "“Thi đua thực hiện văn hóa” giai đoạn 2029 - 2035; “Giải phóng mặt bằng giai đoạn 2029-2031”; "
        "“Trăm ngày đêm” năm 2031."
    )


def test_a_movement_that_is_not_there_drops_its_heading_and_sentence(report: Report) -> None:
    source = (
        "## [[Phong trào {{ movements.khong_co | called }}]]\n\n[[Phong trào {{ movements.khong_co.result | lower }}.]]"
    )
    assert _text(report, source) == ""


def test_a_role_model_is_told_with_place_income_and_jobs(report: Report) -> None:
    assert _text(report, '{{ role_models | in_field("nghèo") | portrayed }}.') == (
        "Ông Lê Văn Tám (thôn Đồng): nuôi ong, thu nhập trên 100 triệu đồng/năm."
    )
    assert _text(report, '{{ role_models | in_field("kinh") | portrayed }}.') == (
        "Bà Ngô Thị Lan: xưởng mộc, thu nhập từ 250 đến 300 triệu đồng/năm, tạo việc làm cho 07 lao động."
    )


def test_rows_make_a_list_with_one_stop_each(report: Report) -> None:
    told = _text(report, '[[Nhiệm vụ:\n\n{{ tasks("nhiem_vu") | points }}]]')
    assert [line for line in told.splitlines() if line] == ["Nhiệm vụ:", "Tuyên truyền;", "Kiểm tra."]
    assert _text(report, '[[Nhiệm vụ:\n\n{{ tasks("khong_co") | points }}]]') == ""
