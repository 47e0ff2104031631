"""A blank workbook: what is to be filled in is open and marked, the rest is protected, and it is read back as it is."""

from __future__ import annotations

import warnings
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from publish.office import convert
from thidua.forms.schema import INFO_SHEET, SheetSchema, schemas
from thidua.prepare.blank import BlankSheet, Given, Heading, write_blank
from thidua.settings.period import Period
from workbooks import FILE, PERIOD, UNIT, department, problems, raw, records, write_root

HEADING = Heading("Phòng Kinh tế", UNIT, Period.parse(PERIOD), FILE)
RICE = {
    "code": Given("lua"),
    "name": Given("Lúa"),
    "unit": Given("ha"),
    "group": Given("cay_trong"),
    "note": Given("gieo muộn"),
}
LAST = Given(Decimal("112.5"), "Lấy từ lần chạy 2030-Q2-0123456789ab")


def blank(root: Path, *sheets: BlankSheet) -> Path:
    """A report folder with one workbook, blank."""
    write_root(root, {FILE: None}, departments=[department(FILE, *(s.title for s in sheets))])
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # of messages that are too long for Excel, which XlsxWriter would leave out
        write_blank(raw(root), HEADING, sheets)
    return root


def sheet_of(root: Path, title: str) -> Worksheet:
    sheet = load_workbook(raw(root))[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def under(sheet: Worksheet, header: str, row: int = 0) -> Cell:
    """The cell of a column in a row below the header."""
    heads = {cell.value: cell for line in sheet.iter_rows(max_row=8) for cell in line if cell.value}
    found = sheet.cell(heads["Chỉ tiêu" if header == "Mã chỉ tiêu" else header].row + 1 + row, heads[header].column)
    assert isinstance(found, Cell)
    return found


@pytest.mark.parametrize("title", schemas())
def test_an_empty_form_is_no_error_and_has_no_rows(tmp_path: Path, title: str) -> None:
    root = blank(tmp_path / "root", BlankSheet(title))
    assert problems(root) == []
    assert [r for r in records(root) if r.kind != "banners"] == []


@pytest.fixture
def rice(tmp_path: Path) -> Path:
    """With one row that is known and one number of last year's."""
    return blank(tmp_path / "root", BlankSheet("Chỉ tiêu", [{**RICE, "last": LAST}], offered={"group": ["cay_trong"]}))


def test_what_is_given_is_read_back(rice: Path) -> None:
    (record,) = (r for r in records(rice) if r.kind == "indicators")
    assert record.values["last"] == (Decimal("112.5"), None)
    assert {k: record.text(k) for k in RICE} == {k: given.value for k, given in RICE.items()}


def test_codes_are_protected_and_what_is_asked_is_open(rice: Path) -> None:
    sheet = sheet_of(rice, "Chỉ tiêu")
    assert sheet.protection.sheet and not sheet.protection.password
    assert under(sheet, "Mã chỉ tiêu").protection.locked
    assert under(sheet, "Đơn vị tính").protection.locked
    for header in ("Trong kỳ", "Lũy kế", "Kế hoạch", "Cùng kỳ năm trước", "Ghi chú"):
        assert not under(sheet, header).protection.locked, header
    fills = {h: under(sheet, h).fill.fgColor.rgb for h in ("Mã chỉ tiêu", "Trong kỳ", "Ghi chú")}
    assert len(set(fills.values())) == 3
    assert not under(sheet, "Mã chỉ tiêu", 1).protection.locked, "a unit's own new indicator"


def test_a_number_that_was_there_before_says_where_it_is_from(rice: Path) -> None:
    comment = under(sheet_of(rice, "Chỉ tiêu"), "Cùng kỳ năm trước").comment
    assert comment is not None and LAST.remark in comment.text


def test_choices_drop_down_and_refusals_are_in_vietnamese(rice: Path) -> None:
    rules = {str(v.sqref).split(":")[0][:1]: v for v in sheet_of(rice, "Chỉ tiêu").data_validations.dataValidation}
    kinds = [v.type for v in rules.values()]
    assert kinds.count("list") == 4 and "decimal" in kinds and "custom" in kinds
    assert {v.formula1 for v in rules.values() if v.type == "list"} >= {'"gồm,trong đó"', '"ước,khoảng,trên,hơn"'}
    assert all(v.error for v in rules.values() if v.showErrorMessage and v.type not in (None, "none"))


def test_the_first_sheet_tells_whose_it_is_and_how_to_fill_it_in(rice: Path) -> None:
    book = load_workbook(raw(rice))
    assert book.sheetnames[0] == INFO_SHEET
    told = [str(cell.value) for row in book[INFO_SHEET].iter_rows() for cell in row if cell.value]
    assert {"Phòng Kinh tế", UNIT, "quý II năm 2031", "CÁCH ĐIỀN"} <= set(told)
    assert any(FILE in line for line in told)


def test_the_same_arguments_give_the_same_bytes(rice: Path, tmp_path: Path) -> None:
    again = blank(
        tmp_path / "again", BlankSheet("Chỉ tiêu", [{**RICE, "last": LAST}], offered={"group": ["cay_trong"]})
    )
    assert raw(again).read_bytes() == raw(rice).read_bytes()


def test_codes_with_letters_that_libreoffice_takes_for_an_escape_are_shown_whole(tmp_path: Path) -> None:
    code = {"code": Given("thon_xa_moi"), "name": Given("Thôn mới"), "unit": Given("thôn"), "note": Given("mới")}
    root = blank(tmp_path / "root", BlankSheet("Chỉ tiêu", [code], offered={"group": ["lop_xe_dap"]}))
    assert [r.text("code") for r in records(root) if r.kind == "indicators"] == ["thon_xa_moi"]
    assert "thon_xa_moi" in convert(raw(root), "html", tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize("schema", [s for s in schemas().values() if s.keeps], ids=lambda s: s.kind)
def test_whatever_code_a_form_has_stays_from_period_to_period(schema: SheetSchema) -> None:
    codes = {c.key for c in schema.columns if c.type in ("slug", "slugs", "formula")}
    assert codes <= set(schema.keeps)
