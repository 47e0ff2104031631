"""The reader of workbooks: cell by cell as openpyxl's full reading, and what odd writers make of a sheet."""

from __future__ import annotations

import datetime as dt
import io
import re
import string
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from thidua.errors import Problem
from thidua.intake.xlsx.raw import RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.language.text import clean

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
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
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


@cache
def _one_cell() -> bytes:
    return by_openpyxl({(1, 1): ("Lúa", "General")})


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
    tags = ["c", "v", "f", "is", "t", "row", "mergeCell", "sheetData", "rPh", "si", "col", "extLst"]
    names = ["r", "t", "s", "si", "ref", "hidden", "min", "max"]
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

    sheet = f"<worksheet {NAMESPACE}>{element(0)}{element(0)}</worksheet>".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_one_cell())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    path = tmp_path / "so.xlsx"
    path.write_bytes(stream.getvalue())
    open_workbook(path)


def sheet_of(folder: Path, body: str, styles: str | None = None) -> RawSheet:
    """A sheet written out by hand, in a package of openpyxl's."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_one_cell())) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = f"<worksheet {NAMESPACE}>{body}</worksheet>".encode()
            elif name.endswith("styles.xml") and styles is not None:
                content = f"<styleSheet {NAMESPACE}>{styles}</styleSheet>".encode()
            new.writestr(name, content)
    return read(stream.getvalue(), folder)


def rows(*cells: str) -> str:
    return f"<sheetData><row r='1'>{''.join(cells)}</row></sheetData>"


def test_a_reference_in_small_letters_is_the_same_cell(tmp_path: Path) -> None:
    cells = sheet_of(tmp_path, rows("<c r='b1'><v>5</v></c>", "<c r='aa1'><v>6</v></c>", "<c><v>7</v></c>")).cells
    assert {place: cell.value for place, cell in cells.items()} == {(1, 2): 5, (1, 27): 6, (1, 28): 7}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c r='B1' t='d'><v>2031-06-11</v></c>", dt.datetime(2031, 6, 11)),
        ("<c r='B1' t='d'><v>2031-06-11T07:30:00Z</v></c>", dt.datetime(2031, 6, 11, 7, 30)),
        ("<c r='B1' t='d'><v>10:59:59.9999999999984025</v></c>", dt.time(11, 0)),
        ("<c r='B1' s=''><v>1919.1</v></c>", 1919.1),
        ("<c r='B1' t='b'><v>true</v></c>", True),
        ("<c r='B1' t='inlineStr'><is><r><t>Lúa </t></r><r><t>xuân</t></r><rPh><t>x</t></rPh></is></c>", "Lúa xuân"),
        ("<c r='B1'><v> 5 </v></c>", 5),
    ],
)  # fmt: skip
def test_what_a_few_writers_write_otherwise_is_read(tmp_path: Path, cell: str, value: Any) -> None:
    found = sheet_of(tmp_path, rows(cell)).cells[1, 2]
    assert (found.value, type(found.value), found.odd) == (value, type(value), "")


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='B1'><v>1,5</v></c>",
        "<c r='B1'><v>abc</v></c>",
        "<c r='B1' s='99'><v>0.5</v></c>",
        "<c r='B1' s='x'><v>0.5</v></c>",
        "<c r='B1' t='s'><v>999</v></c>",
        "<c r='B1' t='s'><v>-1</v></c>",
        "<c r='B1' t='d'><v>hôm qua</v></c>",
        "<c r='B1' t='d'><v>2031-02-30</v></c>",
        "<c r='B1' t='d'><v>PT99999999999999999H</v></c>",
        "<c r='B1' t='b'><v>đúng</v></c>",
        "<c r='B1' t='moi'><v>5</v></c>",
        "<c r='1B'><v>5</v></c>",
        "<c r='ABCDE1'><v>5</v></c>",
        "<c r='B0'><v>5</v></c>",
    ],
)
def test_an_odd_cell_is_named_and_its_neighbours_are_read(tmp_path: Path, cell: str) -> None:
    cells = sheet_of(tmp_path, rows("<c r='A1'><v>4</v></c>", cell, "<c r='C1'><v>6</v></c>")).cells
    assert [cells[1, c].value for c in (1, 3)] == [4, 6]
    assert cells[1, 2].odd
    assert [c.address for c in cells.values() if c.odd] == ["B1"]


@pytest.mark.parametrize("row", ["", "0", "-2", "x", "1.5"])
def test_a_row_that_is_oddly_numbered_comes_after_the_one_before(tmp_path: Path, row: str) -> None:
    body = f"<sheetData><row r='4'><c><v>1</v></c></row><row r='{row}'><c><v>2</v></c></row></sheetData>"
    assert {k: c.value for k, c in sheet_of(tmp_path, body).cells.items()} == {(4, 1): 1, (5, 1): 2}


def test_what_openpyxl_would_condemn_beside_the_cells_is_not_looked_at(tmp_path: Path) -> None:
    body = (
        rows("<c r='A1' s='1'><v>0.5</v></c>")
        + "<autoFilter ref='A1:B9'><filterColumn colId='0'><customFilters><customFilter val='x' operator='la'/>"
        "</customFilters></filterColumn></autoFilter><mergeCells><mergeCell ref='B2:?'/><mergeCell ref='c3:d4'/>"
        "</mergeCells><pageSetup orientation='nghieng'/>"
    )
    styles = "<fills><fill/></fills><cellXfs><xf/><xf numFmtId='10'/></cellXfs><cellXfsKhac/>"
    sheet = sheet_of(tmp_path, body, styles)
    assert (sheet.cells[1, 1].value, sheet.cells[1, 1].number_format) == (0.5, "0.00%")
    assert sheet.merged == ((3, 3, 4, 4),)


def test_formats_of_conditional_formatting_are_no_cell_s_format(tmp_path: Path) -> None:
    styles = (
        "<numFmts><numFmt numFmtId='170' formatCode='0.0'/></numFmts><cellXfs><xf/><xf numFmtId='10'/>"
        "<xf numFmtId='14'/><xf numFmtId='170'/></cellXfs><dxfs><dxf><numFmt numFmtId='10' formatCode='0'/></dxf><dxf>"
        "<numFmt numFmtId='14' formatCode='0%'/></dxf><dxf><numFmt numFmtId='170' formatCode='0%'/></dxf></dxfs>"
    )
    cells = [f"<c s='{s}'><v>48010</v></c>" for s in (1, 2, 3)]
    found = sheet_of(tmp_path, rows(*cells), styles).cells
    assert [found[1, c].number_format for c in (1, 2, 3)] == ["0.00%", "dd/mm/yyyy", "0.0"]
    assert found[1, 2].value == dt.datetime(2031, 6, 11)


def test_a_number_whose_format_is_lost_with_the_workbook_s_formats_is_odd(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, rows("<c r='A1'><v>1</v></c>", "<c r='B1' s='3'><v>0.5</v></c>"), "<cellXfs/>")
    assert [bool(cell.odd) for cell in sheet.cells.values()] == [False, True]


def test_hidden_rows_and_columns_and_the_formulas_of_cells_are_told(tmp_path: Path) -> None:
    body = (
        "<cols><col min='2' max='3' hidden='1'/><col min='5' max='5' width='0'/><col min='6' max='6' width='9'/></cols>"
        "<sheetData><row r='1' hidden='1'><c><f>SUM(B1:B2)</f><v>1</v></c></row><row r='2' ht='0'/>"
        "<row r='3' hidden='0' ht='15'><c><f t='shared' ref='A3:B3' si='0'>C3+1</f><v>2</v></c>"
        "<c><f t='shared' si='0'/><v>3</v></c></row></sheetData>"
    )
    sheet = sheet_of(tmp_path, body)
    assert (sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)) == ([1, 2], [2, 3, 5])
    assert [c.formula for c in sheet.cells.values()] == ["SUM(B1:B2)", "C3+1", "C3+1"]


def test_small_packages_in_the_64_bit_form_are_read(tmp_path: Path) -> None:
    stream = io.BytesIO(by_openpyxl({(1, 1): ("Lúa", "General")}))
    content = stream.getvalue()
    end = content.rindex(b"PK\x05\x06")
    parts, _, size, start = struct.unpack("<HHLL", content[end + 8 : end + 20])
    wide = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, parts, parts, size, start)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, end, 1)
    tail = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert read(content[:end] + wide + locator + tail, tmp_path).cells[1, 1].value == "Lúa"


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/workbook.xml", b"<workbook", "phần xl/workbook.xml sai cú pháp XML ở dòng 1"),
        ("xl/worksheets/sheet1.xml", b"<worksheet/>", "phần xl/worksheets/sheet1.xml không đúng chuẩn .xlsx"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>", "danh sách trang của workbook không đúng chuẩn .xlsx"),
        ("xl/worksheets/sheet1.xml", None, "thiếu phần xl/worksheets/sheet1.xml"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_part_that_is_to_blame(
    tmp_path: Path, part: str, content: bytes | None, said: str
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name != part or content is not None:
                new.writestr(name, content if name == part and content is not None else old.read(name))
    path = tmp_path / "so.xlsx"
    path.write_bytes(stream.getvalue())
    problem = open_workbook(path)
    assert isinstance(problem, Problem)
    assert said in problem.found
    assert "lưu lại" in problem.expected
