"""Workbooks from outside that mean harm: refused soon, within little memory, with a clear error."""

from __future__ import annotations

import gc
import io
import resource
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from thidua.errors import Problem
from thidua.intake.xlsx.raw import MAX_TEXT
from thidua.intake.xlsx.spreadsheet import MAX_ROWS
from thidua.intake.xlsx.workbook import MAX_FILE_BYTES, open_workbook
from thidua.intake.xlsx.zip_package import MAX_PARTS
from workbooks import (
    FILE,
    RICE,
    add_form,
    department,
    indicators,
    new_book,
    only_problem,
    problems,
    raw,
    records,
    write_root,
)

SHEET = "xl/worksheets/sheet2.xml"
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.fixture(scope="module", autouse=True)
def _all_is_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is imported when the first workbook is read counts for none."""
    assert records(write_root(tmp_path_factory.mktemp("mot-bieu"), {FILE: indicators(RICE)}))


@contextmanager
def little_time_and_memory(seconds: float = 2.0, megabytes: float = 64) -> Iterator[None]:
    gc.freeze()  # what other tests left in this process must not be walked on this one's time
    tracemalloc.start()
    start = time.process_time()
    try:
        yield
        spent, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert spent < seconds
    assert peak < megabytes * 2**20


def changed(parts: dict[str, bytes], more: dict[str, bytes] | None = None) -> bytes:
    """A good workbook with some parts replaced or added."""
    plain, stream = io.BytesIO(), io.BytesIO()
    indicators(RICE).save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name) or old.read(name))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def part(name: str) -> bytes:
    stream = io.BytesIO()
    indicators(RICE).save(stream)
    with zipfile.ZipFile(stream) as package:
        return package.read(name)


def refused(folder: Path, content: bytes, seconds: float = 2.0) -> Problem:
    root = write_root(folder / "root", {FILE: content})
    with little_time_and_memory(seconds):
        return only_problem(root)


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    bomb = changed({}, {"xl/worksheets/sheet9.xml": bytes(201 * 2**20)})
    assert len(bomb) < 2**20
    problem = refused(tmp_path, bomb, seconds=1)
    assert problem.found == "nội dung giải nén lớn 202 MB"
    assert "không quá 200 MB" in problem.expected


def test_a_sheet_larger_than_any_form_is_refused_unopened(tmp_path: Path) -> None:
    problem = refused(tmp_path, changed({SHEET: b"<worksheet>" + b" " * (60 * 2**20) + b"</worksheet>"}), seconds=1)
    assert problem.found.startswith("phần bảng tính sau khi giải nén lớn")


def test_a_size_that_the_package_lies_about_is_never_exceeded(tmp_path: Path) -> None:
    content = bytearray(changed({SHEET: b"<worksheet>" + b" " * (20 * 2**20) + b"</worksheet>"}))
    entry = content.rindex(SHEET.encode()) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = struct.pack("<L", 1000)
    assert refused(tmp_path, bytes(content)).found.startswith("tệp bị hỏng")


def test_a_list_of_parts_without_end_is_refused_unread(tmp_path: Path) -> None:
    content = changed({}, {f"{'x' * 500}/{n}": b"" for n in range(MAX_PARTS)})
    assert "quá nhiều thành phần" in refused(tmp_path, content).found
    end = content.rindex(b"PK\x05\x06")
    lying = content[: end + 8] + struct.pack("<HH", 1, 1) + content[end + 12 :]
    root = write_root(tmp_path / "other", {FILE: lying})
    assert "quá nhiều thành phần" in only_problem(root).found


def test_a_file_too_large_to_be_a_form_is_not_read(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: b"PK"})
    with raw(root).open("r+b") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with little_time_and_memory(1, 8):
        assert only_problem(root).found == "tệp lớn 21 MB"


def test_a_million_rows_are_refused_where_the_limit_is_passed(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001))
    problem = refused(tmp_path, changed({SHEET: OPEN + rows + b"</sheetData></worksheet>"}))
    assert (problem.sheet, problem.cell) == ("Chỉ tiêu", f"A{MAX_ROWS + 1}")
    assert problem.expected == "xóa các dòng và cột thừa rồi lưu lại"


@pytest.mark.parametrize("address", ["A1048576", "XFD1"])
def test_one_stray_cell_far_away_is_named(tmp_path: Path, address: str) -> None:
    book = indicators(RICE)
    book["Chỉ tiêu"][address] = 1
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert problem.cell == address
    assert "ngoài 20000 dòng và 200 cột đầu" in problem.found


def test_a_claim_of_a_million_rows_and_styled_empty_cells_far_away_are_no_harm(tmp_path: Path) -> None:
    sheet = part(SHEET).replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    sheet = sheet.replace(b"<dimension", b"<dimension ref='A1:XFD1048576'/><was", 1)
    root = write_root(tmp_path, {FILE: changed({SHEET: sheet})})
    with little_time_and_memory(1):
        assert len(records(root)) == 1


def test_merged_ranges_over_the_whole_sheet_cost_nothing(tmp_path: Path) -> None:
    sheet = part(SHEET).replace(
        b"</sheetData>",
        b'</sheetData><mergeCells><mergeCell ref="F5:F1048576"/><mergeCell ref="H1:XFD1048576"/></mergeCells>',
    )
    root = write_root(tmp_path, {FILE: changed({SHEET: sheet})})
    with little_time_and_memory(1):
        assert len(records(root)) == 1


def test_merged_ranges_without_end_are_refused(tmp_path: Path) -> None:
    ranges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 30_000))
    sheet = part(SHEET).replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
    assert refused(tmp_path, changed({SHEET: sheet})).found == "trang có quá nhiều ô gộp"


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE, b"<!DOCTYPE worksheet>"])
@pytest.mark.parametrize(
    "name", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]
)
def test_a_document_type_is_refused_in_every_part_that_is_read(tmp_path: Path, declaration: bytes, name: str) -> None:
    original = part(name)
    body = original.split(b"?>", 1)[1] if original.startswith(b"<?xml") else original
    problem = refused(tmp_path, changed({name: declaration + body}))
    assert "DOCTYPE/ENTITY" in problem.found


def test_entities_in_parts_that_are_not_read_stay_unread(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: changed({"docProps/core.xml": LAUGHS + b"<x>&d;</x>"})})
    assert len(records(root)) == 1


@pytest.mark.parametrize(
    "formula",
    ["[1]Sheet1!A1", "'[1]Bảng 1'!A1+2", "SUM(B1,[1]Sheet1!$A$1)", "[1]!ten", "cmd|'/c calc'!A0", "1+[12]Sheet1!A1"],
)
def test_a_formula_over_another_workbook_is_refused(tmp_path: Path, formula: str) -> None:
    escaped = formula.replace("&", "&amp;").replace("'", "&apos;")
    sheet = part(SHEET).replace(b"<v>120</v>", f"<f>{escaped}</f><v>120</v>".encode())
    problem = refused(tmp_path, changed({SHEET: sheet}))
    assert (problem.cell, problem.found) == ("D2", "công thức lấy số liệu từ tệp khác, không truy được nguồn")


@pytest.mark.parametrize(
    "formula", ["SUM(Bang1[2031])", "Bang1[[#This Row],[2031]]+Sheet2!A1", '"[1]Sheet1!A1"', "'Chỉ tiêu'!B3"]
)
def test_a_formula_over_the_same_workbook_is_not(tmp_path: Path, formula: str) -> None:
    sheet = part(SHEET).replace(b"<v>120</v>", f"<f>{formula}</f><v>120</v>".encode())
    assert len(records(write_root(tmp_path, {FILE: changed({SHEET: sheet})}))) == 1


def test_cells_that_share_a_formula_over_another_workbook_are_refused_too(tmp_path: Path) -> None:
    book = indicators(RICE, {**RICE, "code": "ngo", "actual": 121})
    stream, result = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            text = text.replace(b"<v>120</v>", b'<f t="shared" ref="D2:D3" si="0">[1]Sheet1!A1</f><v>120</v>')
            new.writestr(name, text.replace(b"<v>121</v>", b'<f t="shared" si="0"/><v>121</v>'))
    assert [p.cell for p in problems(write_root(tmp_path, {FILE: result.getvalue()}))] == ["D2", "D3"]


def test_links_to_other_files_in_the_package_are_not_followed(tmp_path: Path) -> None:
    relations = part("xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" TargetMode="External" Type="http://x/externalLinkPath" '
        b'Target="file:///etc/passwd"/></Relationships>',
    )
    assert len(records(write_root(tmp_path, {FILE: changed({"xl/_rels/workbook.xml.rels": relations})}))) == 1


def test_a_part_is_looked_for_in_the_package_alone(tmp_path: Path) -> None:
    relations = part("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet2.xml", b"../../../../etc/passwd")
    assert refused(tmp_path, changed({"xl/_rels/workbook.xml.rels": relations})).found.startswith("tệp bị hỏng")


def test_an_endless_text_is_refused(tmp_path: Path) -> None:
    book = indicators({**RICE, "note": "zzz"})
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        sheet = package.read(SHEET).replace(b"zzz", b"a" * 10_000_000)
    problem = refused(tmp_path, changed({SHEET: sheet}))
    assert (problem.cell, problem.found) == ("E2", f"đoạn chữ dài trên {MAX_TEXT} ký tự")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-1e999", b"1e400", b"9" * 30])
def test_what_is_no_finite_number_is_refused(tmp_path: Path, number: bytes) -> None:
    sheet = part(SHEET).replace(b"<v>120</v>", b"<v>" + number + b"</v>")
    problem = refused(tmp_path, changed({SHEET: sheet}))
    assert problem.cell in ("D2", "")


@pytest.mark.parametrize("number", [b"abc", b"9" * 10_000, b"1.2.3"])
def test_what_is_no_number_at_all_is_the_fault_of_its_cell(tmp_path: Path, number: bytes) -> None:
    sheet = part(SHEET).replace(b"<v>120</v>", b"<v>" + number + b"</v>")
    problem = refused(tmp_path, changed({SHEET: sheet}))
    assert (problem.cell, problem.found[:21]) == ("D2", "ô ghi sai trong tệp: ")


def test_a_row_of_millions_of_cells_is_refused_before_it_is_held(tmp_path: Path) -> None:
    problem = refused(tmp_path, changed({SHEET: OPEN + b"<row>" + b"<c/>" * 10_000_000}))
    assert (problem.sheet, problem.found) == ("Chỉ tiêu", "trang có quá nhiều ô")


def test_elements_without_end_outside_the_rows_are_refused(tmp_path: Path) -> None:
    problem = refused(tmp_path, changed({SHEET: OPEN + b"</sheetData>" + b"<x/>" * 10_000_000}), 4)
    assert (problem.sheet, problem.found) == ("Chỉ tiêu", "trang có quá nhiều ô")


@pytest.mark.parametrize("levels", [100_000])
def test_elements_nested_without_end_do_no_harm(tmp_path: Path, levels: int) -> None:
    sheet = part(SHEET).replace(b"</sheetData>", b"</sheetData>" + b"<x>" * levels + b"</x>" * levels)
    assert len(records(write_root(tmp_path, {FILE: changed({SHEET: sheet})}))) == 1


def test_a_link_that_leaves_the_root_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "ngoai.xlsx"
    indicators(RICE).save(outside)
    root = write_root(tmp_path / "root", {FILE: None})
    raw(root).symlink_to(outside)
    problem = only_problem(root)
    assert (problem.file, problem.found) == (FILE, "tệp là liên kết dẫn ra ngoài bộ báo cáo hoặc liên kết hỏng")


def test_a_link_that_leaves_the_root_is_refused_though_its_content_was_read_before(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    assert records(root)
    outside = raw(root).rename(tmp_path / "ngoai.xlsx")
    raw(root).symlink_to(outside)
    assert "liên kết" in only_problem(root).found


def test_a_folder_that_leaves_the_root_is_refused(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    folder = raw(root).parent
    folder.rename(tmp_path / "ngoai")
    folder.symlink_to(tmp_path / "ngoai")
    assert "liên kết dẫn ra ngoài" in only_problem(root).found


@pytest.mark.parametrize("target", ["/dev/zero", "khong-co", FILE])
def test_links_to_nowhere_in_circles_and_to_devices_are_refused(tmp_path: Path, target: str) -> None:
    root = write_root(tmp_path / "root", {FILE: None})
    raw(root).symlink_to(target)
    assert "liên kết" in only_problem(root).found


def test_a_link_within_the_root_is_an_ordinary_file(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    raw(root).rename(root / "data" / "goc.xlsx")
    raw(root).symlink_to(root / "data" / "goc.xlsx")
    assert len(records(root)) == 1


def test_a_notebook_that_leaves_the_root_is_refused(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    notebook = root / "notebooks" / "01_mo_dau.ipynb"
    notebook.rename(tmp_path / "ngoai.ipynb")
    notebook.symlink_to(tmp_path / "ngoai.ipynb")
    problem = only_problem(root)
    assert (problem.file, "liên kết" in problem.found) == ("01_mo_dau.ipynb", True)


def test_texts_that_a_spreadsheet_would_compute_stay_texts_in_the_tidy_tables(tmp_path: Path) -> None:
    texts = ["=1+1", "+84 900", "-5", "@SUM(A1)", "'=x", "'a"]
    book = new_book()
    sheet = add_form(book, "Sự kiện", [{"topic": "van_hoa", "content": "x"} for _ in texts])
    for row, text in enumerate(texts, 2):
        sheet.cell(row, 2).value = text
        sheet.cell(row, 2).data_type = "s"
    root = write_root(tmp_path, {FILE: book}, departments=[department(FILE, "Sự kiện")])
    first = records(root)
    table = (root / "data" / "processed" / "2031-Q2" / "events.csv").read_text(encoding="utf-8")
    assert "'=1+1" in table
    assert not any(cell.startswith(("=", "+", "@")) for line in table.splitlines() for cell in line.split(","))
    assert [r.text("content") for r in records(root)] == [r.text("content") for r in first] == texts


def test_reading_costs_little(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators(*({**RICE, "code": f"c{n}"} for n in range(2000)))})
    start = time.process_time()
    book = open_workbook(raw(root))
    assert not isinstance(book, Problem)
    assert time.process_time() - start < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
