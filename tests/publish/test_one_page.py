"""The summary's edition: one page whatever there is to tell, the gravest first, and how much more there is."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from document.sample import PROPERTIES, cell, number, words
from thidua.contracts import FindingRecord, Place
from thidua.document.block import Block, List, Paragraph, Row, Table, plain
from thidua.document.disputes import disputes_of
from thidua.document.document import Document, Section
from thidua.publish.drawings import Drawings
from thidua.publish.in_dispute import in_dispute
from thidua.publish.pdf.one_page import on_one_page, shortened
from thidua.publish.pdf.typesetting import ACCESSIBLE, pdf_of
from thidua.tables.table_cells import left_out_row

SUBMITTERS = {"y-te.xlsx": "Trạm Y tế", "kinh-te.xlsx": "Phòng Kinh tế", "van-hoa.xlsx": "Phòng Văn hóa"}


def table(groups: int, rows: int, name: str = "Diện tích cây trồng thứ") -> Table:
    body = [
        row
        for group in range(groups)
        for row in (
            Row(style="group", cells=(cell(words(f"Nhóm {group}"), header=True, columns=2),)),
            *(Row(cells=(cell(words(f"{name} {n}"), header=True), cell(number(f"{n}")))) for n in range(rows)),
        )
    ]
    return Table(key="a", name="A", header=((cell(words("Chỉ tiêu")), cell(words("Thực hiện"))),), body=tuple(body))


def document(*blocks: Block) -> Document:
    return Document(PROPERTIES, (Section("00", "summary", blocks),))


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def blocks_of(findings: list[FindingRecord]) -> tuple[Block, ...]:
    return in_dispute(disputes_of(findings, [], SUBMITTERS), findings)


def finding(file: str, message: str, severity: str = "error", **more: Any) -> FindingRecord:
    given = {"rule": "ty-le", "id": f"ty-le-{message}", "severity": severity, "message": message, "printed": "1"}
    empty = dict.fromkeys(("accepted_by", "accepted_why", "cause"))
    lists: dict[str, Any] = dict.fromkeys(("effects", "withheld", "figures"), ())
    cells = (Place(file=file, sheet="S", cell="A1"),)
    return FindingRecord.model_validate(
        {**given, **empty, **lists, "recomputed": "2", "accepted": False, "cells": cells, **more}
    )


def test_what_finds_room_is_told_whole_and_with_its_head() -> None:
    shorter, pdf, fits = on_one_page(document(table(3, 4)), Drawings())
    (page,) = pages(pdf)
    assert fits and shorter == document(table(3, 4))
    for line in ("UBND XÃ BÌNH AN", "BÁO CÁO", "Thử", "(Kèm theo <Báo cáo> số 1)"):
        assert line in page


def test_groups_that_keep_no_row_are_set_beside_those_that_do_wherever_the_page_ends() -> None:
    uneven = table(1, 0).model_copy(update={"body": (*table(1, 0).body, *table(1, 1).body, *table(2, 0).body)})
    for above in (15, 31, 32):
        lines = [Paragraph(runs=(words(f"Dòng {n}"),)) for n in range(above)]
        text = "".join(pages(pdf_of(document(*lines, uneven), Drawings(), ACCESSIBLE)))
        assert text.count("Nhóm 0") == 3 and "thứ 0" in text


@pytest.mark.parametrize("blocks", [
    (table(5, 60),), (table(5, 30, "Một chỉ tiêu có tên rất dài " * 12),),
    (table(4, 30), *blocks_of([finding(file, "Sai số " * 40) for file in SUBMITTERS])),
])  # fmt: skip
def test_whatever_there_is_to_tell_stands_on_one_page_with_the_first_of_each_group(blocks: tuple[Block, ...]) -> None:
    shorter, pdf, fits = on_one_page(document(*blocks), Drawings())
    assert fits and len(pages(pdf)) == 1
    assert "Nhóm 3" in pages(pdf)[0]
    assert shorter != document(*blocks)


def test_each_group_and_list_keeps_its_first_and_says_how_many_more_there_are() -> None:
    items = List(items=tuple((words(f"việc {n}"),) for n in range(5)))
    short, listed = shortened(document(table(2, 5), items), [2, 2, 2]).sections[0].blocks
    assert isinstance(short, Table) and isinstance(listed, List)
    group = ["Nhóm 0", "Diện tích cây trồng thứ 0", "Diện tích cây trồng thứ 1", "và 03 chỉ tiêu khác"]
    assert [plain(r.cells[0].runs) for r in short.body][:4] == group
    assert [plain(item) for item in listed.items] == ["việc 0", "việc 1", "và 03 mục khác"]
    # A table that leaves out some by itself says of all together.
    further = [
        row for rows in (table(1, 5), table(1, 1)) for row in (*rows.body, left_out_row(30, "và 30 chỉ tiêu khác", 1))
    ]
    (short,) = shortened(document(table(2, 5).model_copy(update={"body": tuple(further)})), [2, 2]).sections[0].blocks
    assert isinstance(short, Table)
    told = [*group[:3], "và 33 chỉ tiêu khác", *group[:2], "và 30 chỉ tiêu khác"]
    assert [plain(r.cells[0].runs) for r in short.body] == told
    # Rows without names, as of a table that an officer typed, are counted one by one.
    nameless = tuple(Row(cells=(cell(words(f"{n}")), cell(words("việc")))) for n in range(5))
    (short,) = shortened(document(table(1, 1).model_copy(update={"body": nameless})), [2]).sections[0].blocks
    assert isinstance(short, Table) and plain(short.body[-1].cells[0].runs) == "và 03 dòng khác"
    # A line that says of one more would take that one's room.
    assert shortened(document(table(2, 3)), [2, 2]) == document(table(2, 3))


def test_what_an_officer_typed_is_not_cut_and_does_not_fit_is_said() -> None:
    typed = Paragraph(runs=(words("Lời của cán bộ. " * 600),))
    shorter, pdf, fits = on_one_page(document(typed), Drawings())
    assert not fits and shorter.sections[0].blocks == (typed,)
    assert sum(page.count("Lời") for page in pages(pdf)) == 600


def test_what_is_in_dispute_is_told_by_department_those_with_most_errors_first() -> None:
    found = [
        finding("y-te.xlsx", "Khám bệnh ghi 5, tính lại được 6 ((1 + 2) ÷ 3) (y-te.xlsx › Chỉ tiêu › H3); cần xem"),
        finding("kinh-te.xlsx", "Lúa ghi 7"),
        finding("kinh-te.xlsx", "Ngô ghi 8"),
        finding("y-te.xlsx", "Giường bệnh lệch", "warning"),
        finding("van-hoa.xlsx", "Đã chấp nhận", accepted=True, accepted_why="đúng", accepted_by="Chủ tịch"),
        finding("van-hoa.xlsx", "Ghi nhận", "note"),
    ]
    said, listed = blocks_of(found)
    assert isinstance(said, Paragraph) and isinstance(listed, Table)
    assert plain(said.runs) == (
        "Về số liệu, còn 03 lỗi, 01 cảnh báo chưa xử lý, thuộc 02 đơn vị."
        " 01 phát hiện đã được chấp nhận, có nêu lý do."
        " Dấu [L], [C] kèm số thứ tự đứng sau số liệu có lỗi, có cảnh báo, được giải thích ở trang cuối của báo cáo."
    )
    assert [[plain(c.runs) for c in r.cells] for r in listed.body] == [
        ["Phòng Kinh tế", "02 lỗi", "[L2] Lúa ghi 7"],
        ["Trạm Y tế", "01 lỗi, 01 cảnh báo", "[L1] Khám bệnh ghi 5, tính lại được 6; cần xem"],
    ]


def test_only_marks_that_the_report_has_are_explained() -> None:
    said, _ = blocks_of([finding("kinh-te.xlsx", "Lúa ghi 7")])
    assert isinstance(said, Paragraph)
    assert " Dấu [L] kèm số thứ tự đứng sau số liệu có lỗi, được giải thích" in plain(said.runs)


def test_where_no_error_is_open_that_is_said_and_how_many_warnings_are() -> None:
    (said,) = blocks_of([finding("y-te.xlsx", "Ghi nhận", "note")])
    assert isinstance(said, Paragraph)
    assert plain(said.runs) == "Về số liệu, không còn lỗi hay cảnh báo nào chưa xử lý."
    (said,) = blocks_of([finding("y-te.xlsx", "Lệch", "warning")])
    assert isinstance(said, Paragraph)
    assert plain(said.runs) == "Về số liệu, không còn lỗi nào chưa xử lý, còn 01 cảnh báo để tham khảo."
