"""Texts typed in TCVN3 or VNI are told; proper Vietnamese, and foreign names and signs in it, never are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.intake.old_letters import old_letters
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from workbooks import FILE, RICE, add_form, indicators, new_book, only_problem, problems, write_root

REAL = sorted((Path(__file__).parents[2] / "data" / "raw").rglob("*.xlsx"))


@pytest.mark.parametrize(
    ("typed", "encoding", "meant"),
    [
        ("Tû lÖ thu gom r¸c", "TCVN3", "Tỷ lệ thu gom rác"),
        ("Ng«", "TCVN3", "Ngô"),
        ("§¬n vÞ tÝnh", "TCVN3", "Đơn vị tính"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ChØ tiªu 2031: 5 (%)", "TCVN3", "Chỉ tiêu 2031: 5 (%)"),
        ("Tyû leä thu gom raùc", "VNI", "Tỷ lệ thu gom rác"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñôn vò tính", "VNI", "Đơn vị tính"),
        ("Luùa", "VNI", "Lúa"),
        ("UÛY BAN NHAÂN DAÂN", "VNI", "ỦY BAN NHÂN DÂN"),
    ],
)
def test_an_old_encoding_is_known_and_read(typed: str, encoding: str, meant: str) -> None:
    found, read = old_letters(typed)
    assert (found, read.casefold()) == (encoding, meant.casefold())


PROPER = """
Lúa đông xuân | hoà thuận, thuý, quý, khoẻ | 35 µg/m³ | µm | m×n | 10÷15 kg | N·m | báo cáo¹ | ½ | Ø60 | § 5 | Excel® ©
München, Citroën, El Niño, Curaçao | «i» và «Chỉ tiêu» | Ðà Nẵng | café, naïve, São Tomé | Kể từ Noël
TP.HCM – Bộ TN&MT | 20 °C ± 2 | https://vi.du/ß?q=ñ
"""


@pytest.mark.parametrize("text", [text.strip() for text in re.split(r"[|\n]", PROPER) if text])
def test_proper_text_is_left_alone(text: str) -> None:
    assert old_letters(text) == ("", "")


def test_no_text_of_the_submitted_workbooks_is_taken_for_an_old_encoding() -> None:
    books = [book for path in REAL if isinstance(book := open_workbook(path), RawWorkbook)]
    cells = [cell for book in books for sheet in book.sheets for cell in sheet.cells.values()]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert len(texts) > 1000
    assert [text for text in texts if old_letters(text)[0]] == []


WORDS = re.findall(r"\w+", "lúa ngô khoai sắn và của xã hộ nghèo là có cá nhân đạt kế hoạch tỷ lệ quý uỷ hoà về Ðông ờ")
SIGNS = ["µm", "m²", "«lúa»", "10÷15", "3×4", "½", "°C", "§", "Müller", "ha¹", "N·m", "®", "e", "%", "–"]


@given(st.lists(st.sampled_from(WORDS + SIGNS), max_size=12), st.sampled_from([" ", ", ", "/", "\n"]))
def test_no_mixture_of_proper_words_and_signs_is_taken_for_an_old_encoding(words: list[str], between: str) -> None:
    assert old_letters(between.join(words)) == ("", "")


def test_a_cell_in_an_old_encoding_is_named_with_how_it_reads_and_what_to_do(tmp_path: Path) -> None:
    book = indicators(RICE, {"code": "rac", "name": "Tû lÖ thu gom r¸c", "unit": "%", "actual": 5, "note": "Ng«"})
    problem = only_problem(write_root(tmp_path, {FILE: book}))
    assert (problem.sheet, problem.cell) == ("Chỉ tiêu", "B3")
    assert problem.found == (
        "chữ gõ bằng bảng mã TCVN3 và 1 ô khác trong trang: «Tû lÖ thu gom r¸c», đọc là «Tỷ lệ thu gom rác»"
    )
    assert "UniKey" in problem.expected


def test_a_whole_workbook_in_an_old_encoding_is_told_so_and_not_that_it_has_no_header(tmp_path: Path) -> None:
    book = new_book()
    sheet = add_form(book, "Chỉ tiêu", [RICE])
    for column, text in enumerate(("M· chØ tiªu", "ChØ tiªu", "§¬n vÞ tÝnh", "Trong kú"), 1):
        sheet.cell(1, column, text)
    sheet["B2"] = "Lóa"
    info = book["Thông tin"]
    info["A3"], info["A4"] = "§¬n vÞ lËp", "§Þa bµn"
    found = problems(write_root(tmp_path, {FILE: book}))
    assert [(p.sheet, "TCVN3" in p.found) for p in found] == [("Chỉ tiêu", True), ("Thông tin", True)]
