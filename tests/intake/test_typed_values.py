"""What officers type into number, percentage, date, code and text cells."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from thidua.cli import main
from thidua.errors import Problem
from thidua.intake.cells import Number
from workbooks import (
    FILE,
    RICE,
    add_form,
    department,
    indicators,
    new_book,
    number,
    only_problem,
    params_file,
    records,
    write_root,
)


def _book(key: str, value: Any, number_format: str | None, unit: str) -> Workbook:
    book = indicators({**RICE, "unit": unit, key: value})
    if number_format is not None:
        next(c for c in book["Chỉ tiêu"][2] if c.value == value).number_format = number_format
    return book


def read(folder: Path, value: Any, number_format: str | None = None, key: str = "actual", unit: str = "ha") -> Any:
    """The value that intake reads from a cell of an indicator's row."""
    root = write_root(folder / "root", {FILE: _book(key, value, number_format, unit)})
    return records(root)[0].values.get(key)


def refused(
    folder: Path, value: Any, number_format: str | None = None, key: str = "actual", unit: str = "ha"
) -> Problem:
    return only_problem(write_root(folder / "root", {FILE: _book(key, value, number_format, unit)}))


@pytest.mark.parametrize(
    ("typed", "value", "decimals"),
    [
        ("120", "120", 0),
        ("1.919,1", "1919.1", 1),
        ("1.919,10", "1919.10", 2),
        ("1919,1", "1919.1", 1),
        ("1.234", "1234", 0),
        ("1.234.567", "1234567", 0),
        ("1.2345", "1.2345", 4),
        ("12.34", "12.34", 2),
        ("0.123", "0.123", 3),
        ("1 919,1", "1919.1", 1),
        ("1\u00a0919,1", "1919.1", 1),
        ("1\u202f919\u202f000", "1919000", 0),
        ("  96,18 ", "96.18", 2),
        ("\u00a096,18\u00a0", "96.18", 2),
        ("\u200b96,18\ufeff", "96.18", 2),
        ("-5,5", "-5.5", 1),
        ("− 5,5", "-5.5", 1),
        ("+7", "7", 0),
        ("0", "0", 0),
        ("1,234", "1.234", 3),
    ],
)
def test_a_number_typed_as_text_is_read_the_vietnamese_way(
    tmp_path: Path, typed: str, value: str, decimals: int
) -> None:
    assert read(tmp_path, typed) == Number(Decimal(value), decimals)


@pytest.mark.parametrize("typed", ["-", "–", "...", "…", "x", "X", "chưa có số liệu", "Chưa có", "n/a"])
def test_a_mark_for_no_value_is_a_missing_value_and_not_nought(tmp_path: Path, typed: str) -> None:
    assert read(tmp_path, typed) is None


