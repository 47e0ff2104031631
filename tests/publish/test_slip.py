"""The one page for whoever signs: what was corrected and why, accepted by whom, withheld, and whether to sign."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from document.sample import LETTERHEAD, PROPERTIES, number
from document.test_draft import FIGURES, WORKBOOKS, at, finding
from thidua.checks.corrections import Correction
from thidua.contracts import FindingRecord
from thidua.document.block import Paragraph
from thidua.document.disputes import disputes_of
from thidua.document.document import Document
from thidua.document.draft import as_draft
from thidua.document.stitch import Part, stitch
from thidua.publish.evidence import Evidence
from thidua.publish.slip import slip_of


def report() -> Document:
    said = Paragraph(runs=(number("196", "tiet_kiem.computed"), number("57,4", "dua.to_plan")))
    parts = [Part(0, None, "01", "front", (LETTERHEAD,)), Part(1, "Kết quả", "10", "section", (said,))]
    return stitch(parts, PROPERTIES)


def corrected(figure: str = "tiet_kiem.computed", name: str = "Tiết kiệm", **more: Any) -> Correction:
    facts = {"submitted": "206 triệu đồng", "printed": "196 triệu đồng", "working": "68.194 − 67.998", "cell": at("H2")}
    return Correction(figure, name, **{**facts, **more})


def slip(corrections: list[Correction], *findings: FindingRecord) -> str:
    disputes = disputes_of(findings, FIGURES, WORKBOOKS)
    evidence = Evidence(FIGURES, findings, corrections=corrections, disputes=disputes)
    pages = PdfReader(io.BytesIO(slip_of(as_draft(report(), disputes), evidence))).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_it_says_on_paper_why_a_number_is_not_what_was_submitted() -> None:
    told = slip([corrected(), corrected("khong_in.to_plan", "Không in")], finding("e1", at("H2"), cause="gõ nhầm"))
    assert "Tiết kiệm 206 triệu đồng 196 triệu đồng 68.194 − 67.998; gõ nhầm (dấu L1)" in told
    assert "Không in" not in told


def test_a_ratio_that_the_prose_tells_as_growth_is_a_correction_too() -> None:
    told = slip([corrected("kham.to_last", "Khám bệnh", otherwise=("kham.growth", "dua.to_plan"))])
    assert "Khám bệnh 206 triệu đồng 196 triệu đồng" in told


def test_a_draft_names_who_still_has_to_answer_and_what_is_withheld() -> None:
    told = slip([], finding("e1", at("H2"), cause="chép nhầm dòng", withheld=("Lúa, so với kế hoạch",)))
    assert "chưa đủ điều kiện ký: còn 1 lỗi" in told
    assert "Phòng Nông nghiệp (1 lỗi)." in told
    assert "Lúa, so với kế hoạch chép nhầm dòng (dấu L1)" in told


def test_what_is_fit_to_sign_names_who_accepted_and_why() -> None:
    accepted = finding("e1", at("H2"), accepted=True, accepted_by="Bà Mẫu", accepted_why="theo quyết toán")
    told = slip([corrected()], accepted, finding("w1", at("J2"), severity="warning"))
    assert "đủ điều kiện ký" in told and "dự thảo" not in told
    assert "Nội dung e1 Bà Mẫu theo quyết toán" in told
    assert "Còn 1 cảnh báo không ngăn việc ký" in told


def test_it_is_one_page_however_much_there_is_and_says_how_much_more() -> None:
    many = [corrected(name=f"Chỉ tiêu thứ {n}, so với kế hoạch") for n in range(90)]
    accepted = [
        finding(f"e{n}", at(f"H{n}"), accepted=True, accepted_by="Bà Mẫu", accepted_why="lý do " * 60)
        for n in range(40)
    ]  # fmt: skip
    told = slip(many, *accepted)
    assert "Chỉ tiêu thứ 0" in told
    assert "(90)" in told and told.count("mục khác, xem so-lieu.xlsx, trang «Phát hiện»") == 2
