"""The words of prose that tell rows of text: documents, movements, role models, lists, and counts in one breath."""

from __future__ import annotations

from typing import Any

import pytest

from prose.told import told
from thidua.report import Report, open_report
from workbooks import FILE, PERIOD, add_form, department, new_book, write_root

_ROWS: dict[str, list[dict[str, Any]]] = {
    "Chỉ tiêu": [
        {"code": "tap_the", "name": "Tập thể được khen", "unit": "tập thể", "actual": 7} | {"note": "Gồm cả thôn"},
        {"code": "ca_nhan", "name": "Cá nhân được khen", "unit": "cá nhân", "actual": 8},
        {"code": "gia_dinh", "name": "Gia đình được khen", "unit": "gia đình", "actual": 0},
        {"code": "ho_ngheo_giam", "name": "Hộ nghèo giảm", "unit": "hộ", "actual": 12},
        {"code": "ho_ngheo_giam_am", "name": "Hộ nghèo giảm", "unit": "hộ", "actual": -15},
        {"code": "ty_le_giam", "name": "Mức giảm tỷ lệ hộ nghèo", "unit": "%", "actual": "-0,4"},
        {"code": "tap_the_moi", "name": "Tập thể được tặng cờ năm 2030", "unit": "tập thể", "actual": 2},
        {"code": "ca_nhan_moi", "name": "Cá nhân được tặng cờ năm 2030", "unit": "cá nhân", "actual": 3},
        {"code": "luong", "name": "Cán bộ, công chức được nâng lương", "unit": "người", "actual": 188},
        {"code": "dan_so", "name": "Dân số được quản lý", "unit": "người", "actual": 900},
        {"code": "tieu_chi", "name": "Tiêu chí đã đạt", "unit": "tiêu chí", "actual": 8, "plan": 19},
    ],
    "Văn bản": [
        {"code": "co_so", "number": "07/QĐ-UBND", "date": "03/5/2031", "type": "Quyết định", "title": "Quy định mới"}
        | {"topic": "chi_dao"},
        {"code": "luat", "number": "31/QH", "type": "Luật", "issuer": "Quốc hội", "title": "Đất đai"},
        {
            "code": "dau",
            "number": "8/KH",
            "type": "Kế hoạch",
            "issuer": "UBND xã",
            "title": "Đo đạc",
            "topic": "do_dac",
        },
        {
            "code": "sau",
            "number": "9/KH",
            "type": "Kế hoạch",
            "issuer": "UBND xã",
            "title": "Đo đạc",
            "topic": "do_dac",
        },
        {"code": "chua_so", "number": None, "type": "Kế hoạch", "issuer": "UBND xã", "title": "Công tác năm"}
        | {"topic": "chi_dao"},
    ],
    "Phong trào thi đua": [
        {"code": "van_hoa", "name": "Thi đua thực hiện văn hóa", "phase": "2029 - 2035"},
        {"code": "mat_bang", "name": "Giải phóng mặt bằng giai đoạn 2029-2031", "phase": "2029 - 2031"},
        {"code": "dac_biet", "name": "Trăm ngày đêm", "phase": "2031", "level": "Thủ tướng", "result": "Đạt cao"},
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


def test_counts_are_named_in_one_breath_without_nought(report: Report) -> None:
    assert told(report, "Khen {tap_the, ca_nhan, gia_dinh, khong_co}.") == (
        "Khen 07 tập thể và 08 cá nhân; không có gia đình được khen."
    )


def test_counts_of_which_none_is_left_are_told_as_nought(report: Report) -> None:
    assert told(report, "Có. Khen {gia_dinh, khong_co}.") == "Có. Không có gia đình được khen."
    assert told(report, "Có. Khen {gia_dinh}.") == "Có. Không có gia đình được khen."


def test_a_count_of_a_fall_reads_as_a_fall(report: Report) -> None:
    assert told(report, "Hộ nghèo {giảm ho_ngheo_giam}.") == "Hộ nghèo giảm 12 hộ."
    assert told(report, "Hộ {tăng ho_ngheo_giam}.") == "Hộ tăng 12 hộ."


def test_poverty_that_rises_is_told_to_rise_and_rates_move_by_points(report: Report) -> None:
    assert told(report, "Hộ nghèo {giảm ho_ngheo_giam_am, ty_le_giam}.") == (
        "Hộ nghèo tăng 15 hộ, tăng 0,4 điểm phần trăm."
    )


def test_changes_of_the_same_direction_are_told_in_one_breath(report: Report) -> None:
    assert told(report, "Hộ {tăng ho_ngheo_giam, ho_ngheo_giam, ho_ngheo_giam_am}.") == (
        "Hộ tăng 12 hộ và 12 hộ, giảm 15 hộ."
    )


def test_what_is_told_alike_of_several_counts_is_told_once(report: Report) -> None:
    assert told(report, "Có {kê tap_the_moi, ca_nhan_moi, luong}.") == (
        "Có 02 tập thể và 03 cá nhân được tặng cờ năm 2030 và 188 cán bộ, công chức được nâng lương."
    )
    assert told(report, "Có {kê tap_the_moi, gia_dinh, dan_so}.") == (
        "Có 02 tập thể được tặng cờ năm 2030 và dân số được quản lý là 900 người; không có gia đình được khen."
    )


def test_a_law_is_called_by_its_name(report: Report) -> None:
    assert told(report, "Theo {viện dẫn đủ luat}, {viện dẫn luat | nêu cơ quan}.") == (
        "Theo Luật Đất đai số 31/QH, Luật Đất đai số 31/QH."
    )


def test_a_part_of_a_whole_has_no_percentage(report: Report) -> None:
    assert told(report, "Đạt {số trên tổng tieu_chi}.") == "Đạt 08/19 tiêu chí."
    assert told(report, "Khen {số trên tổng tap_the, ca_nhan}.") == "Khen 07/08 cá nhân."
    assert told(report, "Khen {số trên tổng tap_the, gia_dinh}.") == "Khen 07 tập thể; không có gia đình được khen."
    assert told(report, "Khen {số trên tổng gia_dinh, tap_the}.") == (
        "Không có gia đình được khen trên tổng số 07 tập thể."
    )


def test_documents_are_cited_by_code_or_by_group(report: Report) -> None:
    assert told(report, "Theo {viện dẫn co_so}.") == "Theo Quyết định số 07/QĐ-UBND ngày 03/5/2031."
    assert told(report, "Theo {viện dẫn chi_dao | nêu cơ quan}.") == (
        "Theo Quyết định số 07/QĐ-UBND ngày 03/5/2031 và Kế hoạch của UBND xã về công tác năm."
    )
    assert (
        told(report, "Theo {viện dẫn do_dac | nêu cơ quan}.")
        == "Theo Kế hoạch số 8/KH và Kế hoạch số 9/KH của UBND xã."
    )
    assert told(report, "Theo {viện dẫn đủ chua_so}.") == "Theo Kế hoạch của UBND xã về công tác năm."
    assert told(report, "Theo {viện dẫn đủ chua_so | không nêu cơ quan}.") == "Theo Kế hoạch về công tác năm."
    assert told(report, "Nội dung: {trích yếu chi_dao}.") == "Nội dung: quy định mới và công tác năm."


def test_a_document_carries_its_number_in_a_footnote_if_it_has_one(report: Report) -> None:
    assert told(report, "Ban hành {viện dẫn ở chú thích co_so, chua_so}.") == (
        "Ban hành Quyết định quy định mới{Quyết định số 07/QĐ-UBND ngày 03/5/2031.} và Kế hoạch công tác năm."
    )


def test_a_movement_tells_its_phase_once(report: Report) -> None:
    assert told(report, "{gọi van_hoa, mat_bang, dac_biet, khong_co}.") == (
        "“Thi đua thực hiện văn hóa” giai đoạn 2029 - 2035, “Giải phóng mặt bằng giai đoạn 2029-2031” "
        "và “Trăm ngày đêm” năm 2031."
    )


def test_a_movement_that_is_not_there_drops_its_heading_and_what_stands_below(report: Report) -> None:
    assert told(report, "## Phong trào {gọi khong_co}\n\nKhen {tap_the}.\n\n## Khác\n\nHết.") == "Khác\nHết."


def test_a_movement_that_is_not_there_is_not_taken_for_a_group_of_its_name(report: Report) -> None:
    assert told(report, "Phong trào {gọi nhiem_vu}. Kết quả {kết quả nhiem_vu}.") == ""


def test_a_sentence_is_told_for_each_row(report: Report) -> None:
    assert told(report, "{mỗi nhiem_vu}Phải {nội dung}. Hết.") == ("Phải tuyên truyền. Phải kiểm tra. Hết.")
    assert told(report, "- {mỗi phong_trao | trừ van_hoa, mat_bang} {gọi}[, do {cấp phát động} phát động].") == (
        "“Trăm ngày đêm” năm 2031, do Thủ tướng phát động."
    )
    assert told(report, "{mỗi khong_co}Phải {nội dung}. Hết.") == "Hết."


def test_columns_of_rows_are_told_once_each(report: Report) -> None:
    assert told(report, "Thuộc {lĩnh vực dien_hinh}.") == "Thuộc giảm nghèo và kinh tế."
    assert told(report, "Kết quả {kết quả dac_biet}.") == "Kết quả đạt cao."
    assert (
        told(report, "Khen {tap_the}[ ({ghi chú tap_the})][ ({ghi chú nhiem_vu})].") == "Khen 07 tập thể (gồm cả thôn)."
    )


def test_rows_can_be_quoted(report: Report) -> None:
    assert told(report, "Chủ đề {trích nhiem_vu}.") == "Chủ đề “Tuyên truyền” và “Kiểm tra”."


def test_a_role_model_is_told_with_place_income_and_jobs(report: Report) -> None:
    assert told(report, "{điển hình | nghèo}.") == (
        "Ông Lê Văn Tám (thôn Đồng), nuôi ong, thu nhập trên 100 triệu đồng/năm."
    )
    assert told(report, "{điển hình | kinh}.") == (
        "Bà Ngô Thị Lan, xưởng mộc, thu nhập từ 250 đến 300 triệu đồng/năm, tạo việc làm cho 07 lao động."
    )


def test_rows_make_a_list_with_one_stop_each(report: Report) -> None:
    assert told(report, "Nhiệm vụ:\n\n{gạch đầu dòng nhiem_vu}") == "Nhiệm vụ:\nTuyên truyền;\nKiểm tra."
    assert told(report, "Nhiệm vụ:\n\n{gạch đầu dòng khong_co}") == ""


def test_an_appendix_is_named_where_there_are_rows_for_it(report: Report) -> None:
    assert told(report, "{nếu có phong_trao}Các phong trào nêu dưới đây.") == "Các phong trào nêu dưới đây."
    assert told(report, "{nếu có danh_muc_van_ban}Danh mục nêu tại phụ lục.") == ""