@pytest.mark.parametrize(
    ("typed", "found", "expected"),
    [
        ("15 ha", "giá trị «15 ha» kèm chữ «ha»", "chỉ con số 15; đơn vị tính ghi ở cột riêng"),
        ("1.919,1ha", "giá trị «1.919,1ha» kèm chữ «ha»", "chỉ con số 1.919,1; đơn vị tính ghi ở cột riêng"),
        ("1,234.5", "giá trị «1,234.5» viết theo kiểu Anh", "dấu phẩy cho phần thập phân, ví dụ 1.234,5"),
        ("1,234,567", "giá trị «1,234,567» viết theo kiểu Anh", "dấu phẩy cho phần thập phân, ví dụ 1.234.567"),
        ("15 20", "giá trị «15 20»", "một con số"),
        ("15\n20", "giá trị «15 20»", "một con số"),
        ("1.23.456", "giá trị «1.23.456»", "một con số"),
        ("--5", "giá trị «--5»", "một con số"),
        ("nhiều", "giá trị «nhiều»", "một con số"),
        ("1e5", "giá trị «1e5»", "con số"),
        ("٣", "giá trị «٣»", "một con số"),
        ("9" * 40, "có quá nhiều chữ số", "không quá 18 chữ số"),
        ("96,18%", "tỷ lệ phần trăm «96,18%»", "một số lượng"),
        (True, "giá trị «TRUE»", "một con số"),
        (dt.date(2031, 5, 1), "ngày giờ 01/05/2031 trong cột số", "định dạng ô là Number"),
        (1e30, "con số 1e+30", "một con số có thật"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_type(tmp_path: Path, typed: Any, found: str, expected: str) -> None:
    problem = refused(tmp_path, typed)
    assert (problem.file, problem.sheet, problem.cell) == (FILE, "Chỉ tiêu", "D2")
    assert found in problem.found
    assert expected in problem.expected


@pytest.mark.parametrize(
    ("typed", "number_format", "value", "decimals"),
    [
        ("96,18", None, "96.18", 2),
        ("96,18%", None, "96.18", 2),
        ("96,18 %", None, "96.18", 2),
        (96.18, "0.00", "96.18", 2),
        (0.9618, "0.00%", "96.18", 2),
        (0.9618, "0%", "96.18", 2),
        (1.0471, "0.0%", "104.71", 2),
        (96.18, None, "96.18", None),
        (96, "0", "96", 0),
    ],
)
def test_a_percentage_is_read_however_it_is_typed(
    tmp_path: Path, typed: Any, number_format: str | None, value: str, decimals: int | None
) -> None:
    found = read(tmp_path, typed, number_format, key="printed_to_plan")
    assert (found.value, found.decimals) == (Decimal(value), decimals)


def test_a_row_measured_in_percent_takes_percentages_in_every_number_column(tmp_path: Path) -> None:
    row = {**RICE, "unit": "%", "actual": "85,5%", "plan": "90 %", "plan_upper": "95%", "last": "80,1"}
    (found,) = records(write_root(tmp_path, {FILE: indicators(row)}))
    assert [number(found, k).value for k in ("actual", "plan", "plan_upper", "last")] == [
        Decimal("85.5"),
        Decimal(90),
        Decimal(95),
        Decimal("80.1"),
    ]


def test_a_percent_format_on_a_count_is_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, 0.5, "0%")
    assert problem.found == "tỷ lệ phần trăm 50% (ô định dạng %)"


def test_a_percentage_that_could_be_thousands_is_asked_about(tmp_path: Path) -> None:
    problem = refused(tmp_path, "96.183", key="printed_to_plan")
    assert problem.found == "«96.183» có thể hiểu là 96183 hoặc 96,183"
    assert problem.expected == "tỷ lệ viết bằng dấu phẩy thập phân, ví dụ 96,183"


@pytest.mark.parametrize(
    ("value", "number_format", "exact", "decimals"),
    [
        (1919.1, "#,##0.0", "1919.1", 1),
        (1919.1, "General", "1919.1", None),
        (0.1 + 0.2, "General", "0.3", None),
        (1995.18, "#,##0.00", "1995.18", 2),
        (1234567, "#,##0", "1234567", 0),
        (15, '0" ha"', "15", 0),
        (2.5, '#,##0.00\\ "₫"', "2.5", 2),
        (2.5, "0.00E+00", "2.5", None),
        (3.5, "#,##0", "3.5", 1),
        (1.85, "0.0", "1.85", 2),
        (1 / 3, "General", "0.333333333333333", 2),
        (1 / 3, "0", "0.333333333333333", 2),
        (200 / 3, "0.0", "66.6666666666667", 1),
        (0.001 / 3, "0.0", "0.000333333333333333", 4),
        (1234.5600000001, "0", "1234.5600000001", 2),
    ],
)
def test_a_number_keeps_its_exact_value_and_the_decimals_that_it_or_its_format_has(
    tmp_path: Path, value: float, number_format: str, exact: str, decimals: int | None
) -> None:
    found = read(tmp_path, value, number_format)
    assert (found.value, found.decimals) == (Decimal(exact), decimals)


def _documents(folder: Path, date: Any) -> Path:
    book = new_book()
    add_form(book, "Danh mục văn bản", [{"number": "12/KH-UBND", "date": date, "title": "Kế hoạch thi đua"}])
    return write_root(folder / "root", {FILE: book}, departments=[department(FILE, "Danh mục văn bản")])


@pytest.mark.parametrize(
    "typed",
    [
        dt.date(2031, 2, 5),
        dt.datetime(2031, 2, 5, 8, 30),
        "5/2/2031",
        "05/02/2031",
        "05-02-2031",
        "5.2.2031",
        "05 / 02 / 2031",
        "ngày 05 tháng 02 năm 2031",
        "Ngày 5 tháng 2 năm 2031",
        "2031-02-05",
        "\u00a05/2/2031 ",
        unicodedata.normalize("NFD", "ngày 5 tháng 2 năm 2031"),
    ],
)
def test_a_date_is_read_as_date_or_as_text(tmp_path: Path, typed: Any) -> None:
    assert records(_documents(tmp_path, typed))[0].values["date"] == dt.date(2031, 2, 5)


@pytest.mark.parametrize("typed", ["31/02/2031", "5/2/31", "tháng 2 năm 2031", 45292, "2/2031"])
def test_what_is_no_date_is_refused_with_the_form_to_use(tmp_path: Path, typed: Any) -> None:
    problem = only_problem(_documents(tmp_path, typed))
    assert problem.cell == "B2"
    assert problem.expected.startswith("một ngày có thật, viết ngày/tháng/năm")


@pytest.mark.parametrize("typed", ["05/31/2031", "5-31-2031", "05.31.2031", "ngày 5 tháng 31 năm 2031", "2031-31-05"])
def test_day_and_month_exchanged_are_named_as_such(tmp_path: Path, typed: str) -> None:
    problem = only_problem(_documents(tmp_path, typed))
    assert (problem.cell, problem.found) == ("B2", f"«{typed}» viết đảo ngày và tháng (không có tháng 31)")
    assert problem.expected == "ngày trước, tháng sau: 31/05/2031 nếu đúng là ngày ấy"


def _dates(folder: Path, *dates: Any) -> Path:
    book = new_book()
    rows = [{"number": f"{n}/KH-UBND", "date": date, "title": "Kế hoạch"} for n, date in enumerate(dates, 1)]
    add_form(book, "Danh mục văn bản", rows)
    return write_root(folder / "root", {FILE: book}, departments=[department(FILE, "Danh mục văn bản")])


STORED = [dt.date(2031, 4, 1), dt.date(2031, 6, 4), dt.date(2031, 9, 5), dt.date(2031, 3, 6)]


def test_a_column_whose_dates_a_program_exchanged_as_far_as_it_could_is_told(tmp_path: Path) -> None:
    problem = only_problem(_dates(tmp_path, *STORED, "16/5/2031", "28/6/2031"))
    assert problem.cell == "B2"
    assert "4 ngày của cột B, như 01/04/2031, có dấu hiệu bị đảo ngày và tháng" in problem.found
    assert "«16/5/2031» ở B6" in problem.found


@pytest.mark.parametrize(
    "dates", [(*STORED, "5/6/2031"), (*STORED, dt.date(2031, 5, 16), "16/5/2031"), (*STORED[:2], "16/5/2031"), STORED]
)
def test_dates_typed_now_one_way_and_now_another_are_no_sign_of_it(tmp_path: Path, dates: tuple[Any, ...]) -> None:
    assert len(records(_dates(tmp_path, *dates))) == len(dates)


def test_a_date_that_is_none_either_way_is_not_called_exchanged(tmp_path: Path) -> None:
    assert only_problem(_documents(tmp_path, "13/25/2031")).expected.startswith("một ngày có thật")


def test_a_code_is_lower_case_letters_digits_and_underscores(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "code": "Lúa xuân"})})
    problem = only_problem(root)
    assert problem.cell == "A2"
    assert problem.found == "mã «Lúa xuân»"
    assert problem.expected.endswith("bắt đầu bằng chữ, ví dụ «lua_xuan»")


