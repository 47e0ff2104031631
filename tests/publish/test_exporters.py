"""One section by itself, in the form of the report, by the command that Jupyter has for it."""

from __future__ import annotations

import logging

import nbformat
import pytest
from nbconvert.exporters import get_exporter

from document.sample import words
from thidua.document.block import Paragraph
from thidua.document.bundled import MIME, bundle

SENTENCE = "Cấy được 28 ha lúa <sớm>."


def section() -> nbformat.NotebookNode:
    content = bundle([Paragraph(runs=(words(SENTENCE),))], [])
    shown = nbformat.v4.new_output("display_data", {MIME: content})
    printed = nbformat.v4.new_output("stream", name="stdout", text="lời thử")
    cells = [nbformat.v4.new_markdown_cell("# Kinh tế"), nbformat.v4.new_code_cell("show()", outputs=[shown, printed])]
    return nbformat.v4.new_notebook(cells=cells)


def test_a_section_is_a_page_by_itself_and_what_it_leaves_out_is_told(caplog: pytest.LogCaptureFixture) -> None:
    exporter = get_exporter("thidua-html")()
    exporter.log = logging.getLogger(
        "lệnh"
    )  # of whichever command it is: a Jupyter program in this process keeps its own
    with caplog.at_level(logging.WARNING):
        page, resources = exporter.from_notebook_node(section())
    assert "Cấy được 28 ha lúa &lt;sớm&gt;." in page and "Kinh tế</h4>" in page
    assert resources["output_extension"] == ".html"
    assert "lời thử" not in page and "«lời thử» chỉ hiện trong notebook" in caplog.text


def test_a_section_is_a_pdf_by_itself() -> None:
    pdf, resources = get_exporter("thidua-pdf")().from_notebook_node(section())
    assert pdf.startswith(b"%PDF-") and resources["output_extension"] == ".pdf"
