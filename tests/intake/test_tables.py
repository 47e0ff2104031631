"""Where a table stands in its sheet, and which of its rows are records."""

from __future__ import annotations

import copy
import pickle
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from openpyxl import Workbook

from thidua.entries import SourceText
from thidua.intake.records import Record
from workbooks import (
    FILE,
    RICE,
    add_form,
    department,
    indicators,
    inputs,
    new_book,
    number,
    only_problem,
    problems,
    records,
    write_root,
)

MAIZE = {"code": "ngo", "name": "Ngô", "unit": "ha", "actual": 30}


def read(folder: Path, book: Workbook, *sheets: str) -> list[Record]:
    return records(write_root(folder / "root", {FILE: book}, departments=[department(FILE, *sheets)]))


def codes(found: list[Record]) -> list[str]:
    return [r.text("code") for r in found]


@pytest.mark.parametrize("top", [1, 2, 5, 12])
@pytest.mark.parametrize("left", [1, 2, 4])
def test_a_title_above_and_blank_columns_beside_the_header_do_not_matter(tmp_path: Path, top: int, left: int) -> None:
    book = indicators(RICE, MAIZE, top=top, left=left, heading="BIỂU CHỈ TIÊU THỰC HIỆN")
    found = read(tmp_path, book)
    assert codes(found) == ["lua", "ngo"]
    column = "ABCDEFGH"[left + 2]
    assert found[0].cells["actual"] == f"{column}{top + 3}"


def test_header_cells_merged_over_rows_and_columns_tell_columns_of_one_name_apart(tmp_path: Path) -> None:
    book = new_book()
    row = {
        "tt": "1",
        "code": "giay_khen",
        "name": "Giấy khen",
        **{"collective": 10, "individual": 20, "household": 3},
        **{"base_collective": 4, "printed_share_collective": 40, "base_individual": 12, "printed_share_individual": 60},
    }
    sheet = add_form(book, "Khen thưởng", [row])
    sheet.merge_cells("D1:F1")
    sheet.merge_cells("G1:H1")
    sheet.merge_cells("I1:J1")
    (found,) = read(tmp_path, book, "Khen thưởng")
    assert [number(found, k).value for k in ("collective", "individual", "base_collective", "base_individual")] == [
        10,
        20,
        4,
        12,
    ]
    assert number(found, "printed_share_individual").value == 60


@pytest.mark.parametrize("numbering", [("A", "B", "C", "1"), ("(1)", "(2)", "(3)", "(4=3/2)"), (1, 2, 3, 4)])
def test_a_row_that_numbers_the_columns_is_no_record(tmp_path: Path, numbering: tuple[Any, ...]) -> None:
    book = indicators(RICE)
    sheet = book["Chỉ tiêu"]
    sheet.insert_rows(2)
    for column, text in enumerate(numbering, 1):
        sheet.cell(2, column, text)
    assert codes(read(tmp_path, book)) == ["lua"]


def test_empty_rows_headings_and_a_repeated_header_are_no_records(tmp_path: Path) -> None:
    book = indicators(RICE, {}, {"name": "I. Trồng trọt"}, MAIZE)
    sheet = book["Chỉ tiêu"]
    for column, cell in enumerate(sheet[1], 1):
        sheet.cell(7, column).value = cell.value
    potato: list[str | int] = ["khoai", "Khoai", "ha", 5]
    for column, value in enumerate(potato, 1):
        sheet.cell(8, column).value = value
    assert codes(read(tmp_path, book)) == ["lua", "ngo", "khoai"]


@pytest.mark.parametrize("label", ["Tổng cộng", "TỔNG SỐ", "Cộng:", "Tổng", "Tổng cộng (I+II)"])
def test_a_totals_row_is_no_record(tmp_path: Path, label: str) -> None:
    book = indicators(RICE, MAIZE, {"name": label, "actual": 150})
    assert codes(read(tmp_path, book)) == ["lua", "ngo"]


def test_an_indicator_whose_name_begins_with_the_word_total_is_a_record(tmp_path: Path) -> None:
    book = indicators({"code": "tong_dan", "name": "Tổng đàn lợn", "unit": "con", "actual": 900})
    assert codes(read(tmp_path, book)) == ["tong_dan"]