def test_a_choice_names_the_nearest_one(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "quality": "khoản"})})
    assert "gần nhất là «khoảng»" in only_problem(root).expected


def _events(folder: Path, **cells: Any) -> Any:
    book = new_book()
    add_form(book, "Sự kiện", [{"topic": "van_hoa", "content": "Hội thi", **cells}])
    root = write_root(folder / "root", {FILE: book}, departments=[department(FILE, "Sự kiện")])
    return records(root)[0].values


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (dt.date(2031, 2, 5), "05/02/2031"),
        (dt.time(7, 30), "7:30:00"),
        (12, "12"),
        (12.0, "12"),
        (0.1 + 0.2, "0,3"),
        (True, "TRUE"),
        ("  Nhà văn\u00a0hóa \n\n xã  ", "Nhà văn hóa\nxã"),
        (unicodedata.normalize("NFD", "Nhà văn hóa Đồng Mộ"), "Nhà văn hóa Đồng Mộ"),
        ("\u202eđảo\u202c", "đảo"),
        ("a_x0007_b_x000D__x000A_c", "ab\nc"),
        ("=SUM", "=SUM"),
    ],
)
def test_a_text_cell_holds_what_the_officer_sees(tmp_path: Path, typed: Any, text: str) -> None:
    book = new_book()
    sheet = add_form(book, "Sự kiện", [{"topic": "van_hoa", "content": "Hội thi", "note": typed}])
    if typed == "=SUM":
        sheet["C2"].data_type = "s"
    root = write_root(tmp_path, {FILE: book}, departments=[department(FILE, "Sự kiện")])
    assert records(root)[0].values["note"] == text


