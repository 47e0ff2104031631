"""Formulas whose stored result comes from outside the workbook: refused, wherever in the workbook they stand."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from thidua.intake.outside_results import foreign
from workbooks import FILE, RICE, indicators, only_problem, problems, records, write_root

MAIZE = {"code": "ngo", "name": "Ngô", "unit": "ha", "actual": 30}


def saved(book: Workbook, formulas: dict[tuple[int, str], str]) -> bytes:
    """A workbook whose cells (sheet by number from 1, address) are what formulas gave when a program saved it."""
    plain, stream = io.BytesIO(), io.BytesIO()
    book.save(plain)
    done = 0
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                texts = {address: text for (number, address), text in formulas.items() if number == int(match[1])}

                def with_formula(cell: re.Match[str], texts: dict[str, str] = texts) -> str:
                    nonlocal done
                    text = texts.get(cell[2])
                    done += text is not None
                    return cell[0] + ("" if text is None else text if text[:2] == "<f" else f"<f>{escape(text)}</f>")

                content = re.sub(r'(<c r="(\w+)"[^>]*>)', with_formula, content.decode()).encode()
            new.writestr(name, content)
    assert done == len(formulas)
    return stream.getvalue()


def root(folder: Path, formulas: dict[tuple[int, str], str], book: Workbook | None = None) -> Path:
    return write_root(folder / "root", {FILE: saved(book or indicators(RICE, MAIZE), formulas)})


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ('IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE("https://vi.du/khac","A!A1")"),120)', "IMPORTRANGE"),
        ('IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""https://vi.du/khac"",""A!A1"")"),120)', "IMPORTRANGE"),
        ('IFERROR(__xludf.DUMMYFUNCTION("""COMPUTED_VALUE"""),120)', "Google Sheets"),
        ('IMPORTRANGE("khac","A!A1")', "IMPORTRANGE"),
        ('_xlfn.WEBSERVICE("https://vi.du")', "WEBSERVICE"),
        ('VALUE(_xlfn.FILTERXML(_xlfn.WEBSERVICE(A1),"//gia"))', "WEBSERVICE"),
        ('RTD("may.chu",,"gia")', "RTD"),
        ('DDE("soffice","khac.ods","A1")', "DDE"),
        ('CUBEVALUE("ThisWorkbookDataModel","[Measures].[Tong]")', "CUBEVALUE"),
        ('_xlfn.STOCKHISTORY("VN",1)', "STOCKHISTORY"),
        ('IMPORTDATA("https://vi.du/a.csv")', "IMPORTDATA"),
        ('googlefinance("VND")', "GOOGLEFINANCE"),
        ("INDIRECT(\"'[khac.xlsx]Trang 1'!A1\")", "INDIRECT"),
        ("INDIRECT(A9&\"!B3\")", "INDIRECT"),
        ("SUM(INDIRECT(A9))", "INDIRECT"),
        ("'C:\\so lieu\\khac.xlsx'!tong", "tệp khác"),
        ("'file:///home/so-lieu/khac.ods'#$Sheet1.A1", "tệp khác"),
        ("120+0*RAND()", "RAND"),
        ("IF(TODAY()>1,120,0)", "TODAY"),
    ],
)  # fmt: skip
def test_a_result_from_outside_the_workbook_is_refused_by_the_name_of_its_source(
    tmp_path: Path, formula: str, said: str
) -> None:
    problem = only_problem(root(tmp_path, {(2, "D2"): formula}))
    assert (problem.sheet, problem.cell) == ("Chỉ tiêu", "D2")
    assert said in problem.found
    assert "Paste Special > Values" in problem.expected


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(D3,D3)*2",
        'IF(B2="WEBSERVICE(1)",120,120)',
        "INDIRECT(\"'Chỉ tiêu'!D3\")*4",
        'INDIRECT("R3C4",FALSE)*4',
        "SUMIFS(D3:D9,A3:A9,\"ngo\")*4",
        "'Thông tin'!B9+120",
        'HYPERLINK("https://vi.du","120")',
        "Bang1[[#This Row],[2031]]+NORM.DIST(1,0,1,TRUE)",
        "OFFSET(D2,1,0)+IMAGINARY(3)",
    ],
)  # fmt: skip
def test_a_result_from_within_is_read(tmp_path: Path, formula: str) -> None:
    assert len(records(root(tmp_path, {(2, "D2"): formula}))) == 2


def test_a_cell_that_rests_on_a_foreign_one_is_refused_however_far_away_it_is(tmp_path: Path) -> None:
    book = indicators(RICE, MAIZE)
    notes = book.create_sheet("Nháp 1")
    notes.sheet_state = "hidden"
    notes["B3"], notes["C7"] = 1, 2
    formulas = {(3, "B3"): "[1]Sheet1!A1", (3, "C7"): "SUM(A1:B5)", (2, "D2"): "D3*4", (2, "D3"): "'Nháp 1'!$C$7+1"}
    found = problems(root(tmp_path, formulas, book))
    assert [(p.cell, p.found) for p in found] == [
        ("D2", "công thức dựa vào ô D3: công thức lấy số liệu từ tệp khác, không truy được nguồn"),
        ("D3", "công thức dựa vào ô C7 trang «Nháp 1»: công thức lấy số liệu từ tệp khác, không truy được nguồn"),
    ]


def test_of_the_cells_that_share_a_formula_only_those_that_rest_on_a_foreign_one_are_refused(tmp_path: Path) -> None:
    book = indicators(RICE, MAIZE, {**MAIZE, "code": "khoai"})
    sheet = book["Chỉ tiêu"]
    for row in (2, 3, 4):
        sheet.cell(row, 10, row)
    formulas = {
        (2, "D2"): '<f t="shared" ref="D2:D4" si="0">J2*J$2</f>',
        (2, "D3"): '<f t="shared" si="0"/>',
        (2, "D4"): '<f t="shared" si="0"/>',
        (2, "J3"): "[1]Sheet1!A1",
    }
    assert only_problem(root(tmp_path, formulas, book)).cell == "D3"


@pytest.mark.parametrize("stands_for", ["[1]Sheet1!$A$1", "'Nháp'!$B$3"])
def test_a_name_that_leads_outside_is_followed(tmp_path: Path, stands_for: str) -> None:
    book = indicators(RICE, MAIZE)
    book.create_sheet("Nháp")["B3"] = 1
    book["Nháp"].sheet_state = "hidden"
    book.defined_names["Ty_le"] = DefinedName("Ty_le", attr_text=stands_for)
    formulas = {(3, "B3"): 'WEBSERVICE("x")', (2, "D2"): "4*ty_le"}
    assert only_problem(root(tmp_path, formulas, book)).cell == "D2"


def test_every_cell_over_which_a_foreign_formula_spills_is_refused(tmp_path: Path) -> None:
    spilling = '<f t="array" ref="D2:D3">[1]Sheet1!A1:A2</f>'
    assert [p.cell for p in problems(root(tmp_path, {(2, "D2"): spilling}))] == ["D2", "D3"]


def test_a_foreign_cell_that_no_figure_rests_on_does_no_harm(tmp_path: Path) -> None:
    book = indicators(RICE, MAIZE)
    book["Chỉ tiêu"]["H20"] = 5
    assert len(records(root(tmp_path, {(2, "H20"): "[1]Sheet1!A1", (2, "D2"): "D3*4"}, book))) == 2


def test_thousands_of_formulas_that_lean_on_each_other_are_soon_looked_through(tmp_path: Path) -> None:
    book = indicators(RICE, MAIZE)
    notes = book.create_sheet("Nháp")
    notes.sheet_state = "hidden"
    for row in range(1, 3001):
        notes.cell(row, 1, row)
    formulas = {(3, f"A{row}"): f"SUM(A{row + 1}:A3000)" for row in range(1, 3000)}
    stream = saved(book, {**formulas, (3, "A3000"): "[1]Sheet1!A1"})
    start = time.process_time()
    assert problems(write_root(tmp_path / "root", {FILE: stream})) == []
    assert time.process_time() - start < 5


@pytest.mark.parametrize("piece", ["'[", "a", "INDIRECT(", "A1:", "'", '"'])
def test_a_formula_without_end_is_soon_refused(piece: str) -> None:
    start = time.process_time()
    assert foreign(piece * 1_000_000)
    foreign(piece * (8_000 // len(piece)))
    assert time.process_time() - start < 0.5


def test_no_formula_of_one_workbook_is_taken_for_foreign_because_of_its_sheet_names() -> None:
    assert foreign("'Quý I.2031'!A1+'Sở - ngành'!B2+'Kế hoạch|2031'!C3") == ""