def test_a_signature_block_below_the_table_is_no_record(tmp_path: Path) -> None:
    book = indicators(RICE, {}, {"actual": "Bình An, ngày 20 tháng 6 năm 2031"}, {"name": "NGƯỜI LẬP BIỂU"})
    sheet = book["Chỉ tiêu"]
    sheet["D5"] = "TRƯỞNG PHÒNG"
    sheet["A6"], sheet["B6"], sheet["D6"] = None, "(Ký, ghi rõ họ tên)", "(Ký, đóng dấu)"
    assert codes(read(tmp_path, book)) == ["lua"]


def test_a_row_with_numbers_and_no_code_is_reported(tmp_path: Path) -> None:
    problem = only_problem(write_root(tmp_path, {FILE: indicators(RICE, {**MAIZE, "code": None})}))
    assert (problem.cell, problem.found) == ("A3", "ô «Mã chỉ tiêu» để trống")


def test_a_serial_column_is_no_column_of_the_form_and_no_problem(tmp_path: Path) -> None:
    book = indicators(RICE, left=2)
    sheet = book["Chỉ tiêu"]
    sheet["A1"], sheet["A2"] = "STT", 1
    assert codes(read(tmp_path, book)) == ["lua"]


def test_a_text_merged_downwards_counts_for_every_row_that_it_covers(tmp_path: Path) -> None:
    book = new_book()
    sheet = add_form(
        book,
        "Sự kiện",
        [
            {"topic": "van_hoa", "content": "Hội thi", "note": "Nhà văn hóa"},
            {"topic": "van_hoa", "content": "Hội diễn"},
        ],
    )
    sheet.merge_cells("C2:C3")
    found = read(tmp_path, book, "Sự kiện")
    assert [(r.values["note"], r.cells["note"]) for r in found] == [("Nhà văn hóa", "C2")] * 2


def test_decomposed_unicode_in_headers_sheet_names_and_file_names_is_composed(tmp_path: Path) -> None:
    def nfd(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    book = indicators({**RICE, "name": nfd("Lúa nước Bình Định")})
    sheet = book["Chỉ tiêu"]
    sheet.title = nfd("Chỉ tiêu")
    book["Thông tin"].title = nfd("Thông tin")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.value = nfd(str(cell.value)) if cell.value else None
    for cell in sheet[1]:
        cell.value = nfd(str(cell.value))
    file = "số-liệu.xlsx"
    root = write_root(tmp_path, {nfd(file): book}, departments=[department(file)])
    (found,) = records(root)
    assert (found.file, found.sheet, found.values["name"]) == (file, "Chỉ tiêu", "Lúa nước Bình Định")


@pytest.mark.parametrize("header", ["ĐVT", "đơn vị  tính", "Đơn vị\u00a0tính", "Đơn\nvị tính", "ĐƠN VỊ TÍNH:"])
def test_headers_are_known_however_they_are_spaced_and_capitalised(tmp_path: Path, header: str) -> None:
    book = indicators(RICE)
    book["Chỉ tiêu"]["C1"] = header
    assert codes(read(tmp_path, book)) == ["lua"]


def test_the_tone_mark_may_stand_on_either_vowel(tmp_path: Path) -> None:
    book = indicators({**RICE, "cumulative": 200})
    book["Chỉ tiêu"]["E1"] = "Luỹ kế"
    assert number(read(tmp_path, book)[0], "cumulative").value == Decimal(200)


def test_a_renamed_column_is_said_once_with_the_nearest_name(tmp_path: Path) -> None:
    book = indicators(RICE)
    book["Chỉ tiêu"]["D1"] = "Thực hiện kỳ này"
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.cell, problem.found) == ("D1", "cột «Thực hiện kỳ này» không có trong mẫu")
    assert "gần nhất là «Trong kỳ»" in problem.expected


def test_a_missing_column_is_named_with_its_header_row(tmp_path: Path) -> None:
    book = indicators(RICE, top=3)
    book["Chỉ tiêu"].delete_cols(3)
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.cell, problem.found) == ("hàng 3", "thiếu cột «Đơn vị tính»")


def test_a_column_given_twice_is_refused(tmp_path: Path) -> None:
    book = indicators({**RICE, "note": "x"})
    book["Chỉ tiêu"]["E1"] = "Trong kỳ"
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.cell, problem.found) == ("E1", "cột «Trong kỳ» trùng với cột D")


