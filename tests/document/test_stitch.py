"""One document out of the notebooks: what is numbered, what closes up, what goes with what it leads to."""

from __future__ import annotations

from html import escape

import pytest

from document.sample import CHART, PROPERTIES, TABLE
from thidua.contracts import FigureRecord, Place
from thidua.document.block import Block, Cell, Heading, Note, Number, Paragraph, Reference, Row, Run, Table, Text, plain
from thidua.document.document import Document
from thidua.document.lines import text_of
from thidua.document.stitch import Part, captions, stitch
from thidua.publish.html.page_writer import PageWriter


def words(text: str) -> Text:
    return Text(text=text)


def paragraph(*runs: Run | str) -> Paragraph:
    return Paragraph(runs=tuple(words(r) if isinstance(r, str) else r for r in runs))


TEXT = paragraph("Có nội dung.")


def head(level: int, text: str) -> Heading:
    return Heading(level=level, runs=(words(text),))


def table(key: str) -> Table:
    return TABLE.model_copy(update={"key": key, "title": f"Tên {key}"})


def section(level: int, title: str, *blocks: Block) -> Part:
    return Part(level, None, f"{level}-{title}", "section", (head(1, title), *blocks))


def heading(level: int, text: str) -> Part:
    return Part(level, text, f"muc-{text}", "section")


def stitched(*parts: Part) -> Document:
    return stitch(parts, PROPERTIES)


def numbered(document: Document) -> list[str]:
    return [f"{h.number} {plain(h.runs)}".strip() for h in document.headings]


def text(document: Document) -> str:
    return " ".join(text_of(document.blocks()).split())


def test_the_numbers_of_headings_close_up_where_a_section_is_empty() -> None:
    parts = [section(1, "Một", TEXT), section(1, "Rỗng"), section(1, "Hai", TEXT)]
    assert numbered(stitched(*parts)) == ["Phần I Một", "Phần II Hai"]


def test_a_heading_over_empty_sections_alone_disappears_with_them() -> None:
    parts = [heading(1, "Phần"), heading(2, "Trống"), section(3, "Rỗng"), heading(2, "Đủ"), section(3, "Có", TEXT)]
    assert numbered(stitched(*parts)) == ["Phần I Phần", "I. Đủ", "1. Có"]


def test_an_opening_that_leads_to_no_part_is_not_told() -> None:
    front = Part(0, None, "01", "front", (paragraph("Báo cáo kết quả như sau:"),))
    assert "như sau" not in text(stitched(front, section(1, "Rỗng"), section(1, "Cuối", paragraph("Trân trọng./."))))
    assert "như sau" in text(stitched(front, section(1, "Đủ", TEXT)))


def test_a_heading_that_repeats_the_one_before_it_is_told_once() -> None:
    own = (head(2, "Khen thưởng cấp tỉnh"), paragraph("Bằng khen."), head(2, "Khen thưởng cấp tỉnh"), TEXT)
    document = stitched(section(1, "Khen thưởng", *own, head(2, "Tỷ lệ"), TEXT))
    assert numbered(document) == ["Phần I Khen thưởng", "I. Khen thưởng cấp tỉnh", "II. Tỷ lệ"]
    assert "Bằng khen. Có nội dung." in text(document)


def test_headings_of_a_notebook_go_below_its_own() -> None:
    own = (head(2, "Nhỏ"), TEXT, head(3, "Nhỏ hơn"), TEXT, head(2, "Rỗng"), head(2, "Sau"), TEXT)
    assert numbered(stitched(heading(1, "Phần"), section(2, "Chương", *own))) == [
        "Phần I Phần", "I. Chương", "1. Nhỏ", "1.1. Nhỏ hơn", "2. Sau",
    ]  # fmt: skip


def test_the_sixth_level_is_a_heading_to_a_screen_reader_too() -> None:
    html = "\n".join(PageWriter(lambda _: "").sections(stitched(section(6, "Điểm", TEXT))))
    assert 'role="heading" aria-level="7"' in html


def test_no_two_headings_share_an_anchor() -> None:
    own = (head(2, "Nhỏ"), TEXT, head(2, "Khác"), TEXT)
    anchors = [h.anchor for h in stitched(section(2, "A", *own), section(2, "B", *own)).headings]
    assert len(anchors) == len(set(anchors)) == 6


