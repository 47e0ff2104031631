"""One document out of the notebooks: what is numbered, what closes up, what stays text."""

from __future__ import annotations

from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from publish.small import DOCUMENT
from thidua.figures.record import MIME as FIGURES
from thidua.publish.document import Part
from thidua.publish.paper import paper_html
from thidua.publish.stitch import Stitched, stitch

TEXT = "<p>Có nội dung.</p>"
TABLE = '<table class="data" data-key="{0}"><caption>Tên {0}</caption><tbody><tr><td>1</td></tr></tbody></table>'
CHART = (
    '<figure class="chart" data-key="{0}"><div class="chart-image" role="img" aria-label="Mô tả">'
    "<svg viewBox='0 0 1 1'><clipPath id='a'/></svg></div><figcaption>Tên {0}</figcaption></figure>"
)


def notebook(title: str | None, *outputs: str) -> NotebookNode:
    cells = [new_markdown_cell(f"# {title}")] if title else []
    for html in outputs:
        data = {"text/html": html, FIGURES: {"printed": [], "figures": []}}
        cells.append(new_code_cell(outputs=[new_output("display_data", data)]))
    return new_notebook(cells=cells)


def section(level: int, title: str, *outputs: str) -> Part:
    return Part(level, None, notebook(title, *outputs), f"{level}-{title}", "section")


def heading(level: int, text: str) -> Part:
    return Part(level, text, None, f"muc-{text}", "section")


def stitched(*parts: Part) -> Stitched:
    return stitch(parts, DOCUMENT)


def numbered(document: Stitched) -> list[str]:
    return [f"{h.number} {h.plain}".strip() for h in document.headings]


def text(document: Stitched) -> str:
    return " ".join(BeautifulSoup(document.with_notes(lambda n, _: f"[{n}]"), "html.parser").get_text().split())


def test_the_numbers_of_headings_close_up_where_a_section_is_empty() -> None:
    parts = [section(1, "Một", TEXT), section(1, "Rỗng"), section(1, "Hai", TEXT)]
    assert numbered(stitched(*parts)) == ["Phần thứ nhất Một", "Phần thứ hai Hai"]


def test_a_heading_over_empty_sections_alone_disappears_with_them() -> None:
    parts = [heading(1, "Phần"), heading(2, "Trống"), section(3, "Rỗng"), heading(2, "Đủ"), section(3, "Có", TEXT)]
    assert numbered(stitched(*parts)) == ["Phần thứ nhất Phần", "I. Đủ", "1. Có"]


def test_headings_of_a_notebook_go_below_its_own() -> None:
    own = f"<h2>Nhỏ</h2>{TEXT}<h3>Nhỏ hơn</h3>{TEXT}<h2>Rỗng</h2><h2>Sau</h2>{TEXT}"
    assert numbered(stitched(heading(1, "Phần"), section(2, "Chương", own))) == [
        "Phần thứ nhất Phần", "I. Chương", "1. Nhỏ", "1.1. Nhỏ hơn", "2. Sau",
    ]  # fmt: skip


def test_the_sixth_level_is_a_heading_to_a_screen_reader_too() -> None:
    html = BeautifulSoup(stitched(section(6, "Điểm", TEXT)).body, "html.parser")
    point = html.select_one("[role=heading]")
    assert point is not None
    assert (point["aria-level"], point.get_text()) == ("7", "a) Điểm")


def test_no_two_headings_share_an_anchor() -> None:
    own = f"<h2>Nhỏ</h2>{TEXT}<h2>Nhỏ</h2>{TEXT}"
    ids = [h.id for h in stitched(section(2, "A", own), section(2, "B", own)).headings]
    assert len(ids) == len(set(ids)) == 6


def test_footnotes_are_numbered_over_the_whole_report_in_the_order_of_the_text() -> None:
    first = '<p>Một<span class="fn">chú <b>nhất</b></span>, hai<span class="fn">chú hai</span>.</p>'
    first = f'<div class="prose">{first}</div>'
    second = '<p>Ba<span class="fn">chú ba</span>.</p>'
    document = stitched(section(1, "A", first), section(1, "B", second))
    assert document.notes == ("chú <b>nhất</b>", "chú hai", "chú ba")
    assert "Một[1], hai[2]." in text(document)
    assert "Ba[3]." in text(document)


