"""No row of a form is lost, and nothing is read that the officer does not see: it is a record, or it is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from thidua.errors import Problem
from thidua.intake.records import Record
from workbooks import FILE, RICE, add_form, department, new_book, problems, records, write_root

MAIZE = {"code": "ngo", "name": "Ngô", "unit": "ha", "actual": 30, "plan": 31}


def form(title: str, *rows: dict[str, Any]) -> tuple[Workbook, Worksheet]:
    book = new_book()
    return book, add_form(book, title, list(rows))


def root(folder: Path, book: Workbook) -> Path:
    return write_root(folder / "root", {FILE: book}, departments=[department(FILE, book.sheetnames[1])])


def read(folder: Path, book: Workbook) -> list[Record]:
    return records(root(folder, book))


def told(folder: Path, book: Workbook) -> list[Problem]:
    return problems(root(folder, book))


DOCUMENT = {"tt": "01", "number": "02/KH-UBND", "date": dt.date(2031, 4, 26), "title": "Kế hoạch A"}


def test_a_last_row_whose_key_is_merged_from_above_is_a_record(tmp_path: Path) -> None:
    book, sheet = form("Danh mục văn bản", DOCUMENT, {"tt": "02", "date": "16/5/2031", "title": "Kế hoạch B"})
    sheet.merge_cells("B2:B3")
    assert [(r.values["number"], r.values["title"]) for r in read(tmp_path, book)] == [
        ("02/KH-UBND", "Kế hoạch A"),
        ("02/KH-UBND", "Kế hoạch B"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"date": "16/5/2031", "title": "Kế hoạch B"},
        {"title": "Kế hoạch B", "note": "gửi sau"},
        {"tt": "02", "date": "16/5/2031"},
        {"date": dt.date(2031, 5, 16)},
    ],
)
@pytest.mark.parametrize("more", [(), (DOCUMENT,)])
def test_a_row_without_its_key_is_told_at_the_end_as_in_the_middle(
    tmp_path: Path, row: dict[str, Any], more: tuple[dict[str, Any], ...]
) -> None:
    book, _ = form("Danh mục văn bản", DOCUMENT, row, *more)
    assert ("B3", "ô «Số, ký hiệu» để trống") in [(p.cell, p.found) for p in told(tmp_path, book)]


@pytest.mark.parametrize(
    "row", [{"actual": "chưa có", "name": "Ngô"}, {"actual": "khoảng trăm"}, {"name": "Ngô", "unit": "ha"}, {"plan": 7}]
)
@pytest.mark.parametrize("more", [(), (MAIZE,)])
def test_a_row_of_indicators_without_a_code_is_told(
    tmp_path: Path, row: dict[str, Any], more: tuple[dict[str, Any], ...]
) -> None:
    book, _ = form("Chỉ tiêu", {**RICE, "plan": 1}, row, *more)
    assert ("A3", "ô «Mã chỉ tiêu» để trống") in [(p.cell, p.found) for p in told(tmp_path, book)]


def test_a_row_of_small_numbers_under_the_header_is_told_and_not_taken_for_the_numbers_of_columns(
    tmp_path: Path,
) -> None:
    awards = {"tt": 1, "collective": 3, "individual": 5, "base_collective": 2, "base_individual": 4}
    book, _ = form("Khen thưởng", awards)
    assert [p.found for p in told(tmp_path, book)] == ["ô «Danh hiệu thi đua và hình thức khen thưởng» để trống"]


def test_a_row_whose_remark_speaks_of_a_total_is_told(tmp_path: Path) -> None:
    book, _ = form("Chỉ tiêu", RICE, {"name": "Ngô", "unit": "ha", "actual": 30, "note": "Tổng số"})
    assert [p.cell for p in told(tmp_path, book)] == ["A3"]


@pytest.mark.parametrize(
    "block",
    [
        [{"actual": "Bình An, ngày 20 tháng 6 năm 2031"}, {"name": "NGƯỜI LẬP BIỂU", "actual": "TRƯỞNG PHÒNG"}],
        [{"code": "Người lập biểu", "actual": "KT. CHỦ TỊCH"}, {"actual": "PHÓ CHỦ TỊCH"}],
        [{"name": "Xác nhận của UBND xã", "plan": "Thủ trưởng đơn vị"}, {"name": "(Ký, ghi tên)", "plan": "(Đã ký)"}],
    ],
)  # fmt: skip
def test_who_signs_a_sheet_is_no_record(tmp_path: Path, block: list[dict[str, Any]]) -> None:
    names = {"code": "Nguyễn Văn Mẫu", "actual": "Trần Thị Thử"}
    book, _ = form("Chỉ tiêu", RICE, MAIZE, {}, *block, {}, names)
    assert [r.text("code") for r in read(tmp_path, book)] == ["lua", "ngo"]


def test_a_row_of_figures_below_the_signatures_is_told(tmp_path: Path) -> None:
    book, _ = form("Chỉ tiêu", RICE, {"name": "NGƯỜI LẬP BIỂU"}, {"name": "Ngô", "unit": "ha", "actual": 30})
    assert [p.cell for p in told(tmp_path, book)] == ["A4"]


def test_blank_rows_with_dashes_and_a_note_below_the_table_are_no_records(tmp_path: Path) -> None:
    book, _ = form("Chỉ tiêu", RICE, {"actual": "-", "plan": "…"}, {"name": "Ghi chú: số liệu đến ngày 15/6"})
    assert [r.text("code") for r in read(tmp_path, book)] == ["lua"]


def test_a_group_merged_downwards_counts_for_every_row(tmp_path: Path) -> None:
    rows = [{"topic": "van_hoa", "content": "Hội thi"}, {"content": "Hội diễn"}, {"content": "Liên hoan"}]
    book, sheet = form("Sự kiện", *rows)
    sheet.merge_cells("A2:A4")
    assert [r.values["topic"] for r in read(tmp_path, book)] == ["van_hoa"] * 3


def test_a_figure_merged_over_two_indicators_belongs_to_neither_for_certain(tmp_path: Path) -> None:
    book, sheet = form("Chỉ tiêu", RICE, {k: v for k, v in MAIZE.items() if k not in ("actual", "plan")})
    sheet.merge_cells("D2:D3")
    (problem,) = told(tmp_path, book)
    assert (problem.cell, problem.found) == ("D2", "«120» ở ô gộp D2:D3, không rõ là của dòng hay cột nào")


def test_a_figure_merged_over_two_columns_belongs_to_neither_for_certain(tmp_path: Path) -> None:
    book, sheet = form("Chỉ tiêu", RICE, MAIZE)
    sheet.merge_cells("D2:E2")
    assert [(p.cell, "D2:E2" in p.found) for p in told(tmp_path, book)] == [("D2", True)]


def test_no_value_may_be_merged_over_as_many_cells_as_one_likes(tmp_path: Path) -> None:
    rows = {**RICE, "actual": "chưa có số liệu", "note": "gửi sau"}, {**MAIZE, "actual": None}
    book, sheet = form("Chỉ tiêu", *rows)
    sheet.merge_cells("D2:D3")
    assert [r.values.get("actual") for r in read(tmp_path, book)] == [None, None]


def merged_keeping_values(sheet: Worksheet, area: str) -> None:
    """Merge as LibreOffice does on demand: what the covered cells hold stays in the file."""
    sheet.merged_cells.add(area)


@pytest.mark.parametrize(
    ("title", "rows", "area", "cell"),
    [
        ("Chỉ tiêu", [RICE, MAIZE], "D2:D3", "D3"),
        ("Chỉ tiêu", [RICE, {**MAIZE, "actual": 120}], "D2:D3", "D3"),
        ("Chỉ tiêu", [RICE, {**MAIZE, "plan": 31}], "D3:E3", "E3"),
        ("Sự kiện", [{"topic": "hop", "content": "Họp"}, {"topic": "hop", "content": "Tập huấn"}], "B2:B3", "B3"),
    ],
)
def test_a_value_under_a_merged_cell_is_told_and_never_read(
    tmp_path: Path, title: str, rows: list[dict[str, Any]], area: str, cell: str
) -> None:
    book, sheet = form(title, *rows)
    merged_keeping_values(sheet, area)
    said = {p.cell: p.found for p in told(tmp_path, book)}
    assert f"nằm khuất dưới ô gộp {area}" in said[cell]


def test_the_same_text_under_a_merged_cell_is_what_is_seen(tmp_path: Path) -> None:
    book, sheet = form("Sự kiện", {"topic": "hop", "content": "Họp"}, {"topic": "hop", "content": "Tập huấn"})
    merged_keeping_values(sheet, "A2:A3")
    assert [r.values["topic"] for r in read(tmp_path, book)] == ["hop", "hop"]


def test_hidden_rows_that_hold_figures_are_told_together(tmp_path: Path) -> None:
    book, sheet = form("Chỉ tiêu", RICE, MAIZE, {**MAIZE, "code": "khoai"}, {**MAIZE, "code": "san"})
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].height = 0.1
    (problem,) = told(tmp_path, book)
    assert (problem.cell, problem.found) == ("dòng 3 đến 4", "có số liệu nhưng đang bị ẩn hoặc bị lọc")


def test_rows_that_a_filter_leaves_out_are_told(tmp_path: Path) -> None:
    book, sheet = form("Sự kiện", {"topic": "hop", "content": "Họp"}, {"topic": "hop", "content": "Tập huấn"})
    sheet.auto_filter.ref = "A1:B3"
    sheet.auto_filter.add_filter_column(1, ["Họp"])
    sheet.row_dimensions[3].hidden = True
    (problem,) = told(tmp_path, book)
    assert (problem.cell, "Data > Clear" in problem.expected) == ("dòng 3", True)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_hidden_column_that_holds_anything_is_told(tmp_path: Path, narrow: bool) -> None:
    book, sheet = form("Chỉ tiêu", RICE, MAIZE)
    if narrow:
        sheet.column_dimensions["E"].width = 0.1
    else:
        sheet.column_dimensions["E"].hidden = True
    (problem,) = told(tmp_path, book)
    assert (problem.cell, problem.found) == ("cột E", "«Kế hoạch» có nội dung nhưng đang bị ẩn")


def test_hidden_rows_and_columns_without_content_do_no_harm(tmp_path: Path) -> None:
    book, sheet = form("Chỉ tiêu", RICE, {**MAIZE, "plan": None}, {"name": "Tổng cộng", "actual": 150})
    sheet.column_dimensions["E"].hidden = True
    sheet.column_dimensions.group("G", "Z", hidden=True)
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[9].hidden = True
    assert len(read(tmp_path, book)) == 2