def test_values_under_an_empty_header_are_not_lost_in_silence(tmp_path: Path) -> None:
    book = indicators({**RICE, "plan": 130, "note": "ghi chú"})
    book["Chỉ tiêu"]["E1"] = None
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.cell, problem.found) == ("E2", "cột E có nội dung («130») nhưng không có tên cột")


def test_a_sheet_without_any_header_says_which_one_to_write(tmp_path: Path) -> None:
    book = new_book()
    book.create_sheet("Chỉ tiêu")["A1"] = "Lúa"
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.found) == ("Chỉ tiêu", "không tìm thấy hàng tiêu đề của biểu")
    assert "«Mã chỉ tiêu», «Chỉ tiêu», «Đơn vị tính», «Trong kỳ»" in problem.expected


def test_a_hidden_sheet_that_no_form_has_is_left_alone(tmp_path: Path) -> None:
    book = indicators(RICE)
    book.create_sheet("Danh mục dùng chung")["A1"] = "khoảng"
    book["Danh mục dùng chung"].sheet_state = "hidden"
    assert codes(read(tmp_path, book)) == ["lua"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_form_that_is_hidden_from_view_is_refused(tmp_path: Path, state: Literal["hidden", "veryHidden"]) -> None:
    book = indicators(RICE)
    book["Chỉ tiêu"].sheet_state = state
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.found) == ("Chỉ tiêu", "trang theo mẫu đang bị ẩn")
    assert ("Alt+F11" in problem.expected) == (state == "veryHidden")


def test_an_information_sheet_that_is_hidden_from_view_is_refused(tmp_path: Path) -> None:
    book = indicators(RICE)
    book["Thông tin"].sheet_state = "hidden"
    book.active = 1
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.found) == ("Thông tin", "trang theo mẫu đang bị ẩn")


@pytest.mark.parametrize("twin", ["chỉ  tiêu.", "CHỈ TIÊU ", unicodedata.normalize("NFD", "Chỉ tiêu")])
def test_two_sheets_whose_titles_are_one_form_are_told_and_not_read_as_one(tmp_path: Path, twin: str) -> None:
    book = indicators(RICE)
    add_form(book, "Chỉ tiêu", [MAIZE]).title = twin
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert problem.found == "trang này và trang «Chỉ tiêu» cùng theo một mẫu"


def test_two_information_sheets_are_told_though_one_would_do(tmp_path: Path) -> None:
    book = indicators(RICE)
    book.create_sheet("thông tin.")["A1"] = "Địa bàn: xã Bình Minh"
    assert only_problem(write_root(tmp_path, {FILE: book})).found.endswith("cùng theo một mẫu")


def test_a_missing_sheet_names_the_nearest_one_once(tmp_path: Path) -> None:
    book = indicators(RICE)
    book["Chỉ tiêu"].title = "Chi tieu Q2"
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.found) == ("Chỉ tiêu", "thiếu trang này")
    assert problem.expected == "trang «Chỉ tiêu» theo mẫu; gần nhất trong tệp là «Chi tieu Q2»"


def test_a_sheet_that_no_form_has_is_refused_unless_it_is_empty(tmp_path: Path) -> None:
    book = indicators(RICE)
    book.create_sheet("Sheet3")
    book.create_sheet("Nháp")["B2"] = 1
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.found) == ("Nháp", "trang không có trong mẫu")


@pytest.mark.parametrize(
    ("unit", "period", "cell", "found", "expected"),
    [
        ("xã Bình Minh", "2031-Q2", "B4", "«Địa bàn» là «xã Bình Minh»", "«xã Bình An» như trong params"),
        ("xã Bình An", "2031-Q1", "B5", "«Kỳ báo cáo» là «2031-Q1»", "«2031-Q2» như trong params"),
        ("xã Bình An", None, "A5", "chưa ghi «Kỳ báo cáo»", "«2031-Q2» như trong params"),
    ],
)
def test_the_information_sheet_must_name_the_unit_and_the_period(
    tmp_path: Path, unit: str, period: str | None, cell: str, found: str, expected: str
) -> None:
    book = new_book(unit, period)
    add_form(book, "Chỉ tiêu", [RICE])
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.cell, problem.found, problem.expected) == ("Thông tin", cell, found, expected)


