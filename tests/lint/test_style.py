"""What a table read aloud looks like is found in the text of a report, whatever it is about."""

from __future__ import annotations

import datetime as dt

import pytest

from thidua.document.block import Block, Heading, List, Note, Paragraph, Runs, Text
from thidua.document.document import Document, Properties, Section
from thidua.lint.style import bounds, densities, style_faults

PROPERTIES = Properties("", "", "vi", "", dt.date(2031, 6, 30), "", "")
GOOD = "Đàn gia súc cơ bản ổn định. Công tác tiêm phòng được triển khai kịp thời, nhờ đó dịch bệnh không lây lan."


def said(text: str, note: str = "") -> Paragraph:
    runs: Runs = (Text(text=text), Note(runs=(Text(text=note),))) if note else (Text(text=text),)
    return Paragraph(runs=runs)


def kinds(*blocks: Block, kind: str = "section") -> list[str]:
    section = Section("muc", kind, (Heading(level=1, runs=(Text(text="Mục"),)), *blocks))  # type: ignore[arg-type]
    return [f.kind for f in style_faults(Document(PROPERTIES, (section,)))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Về chăn nuôi: tổng đàn: ổn định; tiêm phòng: kịp thời.", "hai dấu hai chấm trong một câu"),
        ("UBND xã đã thực hiện: lập kế hoạch; kiểm tra.", "khung rỗng trước dấu hai chấm"),
        ("Khó khăn hiện nay: một số hộ chưa hợp tác.", "danh sách một mục sau dấu hai chấm"),
        ("Kết quả cụ thể như sau:", "câu dẫn không có danh sách"),
        ("Gồm hội thi; hội diễn; hội thao; hội trại; hội làng.", "quá nhiều dấu chấm phẩy trong một câu"),
        ("UBND xã đã ban hành kế hoạch. UBND xã đã ban hành quy chế.", "hai câu liền nhau mở đầu như nhau"),
    ],
)
def test_a_table_read_aloud_is_found_with_its_kind(text: str, kind: str) -> None:
    assert kinds(said(text)) == [kind]
    assert kinds(said(GOOD), said(f"{GOOD} {text}"), said(GOOD)) == [kind]


def test_sentences_lists_and_their_lead_are_no_faults() -> None:
    items = ((Text(text="Lập kế hoạch;"),), (Text(text="Kiểm tra."),))
    assert kinds(said(GOOD), said("Nhiệm vụ như sau:"), List(items=items)) == []
    assert kinds(said("Phong trào “Đoàn kết: sáng tạo: phát triển” được phát động lúc 7:30, tỷ lệ 1:500.")) == []
    assert kinds(said("UBND xã báo cáo như sau:"), kind="front") == []
    assert kinds(said("Nhiệm vụ như sau:"), List(items=items[:1])) == ["danh sách một mục"]


def test_a_report_with_more_colons_or_semicolons_than_the_original_is_too_dense() -> None:
    listed = said("Nơi họp có các khu: khu A, khu B; khu C.", "Theo: văn bản A; văn bản B.")
    assert kinds(*[listed] * 5) == ["dấu hai chấm dày hơn báo cáo gốc", "dấu chấm phẩy dày hơn báo cáo gốc"]
    assert kinds(listed, *[said(GOOD)] * 40) == []
    assert bounds().colons * 1000 // bounds().words == 6
    assert densities(Document(PROPERTIES, (Section("muc", "section", (listed,)),))) == (18, 2, 2)