def test_a_percent_in_a_text_column_reads_as_it_shows(tmp_path: Path) -> None:
    book = new_book()
    sheet = add_form(book, "Sự kiện", [{"topic": "van_hoa", "content": "Hội thi", "note": 0.855}])
    sheet["C2"].number_format = "0.0%"
    root = write_root(tmp_path, {FILE: book}, departments=[department(FILE, "Sự kiện")])
    assert records(root)[0].values["note"] == "85,5%"


def test_an_empty_required_cell_is_named(tmp_path: Path) -> None:
    problem = only_problem(write_root(tmp_path, {FILE: indicators({**RICE, "name": None})}))
    assert (problem.cell, problem.found) == ("B2", "ô «Chỉ tiêu» để trống")


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#N/A", "#VALUE!", "#NAME?"])
def test_an_error_cell_is_refused_by_its_own_name(tmp_path: Path, error: str) -> None:
    problem = refused(tmp_path, error)
    assert (problem.cell, problem.found) == ("D2", f"ô báo lỗi {error}")


def test_a_negative_count_is_read_and_the_checks_call_it_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "unit": "vụ", "actual": -3})})
    assert main(["check", str(params_file(root)), "--root", str(root), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert any(f["severity"] == "error" and f["cells"][0]["cell"] == "D2" for f in findings)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("hs\nmoi", "hs_xa_moi"),
        ("du_an_x000D_moi", "du_an_xd_moi"),
        ("so_x000e_may", "so_xe_may"),
        ("trat_tu\nhoi_vu", "trat_tu_xa_hoi_vu"),
        (" hs_xa_moi\n", "hs_xa_moi"),
    ],
)
def test_a_code_that_libreoffice_took_for_control_characters_is_the_code_again(
    tmp_path: Path, stored: str, code: str
) -> None:
    part = {"code": "phan", "name": "Phần", "unit": "ha", "actual": 1, "formula": f"{stored.strip()} / 2"}
    found = records(write_root(tmp_path, {FILE: indicators({**RICE, "code": stored}, part)}))
    assert [r.text("code") for r in found] == [code, "phan"]
    assert found[1].text("formula") == f"{code} / 2"