@pytest.mark.parametrize("period", ["2031-Q2", " 2031-q2 ", "Quý II năm 2031"])
def test_the_period_may_be_written_as_its_id_or_its_name(tmp_path: Path, period: str) -> None:
    book = new_book("Xã  Bình An", period)
    add_form(book, "Chỉ tiêu", [RICE])
    assert codes(read(tmp_path, book)) == ["lua"]


def test_a_label_may_carry_its_value_or_have_it_further_to_the_right(tmp_path: Path) -> None:
    book = new_book()
    info = book["Thông tin"]
    info["A4"], info["B4"] = "Địa bàn: xã Bình An", None
    info.merge_cells("A5:C5")
    info["D5"] = "2031-Q2"
    add_form(book, "Chỉ tiêu", [RICE])
    assert codes(read(tmp_path, book)) == ["lua"]


def test_a_workbook_without_information_sheet_is_refused(tmp_path: Path) -> None:
    book = indicators(RICE)
    del book["Thông tin"]
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.found) == ("Thông tin", "thiếu trang này")


def test_a_code_used_twice_names_the_first_place(tmp_path: Path) -> None:
    root = write_root(
        tmp_path,
        {"a.xlsx": indicators(RICE), "b.xlsx": indicators(RICE, MAIZE, MAIZE)},
        departments=[department("a.xlsx"), department("b.xlsx")],
    )
    found = problems(root)
    assert [(p.file, p.cell) for p in found] == [("b.xlsx", "A2"), ("b.xlsx", "A4")]
    assert found[0].found == "mã «lua» đã dùng ở a.xlsx, trang «Chỉ tiêu», ô A2"


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("parent", "luaa", "không có chỉ tiêu nào mang mã «luaa»"),
        ("opens", "luaa", "không có chỉ tiêu nào mang mã «luaa»"),
        ("formula", "lua + ngoo", "không có chỉ tiêu nào mang mã «ngoo»"),
        ("formula", "lua + vu_an", "Không thể kết hợp các số liệu khác đơn vị tính"),
        ("formula", "vu_an", "cho đơn vị vụ, không phải ha"),
        ("formula", "lua +", "sai cú pháp"),
        ("formula", "lua ** 2", "dùng phép tính ngoài + - * /"),
        ("formula", "__import__('os')", "có phần không phải mã chỉ tiêu"),
        ("formula", "(" * 400 + "lua" + ")" * 400, "sai cú pháp"),
        ("formula", "+".join(["lua"] * 5000), "công thức dài trên 1000 ký tự"),
    ],
)
def test_codes_and_formulas_rest_on_rows_that_exist_and_fit(
    tmp_path: Path, column: str, value: str, found: str
) -> None:
    case = {"code": "vu_an", "name": "Vụ án", "unit": "vụ", "actual": 2}
    root = write_root(tmp_path, {FILE: indicators(RICE, case, {**MAIZE, column: value})})
    problem = only_problem(root)
    assert problem.cell == "D4"
    assert found in problem.found


def test_a_row_is_no_part_of_itself(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "parent": "ngo"}, {**MAIZE, "parent": "lua"})})
    assert [(p.cell, p.found) for p in problems(root)] == [
        ("D2", "chỉ tiêu «lua» thuộc chính nó"),
        ("D3", "chỉ tiêu «ngo» thuộc chính nó"),
    ]


def test_a_row_that_a_notebook_has_can_be_copied_with_its_cells(tmp_path: Path) -> None:
    book = new_book()
    add_form(book, "Sự kiện", [{"topic": "trong_trot", "content": "UBND xã cấp giống lúa"}])
    data = inputs(write_root(tmp_path, {FILE: book}, departments=[department(FILE, "Sự kiện")])).data
    event, absent = data.events("trong_trot")[0], data.documents.chua_co
    for copied in (copy.copy(event), copy.deepcopy(event), pickle.loads(pickle.dumps(event))):
        assert isinstance(copied.content, SourceText)
        assert (copied.content, copied.content.cell.address) == ("UBND xã cấp giống lúa", "B2")
    assert not copy.deepcopy(absent) and copy.deepcopy(absent).title is None
