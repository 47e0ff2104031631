"""The files of a period's folder: which are workbooks, whose they are, and what is said of those that are not."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from checks.periods import findings
from thidua.cli import main
from workbooks import (
    FILE,
    PERIOD,
    RICE,
    add_form,
    department,
    indicators,
    inputs,
    new_book,
    number,
    only_problem,
    params_file,
    problems,
    raw,
    records,
    write_root,
)


def _bytes(**row: object) -> bytes:
    stream = io.BytesIO()
    indicators({**RICE, **row}).save(stream)
    return stream.getvalue()


def _encrypted() -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(_bytes())).encrypt("mat-khau", stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "found", "expected"),
    [
        (b"", "tệp rỗng (0 byte)", "lưu lại hoặc gửi lại tệp"),
        (_bytes()[:3000], "tệp bị hỏng hoặc thiếu nội dung, không đọc được", "mở bằng Excel"),
        (_bytes()[:-30], "tệp bị hỏng hoặc thiếu nội dung, không đọc được", "mở bằng Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "tệp ở dạng Excel cũ (.xls)", "lưu lại dạng .xlsx"),
        ("Mã chỉ tiêu;Chỉ tiêu\nlua;Lúa\n".encode(), "văn bản hoặc .csv", "rồi lưu lại dạng .xlsx"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web hoặc XML", "rồi lưu lại dạng .xlsx"),
        (bytes(range(256)) * 4, "tệp không phải là workbook Excel", "dạng .xlsx"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tmp_path: Path, content: bytes, found: str, expected: str) -> None:
    problem = only_problem(write_root(tmp_path, {FILE: content}))
    assert (problem.file, problem.sheet, problem.cell) == (FILE, "", "")
    assert found in problem.found
    assert expected in problem.expected


def test_a_password_is_to_be_taken_off(tmp_path: Path) -> None:
    problem = only_problem(write_root(tmp_path, {FILE: _encrypted()}))
    assert problem.found == "tệp được đặt mật khẩu"
    assert "gỡ mật khẩu" in problem.expected


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("word/document.xml", "tệp là văn bản Word, chỉ mang đuôi .xlsx"),
        ("xl/workbook.bin", "tệp ở dạng Excel nhị phân (.xlsb), chỉ mang đuôi .xlsx"),
        ("mimetype", "tệp ở dạng OpenDocument (.ods), chỉ mang đuôi .xlsx"),
        ("khac.xml", "tệp bị hỏng hoặc thiếu nội dung, không đọc được (thiếu phần _rels/.rels)"),
    ],
)
def test_another_document_under_the_name_of_a_workbook_is_called_by_its_kind(
    tmp_path: Path, part: str, found: str
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(part, "<x/>")
    problem = only_problem(write_root(tmp_path, {FILE: stream.getvalue()}))
    assert problem.found == found
    assert "lưu lại" in problem.expected


@pytest.mark.parametrize("part", ["worksheets/sheet2.xml", "workbook.xml", "styles.xml", "_rels/workbook.xml.rels"])
def test_a_part_cut_short_is_a_damaged_file(tmp_path: Path, part: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_bytes())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name == f"xl/{part}" else content)
    assert only_problem(write_root(tmp_path, {FILE: stream.getvalue()})).found.startswith("tệp bị hỏng")


def test_a_flipped_byte_in_a_part_is_a_damaged_file(tmp_path: Path) -> None:
    content = bytearray(_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        entry = package.getinfo("xl/worksheets/sheet2.xml")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    assert only_problem(write_root(tmp_path, {FILE: bytes(content)})).found.startswith("tệp bị hỏng")


@pytest.mark.parametrize("extension", ["xls", "csv", "ods", "xlsm", "pdf"])
def test_another_kind_of_file_in_place_of_the_workbook_is_said_once(tmp_path: Path, extension: str) -> None:
    name = f"kinh-te.{extension}"
    problem = only_problem(write_root(tmp_path, {name: b"noi dung"}))
    assert problem.file == name
    assert problem.found == f"Phòng Kinh tế gửi tệp «{name}», không phải dạng .xlsx"
    assert "lưu lại thành «kinh-te.xlsx»" in problem.expected


def test_the_case_of_a_name_and_its_ending_does_not_matter(tmp_path: Path) -> None:
    (found,) = records(write_root(tmp_path, {"Kinh-Te.XLSX": indicators(RICE)}))
    assert found.file == "Kinh-Te.XLSX"


def test_a_missing_workbook_is_an_error_of_its_department_alone(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators(RICE)}, departments=[department("y-te.xlsx"), department(FILE)])
    assert problems(root) == []
    (found,) = findings(inputs(root))
    assert (found.severity, found.message) == ("error", "Phòng y-te chưa nộp: chưa có biểu y-te.xlsx")


def test_a_misspelt_file_name_names_the_one_that_was_meant(tmp_path: Path) -> None:
    found = only_problem(write_root(tmp_path, {"kinhte.xlsx": indicators(RICE, office="Phòng Kinh tế")}))
    assert (
        found.file == "kinhte.xlsx"
        and found.expected == "đổi tên thành «kinh-te.xlsx», vì biểu ghi đơn vị lập là «Phòng Kinh tế»"
    )


def test_a_file_that_lies_too_deep_is_told_to_be_moved_and_not_to_be_called_as_it_is(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators(RICE, office="Phòng Kinh tế")})
    deeper = raw(root).parent / "thu 1"
    deeper.mkdir()
    raw(root).rename(deeper / FILE)
    found = only_problem(root)
    assert found.file == f"thu 1/{FILE}"
    assert found.expected == "chuyển tệp ra khỏi thư mục con «thu 1», vào ngay thư mục của kỳ"


def test_a_file_that_names_no_department_is_told_which_are_missing(tmp_path: Path) -> None:
    book = indicators(RICE)
    del book["Thông tin"]
    found = problems(write_root(tmp_path, {"kinhte.xlsx": book, "q.xlsx": book}))
    assert [p.file for p in found] == ["kinhte.xlsx", "q.xlsx"]
    assert "gần nhất là «kinh-te.xlsx»" in found[0].expected
    assert "còn thiếu «kinh-te.xlsx»" in found[1].expected


def test_a_second_file_of_a_department_is_told_as_one_too_many(tmp_path: Path) -> None:
    found = only_problem(
        write_root(tmp_path, {FILE: indicators(RICE), "kinh-te (2).xlsx": indicators(RICE, office="Phòng Kinh tế")})
    )
    assert found.expected.startswith("mỗi đơn vị một tệp: «Phòng Kinh tế» đã có «kinh-te.xlsx»")


def test_a_workbook_under_another_department_s_name_is_told_once_and_where_it_belongs(tmp_path: Path) -> None:
    books = {FILE: indicators(RICE), "y-te.xlsx": indicators(RICE, office="PHÒNG KINH TẾ")}
    offices = [{"file": FILE, "name": "Phòng Kinh tế", "sheets": ["Chỉ tiêu"]}, department("y-te.xlsx")]
    found = only_problem(write_root(tmp_path, books, departments=offices))
    assert (found.file, found.sheet, found.cell) == ("y-te.xlsx", "Thông tin", "B3")
    assert "«PHÒNG KINH TẾ» lưu thành «kinh-te.xlsx»" in found.expected


def test_an_unexpected_file_is_refused(tmp_path: Path) -> None:
    root = write_root(tmp_path, {FILE: indicators(RICE), "y-te.xlsx": indicators(RICE), "anh.png": b"\x89PNG"})
    assert [(p.file, p.found) for p in problems(root)] == [
        ("anh.png", "tệp dạng «.png»"),
        ("y-te.xlsx", "tệp không thuộc đơn vị nào trong tham số departments"),
    ]


def test_lock_files_and_what_systems_leave_are_no_files(tmp_path: Path) -> None:
    leftovers = dict.fromkeys(("~$kinh-te.xlsx", ".~lock.kinh-te.xlsx#", ".DS_Store", "Thumbs.db"), b"x")
    assert records(write_root(tmp_path, {FILE: indicators(RICE), **leftovers}))


def _lock_of_excel(name: str) -> bytes:
    """As Excel writes it: the name in bytes and in letters, padded with spaces."""
    ascii = name.encode("ascii", "replace")
    in_letters = len(name).to_bytes(2, "little") + name.encode("utf-16-le")
    return (bytes([len(ascii)]) + ascii).ljust(55) + in_letters + " ".encode("utf-16-le") * (54 - len(name))


def test_who_has_a_workbook_open_is_told_with_what_else_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_root(tmp_path, {FILE: indicators(RICE), "y-te.xlsx": indicators(RICE)})
    lock = "Lê Thị Hoa,hoa,may-van-thu,26.11.2031 08:15,file:///home/hoa/.config/libreoffice/4;"
    (raw(root).parent / f".~lock.{FILE}#").write_text(lock, encoding="utf-8")
    (raw(root).parent / f"~${FILE}").write_bytes(_lock_of_excel("Trần Văn Bình"))
    (raw(root).parent / "~$y-te.xlsx").write_bytes(b"\xff")
    (raw(root).parent / "~$da-xoa.xlsx").write_bytes(b"x")
    for command in ("check", "received"):
        main([command, PERIOD, "--root", str(root)])
        told = [line for line in capsys.readouterr().err.splitlines() if "đang mở" in line]
        assert [line.partition(":")[2].partition(":")[0].strip() for line in told] == [
            f"Lê Thị Hoa, máy may-van-thu đang mở biểu «{FILE}» bằng LibreOffice",
            f"Trần Văn Bình đang mở biểu «{FILE}» bằng Excel",
            "biểu «y-te.xlsx» đang mở bằng Excel",
        ]
        assert all("thay đổi chưa lưu không có trong số liệu" in line for line in told)


def test_a_folder_that_does_not_exist_names_the_nearest(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    raw(root).parent.rename(raw(root).parent.with_name("2031-Q3"))
    problem = only_problem(root)
    assert problem.found == f"không có thư mục số liệu data/raw/{PERIOD}"
    assert "gần nhất là «2031-Q3»" in problem.expected


def test_an_empty_folder_misses_every_workbook(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    raw(root).unlink()
    assert only_problem(root).found == f"data/raw/{PERIOD} chưa có biểu nào"


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Nothing is closed to the superuser; a folder in the file's place is as unreadable.
        root = write_root(tmp_path, {FILE: None})
        raw(root).mkdir()
        assert only_problem(root).found == f"data/raw/{PERIOD} chưa có biểu nào"
    else:
        root = write_root(tmp_path)
        raw(root).chmod(0)
        assert only_problem(root).found.startswith("không mở được tệp")


def test_formulas_with_stored_results_give_their_results(tmp_path: Path) -> None:
    content = _with_stored(_bytes(actual="=100+20"), "<v>120</v>")
    assert number(records(write_root(tmp_path, {FILE: content}))[0], "actual").value == 120


def test_a_formula_whose_stored_result_is_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    content = _with_stored(_bytes(plan='=IF(1=1,"",5)'), "<v></v>", kind="str")
    assert "plan" not in records(write_root(tmp_path, {FILE: content}))[0].values


def test_a_formula_without_stored_result_is_to_be_computed_and_saved(tmp_path: Path) -> None:
    problem = only_problem(write_root(tmp_path, {FILE: indicators({**RICE, "actual": "=100+20"})}))
    assert (problem.cell, problem.found) == ("D2", "công thức chưa có kết quả lưu sẵn")
    assert problem.expected == "mở tệp bằng Excel, tính lại rồi lưu"


def test_a_formula_whose_stored_result_is_an_error_is_refused(tmp_path: Path) -> None:
    content = _with_stored(_bytes(actual="=1/0"), "<v>#DIV/0!</v>", kind="e")
    assert only_problem(write_root(tmp_path, {FILE: content})).found == "ô báo lỗi #DIV/0!"


EMPTY = b"</f><v></v>"


def _with_stored(content: bytes, value: str, kind: str = "n") -> bytes:
    """The workbook with a stored result for its only formula, as Excel would save it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                assert text.count(EMPTY) == 1
                text = text.replace(EMPTY, f"</f>{value}".encode())
                start = text.rindex(b"<c ", 0, text.index(b"<f>"))
                text = text[:start] + f'<c t="{kind}" '.encode() + text[start + 3 :]
            new.writestr(name, text)
    return stream.getvalue()


