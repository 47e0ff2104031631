"""A report that is being written: its pages are those of a report made from nothing, whatever was made before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from document.sample import PROPERTIES, SPEC, cell, words
from thidua.document.block import Block, Chart, Paragraph, Row, Table, written
from thidua.document.document import Document, Section
from thidua.document.stitch import Part, stitch
from thidua.publish.evidence import Evidence
from thidua.publish.html.screen import Beside, Link
from thidua.publish.preview import Preview

BESIDE = Beside([Link("bao-cao.pdf", "Bản PDF")])


def chart(first: str, title: str = "Diện tích") -> Chart:
    spec = {**SPEC, "data": {"values": [{"a": first, "b": 28}, {"a": "Ngô", "b": 55}]}}
    return Chart(key="dien_tich", title=title, alt=f"{first} 28 ha, ngô 55 ha.", spec=written(spec))


def report(*blocks: Block, told: str = "Lúa đạt kế hoạch.") -> Document:
    rows = [Row(cells=(cell(words(told), header=True), cell(words("28"))))]
    table = Table(
        key="tom_tat", name="Tóm tắt", header=((cell(words("Chỉ tiêu")), cell(words("ha"))),), body=tuple(rows)
    )
    parts = [
        Part(0, None, "00_tom_tat", "summary", (table,)),
        Part(1, "Kinh tế", "10_kinh_te", "section", blocks),
        Part(1, "Xã hội", "11_xa_hoi", "section", (Paragraph(runs=(words("Các trường dạy đủ buổi."),)),)),
    ]
    return stitch(parts, PROPERTIES)


SENTENCE = Paragraph(runs=(words("Cấy được 28 ha lúa."),))
OTHER = Paragraph(runs=(words("Cấy được 31 ha lúa."),))


@pytest.mark.parametrize("changed", [
    report(OTHER, chart("Lúa")), report(SENTENCE, chart("Lạc")), report(SENTENCE, chart("Lúa", "Diện tích gieo")),
    report(SENTENCE, chart("Lúa"), told="Lúa không đạt kế hoạch."), report(SENTENCE),
    replace(report(SENTENCE, chart("Lúa")), properties=replace(PROPERTIES, title="Báo cáo: Khác")),
])  # fmt: skip
def test_after_a_change_the_pages_are_those_of_a_report_made_anew(changed: Document) -> None:
    preview, evidence = Preview(), Evidence()
    before = report(SENTENCE, chart("Lúa"))
    "".join(preview.html(before, evidence, BESIDE)), preview.pdf(before), preview.pages(before)
    anew = Preview()
    html = "".join(preview.html(changed, evidence, BESIDE))
    assert html == "".join(anew.html(changed, evidence, BESIDE)) != "".join(Preview().html(before, evidence, BESIDE))
    assert preview.pdf(changed) == anew.pdf(changed)
    assert preview.pages(changed) == anew.pages(changed)


def test_a_page_that_did_not_change_is_the_same_to_the_byte() -> None:
    long = [Paragraph(runs=(words("Phong trào được duy trì đều ở các thôn. " * 8),))] * 12
    preview = Preview()
    before = preview.pages(report(*long, SENTENCE))
    after = preview.pages(report(*long, OTHER))
    assert len(before) == len(after) == 2
    assert before[0] == after[0] and before[1] != after[1]


def test_a_report_without_a_summary_has_none() -> None:
    document = Document(PROPERTIES, (Section("10", "section", (SENTENCE,)),))
    assert Preview().summary(document, Evidence()) is None
    assert "Cấy được 28 ha lúa." in "".join(Preview().html(document, Evidence()))
