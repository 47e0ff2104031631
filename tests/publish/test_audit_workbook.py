"""The audit workbook, recalculated by another program down to the submitted cells."""

from __future__ import annotations

import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string

from once import once
from publish.office import convert_all
from publish.small import DOCUMENT, HOSTILE
from publish.spellings import CELLS, write_spellings
from thidua.contracts import FigureRecord
from thidua.figures.figure_record import records as records_of
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.publish.audit.audit_workbook import FIGURES, FINDINGS, write_audit
from thidua.report import Report, open_report
from thidua.tables.measure import line_count
from thidua.tables.printed_sheet import room

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
_TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", "http://xau.example", "hs_xa_moi", "hs_xa_x1_xb_"]
_ID, _VALUE, _PRINTED, _SOURCE, _FIRST = 7, 3, 4, 5, 4


@pytest.fixture(scope="session")
def formulas(run: Path) -> Workbook:
    return load_workbook(run / "so-lieu.xlsx")


@pytest.fixture(scope="session")
def converted(run: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What LibreOffice makes of workbooks, by their names: it is started once for all of them."""

    def make(folder: Path) -> dict[str, Path]:
        files = [folder / f"{name}.xlsx" for name in ("sai-tri", "la-chu", "ky-that", "cach-viet")]
        _with_wrong_values(run, files[0])
        _of_texts(files[1])
        _of_the_repository(files[2])
        spelt = [(str(figure.value), figure.printed) for figure in write_spellings(files[3])]
        (folder / "converted").mkdir()
        (folder / "converted" / "cach-viet.json").write_text(json.dumps(spelt), encoding="utf-8")
        return {file.stem: file for file in convert_all(files, "xlsx", folder)}

    return once(tmp_path_factory, "tinh-lai", make)


@pytest.fixture(scope="session")
def recalculated(converted: dict[str, Path]) -> Workbook:
    """What LibreOffice makes of the workbook when every cached value in it is wrong."""
    return load_workbook(converted["sai-tri"], data_only=True)


def _with_wrong_values(run: Path, file: Path) -> None:
    with zipfile.ZipFile(run / "so-lieu.xlsx") as whole, zipfile.ZipFile(file, "w") as other:
        for name in whole.namelist():
            content = whole.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>99999</v>", content)
            other.writestr(name, content)


def _of_texts(file: Path) -> None:
    """An audit workbook with a submitted sheet «vao.Sheet» of texts that look like something else."""
    book = Workbook()
    for row, text in enumerate(_TEXTS, 2):
        cell = book.worksheets[0].cell(row, 2, text)
        cell.data_type = "s"
    submitted = file.with_name("vao.xlsx")
    book.save(submitted)
    read = open_workbook(submitted)
    assert isinstance(read, RawWorkbook)
    write_audit([read], [], [], DOCUMENT, file)


@cache
def _figures_of_the_repository() -> tuple[Report, list[FigureRecord]]:
    report = open_report("2024-H1", REPOSITORY)
    figures = [f for i in report.indicators for f in (*i.figures, i.done, i.to_plan, i.to_upper, i.growth)]
    return report, records_of(figures)


def _of_the_repository(file: Path) -> None:
    """The audit workbook of the repository's period."""
    report, known = _figures_of_the_repository()
    files = [REPOSITORY / "data" / "raw" / "2024-H1" / d.file for d in report.params.departments]
    books = [book for book in map(open_workbook, files) if isinstance(book, RawWorkbook)]
    write_audit(books, known, [], DOCUMENT, file)


def records(run: Path) -> dict[str, dict[str, Any]]:
    return {f["id"]: f for f in json.loads((run / "figures.json").read_text(encoding="utf-8"))}


def number(printed: str) -> float:
    return float(printed.replace(".", "").replace(",", "."))


def test_every_figure_recalculates_to_what_the_report_prints(run: Path, recalculated: Workbook) -> None:
    sheet, figures = recalculated[FIGURES], records(run)
    rows = {sheet.cell(row, _ID).value: row for row in range(_FIRST, sheet.max_row + 1)}
    assert set(rows) == set(figures)
    for id, figure in figures.items():
        value, printed = (sheet.cell(rows[id], column).value for column in (_VALUE, _PRINTED))
        if figure["value"] is None:
            assert (value, printed) == (figure["printed"], None), id
        else:
            assert value == pytest.approx(float(figure["value"]), rel=1e-12), id
            assert printed == pytest.approx(number(figure["printed"]), rel=1e-12), id


def test_formulas_carry_their_values_for_programs_that_do_not_calculate(run: Path) -> None:
    sheet = load_workbook(run / "so-lieu.xlsx", data_only=True)[FIGURES]
    figures = records(run)
    for row in range(_FIRST, sheet.max_row + 1):
        figure = figures[str(sheet.cell(row, _ID).value)]
        if figure["value"] is not None:
            assert sheet.cell(row, _VALUE).value == pytest.approx(float(figure["value"]), rel=1e-12)


def test_a_figure_is_a_formula_over_others_or_over_a_submitted_cell(formulas: Workbook) -> None:
    sheet = formulas[FIGURES]
    of = {sheet.cell(row, _ID).value: sheet.cell(row, _VALUE).value for row in range(_FIRST, sheet.max_row + 1)}
    rows = {sheet.cell(row, _ID).value: row for row in range(_FIRST, sheet.max_row + 1)}
    assert of["lua.plan"] == "='kinh-te.Chỉ tiêu'!$E$2"
    assert of["lua.to_plan"] == f"=100*C{rows['lua.actual']}/C{rows['lua.plan']}"
    assert "NUMBERVALUE" in str(of["lua.actual"]), "typed as text: «1.120,5»"
    assert sheet.cell(rows["lua.to_plan"], _SOURCE).value == "100 × 1.120,5 ÷ 1.500"


def test_links_lead_to_the_cell_that_was_submitted(run: Path, formulas: Workbook) -> None:
    sheet, figures = formulas[FIGURES], records(run)
    for row in range(_FIRST, sheet.max_row + 1):
        source = figures[str(sheet.cell(row, _ID).value)]["source"]
        link = sheet.cell(row, _SOURCE).hyperlink
        if source is None:
            assert link is None
        else:
            assert link is not None
            assert link.location == f"'kinh-te.{source['sheet']}'!{source['cell']}"
    finding = formulas[FINDINGS].cell(_FIRST, 9)
    assert finding.hyperlink is not None
    assert finding.hyperlink.location == "'kinh-te.Chỉ tiêu'!G3"


def test_every_sheet_is_set_up_for_a4_one_page_wide_with_its_header_on_each_page(formulas: Workbook) -> None:
    for sheet in formulas.worksheets:
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit is not None and fit.fitToPage, sheet.title
        assert (str(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == ("9", 0), sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.print_area, sheet.title
        footer = sheet.oddFooter
        assert footer is not None and "&P/&N" in str(footer.right.text), sheet.title
        last = column_index_from_string(re.findall("[A-Z]+", sheet.print_area)[-1])
        columns = [d for d in sheet.column_dimensions.values() if d.min and d.max and d.min <= last]
        width = sum(d.width * (min(d.max, last) - d.min + 1) for d in columns if d.min and d.max)
        smallest = 10 * room(wide=sheet.page_setup.orientation == "landscape") / width
        assert smallest >= 7.9, f"{sheet.title} is printed in letters of {smallest:.1f} points"
    assert "kinh-te.Thông tin" not in formulas.sheetnames, "no figure and no finding names a cell of it"


def test_a_row_of_findings_is_as_high_as_its_longest_text_and_names_come_before_codes(formulas: Workbook) -> None:
    sheet = formulas[FINDINGS]
    header = [cell.value for cell in sheet[_FIRST - 1]]
    assert header.index("Nội dung") < header.index("Mã phát hiện")
    text = str(sheet.cell(_FIRST, 1 + header.index("Nội dung")).value)
    lines = line_count(text, sheet.column_dimensions["B"].width, 10)
    assert lines > 1
    assert sheet.row_dimensions[_FIRST].height >= 11 * lines


def test_submitted_cells_stand_where_they_stood(formulas: Workbook, run: Path) -> None:
    (submitted,) = (run / "inputs").rglob("kinh-te.xlsx")
    for title in ("Chỉ tiêu", "Khen thưởng"):
        theirs, ours = load_workbook(submitted)[title], formulas[f"kinh-te.{title}"]
        assert [[c.value for c in row] for row in ours.iter_rows()] == [
            [c.value for c in row] for row in theirs.iter_rows()
        ]


def test_text_that_looks_like_a_formula_stays_text(formulas: Workbook, recalculated: Workbook) -> None:
    (cell,) = [c for row in formulas["kinh-te.Chỉ tiêu"].iter_rows() for c in row if c.value == HOSTILE]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert recalculated["kinh-te.Chỉ tiêu"][cell.coordinate].value == HOSTILE


def test_what_a_spreadsheet_program_would_change_is_left_as_it_is(converted: dict[str, Path]) -> None:
    opened = load_workbook(converted["la-chu"])["vao.Sheet"]
    cells = [opened.cell(row, 2) for row in range(2, 2 + len(_TEXTS))]
    assert [(c.value, c.data_type, c.hyperlink) for c in cells] == [(text, "s", None) for text in _TEXTS]


def test_every_submitted_number_of_the_repository_s_period_is_read_alike_by_a_spreadsheet_program(
    converted: dict[str, Path],
) -> None:
    _, known = _figures_of_the_repository()
    sheet = load_workbook(converted["ky-that"], data_only=True)[FIGURES]
    values = {sheet.cell(row, _ID).value: sheet.cell(row, _VALUE).value for row in range(_FIRST, sheet.max_row + 1)}
    given = [record for record in known if record.value is not None]
    assert len(given) > 400
    wrong = [r.id for r in given if values[r.id] != pytest.approx(float(str(r.value)), rel=1e-12)]
    assert wrong == []


def test_every_accepted_spelling_of_a_number_recalculates_to_the_number_that_is_printed(
    converted: dict[str, Path],
) -> None:
    sheet = load_workbook(converted["cach-viet"], data_only=True)[FIGURES]
    figures = json.loads(converted["cach-viet"].with_suffix(".json").read_text(encoding="utf-8"))
    wrong = []
    for row, ((value, printed), spelt) in enumerate(zip(figures, CELLS, strict=True), _FIRST):
        found = [sheet.cell(row, column).value for column in (_VALUE, _PRINTED)]
        if found != [pytest.approx(float(value), rel=1e-12), pytest.approx(number(printed), rel=1e-12)]:
            wrong.append((spelt, value, printed, found))
    assert wrong == []


def test_a_draft_says_so_and_names_the_marks_of_its_figures_and_findings(formulas: Workbook) -> None:
    figures, findings = formulas[FIGURES], formulas[FINDINGS]
    for sheet in (figures, findings):
        assert str(sheet["A2"].value).startswith("Báo cáo còn là dự thảo, còn 1 lỗi")
    marks = {row[_ID - 1].value: row[_ID].value for row in figures.iter_rows(min_row=_FIRST)}
    assert (marks["ngo.to_plan"], marks["lua.to_plan"]) == ("[L1]", None)
    assert findings.cell(_FIRST, 1).value == "Lỗi [L1]"
