"""The reader of workbooks against openpyxl, cell by cell, on workbooks of two writers."""

from __future__ import annotations

import datetime as dt
import io
import re
import string
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from thidua.intake.xlsx.raw import RawSheet, letters
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.text import clean

FORMATS = ["General", "0", "0.00", "#,##0.0", "0.00%", '#,##0" ha"', "@", "[Red]0.0"]
DATE_FORMATS = ["dd/mm/yyyy", "d-mmm-yy", "yyyy-mm-dd h:mm", "[$-42A]dd/mm/yyyy;@"]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=20)
DAYS = st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2090, 1, 1)).map(lambda d: d.replace(microsecond=0))
VALUES = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: float(f"{x:.12g}")),
    st.booleans(),
    TEXT,
)
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 40)),
    st.one_of(st.tuples(VALUES, st.sampled_from(FORMATS)), st.tuples(DAYS, st.sampled_from(DATE_FORMATS))),
    max_size=20,
)
Cells = dict[tuple[int, int], tuple[Any, str]]


def by_openpyxl(cells: Cells) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for (row, column), (value, number_format) in cells.items():
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell.number_format = number_format
    sheet.merge_cells("B3:D4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter(cells: Cells) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Bảng 1")
    for (row, column), (value, number_format) in cells.items():
        style = book.add_format({"num_format": number_format})
        if isinstance(value, str):
            sheet.write_string(row - 1, column - 1, value, style)
        elif isinstance(value, dt.datetime):
            sheet.write_datetime(row - 1, column - 1, value, style)
        elif isinstance(value, bool):
            sheet.write_boolean(row - 1, column - 1, value, style)
        else:
            sheet.write_number(row - 1, column - 1, value, style)
    sheet.merge_range("B50:D51", "gộp")
    book.close()
    return stream.getvalue()


def read(content: bytes, folder: Path) -> RawSheet:
    path = folder / "so.xlsx"
    path.write_bytes(content)
    book = open_workbook(path)
    assert isinstance(book, RawWorkbook), str(book)
    return book.sheets[0]


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=CELLS)
def test_every_cell_is_read_as_openpyxl_reads_it(tmp_path: Path, write: Callable[[Cells], bytes], cells: Cells) -> None:
    content = write(cells)
    mine = read(content, tmp_path)
    theirs = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    expected = {}
    for row in theirs.iter_rows():
        for cell in row:
            value = clean(cell.value) or None if isinstance(cell.value, str) else cell.value
            if value is not None:
                expected[cell.row, cell.column] = (value, type(value), cell.number_format)
    assert {k: (c.value, type(c.value), c.number_format) for k, c in mine.cells.items()} == expected
    assert mine.merged == tuple((r.min_row, r.min_col, r.max_row, r.max_col) for r in theirs.merged_cells.ranges)


@given(st.integers(1, 18_278))
def test_column_letters_are_those_of_a_spreadsheet(column: int) -> None:
    assert letters(column) == get_column_letter(column)


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_dates_are_the_same_in_both_calendars_of_excel(tmp_path: Path, epoch: int) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"date_1904": epoch == 1904})
    sheet = book.add_worksheet()
    style = book.add_format({"num_format": "dd/mm/yyyy"})
    days = [dt.datetime(1904, 1, 2), dt.datetime(2000, 2, 29), dt.datetime(2031, 6, 30, 7, 30)]
    for row, day in enumerate(days):
        sheet.write_datetime(row, 0, day, style)
    book.close()
    assert [c.value for c in read(stream.getvalue(), tmp_path).cells.values()] == days


def test_rich_text_is_its_words_without_their_looks(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_rich_string(0, 0, "Lúa ", book.add_format({"bold": True}), "đông xuân", ", 2 vụ")
    book.close()
    assert read(stream.getvalue(), tmp_path).cells[1, 1].value == "Lúa đông xuân, 2 vụ"


def test_addresses_may_be_left_out_as_some_writers_do(tmp_path: Path) -> None:
    content = by_openpyxl({(1, 1): ("Lúa", "General"), (1, 2): (5, "0"), (2, 1): ("Ngô", "General")})
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(rb' r="[A-Z]*\d+"', b"", text) if "sheet1.xml" in name else text)
    cells = read(stream.getvalue(), tmp_path).cells
    assert (cells[1, 1].value, cells[1, 2].value, cells[2, 1].value) == ("Lúa", 5, "Ngô")


def test_the_strict_form_of_the_format_is_read_too(tmp_path: Path) -> None:
    content = by_xlsxwriter({(1, 1): ("Lúa", "General"), (1, 2): (5, "0.00")})
    namespaces = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for transitional, strict in namespaces.items():
                text = text.replace(transitional, strict)
            new.writestr(name, text)
    cells = read(stream.getvalue(), tmp_path).cells
    assert (cells[1, 1].value, cells[1, 2].value, cells[1, 2].number_format) == ("Lúa", 5, "0.00")


WHOLE = by_xlsxwriter({(1, 1): ("Lúa", "General"), (2, 2): (5.5, "0.00"), (3, 1): (True, "0")})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_workbook_damaged_anywhere_is_read_or_refused_but_never_breaks_the_reader(
    tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(content) - 1))
        content[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    path = tmp_path / "so.xlsx"
    path.write_bytes(bytes(content[:cut] if data.draw(st.booleans()) else content))
    open_workbook(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_sheet_of_odd_xml_is_read_or_refused_but_never_breaks_the_reader(tmp_path: Path, data: st.DataObject) -> None:
    tags = ["c", "v", "f", "is", "t", "row", "mergeCell", "sheetData", "rPh", "si"]
    names = ["r", "t", "s", "si", "ref"]
    values = st.one_of(
        st.sampled_from(["s", "str", "b", "e", "d", "n", "shared", "0", "-1", "99", "A1", "A0", "A1:B2", "ZZZ1", ""]),
        st.text(string.printable.translate({ord(c): None for c in "<>&\"'\x0b\x0c"}), max_size=6),
    )

    def element(depth: int) -> str:
        tag = data.draw(st.sampled_from(tags))
        attributes = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=3))
        inner = "".join(element(depth + 1) for _ in range(data.draw(st.integers(0, 3)))) if depth < 3 else ""
        text = data.draw(values)
        written = "".join(f' {key}="{value}"' for key, value in attributes.items())
        return f"<{tag}{written}>{text}{inner}</{tag}>"

    sheet = f"<worksheet>{element(0)}{element(0)}</worksheet>".encode()
    stream = io.BytesIO()
    content = by_openpyxl({(1, 1): ("Lúa", "General")})
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    path = tmp_path / "so.xlsx"
    path.write_bytes(stream.getvalue())
    open_workbook(path)
