"""Stored is not shown: what a number means is what the officer sees of it."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from publish.office import convert
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from workbooks import FILE, RICE, add_form, department, indicators, new_book, only_problem, records, write_root

_CODES = [
    *(
        "General",
        "0",
        "0.00",
        "#,##0",
        "#,##0.00",
        "0%",
        '0.00"%"',
        '[=0]"-";0%',
        '00"/KH-UBND"',
        "00\\/0000",
        "#,##0,",
    ),
    *("0.0,,", "#,##0.0_);(#,##0.0)", "[Red]0.0;[Blue]-0.0", "0.##", "#.0#", "?0.0?", "000\\-000", '0" ha"', '"Số "0'),
    *("_(* #,##0_);_(* (#,##0);_(* -_);_(@_)", '0;;"không"', '0;-0;"không";@', "[<10]00;#,##0", "[$-42A]#,##0.0"),
    *('[>=1000000]0.0,,"tr";[>=1000]0.0,"ng";0', "#,##0\\ [$₫-42A]", '"ẩn"', 'General" ha"', '0"."000', "0;[Red]0"),
]
_NUMBERS = [0, 1, 5, -5, 12.5, -12.5, 0.87, 0.026, 1234.5, 1234567.891, -1234567.891, 48010, 0.004, 999.995, 1e10]
_DATE_CODES = [
    *("dd/mm/yyyy", "d/m/yyyy", "dd/mm/yy", "mm/yyyy", "d/m", "yyyy", '"ngày" dd "tháng" mm "năm" yyyy', "[hh]:mm:ss"),
    *("hh:mm:ss", "[mm]:ss", "dd/mm/yyyy h:mm", "mm:ss", "d\\.m\\.yyyy", "[h]:mm", "[$-42A]dd/mm/yyyy;@"),
]
_SERIALS = [48010, 48010.3125, 1234.5, 366.75]
_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1066,false,true,true,false"


def test_a_cell_shows_what_a_spreadsheet_program_shows_of_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for codes, values in ((_CODES, _NUMBERS), (_DATE_CODES, _SERIALS)):
        for code in codes:
            sheet.append(values)
            for cell in sheet[sheet.max_row]:
                cell.number_format = code
    book.save(tmp_path / "so.xlsx")
    with convert(tmp_path / "so.xlsx", _AS_SHOWN, tmp_path).open(encoding="utf-8", newline="") as file:
        theirs = [[" ".join(text.split()) for text in row] for row in csv.reader(file)]
    mine = open_workbook(tmp_path / "so.xlsx")
    assert isinstance(mine, RawWorkbook)
    cells = mine.sheets[0].cells.values()
    wrong = [
        (c.number_format, c.value, c.shown, text) for c in cells if (text := theirs[c.row - 1][c.column - 1]) != c.shown
    ]
    assert wrong == []


def _indicator(folder: Path, value: Any, number_format: str, unit: str) -> Path:
    book = indicators({**RICE, "unit": unit, "actual": value})
    book["Chỉ tiêu"]["D2"].number_format = number_format
    return write_root(folder / "root", {FILE: book})


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "number"),
    [
        (0.87, '[=0]"-";0%', "%", "87"),
        (0, '[=0]"-";0%', "%", "0"),
        (0.0185, "0%", "%", "1.85"),
        (90, '0.00"%"', "%", "90"),
        (90, "0\\%", "%", "90"),
        (3_500_000, "#,##0,,", "triệu đồng", "3.5"),
        (3_500, "0.0,", "nghìn đồng", "3.5"),
        (0, '#,##0;-#,##0;"-"', "ha", "0"),
        (-12, "#,##0_);(#,##0)", "ha", "-12"),
        (-12, "0;[Red]0", "ha", "-12"),
        (12, '0" đ/kg"', "đồng", "12"),
        (12, "[$-42A]#,##0", "ha", "12"),
        (5, "General", "ha", "5"),
        (5, "@", "ha", "5"),
        (5, "[DBNum1]0", "ha", "5"),
        ("90", '@"%"', "%", "90"),
    ],
)
def test_a_number_is_the_one_that_is_seen_with_all_its_digits(
    tmp_path: Path, value: Any, number_format: str, unit: str, number: str
) -> None:
    (record,) = records(_indicator(tmp_path, value, number_format, unit))
    assert record.values["actual"].value == Decimal(number)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "number_format", "found"),
    [
        (15, '0"000"', "lưu số 15 nhưng hiện «15000»"),
        (3_500_000, '0.0,,"tr"', "hiện «3,5tr»"),
        (3, '0" triệu"', "hiện «3 triệu»"),
        (15, '"x"', "hiện «x»"),
        (15, ";;;", "lưu số 15"),
        (15, "\\-0", "hiện «-15»"),
        (-15, "0;0", "hiện «15»"),
        (-15, "[>0]0", "hiện «####»"),
        (0.5, '0.0"%"', "tỷ lệ phần trăm 0,5%"),
        (0.5, '[=0]"-";0%', "tỷ lệ phần trăm 50%"),
        (1.25, "[h]:mm", "ngày giờ 30:00 trong cột số"),
        (48010, "mmm-yy", "ngày giờ"),
        ("90", ";;;", "không cho hiện"),
        ("3", '@" triệu"', "giá trị «3 triệu» kèm chữ"),
    ],
)
def test_a_number_that_is_not_the_one_seen_is_refused(
    tmp_path: Path, value: Any, number_format: str, found: str
) -> None:
    problem = only_problem(_indicator(tmp_path, value, number_format, "ha"))
    assert problem.cell == "D2"
    assert found in problem.found


def _event(folder: Path, value: Any, number_format: str) -> Path:
    book = new_book()
    sheet = add_form(book, "Sự kiện", [{"topic": "hop", "content": "Họp", "note": value}])
    sheet["C2"].number_format = number_format
    return write_root(folder / "root", {FILE: book}, departments=[department(FILE, "Sự kiện")])


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2, '00"/KH-UBND"', "02/KH-UBND"),
        (1.25, "[h]:mm", "30:00"),
        (48010, "dd/mm/yyyy", "11/06/2031"),
        (48010, "mm/yyyy", "06/2031"),
        (48010, "yyyy-mm-dd", "11/06/2031"),
        (48010, "mm-dd-yy", "11/06/2031"),
        (48010, "d-mmm-yy", "11/06/2031"),
        (48010, "[$-F800]dddd, mmmm dd, yyyy", "11/06/2031"),
        (48010.3125, "m/d/yy h:mm", "11/06/2031 7:30"),
        (0.8125, "h:mm AM/PM", "19:30"),
        (912345678, "0000\\.000\\.000", "0912.345.678"),
        ("A", '"Thôn "@', "Thôn A"),
        (1234.5, "#,##0.0", "1.234,5"),
    ],
)
def test_a_text_is_what_the_officer_sees(tmp_path: Path, value: Any, number_format: str, text: str) -> None:
    assert records(_event(tmp_path, value, number_format))[0].text("note") == text


@pytest.mark.parametrize(
    ("value", "number_format", "found"),
    [
        (48000, "mmm-yy", "định dạng «mmm-yy» hiện thành chữ khác nhau tùy máy"),
        (48000, "d-mmm", "khác nhau tùy máy"),
        (48000, "m/d", "khác nhau tùy máy"),
        (48000, "dddd", "khác nhau tùy máy"),
        (48000, "[$-1070000]d/m/yyyy", "khác nhau tùy máy"),
        (1.5, "# ?/?", "khác nhau tùy máy"),
        (123456789012, "General", "khác nhau tùy máy"),
        (-5, "dd/mm/yyyy", "khác nhau tùy máy"),
        ("kín", ";;;", "không cho hiện"),
        (5, ";;;", "không cho hiện"),
    ],
)
def test_a_text_that_cannot_be_told_is_refused(tmp_path: Path, value: Any, number_format: str, found: str) -> None:
    problem = only_problem(_event(tmp_path, value, number_format))
    assert (problem.cell, "Text" in problem.expected) == ("C2", True)
    assert found in problem.found


@pytest.mark.parametrize("number_format", ["mmm-yy", "d-mmm", "yyyy", "mm/yyyy"])
def test_a_date_whose_day_month_or_year_nobody_sees_is_refused(tmp_path: Path, number_format: str) -> None:
    book = new_book()
    row = {"number": "12/KH-UBND", "date": dt.date(2031, 6, 1), "title": "Kế hoạch"}
    add_form(book, "Danh mục văn bản", [row])["B2"].number_format = number_format
    root = write_root(tmp_path, {FILE: book}, departments=[department(FILE, "Danh mục văn bản")])
    problem = only_problem(root)
    assert (problem.cell, "không hiện đủ ngày, tháng, năm" in problem.found) == ("B2", True)
