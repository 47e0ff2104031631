"""Sentences that follow the data: whatever is missing, nought, negative or huge, what is left reads as a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.told import lines, no_data, told
from thidua.document.block import Heading, List, Number, Paragraph, Reference, Source, Text
from thidua.document.walking import runs_of
from thidua.entries import SourceText
from thidua.errors import ProseError
from thidua.figures import Cell, Figure
from thidua.prose.render import render
from thidua.prose.setting import mend
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
    {"code": "uoc", "name": "Tỷ lệ lao động qua đào tạo", "unit": "%", "actual": 68, "plan": 65, "quality": "ước"},
    {"code": "kem", "name": "Tỷ lệ thu gom", "unit": "%", "actual": 62, "plan": 65, "last": 70},
    {"code": "hai_goc", "name": "Thu phí", "unit": "tỷ đồng", "actual": 9, "plan": 15, "plan_upper": 12, "last": 10},
    {"code": "in_san", "name": "Sắn", "unit": "ha", "printed_to_plan": "80,5", "printed_change": "-3,2", "actual": 7},
]
EVENTS: list[dict[str, Any]] = [
    {"topic": "day", "content": "Hội thi văn nghệ được tổ chức tại nhà văn hóa.", "note": "ngày 5/2"},
    {"topic": "day", "content": "UBND xã phát động Tết trồng cây"},
    {"topic": "la", "content": "[ {7*7} ] ^[x] **đậm** # <script>alert(1)</script>", "note": "| a | b |"},
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    book = new_book()
    add_form(book, "Chỉ tiêu", ROWS)
    add_form(book, "Sự kiện", EVENTS)
    folder = tmp_path_factory.mktemp("xa") / "goc"
    root = write_root(folder, {FILE: book}, departments=[department(FILE, "Chỉ tiêu", "Sự kiện")])
    return open_report(PERIOD, root)


# direction words, plans, nought


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("{tiến độ co}", "đạt khoảng 35,1 ha, bằng 57,35% kế hoạch (61,2 ha)"),
        ("{tiến độ vuot}", "đạt 120 triệu đồng, vượt 20,00% kế hoạch (100 triệu đồng)"),
        ("{đạt gan}", "đạt 100,00% kế hoạch"),
        ("{đạt bang | dự toán}", "đạt 100,00% dự toán"),
        ("{đạt bang | dự toán {unit.level} giao}", "đạt 100,00% dự toán xã giao"),
        ("{đạt in_san}", "đạt 80,5% kế hoạch"),
        ("{tiến độ uoc}", "ước đạt 68%, cao hơn kế hoạch (65%)"),
        ("{tiến độ kem}", "đạt 62%, thấp hơn kế hoạch (65%)"),
        ("là {uoc}", "ước 68%"),
        (
            "{đạt hai_goc}, {đạt cấp trên giao hai_goc | dự toán tỉnh giao}",
            "đạt 60,00% kế hoạch và 75,00% dự toán tỉnh giao",
        ),
        ("{so dự toán hai_goc}", "đạt 75,00% dự toán tỉnh giao và 60,00% dự toán xã giao"),
        ("{so dự toán co}", "đạt 57,35% dự toán xã giao"),
        ("{so cùng kỳ hai_goc | trái chiều}", "song giảm 10,00% so với cùng kỳ"),
        ("{so cùng kỳ kem | trái chiều}", "giảm 11,43% so với cùng kỳ"),
        ("{so cùng kỳ co | trái chiều}", "tăng 15,08% so với cùng kỳ"),
        (
            "{kể so cùng kỳ vuot, co, in_san, bang, trong}",
            "lúa xuân tăng 15,08%, song thu ngân sách giảm 25,00% và sắn "
            "giảm 3,2%, còn hồ sơ giải quyết không thay đổi",
        ),
        ("{so cùng kỳ co}", "tăng 15,08% so với cùng kỳ"),
        ("{so cùng kỳ vuot | cùng kỳ năm trước}", "giảm 25,00% so với cùng kỳ năm trước"),
        ("{so cùng kỳ bang}", "không thay đổi so với cùng kỳ"),
        ("{so cùng kỳ gan}", "không thay đổi so với cùng kỳ"),
        ("{so cùng kỳ in_san}", "giảm 3,2% so với cùng kỳ"),
        ("{đếm khong}", "không có vụ nào"),
        ("{đếm it}", "03 vụ"),
        ("{it}", "03 vụ"),
        ("{am}", "-5,5 tỷ đồng"),
        ("{ty_le}", "4,2%"),
        ("{số co}", "khoảng 35,1"),
        ("{trong kỳ co}", "khoảng 35,1 ha"),
        ("{kế hoạch co}", "61,2 ha"),
        ("{tên co}", "lúa xuân"),
        ("{kê co, trong, it}", "lúa xuân khoảng 35,1 ha và 03 vụ vi phạm"),
        ("{kể tiến độ it, trong, in_san}", "vụ vi phạm đạt 03 vụ; sắn đạt 7 ha, bằng 80,5% kế hoạch"),
        ("{kể day}", "hội thi văn nghệ được tổ chức tại nhà văn hóa. UBND xã phát động Tết trồng cây"),
        ("{liệt kê day}", "hội thi văn nghệ được tổ chức tại nhà văn hóa và UBND xã phát động Tết trồng cây"),
        ("{period.name}", "quý II năm 2031"),
        ("{period.end}", "30/6/2031"),
        ("{period.last_year.year}", "2030"),
        ("{unit.name}", "xã Bình An"),
        ("{= ind.co.plan - ind.co.done =}", "26,1 ha"),
        ("{= ind.co =}", "khoảng 35,1 ha"),
        ("{= events('day')[0].note =}", "ngày 5/2"),
        ("{= events('day') | length =}", "2"),
        ("{= period.end =}", "30/6/2031"),
    ],
)
def test_a_phrase_follows_the_value(report: Report, phrase: str, text: str) -> None:
    assert told(report, f"Kết quả {phrase}.") == f"Kết quả {text}."


@pytest.mark.parametrize(
    "phrase",
    [
        *("{tiến độ trong}", "{đạt trong}", "{so cùng kỳ trong}", "{trong}"),
        *("{đạt khong}", "{so cùng kỳ khong}", "{so cùng kỳ am}", "{đạt cấp trên giao it}"),
        *("{trong kỳ trong}", "{tiến độ khong_ma}", "{khong_ma}", "{viện dẫn khong_ma}"),
        *("{liệt kê khong}", "{kể khong}", "{viện dẫn đủ khong}", "{document.number}", "{document.date}"),
        *(
            "{kể tiến độ trong}",
            "{so dự toán trong}",
            "{kết quả khong_ma}",
            "{gọi khong_ma}",
            "{= movements.khong_ma.result =}",
        ),
        *("{= awards.khong_ma.collective =}", "{= docs.khong_ma =}", "{= ind.trong.done =}", "{điển hình | a}"),
    ],
)
def test_a_missing_value_drops_its_clause_and_prints_nothing(report: Report, phrase: str) -> None:
    prose = render(f"Kết quả tốt[, trong đó {phrase} so sánh].", report)
    assert list(lines(prose)) == ["Kết quả tốt."]
    assert prose.figures == ()
    assert len(prose.fallen) == 1


def test_a_plan_of_nought_is_told_as_none(report: Report) -> None:
    assert told(report, "Kết quả tốt[, giao {kế hoạch khong}].") == "Kết quả tốt; không có kế hoạch vụ cháy rừng."


@pytest.mark.parametrize(
    "phrase", ["{khong}", "{số khong}", "{tiến độ khong}", "{trong, khong}", "{kê khong}", "{tăng khong}"]
)
def test_nought_is_told_in_words_wherever_it_stands(report: Report, phrase: str) -> None:
    assert told(report, f"Kết quả tốt[, trong đó {phrase} so sánh].") == "Kết quả tốt; không có vụ cháy rừng."
    assert told(report, f"Trong kỳ xảy ra {phrase} ở rừng. Hết.") == "Không có vụ cháy rừng. Hết."
    assert told(report, f"Kết quả:\n\n- xảy ra {phrase};\n- {{it}}.") == "Kết quả:\nKhông có vụ cháy rừng;\n03 vụ."
    (figure,) = render(f"Xảy ra {phrase}.", report).figures
    assert figure.value == 0


def test_a_clause_may_hold_clauses(report: Report) -> None:
    source = "Lúa [{%s}[, {so cùng kỳ %s}][ ({đạt %s})]]."
    assert told(report, source % ("co", "co", "co")) == (
        "Lúa khoảng 35,1 ha, tăng 15,08% so với cùng kỳ (đạt 57,35% kế hoạch)."
    )
    assert told(report, source % ("co", "it", "it")) == "Lúa khoảng 35,1 ha."
    assert told(report, source % ("co", "it", "co")) == "Lúa khoảng 35,1 ha (đạt 57,35% kế hoạch)."


# blocks, lines, characters


def test_a_cell_is_headings_paragraphs_and_lists(report: Report) -> None:
    blocks = render("## Lúa\n\nMột {co}.\nHai {it}.\n\nBa.\n- bốn;\n- năm,\n  sáu.\n# Bảy", report).blocks
    assert [type(b) for b in blocks] == [Heading, Paragraph, Paragraph, List, Heading]
    assert [b.level for b in blocks if isinstance(b, Heading)] == [2, 1]
    assert told(report, "Một {co}.\nHai.\n\nBa.\n- bốn;\n- năm,\n  sáu.").split("\n") == [
        "Một khoảng 35,1 ha. Hai.",
        "Ba.",
        "Bốn;",
        "Năm, sáu.",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "Lúa {tiến độ co}, ngô\n{đạt vuot | dự toán\n{unit.level}\n giao}[ ở\n{unit.name}]\n[, {it}].",
        "Lúa\n{tiến\nđộ co}, ngô {đạt vuot | dự\ntoán {unit.level} giao}[\nở {unit.name}][,\n{it}]\n.",
    ],
)
def test_a_line_may_break_anywhere(report: Report, source: str) -> None:
    assert told(report, source) == (
        "Lúa đạt khoảng 35,1 ha, bằng 57,35% kế hoạch (61,2 ha), ngô vượt 20,00% dự toán xã giao ở xã Bình An, 03 vụ."
    )


def test_a_line_break_before_a_note_or_a_clause_leaves_no_space(report: Report) -> None:
    assert told(report, "Lúa {co}\n^[Gồm {it}.]\n[, ngô {trong}]\n[, sắn {it}].") == (
        "Lúa khoảng 35,1 ha{Gồm 03 vụ.}, sắn 03 vụ."
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a \\[1\\] b \\{c\\} \\* \\^ \\\\", "A [1] b {c} * ^ \\"),
        ("a * b ** c", "A * b ** c"),
        ("a <b>c</b> <!-- d --> &amp;", "A <b>c</b> <!-- d --> &amp;"),
        ("\\- a", "- a"),
        ("a\r\nb", "A b"),
    ],
)
def test_other_characters_are_what_they_are(source: str, text: str) -> None:
    assert told(no_data(), source) == text


def test_words_can_be_strong_or_emphasised(report: Report) -> None:
    (block,) = render("Lúa **đạt {co}**, *tốt[ {it}]*.", report).blocks
    styled = [(r.text.replace("\u00a0", " "), r.style) for r in runs_of(block) if isinstance(r, Text)]
    assert styled == [
        ("Lúa ", ""),
        ("đạt khoảng ", "strong"),
        (" ha", "strong"),
        (", ", ""),
        ("tốt ", "emphasis"),
        (" vụ", "emphasis"),
        (".", ""),
    ]


# footnotes, references, figures


def test_a_footnote_stands_where_it_is_called_and_keeps_its_figures(report: Report) -> None:
    prose = render("Lúa {co}^[gồm {it}, *vụ đông*], tốt.", report)
    assert list(lines(prose)) == ["Lúa khoảng 35,1 ha{Gồm 03 vụ, vụ đông}, tốt."]
    assert [f.id for f in prose.figures] == ["co.actual", "it.actual"]
    assert prose.text == "Lúa khoảng 35,1\u00a0ha (Gồm 03\u00a0vụ, vụ đông), tốt."


def test_a_reference_is_left_for_the_publisher_to_number(report: Report) -> None:
    (block,) = render("Xem {bảng cay_trong}.", report).blocks
    assert [r for r in runs_of(block) if isinstance(r, Reference)] == [Reference(key="cay_trong")]


def test_each_number_carries_its_id_its_exact_value_and_where_it_comes_from(report: Report) -> None:
    (block,) = render("Lúa {đạt co}, {số in_san}.", report).blocks
    ratio, number = (r for r in runs_of(block) if isinstance(r, Number))
    assert (ratio.figure, ratio.text) == ("co.to_plan", "57,35")
    assert str(ratio.value).startswith("57.35294117647058823529411764705")
    assert ratio.title.startswith("Lúa xuân, so với kế hoạch: 57,35 %")
    assert f"{FILE} › Chỉ tiêu" in ratio.title
    assert number.title.startswith("Sắn, trong kỳ: 7 ha")


def test_a_text_from_data_carries_its_cell(report: Report) -> None:
    (block,) = render("{liệt kê day}.", report).blocks
    sources = [r.source for r in runs_of(block) if isinstance(r, Text) and r.source]
    assert sources[0] == Source(file=FILE, sheet="Sự kiện", cell="B2")


def test_a_figure_of_the_notebook_is_told_like_an_indicator(report: Report) -> None:
    left = report.indicators.co.plan - report.indicators.co.done
    assert told(report, "Còn {con_lai}, cả {con_lai, it}.", con_lai=left) == "Còn 26,1 ha, cả 26,1 ha và 03 vụ."
    assert told(report, "Còn {co}.", co=left) == "Còn khoảng 35,1 ha."


# values with characters that mean something


def test_markup_in_a_value_is_text(report: Report) -> None:
    assert told(report, "{= events('la')[0].content =}; {= events('la')[0].note =}.") == (
        "[ {7*7} ] ^[x] **đậm** # <script>alert(1)</script>; | a | b |."
    )


SPECIAL = st.text(st.sampled_from(list("*_`#[]()!<>&\"'\\|~^{}%-+=.:;, \n\tab1đ")), min_size=1, max_size=20)
ANY_TEXT = st.one_of(SPECIAL, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co"]), max_size=20))
FRAMES = ["{= x =}", "a {= x =} b", "- {= x =}", "**{= x =}**", "# {= x =}", "a[, {= x =}]^[{= x =}]."]


@given(value=ANY_TEXT, source=st.sampled_from(FRAMES))
def test_any_text_comes_out_as_it_is(value: str, source: str) -> None:
    cell = Cell("a.xlsx", "b", "C1")
    prose = render(source, no_data(), {"x": SourceText(value, cell)})
    shown = [r.text for b in prose.blocks for r in runs_of(b) if isinstance(r, Text) and r.source]
    bare = value.rstrip(" .;,:")
    assert len(shown) == source.count("x") * bool(value)
    assert all(text.casefold() in (value.casefold(), bare.casefold()) for text in shown)


@pytest.mark.parametrize("value", ["\U000f0000", "\ue000\ue001", "\U000f0001\U000f0000", "\ue010"])
def test_a_typed_character_never_passes_for_a_value(value: str) -> None:
    assert told(no_data(), f"a{value} {{= y =}}", y="b") == "A b"


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
    assert told(no_data(), "Kết quả {= x =}.", x=value) == sentence


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("Đã {= x =} cho thôn ({= x =}).", "Đã mở hội thi cho thôn (mở hội thi)."),
        ("Đã {= x =}^[Chú.].", "Đã mở hội thi{Chú.}."),
        ("Đã **{= x =}**; xong.", "Đã mở hội thi; xong."),
    ],
)
def test_a_value_leaves_its_stop_wherever_in_the_sentence_it_stands(source: str, sentence: str) -> None:
    assert told(no_data(), source, x="mở hội thi;") == sentence


@pytest.mark.parametrize(
    ("source", "value", "sentence"),
    [
        ("UBND đã tổ chức {= x =}.", "Tổ chức hội thi", "UBND đã Tổ chức hội thi."),
        ("Số {= x =} là.", "số lượng lúa", "Số lượng lúa là."),
        ("Việc này được {= x =}.", "được duy trì", "Việc này được duy trì."),
        ("Thành tích trong {= x =}.", "trong đợt một", "Thành tích trong đợt một."),
        ("Thành tích trong {= x =}.", "tại hội nghị", "Thành tích tại hội nghị."),
        ("Thành tích trong {= x =}.", "theo dõi thi đua", "Thành tích trong theo dõi thi đua."),
        ("Số {= x =} là.", "tổng số lúa", "Tổng số lúa là."),
        ("Số {= x =} giảm đi.", "hộ giảm", "Số hộ giảm đi."),
        ("Việc {= x =} trên địa bàn xã.", "mở trên địa bàn", "Việc mở trên địa bàn xã."),
        ("Đã trồng {= x =}.", "trồngvà gặt", "Đã trồng trồngvà gặt."),
    ],
)
def test_words_that_the_value_begins_with_are_said_once(source: str, value: str, sentence: str) -> None:
    assert told(no_data(), source, x=value) == sentence


def test_no_colon_stands_inside_what_a_colon_leads_to() -> None:
    source = (
        "Các việc: {= x =}: {= y =}; {= x =}: {= y =} (gồm: {= x =}: {= y =}). Việc {= x =}: {= y =}; {= x =}: {= y =}."
    )
    expected = "Các việc: a, b; a, b (gồm: a, b). Việc a: b; a: b."
    assert told(no_data(), source, x="a", y="b") == expected


@pytest.mark.parametrize(("name", "joint"), [("đợt 2", " là "), ("số hộ", " là "), ("hộ nghèo", " ")])
def test_a_name_that_ends_in_a_number_or_says_that_it_is_one_is_kept_apart_from_its_amount(
    name: str, joint: str
) -> None:
    amount = Figure(id="x", value=Decimal(6), unit="hộ", label="x")
    expected = f"Có {name}{joint}06 hộ."
    assert told(no_data(), "Có {= name =} {= amount =}.", name=name, amount=amount) == expected
    estimate = replace(amount, quality="ước")
    kept = " là " if name[-1].isdigit() else " "
    assert told(no_data(), "Có {= name =} là {= amount =}.", name=name, amount=estimate) == f"Có {name} ước{kept}06 hộ."


# capitals


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "{liệt kê day}. kết quả tốt.",
            "Hội thi văn nghệ được tổ chức tại nhà văn hóa và UBND xã phát động Tết trồng cây. Kết quả tốt.",
        ),
        ("- {tên co} tốt", "Lúa xuân tốt"),
        ("# {tên co}", "Lúa xuân"),
        ("Tốt[. {tên co} tốt].", "Tốt. Lúa xuân tốt."),
        ("đạt 1.5 lần. {unit.name} tốt", "Đạt 1.5 lần. Xã Bình An tốt"),
        ("theo TP. hà nội v.v. và khác", "Theo TP. Hà nội v.v. và khác"),
        ("{trong} ha. ngô tốt. {tên co}", "Ngô tốt. Lúa xuân"),
    ],
)
def test_a_sentence_starts_with_a_capital(report: Report, source: str, text: str) -> None:
    assert told(report, source) == text


def test_a_stop_that_belongs_to_a_word_ends_no_sentence(report: Report) -> None:
    assert told(report, "Ở TP. Hà Nội v.v. {trong} tốt. Hết.") == "Hết."
    assert told(report, "Ở đây. {trong} tốt. Hết.") == "Ở đây. Hết."


# any sentence, any data

CODES = [str(row["code"]) for row in ROWS] + ["khong_ma"]
VERBS = ["tiến độ ", "đạt ", "đạt cấp trên giao ", "so cùng kỳ ", "", "số trên tổng ", "tên ", "số ", "đếm "]
SEVERAL = ["", "kê ", "kể tiến độ ", "tăng ", "giảm "]
VALUES = st.one_of(
    st.builds("{{{}{}}}".format, st.sampled_from(VERBS), st.sampled_from(CODES)),
    st.builds("{{{}{}, {}}}".format, st.sampled_from(SEVERAL), st.sampled_from(CODES), st.sampled_from(CODES)),
    st.builds("{{{} {}}}".format, st.sampled_from(["liệt kê", "kể", "trích"]), st.sampled_from(["day", "khong"])),
)
WORDS = st.sampled_from(["kết quả", "trong đó có", "riêng năm nay", "toàn xã"])


def _clause(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("[{}{} {}{}]".format, st.sampled_from([", ", "; ", " và ", ""]), WORDS, VALUES, inner)


CLAUSES = st.recursive(
    st.one_of(_clause(st.just("")), st.builds("[ ({})]".format, VALUES), st.builds("^[{} {}.]".format, WORDS, VALUES)),
    lambda inner: st.one_of(_clause(inner), st.builds("{}{}".format, inner, inner)),
    max_leaves=3,
)
SENTENCES = st.one_of(
    st.builds("Trong kỳ toàn xã {}.".format, CLAUSES),
    st.builds("{} {}{}.".format, WORDS, VALUES, CLAUSES),
    st.builds("Kết quả:\n\n- {} {};\n- {} {}.\n\n".format, WORDS, VALUES, WORDS, VALUES),
    st.builds("Các kết quả: {}; {}.".format, VALUES, VALUES),
)


@given(source=st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join))
def test_what_is_left_is_always_a_sentence(report: Report, source: str) -> None:
    prose = render(source, report)
    notes = [note for line in lines(prose) for note in re.findall(r"\{([^{}]*)\}", line)]
    for text in (*notes, *(re.sub(r"\{[^{}]*\}", "", line) for line in lines(prose))):
        assert not re.search(r"nan|None|[{}\[\]]|[\ue000-\uf8ff]|[\U000f0000-\U0010ffff]|E\+", text), text
        assert not re.search(r"[,;:.]\s*[,;:.](?!\.)", text), text
        assert not re.search(r"\(\s*[,;.)]|[,;:]\s*\)|\s[,;.)]|  ", text), text
        assert text.count("(") == text.count(")"), text
        assert text[:1] == text[:1].upper() and text == text.strip(), text
        assert "0 vụ nào" not in text and "chưa có số liệu" not in text
    ids = [r.figure for b in prose.blocks for r in runs_of(b) if isinstance(r, Number)]
    assert ids == [f.id for f in prose.figures]
    assert all(f.why for f in prose.fallen)


@given(st.text("ab ,;:.()-#\n\u00a0", max_size=30))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert mend(mend(text)) == mend(text)


@given(st.text("ab đ{}[]^=*|\\.,-#\n ", max_size=40))
def test_any_text_is_read_or_its_mistakes_are_told(text: str) -> None:
    try:
        render(text, no_data())
    except ProseError as error:
        assert error.faults
        assert all(f.line >= 1 and f.column >= 1 for f in error.faults)
