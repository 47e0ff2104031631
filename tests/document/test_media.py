"""The contract of the writers: the same words, notes, captions and merged cells in every medium, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from document.sample import NUMBERS, document
from thidua.document.block import Chart, Table, plain
from thidua.document.walking import printed
from thidua.publish.html.page_writer import PageWriter
from thidua.publish.pdf.typst_writer import typst_of
from thidua.publish.word.pandoc_writer import tree_of


class _Page(HTMLParser):
    """What a page says: its words, the numbers marked as figures, the spans of its cells."""

    def __init__(self, html: str):
        super().__init__()
        self.words = ""
        self.numbers: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self._in_figure = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self._in_figure = tag == "data"
        if tag in ("td", "th"):
            self.spans.append((int(given.get("rowspan") or 1), int(given.get("colspan") or 1)))

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._in_figure:
            self.numbers.append(data)
            self._in_figure = False


def page() -> tuple[_Page, list[str]]:
    writer = PageWriter(lambda _chart: "")
    html = "\n".join(writer.sections(document()))
    return _Page(html), writer.notes


def typst() -> str:
    return "\n".join(typst_of(document(), lambda _block: "hinh.svg").values())


def typst_words(source: str) -> str:
    """The text of all strings, in their order."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', source)
    return "".join(word.replace('\\"', '"').replace("\\\\", "\\") for word in found)


def nodes(tree: Any, kind: str) -> Iterator[Any]:
    if isinstance(tree, list):
        for child in tree:
            yield from nodes(child, kind)
    elif isinstance(tree, dict):
        if tree.get("t") == kind:
            yield tree["c"]
        yield from nodes(tree.get("c"), kind)


def word() -> Any:
    return tree_of(document(), lambda _block: "hinh.png")["blocks"]


def word_words(tree: Any) -> str:
    if isinstance(tree, list):
        return "".join(word_words(child) for child in tree)
    if not isinstance(tree, dict):
        return ""
    if tree.get("t") == "Str":
        return str(tree["c"])
    return word_words(tree.get("c"))


def numbers_in(text: str, wanted: list[str]) -> list[str]:
    """Those of the wanted numbers that a text has, in the text's order and as often as wanted asks."""
    found, position = [], 0
    for number in wanted:
        place = text.find(number, position)
        if place < 0:
            continue
        found.append(number)
        position = place + len(number)
    return found


def test_the_page_marks_every_number_that_the_document_has() -> None:
    shown, notes = page()
    in_notes = [n for note in notes for n in _Page(note).numbers]
    assert in_notes == ["198"]
    assert [*shown.numbers, *in_notes] == [n for n in NUMBERS if n != "198"] + ["198"]


def test_paper_and_word_have_the_same_numbers_in_the_order_of_the_text() -> None:
    assert numbers_in(typst_words(typst()), NUMBERS) == NUMBERS
    assert numbers_in(word_words(word()), NUMBERS) == NUMBERS


def test_a_note_is_a_note_in_every_medium() -> None:
    _, notes = page()
    assert [_Page(n).words for n in notes] == ["Chưa gồm phí 198 triệu đồng."]
    assert [typst_words(n) for n in re.findall(r"#footnote\[(.*?)\];", typst())] == ["Chưa gồm phí 198 triệu đồng."]
    assert [word_words(n) for n in nodes(word(), "Note")] == ["Chưa gồm phí 198 triệu đồng."]


def test_captions_and_references_have_the_same_numbers() -> None:
    shown, _ = page()
    fields = " ".join(text for _, text in nodes(word(), "RawInline"))
    for text in (shown.words, typst_words(typst())):
        assert "Bảng 1. Thu, chi ngân sách <ước>" in text
        assert "Biểu đồ 1. Tiến độ gieo trồng" in text
        assert "xem Bảng 1 và Biểu đồ 1; số" in text
    assert 'SEQ Bảng \\* ARABIC "><w:r><w:t xml:space="preserve">1<' in fields
    assert "REF bb_thu_chi \\h" in fields
    assert "Thu, chi ngân sách <ước>" in word_words(word())


def test_cells_are_merged_alike() -> None:
    wanted = [(c.rows, c.columns) for b in document().blocks() if isinstance(b, Table)
              for row in (*b.header, *(r.cells for r in b.body)) for c in row]  # fmt: skip
    assert page()[0].spans == wanted
    paper = re.findall(r"table\.cell\([^()]*?(?:colspan: (\d+))?(?:, rowspan: (\d+))?\)\[", typst())
    assert [(int(r or 1), int(c or 1)) for c, r in paper] == wanted
    tables = [t for t in nodes(word(), "Table") if t[3][1]]
    cells = [(c[2], c[3]) for t in tables for rows in (t[3][1], t[4][0][3]) for row in rows for c in row[1]]
    assert cells == wanted


def test_characters_that_mean_something_to_a_typesetter_are_words() -> None:
    told = 'số 74/KH-UBND «a_b» *c* #d $e$ @f [g] `h` ~i <j> "k" \\l.'
    assert told in page()[0].words
    assert told in typst_words(typst())
    assert told in word_words(word())


def test_headings_and_appendices_are_numbered_as_the_decree_asks() -> None:
    told = [f"{h.number} {plain(h.runs)}" for h in document().headings]
    assert told == [
        "Phần I Kết quả thực hiện", "I. Kinh tế", "II. Khác", "1. Việc khác", "Phụ lục I Danh mục văn bản",
    ]  # fmt: skip


def test_a_chart_says_the_same_to_whoever_does_not_see_it() -> None:
    (chart,) = [b for b in document().blocks() if isinstance(b, Chart)]
    writer = PageWriter(lambda _chart: "")
    assert f'aria-label="{chart.alt}"' in writer.block(chart)
    assert f'alt: "{chart.alt}"' in typst()
    pictures = [word_words(c[1]) for c in nodes(word(), "Image")]
    assert pictures == [chart.alt]


def test_the_figures_that_a_document_prints_are_known_in_reading_order() -> None:
    assert [id.removeprefix("f.") for id in printed(document().blocks())] == list(dict.fromkeys(NUMBERS))


def test_what_is_remarked_of_a_table_stands_below_it_be_it_numbered_or_an_appendix() -> None:
    remarks = ["".join(b.remark.split()) for b in document().blocks() if isinstance(b, Table)]
    assert all(remarks)
    for text in (page()[0].words, typst_words(typst()), word_words(word())):
        assert numbers_in("".join(text.split()), remarks) == remarks
