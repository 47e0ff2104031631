"""Sentences that follow the data: whatever is missing, nought, negative or huge, what is left reads as a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from thidua.errors import ProseError
from thidua.prose.clauses import mend
from thidua.prose.template import Prose, render
from thidua.report import Report, open_report
from workbooks import FILE, PERIOD, add_form, department, new_book, write_root

ROWS: list[dict[str, Any]] = [
    {"code": "co", "name": "Lúa xuân", "unit": "ha", "actual": 35.1, "plan": 61.2, "last": 30.5, "quality": "khoảng"},
    {"code": "vuot", "name": "Thu ngân sách", "unit": "triệu đồng", "actual": 120, "plan": 100, "last": 160},
    {"code": "bang", "name": "Hồ sơ giải quyết", "unit": "hồ sơ", "actual": 100000, "plan": 100000, "last": 100000},
    {"code": "gan", "name": "Đàn lợn", "unit": "con", "actual": 100001, "plan": 100000, "last": 100000},
    {"code": "khong", "name": "Vụ cháy rừng", "unit": "vụ", "actual": 0, "plan": 0, "last": 0},
    {"code": "am", "name": "Dư nợ", "unit": "tỷ đồng", "actual": -5.5, "plan": 10, "last": -2},
    {"code": "lon", "name": "Tổng giá trị", "unit": "đồng", "actual": 9e14, "plan": 1, "last": 1},
    {"code": "ty_le", "name": "Tỷ lệ hộ nghèo", "unit": "%", "actual": "4,2", "last": "5,1"},
    {"code": "it", "name": "Vụ vi phạm", "unit": "vụ", "actual": 3},
    {"code": "trong", "name": "Ngô đông", "unit": "ha", "plan": 5},
    {"code": "in_san", "name": "Sắn", "unit": "ha", "printed_to_plan": "80,5", "printed_change": "-3,2", "actual": 7},
]
EVENTS: list[dict[str, Any]] = [
    {
        "topic": "day",
        "content": "Hội thi văn nghệ.",
        "location": "Nhà văn hóa",
        "date": "ngày 5/2",
        "result": "Thành công;",
    },
    {"topic": "day", "content": "UBND xã tổ chức Tết trồng cây"},
    {"topic": "la", "content": "[[ {{ 7*7 }} ]] ^[x] **đậm** # <script>alert(1)</script>", "result": "| a | b |"},
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = new_book()
    add_form(book, "Chỉ tiêu", ROWS)
    add_form(book, "Sự kiện", EVENTS)
    folder = tmp_path_factory.mktemp("xa") / "goc"
    root = write_root(folder, {FILE: book}, departments=[department(FILE, "Chỉ tiêu", "Sự kiện")])
    return open_report(PERIOD, root)


def seen(prose: Prose) -> str:
    """What a reader sees, footnotes in braces."""
    page = BeautifulSoup(prose.html, "html.parser")
    for note in page.select("span.fn"):
        note.replace_with(f"{{{note.get_text()}}}")
    return page.get_text().replace("\u00a0", " ").strip()


def told(report: Report, source: str) -> str:
    return seen(render(source, report.names))


# direction words, plans, nought


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("ind.co | progress", "khoảng 35,1/61,2 ha, đạt 57,35% kế hoạch"),
        ("ind.vuot | progress", "120/100 triệu đồng, đạt 120,00% kế hoạch (vượt 20,00%)"),
        ("ind.gan | of_plan", "đạt 100,00% kế hoạch"),
        ("ind.bang | of_plan('dự toán')", "đạt 100,00% dự toán"),
        ("ind.khong | progress", "0 vụ"),
        ("ind.in_san | of_plan", "đạt 80,5% kế hoạch"),
        ("ind.co | versus_last", "tăng 15,08% so với cùng kỳ năm trước"),
        ("ind.vuot | versus_last('cùng kỳ')", "giảm 25,00% so với cùng kỳ"),
        ("ind.bang | versus_last", "không thay đổi so với cùng kỳ năm trước"),
        ("ind.gan | versus_last", "không thay đổi so với cùng kỳ năm trước"),
        ("ind.in_san | versus_last", "giảm 3,2% so với cùng kỳ năm trước"),
        *((f"ind.co{way}", "khoảng 35,1 ha") for way in (".done | with_unit", ".done | about", " | amount", " | some")),
        ("ind.co.done", "khoảng 35,1"),
        ("ind.co | out_of", "khoảng 35,1/61,2 ha"),
        ("ind.pick('co') | counted", "khoảng 35,1 lúa xuân"),
        ("ind.pick('co') | directions", "tăng khoảng 35,1 ha"),
        ("ind.khong.done | count", "không có vụ nào"),
        ("ind.it.done | count", "03 vụ"),
        ("ind.it | amount", "03 vụ"),
        ("ind.am | amount", "-5,5 tỷ đồng"),
        ("ind.ty_le.done | pct", "4,2%"),
        ("ind.pick('co', 'trong', 'it') | series('amount')", "lúa xuân khoảng 35,1 ha; vụ vi phạm 03 vụ"),
        ("ind.pick('co', 'it') | series('versus_last')", "lúa xuân tăng 15,08% so với cùng kỳ năm trước"),
        (
            "events('day') | accounts",
            "hội thi văn nghệ tại nhà văn hóa, ngày 5/2: thành công; UBND xã tổ chức Tết trồng cây",
        ),
        ("events('day') | listing", "hội thi văn nghệ; UBND xã tổ chức Tết trồng cây"),
        ("period.name", "quý II năm 2031"),
        ("period.end", "30/6/2031"),
        ("unit.name", "xã Bình An"),
    ],
)
def test_a_phrase_follows_the_value(report: Report, expression: str, text: str) -> None:
    assert told(report, f"Kết quả {{{{ {expression} }}}}.") == f"Kết quả {text}."


@pytest.mark.parametrize(
    "expression",
    [
        *("ind.trong | progress", "ind.trong | of_plan", "ind.trong | versus_last", "ind.trong | amount"),
        *("ind.khong | of_plan", "ind.khong | versus_last", "ind.am | versus_last", "ind.it | of_upper"),
        *("ind.khong.done | nonzero", "ind.khong | some", "ind.trong.done | with_unit", "ind.khong_ma | progress"),
        *("ind.khong_ma.done | pct", "docs.khong_ma | cite", "events('khong') | listing", "events('khong') | accounts"),
        *("docs_about('khong') | cites", "document.number", "document.date", "ind.pick('trong') | series"),
        *("movements.khong_ma.result | lower", "awards.khong_ma.collective", "movements.khong_ma"),
    ],
)
def test_a_missing_value_drops_its_clause_and_prints_nothing(report: Report, expression: str) -> None:
    prose = render(f"Kết quả tốt[[, trong đó {{{{ {expression} }}}} so sánh]].", report.names)
    assert seen(prose) == "Kết quả tốt."
    assert prose.text == "Kết quả tốt."
    assert prose.figures == ()


def test_a_missing_value_outside_a_clause_says_so(report: Report) -> None:
    prose = render("Ngô {{ ind.trong.done }}.", report.names)
    assert seen(prose) == "Ngô chưa có số liệu."
    assert [f.id for f in prose.figures] == ["trong.actual"]


def test_a_clause_may_hold_clauses(report: Report) -> None:
    source = "Lúa [[{{ ind.%s | amount }}[[, {{ ind.%s | versus_last }}]][[ ({{ ind.%s | of_plan }})]]]]."
    assert told(report, source % ("co", "co", "co")) == (
        "Lúa khoảng 35,1 ha, tăng 15,08% so với cùng kỳ năm trước (đạt 57,35% kế hoạch)."
    )
    assert told(report, source % ("co", "it", "it")) == "Lúa khoảng 35,1 ha."
    assert told(report, source % ("co", "it", "co")) == "Lúa khoảng 35,1 ha (đạt 57,35% kế hoạch)."


def test_a_paragraph_without_any_value_disappears(report: Report) -> None:
    prose = render("[[Trong kỳ có [[{{ ind.trong | amount }}]][[, {{ ind.khong | some }}]].]]\n", report.names)
    assert (prose.html, prose.text, prose.figures) == ("", "", ())


def test_a_list_item_without_a_value_disappears(report: Report) -> None:
    source = "- [[lúa {{ ind.co | amount }};]]\n- [[ngô {{ ind.trong | amount }};]]\n- [[vụ {{ ind.it | amount }}.]]\n"
    page = BeautifulSoup(render(source, report.names).html, "html.parser")
    assert [li.get_text().replace("\u00a0", " ") for li in page.select("li")] == ["Lúa khoảng 35,1 ha;", "Vụ 03 vụ."]


# footnotes, references, figures


def test_a_footnote_stands_where_it_is_cited_and_keeps_its_figures(report: Report) -> None:
    prose = render("Lúa {{ ind.co | amount }}^[gồm {{ ind.it | amount }}, *vụ đông*], tốt.", report.names)
    assert seen(prose) == "Lúa khoảng 35,1 ha{Gồm 03 vụ, vụ đông}, tốt."
    assert [f.id for f in prose.figures] == ["co.actual", "it.actual"]
    assert '<span class="fn">' in prose.html
    assert prose.text == "Lúa khoảng 35,1\u00a0ha (Gồm 03\u00a0vụ, *vụ đông*), tốt."


def test_a_footnote_whose_value_is_missing_disappears(report: Report) -> None:
    prose = render("Lúa tốt^[gồm {{ ind.trong | amount }}]. Hết^[[[{{ ind.trong | amount }}]]].", report.names)
    assert seen(prose) == "Lúa tốt. Hết."
    assert prose.figures == ()


def test_a_footnote_in_a_clause_that_falls_falls_with_it(report: Report) -> None:
    prose = render("Tốt[[, {{ ind.trong | amount }}^[gồm {{ ind.it | amount }}]]].", report.names)
    assert (seen(prose), prose.figures) == ("Tốt.", ())


def test_a_reference_is_left_for_the_publisher_to_number(report: Report) -> None:
    assert '<a class="ref" data-ref="cay-trong">' in render('Xem {{ ref("cay-trong") }}.', report.names).html


def test_each_number_carries_its_id_and_exact_value(report: Report) -> None:
    page = BeautifulSoup(render("{{ ind.co.to_plan | pct }}", report.names).html, "html.parser")
    number = page.select_one("data.fig")
    assert number is not None
    assert number["data-fig"] == "co.to_plan"
    assert str(number["value"]).startswith("57.35294117647058823529411764705")
    assert number.get_text() == "57,35"


def test_a_text_from_data_carries_its_cell(report: Report) -> None:
    page = BeautifulSoup(render("{{ events('day')[0].content }}", report.names).html, "html.parser")
    text = page.select_one("span.txt")
    assert text is not None
    assert text["data-src"] == "kinh-te.xlsx|Sự kiện|B2"


# values with characters that mean something


def test_markup_in_a_value_is_text(report: Report) -> None:
    prose = render("{{ events('la')[0].content }}; {{ events('la')[0].result }}.", report.names)
    assert seen(prose) == "[[ {{ 7*7 }} ]] ^[x] **đậm** # <script>alert(1)</script>; | a | b |."
    assert "<script" not in prose.html
    assert "<strong>" not in prose.html
    assert prose.html.count("<p>") == 1


SPECIAL = st.text(st.sampled_from(list("*_`#[]()!<>&\"'\\|~^{}%-+=.:;, \n\tab1đ")), min_size=1, max_size=20)
ANY_TEXT = st.one_of(SPECIAL, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))


FRAMES = ["{{ x }}", "a {{ x }} b", "- {{ x }}", "**{{ x }}**", "# {{ x }}", "|a|\n|-|\n|{{ x }}|"]
TAGS = {"div", "p", "ul", "li", "strong", "h1", "table", "thead", "tbody", "tr", "th", "td", "data"}


@given(value=ANY_TEXT, source=st.sampled_from(FRAMES))
def test_any_text_comes_out_as_it_is(value: str, source: str) -> None:
    prose = render(source, {"x": value})
    shown = re.sub(r"[\ue000-\uf8ff]", "", value)
    page = BeautifulSoup(prose.html, "html.parser")
    assert {tag.name for tag in page.find_all()} <= TAGS
    if shown.strip() and not page.select("data"):
        squeezed = "".join(page.get_text().split()).upper()
        assert "".join(shown.split()).upper() in squeezed


@pytest.mark.parametrize("value", ["\ue0000\ue001", "\ue0001\ue001\ue0000", "\ue000999\ue001"])
def test_a_value_never_passes_for_another(value: str) -> None:
    assert seen(render("{{ x }} {{ y }}", {"x": value, "y": "b"})) in ("0 b", "10 b", "999 b")
    assert seen(render(f"a{value} {{{{ y }}}}", {"y": "b"})).endswith(" b")


@pytest.mark.parametrize(
    "source", ["[xem]({{ x }})", "![{{ x }}](a.png)", "![a]({{ x }})", '[xem](a "{{ x }}")', "<{{ x }}>"]
)
def test_a_value_never_becomes_an_address(source: str) -> None:
    try:
        prose = render(source, {"x": "javascript:alert(1)"})
    except ProseError as error:
        assert "địa chỉ" in str(error)
    else:
        assert not BeautifulSoup(prose.html, "html.parser").select("a, img")


def test_links_that_are_typed_stay_links() -> None:
    html = render("Xem [trang](https://binhan.example.vn/a?b=1&c=2) và [khác](javascript:alert(1)).", {}).html
    assert '<a href="https://binhan.example.vn/a?b=1&amp;c=2">trang</a>' in html
    assert html.count("<a ") == 1


def test_typed_html_is_text() -> None:
    assert seen(render("a <b>c</b> <!-- d -->", {})) == "A <b>c</b> <!-- d -->"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("Hội thi.", "Kết quả Hội thi."),
        ("Hội thi ;", "Kết quả Hội thi."),
        ("Hội thi v.v.", "Kết quả Hội thi v.v."),
        ("Hội thi…", "Kết quả Hội thi…"),
        ("A&B&", "Kết quả A&B&."),
    ],
)
def test_a_value_that_ends_with_a_stop_leaves_it_to_the_sentence(value: str, sentence: str) -> None:
    assert seen(render("Kết quả {{ x }}.", {"x": value})) == sentence


# capitals


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "{{ events('day') | listing }}. kết quả tốt.",
            "Hội thi văn nghệ; UBND xã tổ chức Tết trồng cây. Kết quả tốt.",
        ),
        ("- {{ ind.co | named }} tốt", "Lúa xuân tốt"),
        ("# {{ ind.co | named }}", "Lúa xuân"),
        ("đạt 1.5 lần. {{ unit.name }} tốt", "Đạt 1.5 lần. Xã Bình An tốt"),
        ("theo TP. hà nội v.v. và khác", "Theo TP. Hà nội v.v. và khác"),
    ],
)
def test_a_sentence_starts_with_a_capital(report: Report, source: str, text: str) -> None:
    assert told(report, source) == text


# any sentence, any data

CODES = [str(row["code"]) for row in ROWS] + ["khong_ma"]
PHRASES = ["progress", "of_plan", "of_upper", "versus_last", "amount", "some", "out_of", "named"]
FIGURE_PHRASES = ["done | with_unit", "done | about", "done | count", "growth | moved", "to_plan | pct", "plan"]
VALUES = st.one_of(
    st.builds("{{{{ ind.{} | {} }}}}".format, st.sampled_from(CODES), st.sampled_from(PHRASES)),
    st.builds("{{{{ ind.{}.{} }}}}".format, st.sampled_from(CODES), st.sampled_from(FIGURE_PHRASES)),
    st.builds(
        "{{{{ ind.pick('{}', '{}') | {} }}}}".format,
        st.sampled_from(CODES),
        st.sampled_from(CODES),
        st.sampled_from(["series", "amounts", "tally", "directions", "series('versus_last')"]),
    ),
    st.builds(
        "{{{{ events('{}') | {} }}}}".format,
        st.sampled_from(["day", "khong"]),
        st.sampled_from(["listing", "accounts"]),
    ),
)
WORDS = st.sampled_from(["kết quả", "trong đó có", "riêng năm nay", "toàn xã"])


def _clause(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("[[{}{} {}{}]]".format, st.sampled_from([", ", "; ", " và "]), WORDS, VALUES, inner)


CLAUSES = st.recursive(
    st.one_of(
        _clause(st.just("")), st.builds("[[ ({})]]".format, VALUES), st.builds("^[{} {}.]".format, WORDS, VALUES)
    ),
    lambda inner: st.one_of(_clause(inner), st.builds("{}{}".format, inner, inner)),
    max_leaves=5,
)
SENTENCES = st.one_of(
    st.builds("Trong kỳ toàn xã{}.".format, CLAUSES),
    st.builds("[[{} {}{}.]]".format, WORDS, VALUES, CLAUSES),
    st.builds("- [[{} {};]]\n- [[{} {}.]]".format, WORDS, VALUES, WORDS, VALUES),
    st.builds("[[Các kết quả: {}; {}.]]".format, VALUES, VALUES),
)


@given(source=st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join))
def test_what_is_left_is_always_a_sentence(report: Report, source: str) -> None:
    prose = render(source, report.names)
    page = BeautifulSoup(prose.html, "html.parser")
    notes = [note.extract().get_text() for note in page.select("span.fn")]
    for text in (*notes, *(block.get_text() for block in page.select("p, li")), prose.text):
        line = re.sub(r"\s+", " ", text)
        assert not re.search(r"nan|None|\{\{|\}\}|\[\[|\]\]|\^\[|[\ue000-\uf8ff]|E\+", line), line
        assert not re.search(r"[,;:.]\s*[,;:.](?!\.)", line), line
        assert not re.search(r"\(\s*[,;.)]|[,;:]\s*\)|\s[,;.)]", line), line
        assert line.count("(") == line.count(")"), line
        assert "0 vụ nào" not in line
    ids = re.findall(r'data-fig="([^"]*)"', prose.html)
    assert set(ids) == {f.id for f in prose.figures}
    assert len(ids) == len(prose.figures)


@given(st.text("ab ,;:.()[]-#\n", max_size=30))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert mend(mend(text)) == mend(text)


# brackets


@pytest.mark.parametrize("source", ["[[a", "a]]", "^[a", "[[a] b]]", "[[a^[b]]"])
def test_brackets_that_do_not_match_are_an_error(source: str) -> None:
    with pytest.raises(ProseError, match="dấu"):
        render(source, {})


@pytest.mark.parametrize(("source", "text"), [("a [1] b", "A [1] b"), ("a ] b", "A ] b"), ("^[x [1] y]", "{X [1] y}")])
def test_single_brackets_are_text(source: str, text: str) -> None:
    assert seen(render(source, {})) == text