def test_footnotes_are_numbered_over_the_whole_report_in_the_order_of_the_text() -> None:
    def note(text: str) -> Note:
        return Note(runs=(words(text),))

    first = paragraph("Một", note("chú nhất"), ", hai", note("chú hai"), ".")
    writer = PageWriter(lambda _: "")
    parts = section(1, "A", first), section(1, "B", paragraph("Ba", note("chú ba"), "."))
    html = "\n".join(writer.sections(stitched(*parts)))
    assert writer.notes == ["chú nhất", "chú hai", "chú ba"]
    assert html.index('id="goi-1"') < html.index('id="goi-2"') < html.index('id="goi-3"')


def test_tables_and_charts_are_numbered_apart_and_referred_to_by_number() -> None:
    link = paragraph("Xem ", Reference(key="b"), " và ", Reference(key="tien_do"), ".")
    document = stitched(section(1, "A", link, table("a")), section(1, "B", CHART, table("b")))
    assert "Xem Bảng 2 và Biểu đồ 1." in text(document)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["Đạt kế hoạch (", "?", "), còn lại thì không."], "Đạt kế hoạch, còn lại thì không."),
        (["Đạt (", "?", ", ", "b", ")."], "Đạt (Bảng 1)."),
        (["Đạt (", "b", " và ", "?", ")."], "Đạt (Bảng 1)."),
        (["Số liệu nêu tại ", "b", " và ", "?", "."], "Số liệu nêu tại Bảng 1."),
        (["Việc đã xong. Số liệu nêu tại ", "?", ". Việc khác chưa."], "Việc đã xong. Việc khác chưa."),
        (["Số liệu nêu tại ", "?", "."], ""),
        (["Số liệu nêu tại ", "b", " và ", "?", "; trong đó có lúa."], "Số liệu nêu tại Bảng 1; trong đó có lúa."),
        (["Số liệu nêu tại ", "?", " và ", "b", "; trong đó có lúa."], "Số liệu nêu tại Bảng 1; trong đó có lúa."),
        (["Số liệu nêu tại ", "?", " và ", "?", "; trong đó có lúa. Hết."], "Hết."),
    ],
)
def test_a_reference_to_what_is_not_shown_goes_with_what_led_to_it(before: list[str], after: str) -> None:
    runs = [Reference(key="x" if part == "?" else part) if part in ("?", "b") else words(part) for part in before]
    document = stitched(section(1, "A", Paragraph(runs=tuple(runs)), table("b")))
    found = [plain(b.runs) for b in document.blocks() if isinstance(b, Paragraph)]
    assert found == ([after] if after else [])


def test_a_lead_in_that_leads_to_nothing_goes_and_its_heading_with_it() -> None:
    lead = paragraph("Kết quả cụ thể như sau:")
    parts = [section(1, "A", lead, head(2, "B"), lead), section(1, "C", lead, TEXT)]
    assert text(stitched(*parts)) == "C Kết quả cụ thể như sau: Có nội dung."


def test_an_appendix_has_a_number_of_its_own_and_is_set_across_the_page_where_it_is_wide() -> None:
    wide = Table(key="r", name="Rộng", header=(), body=(Row(cells=(Cell(),) * 9),))
    parts = [section(1, "A", TEXT)]
    parts += [Part(0, None, "pl1", "appendix", (head(1, "Danh mục"), TEXT))]
    parts += [Part(0, None, "pl2", "appendix", (head(1, "Rộng"), wide))]
    document = stitched(*parts)
    assert numbered(document) == ["Phần I A", "Phụ lục I Danh mục", "Phụ lục II Rộng"]
    assert [s.wide for s in document.sections if s.kind == "appendix"] == [False, True]
    assert escape(f"({PROPERTIES.reference})") in "\n".join(PageWriter(lambda _: "").sections(document))


def test_an_empty_appendix_disappears_and_the_next_takes_its_number() -> None:
    parts = [
        Part(0, None, "pl1", "appendix", (head(1, "Trống"),)),
        Part(0, None, "pl2", "appendix", (head(1, "Đủ"), TEXT)),
    ]
    assert numbered(stitched(*parts)) == ["Phụ lục I Đủ"]


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;"
    block = paragraph(hostile, Note(runs=(words(hostile),)))
    writer = PageWriter(lambda _: "")
    html = "\n".join(writer.sections(stitched(heading(1, "<script>alert(2)</script>"), section(2, "A", block))))
    for written in (html, *writer.notes):
        assert "<script" not in written
        assert "<img" not in written
    assert all(escape(hostile, quote=False) in written for written in (html, *writer.notes))