def test_all_problems_of_all_workbooks_come_together_in_the_order_of_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = indicators(*({**RICE, "code": f"c{n}", "actual": "nhiều"} for n in range(12)))
    late = new_book(period="2031-Q1")
    add_form(late, "Chỉ tiêu", [{**RICE, "code": "x", "actual": "5 con"}])
    root = write_root(
        tmp_path,
        {"b.xlsx": many, "c.xlsx": late, "d.xlsx": b""},
        departments=[department(f) for f in ("d.xlsx", "c.xlsx", "b.xlsx")],
    )
    found = problems(root)
    assert [(p.file, p.cell) for p in found] == [
        *(("b.xlsx", f"D{row}") for row in range(2, 14)),
        ("c.xlsx", "D2"),
        ("c.xlsx", "B5"),
        ("d.xlsx", ""),
    ]
    assert main(["check", str(params_file(root)), "--root", str(root)]) == 2
    message = capsys.readouterr().err
    assert message.startswith("Có 15 lỗi dữ liệu đầu vào, chưa ghi kết quả nào:\n  1. b.xlsx, trang «Chỉ tiêu»")
    assert "b.xlsx, trang «Chỉ tiêu», ô D10: giá trị «nhiều». Cần: một con số" in message


@pytest.mark.parametrize("command", ["check", "run"])
def test_unusable_input_ends_with_two_and_leaves_nothing_behind(tmp_path: Path, command: str) -> None:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "actual": "nhiều"})})
    before = sorted(p.relative_to(root) for p in root.rglob("*"))
    assert main([command, str(params_file(root)), "--root", str(root)]) == 2
    assert sorted(p.relative_to(root) for p in root.rglob("*")) == before


def test_the_submitted_workbooks_are_never_changed(tmp_path: Path) -> None:
    root = write_root(tmp_path)
    before = raw(root).read_bytes()
    raw(root).chmod(0o444)
    records(root)
    assert raw(root).read_bytes() == before
    assert load_workbook(raw(root)).sheetnames == ["Thông tin", "Chỉ tiêu"]


def test_two_files_that_only_their_kind_of_unicode_tells_apart_are_told(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "số-liệu.xlsx") for form in ("NFC", "NFD"))
    books = {composed: indicators(RICE), decomposed: indicators({**RICE, "actual": 121})}
    problem = only_problem(write_root(tmp_path, books, departments=[department(composed)]))
    assert (problem.file, problem.expected) == (composed, "một tệp; xóa hoặc đổi tên tệp kia")
