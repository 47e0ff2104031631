"""A draft says so, marks what is in dispute where it stands, in every medium, and lists at its end who answers."""

from __future__ import annotations

import re
from typing import Any

from document.sample import CHART, LETTERHEAD, PROPERTIES, number, words
from document.test_media import nodes, typst_words, word_words
from thidua.contracts import FigureRecord, FindingRecord, Place
from thidua.document.block import Cell, Paragraph, Row, Source, Table, Text, plain
from thidua.document.disputes import disputes_of
from thidua.document.document import Document
from thidua.document.draft import as_draft
from thidua.document.stitch import Part, stitch
from thidua.publish.html.page_writer import PageWriter
from thidua.publish.pdf.typst_writer import typst_of
from thidua.publish.word.pandoc_writer import tree_of

WORKBOOKS = {"nong-nghiep.xlsx": "Phòng Nông nghiệp", "y-te.xlsx": "Trạm Y tế"}


def at(cell: str, file: str = "nong-nghiep.xlsx") -> Place:
    return Place(file=file, sheet="Chỉ tiêu", cell=cell)


def figure(id: str, source: Place | None = None, inputs: tuple[str, ...] = (), **more: Any) -> FigureRecord:
    facts = {"label": f"Tên {id}", "value": "5", "printed": "5", "unit": "ha", "formula": None, "operator": None}
    return FigureRecord.model_validate({"id": id, **facts, "inputs": inputs, "source": source, "why": None, **more})


def finding(id: str, *cells: Place, severity: str = "error", accepted: bool = False, **more: Any) -> FindingRecord:
    facts = {"rule": "ty-le", "accepted_by": None, "accepted_why": None, "cause": None, "effects": (), "withheld": ()}
    facts |= {"message": f"Nội dung {id}", "printed": "60%", "recomputed": "50%", "figures": ()}
    given = {"id": id, "severity": severity, "accepted": accepted, "cells": cells, **facts, **more}
    return FindingRecord.model_validate(given)


FIGURES = (
    figure("lua", at("H2")),
    figure("lua.to_plan", inputs=("lua", "lua.plan"), unit="%"),
    figure("lua.plan", at("J2")),
    figure("kham", at("H2", "y-te.xlsx")),
)
TYPED = Source(file="nong-nghiep.xlsx", sheet="Sự kiện", cell="B3")
SAID = Paragraph(
    runs=(
        words("Cấy "), number("11", "lua"), words(" ha, đạt "), number("22", "lua.to_plan"), words("%; khám "),
        number("33", "kham"), words(" lượt; "), Text(text="họp ngày 30/02/2031", source=TYPED), words("."),
    )
)  # fmt: skip
CELLS = (Cell(runs=(words("Lúa"),), header=True), Cell(runs=(number("44", "lua.to_plan"),)))
TABLE = Table(key="tien_do_bang", name="Tiến độ", title="Tiến độ", header=(CELLS[:1],), body=(Row(cells=CELLS),))
AFTER = Paragraph(runs=(words("Kế hoạch "), number("55", "lua.plan"), words(" ha.")))
DRAWN = CHART.model_copy(update={"figures": ("lua", "kham")})


def report(*findings: FindingRecord) -> Document:
    parts = [
        Part(0, None, "01", "front", (LETTERHEAD,)),
        Part(1, "Kết quả", "p1", "section"),
        Part(2, "Kinh tế", "10", "section", (SAID, TABLE, DRAWN, AFTER)),
    ]
    return as_draft(stitch(parts, PROPERTIES), disputes_of(findings, FIGURES, WORKBOOKS))


ERROR = finding("e1", at("J2"))
WARNING = finding("w1", at("H2", "y-te.xlsx"), severity="warning")
TEXT = finding("e2", Place(file=TYPED.file, sheet=TYPED.sheet, cell=TYPED.cell))


def typst(document: Document) -> str:
    return "\n".join(typst_of(document, lambda _block: "hinh.svg").values())


def html(document: Document) -> str:
    return "\n".join(PageWriter(lambda _chart: "").sections(document))


def word(document: Document) -> str:
    return word_words(tree_of(document, lambda _block: "hinh.png")["blocks"])


def test_the_figure_of_a_named_cell_and_what_is_computed_from_it_are_marked_in_every_medium() -> None:
    draft = report(ERROR, WARNING, TEXT)
    for text in (re.sub(r"<[^>]+>", "", html(draft)), typst_words(typst(draft)), word(draft)):
        told = re.sub(r"( \()?số liệu có .{2,9}, xem [LC]\d ở trang cuối\)?", "", text)
        assert "Cấy 11 ha, đạt 22[L1]%; khám 33[C1] lượt; họp ngày 30/02/2031[L2]." in told
        assert "44[L1]" in told
        assert "Số đang được làm rõ trong biểu đồ: Tên kham: 5[C1]\u00a0ha." in told
        assert "DỰ THẢO" in told