def test_private_characters_in_a_department_s_text_do_no_harm() -> None:
    mark = "\ue0101\ue011 \ue100 \ue0ff \ue012"
    runs = (words(f"Trước {mark} sau ("), Reference(key="x"), words(") đó."))
    document = stitched(section(1, "A", Paragraph(runs=runs)))
    assert "Trước" in text(document)
    assert "sau đó." in text(document)


def gone(level: int) -> Heading:
    return Heading(level=level, runs=(), gone=True)


def test_a_heading_that_is_gone_takes_all_cells_below_it_and_no_more() -> None:
    below = (TEXT, table("a"), head(3, "Con"), paragraph("Xem ", Reference(key="a"), "."), TEXT)
    own = (head(2, "Trước"), TEXT, gone(2), *below, head(2, "Sau"), paragraph("Còn."), table("b"))
    document = stitched(section(1, "A", *own), section(1, "B", TEXT))
    assert numbered(document) == ["Phần I A", "I. Trước", "II. Sau", "Phần II B"]
    assert captions(document) == {"b": "Bảng 1. Tên b"}


def test_a_section_whose_own_heading_is_gone_goes_with_the_sections_below_it() -> None:
    parts = [heading(1, "Phần"), Part(2, None, "mat", "section", (gone(1), TEXT)), section(3, "Con", TEXT)]
    assert numbered(stitched(*parts, section(2, "Sau", TEXT))) == ["Phần I Phần", "I. Sau"]


def test_the_closing_sentence_holds_up_no_section_and_stays() -> None:
    closing = paragraph("Xã trân trọng báo cáo./.")
    parts = [section(1, "Một", TEXT), heading(1, "Phần"), section(2, "Giải pháp", paragraph("Gồm:"), closing)]
    document = stitched(*parts)
    assert numbered(document) == ["Phần I Một"]
    assert text(document).endswith("Có nội dung. Xã trân trọng báo cáo./.")


def test_of_a_paragraph_that_leads_to_nothing_the_last_sentence_alone_goes() -> None:
    document = stitched(section(1, "A", paragraph("Có ba việc. Cụ thể", " như sau:")), section(1, "B", TEXT))
    assert "Có ba việc. Phần" not in text(document) and "Cụ thể" not in text(document)
    assert "Có ba việc." in text(document)


def test_a_sentence_about_an_appendix_goes_where_there_is_none() -> None:
    link = paragraph("Đã khen. Chi tiết tại ", Reference(key="k", label="phụ lục"), " kèm theo.")
    sheet = TABLE.model_copy(update={"key": "k", "title": ""})
    first = Part(0, None, "p1", "appendix", (head(1, "Văn bản"), TEXT))
    second = Part(0, None, "p2", "appendix", (head(1, "Khen"), sheet))
    assert "Đã khen. Chi tiết tại Phụ lục II kèm theo." in text(stitched(section(1, "A", link), first, second))
    assert "Đã khen. Văn bản" in text(stitched(section(1, "A", link), first))


def test_a_table_that_says_what_its_section_tells_is_not_printed_nor_referred_to() -> None:
    cell = Place(file="a.xlsx", sheet="Chỉ tiêu", cell="D2")
    other = Place(file="a.xlsx", sheet="Chỉ tiêu", cell="E2")
    lua, plan = (
        FigureRecord(id=id, label=id, value="9", printed="9", unit="ha", formula=None, operator=None, inputs=(),
                     source=source, why=None)
        for id, source in (("lua.actual", cell), ("lua.plan", other))
    )  # fmt: skip
    number = Number(figure="lua.actual", text="9", value="9")
    link = Paragraph(runs=(Text(text="Cấy "), number, Text(text=" ha ("), Reference(key="a"), Text(text=").")))

    def printing(key: str, *ids: str) -> Table:
        numbers = tuple(Cell(runs=(Number(figure=id, text="9", value="9"),)) for id in ids)
        return table(key).model_copy(update={"body": (Row(cells=numbers),)})

    repeated, more = printing("a", "lua.actual"), printing("b", "lua.actual", "lua.plan")
    again = printing("c", "lua.plan")
    document = stitch([section(1, "A", link, repeated, more, again)], PROPERTIES, [lua, plan])
    assert [b.key for b in document.blocks() if isinstance(b, Table)] == ["b"]
    assert text(document).startswith("A Cấy 9 ha. ")
