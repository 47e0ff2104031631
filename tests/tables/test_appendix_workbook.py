"""Appendix workbooks as a spreadsheet program and a printer see them."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from tables.shown import report, table
from tables.test_appendices import ARTIST, COMMUNE, FLAG, LETTER, LETTER_SPECIAL, LETTER_YEARLY, MEDAL, PROVINCE
from thidua.document.block import Mark, Number, Table, Text, plain
from thidua.document.changed import changed
from thidua.document.document import Properties
from thidua.settings.page import page_form
from thidua.tables.appendix_workbook import write_appendix
from thidua.tables.awards import appendix_awards
from thidua.tables.measure import line_count
from thidua.tables.printed_sheet import room
from thidua.tables.register import appendix_register

DOCUMENT = Properties(
    title="Báo cáo: Sơ kết",
    author="UBND xã Bình An",
    language="vi",
    subject="quý II năm 2031",
    date=dt.date(2031, 6, 14),
    id="abc",
    reference="Kèm theo Báo cáo số 7/BC-UBND ngày 14 tháng 6 năm 2031 của UBND xã Bình An",
)
AWARDS = (PROVINCE, FLAG, MEDAL, ARTIST, COMMUNE, LETTER, LETTER_YEARLY, LETTER_SPECIAL)
HOSTILE = ("=1+1", "+cmd", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "12", "{=A1}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def award_table(folder: Path, *rows: dict[str, Any]) -> Table:
    return table(appendix_awards, report(folder, ("Khen thưởng", list(rows))).awards).block


def register_table(folder: Path, *rows: dict[str, Any]) -> Table:
    return table(appendix_register, report(folder, ("Danh mục văn bản", list(rows))).register).block


def written(folder: Path, *tables: Table, title: str = "Tổng hợp khen thưởng") -> Path:
    path = folder / "phu-luc-2.xlsx"
    write_appendix(tables, path, "Phụ lục II", title, DOCUMENT)
    return path


def opened(path: Path, *, values: bool = False) -> Worksheet:
    sheet = openpyxl.load_workbook(path, data_only=values).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_heading_lines_stand_over_the_table(folder: Path) -> None:
    sheet = opened(written(folder, award_table(folder / "root", *AWARDS)))
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "Phụ lục II",
        "TỔNG HỢP KHEN THƯỞNG",
        f"({DOCUMENT.reference})",
    ]
    assert sheet["A2"].font.b and sheet["A3"].font.i


def test_header_cells_are_merged_as_in_the_form(folder: Path) -> None:
    sheet = opened(written(folder, award_table(folder / "root", *AWARDS)))
    merged = {str(r) for r in sheet.merged_cells.ranges}
    assert merged == {
        *("A1:I1", "A2:I2", "A3:I3"),
        *("A5:A7", "B5:B7", "C5:E5", "F5:I5", "C6:C7", "D6:D7", "E6:E7", "F6:G6", "H6:I6"),
    }
    assert [sheet.cell(7, column).value for column in (6, 7, 8, 9)] == ["SL", "%", "SL", "%"]


def test_every_page_repeats_the_header_on_upright_a4_with_the_decree_s_margins(folder: Path) -> None:
    sheet = opened(written(folder, award_table(folder / "root", *AWARDS)))
    assert sheet.print_title_rows == "$5:$7"
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == ("9", "portrait")
    fit = sheet.sheet_properties.pageSetUpPr
    assert fit is not None
    assert (sheet.page_setup.fitToHeight, fit.fitToPage) == (0, True)
    margins = sheet.page_margins
    millimetres = [round(25.4 * m, 3) for m in (margins.left, margins.right, margins.top, margins.bottom)]
    assert all(
        low <= m <= high for m, (low, high) in zip(millimetres, ((30, 35), (15, 20), (20, 25), (20, 25)), strict=True)
    )
    header = sheet.oddHeader
    assert header is not None
    assert header.center.text == "&P"
    assert sheet.print_area == f"'Phụ lục II'!$A$1:$I${sheet.max_row}"


def test_a_table_too_wide_for_an_upright_page_lies(folder: Path) -> None:
    table = award_table(folder / "root", *AWARDS)
    wide = table.model_copy(update={"widths": tuple(2 * width for width in table.widths)})
    sheet, form = opened(written(folder, wide)), page_form().wide_margins
    assert sheet.page_setup.orientation == "landscape"
    margins = sheet.page_margins
    millimetres = [round(25.4 * m, 3) for m in (margins.top, margins.right, margins.bottom, margins.left)]
    assert millimetres == [form.top, form.right, form.bottom, form.left]


def test_an_appendix_that_lies_in_the_report_lies_in_its_workbook_and_fills_the_page(folder: Path) -> None:
    path = folder / "phu-luc-2.xlsx"
    write_appendix([award_table(folder / "root", *AWARDS)], path, "Phụ lục II", "Tổng hợp", DOCUMENT, wide=True)
    sheet = opened(path)
    assert sheet.page_setup.orientation == "landscape"
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHI"]
    assert sum(widths) == pytest.approx(room(wide=True), abs=9)


def test_the_typeface_is_the_decree_s_throughout(folder: Path) -> None:
    sheet = opened(written(folder, award_table(folder / "root", *AWARDS)))
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Times New Roman"}


def test_shares_are_formulas_whose_values_are_the_figures_and_nothing_else_is_computed(folder: Path) -> None:
    table = award_table(folder / "root", *AWARDS)
    path = written(folder, table)
    formulas, values = opened(path), opened(path, values=True)
    found = []
    for row, content in enumerate(table.body, 8):
        for column, cell in enumerate(content.cells, 1):
            formula, value = formulas.cell(row, column).value, values.cell(row, column).value
            submitted = next((run.value for run in cell.runs if isinstance(run, Number)), None)
            if submitted is None:
                assert formula == (plain(cell.runs) or None)
                continue
            assert value == pytest.approx(float(submitted), abs=1e-12)
            if isinstance(formula, str) and formula.startswith("="):
                named = re.fullmatch(r"=100\*(\w+)/(\w+)", formula)
                assert named is not None
                part, whole = (values.cell(*coordinate_to_tuple(name)).value for name in named.groups())
                assert 100 * float(str(part)) / float(str(whole)) == pytest.approx(float(submitted), abs=1e-9)
                found.append(formulas.cell(row, column).coordinate)
    assert formulas["G9"].value == "=100*F9/C9"
    assert found == ["G9", "I11", "G14", "I14", "I15"]


def test_a_withheld_share_is_an_open_cell_with_a_note_below(folder: Path) -> None:
    path = written(folder, award_table(folder / "root", PROVINCE, {**FLAG, "base_collective": 9}))
    sheet = opened(path)
    assert sheet["G9"].value == "…"
    assert str(sheet["A10"].value).startswith("Ghi chú: (…) chưa tính vì số liệu gốc cần xem lại: Cờ thi đua")
    assert sheet.print_area == "'Phụ lục II'!$A$1:$I$10"


def test_numbers_are_numbers_in_the_forms_that_the_report_prints(folder: Path) -> None:
    sheet = opened(written(folder, award_table(folder / "root", *AWARDS)))
    assert (sheet["C9"].value, type(sheet["C9"].value)) == (8, int)
    assert sheet["C9"].number_format == "[=0][$-42A]0;[<10][$-42A]00;[$-42A]#,##0"
    assert sheet["G9"].number_format == "[$-42A]#,##0.00"


def test_submitted_text_is_text_whatever_it_starts_with(folder: Path) -> None:
    rows = [{"number": f"{n}/KH", "date": "16/05/2031", "title": text, "note": text} for n, text in enumerate(HOSTILE)]
    sheet = opened(written(folder, register_table(folder / "root", *rows)))
    shown = [sheet.cell(row, 3) for row in range(6, 6 + len(HOSTILE))]
    assert [cell.value for cell in shown] == list(HOSTILE)
    assert {cell.data_type for cell in shown} == {"s"}
    assert [cell.quotePrefix for cell in shown] == [True] * 5 + [False] * 3
    assert all(cell.hyperlink is None for cell in shown)


def test_rows_are_high_enough_for_their_texts(folder: Path) -> None:
    long = "Quyết định về việc tổ chức các khối, cụm thi đua trên địa bàn " * 4
    rows = [
        {"number": "1/KH", "date": "16/05/2031", "title": "Ngắn"},
        {"number": "2/KH", "date": "16/05/2031", "title": long},
    ]
    sheet = opened(written(folder, register_table(folder / "root", *rows), title="Danh mục rất dài " * 12))
    short, high = (sheet.row_dimensions[row].height for row in (6, 7))
    assert short >= 15
    assert high >= 14 * line_count(long, 41, 12) > 14 * 4
    assert sheet.row_dimensions[2].height > 3 * 16


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("một", 1), ("một\nhai", 2), ("x" * 100, 6), ("chữ " * 20, 4)])
def test_lines_are_counted_as_a_column_breaks_them(text: str, lines: int) -> None:
    assert line_count(text.strip(), 20, 12) == lines


def test_the_same_table_gives_the_same_bytes(folder: Path) -> None:
    table = award_table(folder / "root", *AWARDS)
    first = written(folder, table).read_bytes()
    assert written(folder, table).read_bytes() == first


def test_nothing_tells_who_when_or_where_the_file_was_made(folder: Path) -> None:
    path = written(folder, award_table(folder / "root", *AWARDS))
    properties = openpyxl.load_workbook(path).properties
    assert properties.creator == properties.lastModifiedBy == "UBND xã Bình An"
    assert properties.created == properties.modified == dt.datetime(2031, 6, 14)
    with zipfile.ZipFile(path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert str(folder).encode() not in content


def test_several_tables_of_an_appendix_have_a_sheet_each(folder: Path) -> None:
    table = award_table(folder / "root", *AWARDS)
    names = openpyxl.load_workbook(written(folder, table, table)).sheetnames
    assert names == ["Phụ lục II (1)", "Phụ lục II (2)"]


def test_a_draft_says_so_and_marks_what_is_in_dispute_while_numbers_stay_numbers(folder: Path) -> None:
    mark = Mark(finding="e1", severity="error", label="L3")
    plain_table = award_table(folder, *AWARDS)
    made = changed(
        plain_table,
        lambda run: run.model_copy(update={"marks": (mark,)}) if isinstance(run, Number | Text) else run,
    )
    assert isinstance(made, Table)
    path = folder / "du-thao.xlsx"
    write_appendix([made], path, "Phụ lục II", "Tổng hợp", replace(DOCUMENT, draft=True))
    sheet = opened(path)
    assert str(sheet["A4"].value).startswith("Dự thảo.")
    cells = [c for row in sheet.iter_rows(min_row=7) for c in row]
    numbers = [c for c in cells if isinstance(c.value, int | float)]
    assert numbers and all('" [L3]"' in c.number_format and c.alignment.shrink_to_fit for c in numbers)
    assert any(str(c.value).endswith(" [L3]") for c in cells)
    assert opened(written(folder, plain_table))["A4"].value is None
