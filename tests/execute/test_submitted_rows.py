"""An executed notebook begins with what its section rests on, for the reviewer and for no report."""

from __future__ import annotations

from pathlib import Path

import nbformat
from bs4 import BeautifulSoup

from tables.shown import indicators, outputs
from thidua.document.show import show
from thidua.execute.tidying import INJECTED, tidied
from thidua.prose.render import render
from thidua.publish.outputs import left_out, pieces, shown
from thidua.report import Report

RICE = {"code": "lua", "name": "diện tích lúa", "unit": "ha", "actual": 1919.1, "plan": 2000}
MAIZE = {"code": "ngo", "name": "diện tích ngô", "unit": "ha", "actual": 50, "plan": 40}


def executed(report: Report, prose: str) -> nbformat.NotebookNode:
    told = render(prose, report, {})
    data = outputs(show, told.blocks, told.figures)
    cells = [
        nbformat.v4.new_markdown_cell("# Trồng trọt"),
        nbformat.v4.new_code_cell("period = '2024-H1'", metadata={"tags": [INJECTED]}),
        nbformat.v4.new_code_cell(prose, outputs=[nbformat.v4.new_output("display_data", data=d) for d in data]),
    ]
    return tidied(nbformat.v4.new_notebook(cells=cells))


def test_it_lists_the_cells_that_the_section_prints_or_rests_on_sheet_by_sheet(tmp_path: Path) -> None:
    node = executed(indicators(tmp_path, RICE, MAIZE), "Lúa {đạt lua}, ngô {ngo}.")
    (output,) = node.cells[1].outputs
    page = BeautifulSoup(output.data["text/html"], "html.parser")
    assert page.summary is not None and page.details is not None
    assert page.summary.text == "Số liệu đã nộp mà phần này dùng: 3 ô (không vào báo cáo)"
    lines = [[cell.text for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    assert lines[1] == ["kinh-te.xlsx › Chỉ tiêu"]
    assert [line[2] for line in lines[2:]] == ["1.919,1 ha", "2.000 ha", "50 ha"]
    assert lines[2][1].startswith("diện tích lúa")
    assert all(address[-1].isdigit() for address, *_ in lines[2:])


def test_the_report_shows_nothing_of_it(tmp_path: Path) -> None:
    node = executed(indicators(tmp_path, RICE), "Lúa {lua}.")
    assert [piece.blocks for piece in pieces(node.cells[1])] == [()]
    assert [block.kind for block in shown(node)] == ["heading", "paragraph"]
    assert left_out(node) == []


def test_a_section_that_rests_on_nothing_submitted_begins_with_its_text(tmp_path: Path) -> None:
    node = executed(indicators(tmp_path, RICE), "Không có số liệu nào.")
    assert node.cells[1].outputs == []