def test_a_page_names_the_findings_of_each_number_for_scripts_and_for_screen_readers() -> None:
    page = html(report(ERROR, WARNING))
    assert (
        '<data class="fig disputed disputed-error" data-fig="lua.to_plan" data-finding="e1" value="22">22</data>'
        in page
    )
    assert '<sup class="mark" aria-hidden="true">[L1]</sup><span class="hidden"> (số liệu có lỗi, xem L1' in page
    assert 'class="fig disputed disputed-warning" data-fig="kham" data-finding="w1"' in page


def test_paper_says_in_words_what_a_mark_is() -> None:
    assert '22";#mark("[L1]", "số liệu có lỗi, xem L1 ở trang cuối");]' in typst(report(ERROR, WARNING))


def asked(document: Document) -> dict[str, list[list[str]]]:
    """The rows of the last page by the department that has to answer."""
    table = document.sections[-1].blocks[-1]
    assert isinstance(table, Table)
    found: dict[str, list[list[str]]] = {}
    for row in table.body:
        first, *others = [plain(c.runs) for c in row.cells]
        if row.style == "group":
            own = found.setdefault(first, [])
        else:
            own.append([first, *others])
    return found


def test_the_last_page_lists_by_department_what_is_printed_recomputed_and_where() -> None:
    told = asked(report(ERROR, WARNING, TEXT))
    assert list(told) == ["Phòng Nông nghiệp", "Trạm Y tế"]
    first, second = told["Phòng Nông nghiệp"]
    answer = "Nội dung e1. Ô nong-nghiep.xlsx › Chỉ tiêu › J2."
    shown = "Tên lua.to_plan: 5% (Phần I, I; Bảng 1); Tên lua.plan: 5\u00a0ha (Phần I, I)"
    assert first == ["L1", shown, "60%", "50%", answer]
    assert second[:2] == ["L2", "Lời văn tại Phần I, I"]
    assert told["Trạm Y tế"][0][:2] == ["C1", "Tên kham: 5\u00a0ha (Phần I, I; Biểu đồ 1)"]


def test_the_last_page_says_once_what_neighbours_share_and_counts_what_it_leaves_out() -> None:
    known = [figure("ngo", at("H3"), label="Diện tích ngô, trong kỳ")]
    known += [
        figure(f"ngo.{n}", inputs=("ngo",), label=f"Diện tích ngô, {name}")
        for n, name in enumerate(("kế hoạch", "cùng kỳ", "so với kế hoạch", "so với cùng kỳ", "chênh lệch"))
    ]
    told = Paragraph(runs=tuple(number("1", f.id) for f in known))
    parts = [Part(n, f"Phần {n}", f"p{n}", "section", (told,)) for n in range(1, 5)]
    error = finding("e1", at("H3"), message="Trái với nong-nghiep.xlsx › Chỉ tiêu › H3")
    draft = as_draft(stitch(parts, PROPERTIES), disputes_of([error], known, WORKBOOKS))
    row = asked(draft)["Phòng Nông nghiệp"][0]
    assert row[1].replace("\u00a0", " ") == (
        "Diện tích ngô, trong kỳ: 5 ha; kế hoạch: 5 ha; cùng kỳ: 5 ha "
        "(Phần I; Phần I, I và 2 chỗ khác); và 3 số khác tính từ các ô này"
    )
    assert row[4] == "Trái với nong-nghiep.xlsx › Chỉ tiêu › H3."


def test_of_a_finding_about_many_cells_the_last_page_names_a_dozen_and_counts_the_others() -> None:
    row = asked(report(finding("e1", *(at(f"H{n}") for n in range(2, 42)))))["Phòng Nông nghiệp"][0]
    assert row[4].endswith("› H2, H3, H4, H5, H6, H7, H8, H9, H10, H11, H12, H13 … và 28 ô khác.")


def test_what_is_withheld_because_of_a_finding_is_said_not_to_be_printed() -> None:
    withheld = figure("lua.to_plan", inputs=("lua", "lua.plan"), unit="%", value=None, printed="chưa tính")
    parts = [Part(1, "Kết quả", "10", "section", (Paragraph(runs=(number("…", "lua.to_plan"),)),))]
    known = [f for f in FIGURES if f.id != withheld.id]
    draft = as_draft(stitch(parts, PROPERTIES), disputes_of([ERROR], [*known, withheld], WORKBOOKS))
    assert asked(draft)["Phòng Nông nghiệp"][0][1] == "Tên lua.to_plan: chưa in (Phần I)"


def test_who_has_no_workbook_is_asked_by_those_who_compile() -> None:
    told = asked(report(finding("e9", message="Trạm Y tế chưa nộp")))
    assert told["Bộ phận lập báo cáo"][0][1] == "Không có trong báo cáo"


def test_a_report_that_is_fit_to_sign_has_nothing_of_a_draft() -> None:
    signed = report(finding("e1", at("J2"), accepted=True), WARNING)
    assert not signed.properties.draft
    for text in (html(signed), typst(signed), word(signed)):
        assert not re.search(r"\[[LC]\d|dự thảo|disputed|cần làm rõ", text, re.IGNORECASE)


def test_marks_stand_apart_from_the_spoken_words_in_word() -> None:
    tree = tree_of(report(ERROR), lambda _block: "hinh.png")["blocks"]
    assert [word_words(n) for n in nodes(tree, "Superscript")] == ["[L1]"] * 3