def test_tables_and_charts_are_numbered_apart_and_referred_to_by_number() -> None:
    link = '<p>Xem <a class="ref" data-ref="b"></a> và <a class="ref" data-ref="c"></a>.</p>'
    document = stitched(section(1, "A", link, TABLE.format("a")), section(1, "B", CHART.format("c"), TABLE.format("b")))
    assert "Xem Bảng 2 và Biểu đồ 1." in text(document)
    assert "Bảng 1. Tên a" in text(document)
    assert "Biểu đồ 1. Tên c" in text(document)


def test_a_reference_to_a_table_that_is_not_shown_goes_with_its_parenthesis() -> None:
    document = stitched(section(1, "A", '<p>Đạt kế hoạch (<a class="ref" data-ref="x"></a>), còn lại thì không.</p>'))
    assert "Đạt kế hoạch, còn lại thì không." in text(document)


def test_of_two_references_in_one_parenthesis_the_one_that_is_shown_stays_alone() -> None:
    links = '<p>Đạt (<a class="ref" data-ref="x"></a>, <a class="ref" data-ref="b"></a>).</p>'
    assert "Đạt (Bảng 1)." in text(stitched(section(1, "A", links, TABLE.format("b"))))
    links = '<p>Đạt (<a class="ref" data-ref="b"></a> và <a class="ref" data-ref="x"></a>).</p>'
    assert "Đạt (Bảng 1)." in text(stitched(section(1, "A", links, TABLE.format("b"))))


def test_an_appendix_has_a_number_of_its_own_and_the_line_that_ties_it_to_the_report() -> None:
    wide = "<table><tbody><tr>" + "<td>1</td>" * 9 + "</tr></tbody></table>"
    parts = [section(1, "A", TEXT)]
    parts += [Part(0, None, notebook("Danh mục", TEXT), "pl1", "appendix")]
    parts += [Part(0, None, notebook("Rộng", wide), "pl2", "appendix")]
    document = stitched(*parts)
    assert numbered(document) == ["Phần thứ nhất A", "Phụ lục I Danh mục", "Phụ lục II Rộng"]
    html = BeautifulSoup(document.body, "html.parser")
    assert "(Kèm theo <Báo cáo>)" in html.get_text()
    assert ["wide" in s["class"] for s in html.select("section.appendix")] == [False, True]


def test_an_empty_appendix_disappears_and_the_next_takes_its_number() -> None:
    parts = [
        Part(0, None, notebook("Trống"), "pl1", "appendix"),
        Part(0, None, notebook("Đủ", TEXT), "pl2", "appendix"),
    ]
    assert numbered(stitched(*parts)) == ["Phụ lục I Đủ"]


def test_hostile_text_stays_text() -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt; &amp;lt;b&amp;gt;"
    parts = [
        heading(1, "<script>alert(2)</script>"),
        section(2, "A", f'<p>{hostile}<span class="fn">{hostile}</span></p>'),
    ]
    document = stitched(*parts)
    html = BeautifulSoup(paper_html(document, DOCUMENT), "html.parser")
    assert html.select("script, img, b") == []
    assert html.get_text().count("<script>alert(1)</script>") == 2
    assert document.headings[0].plain == "<script>alert(2)</script>"


def test_marks_of_the_stitching_in_a_department_s_text_do_no_harm() -> None:
    mark = "\ue0101\ue011 \ue0107\ue011 \ue012 \ue020"
    document = stitched(section(1, "A", f'<p>Trước {mark} sau<span class="fn">chú</span></p>'))
    assert document.notes == ("chú",)
    assert "sau[1]" in text(document)


def test_a_drawing_keeps_the_case_of_its_names() -> None:
    assert "<clipPath id='a'/>" in stitched(section(1, "A", CHART.format("c"))).body
