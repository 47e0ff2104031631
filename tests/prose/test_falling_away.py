"""What is left of sentences, clauses, lists and sections when some of their data are missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prose.told import no_data, told
from thidua.document.block import Note
from thidua.figures import Figure, missing
from thidua.prose.render import render

OWN = {
    "there": Figure(id="there", value=Decimal(3), unit="vụ", label="vụ"),
    "nought": Figure(id="nought", value=Decimal(0), unit="vụ", label="Số vụ"),
    "no_area": Figure(id="no_area", value=Decimal(0), unit="ha", label="Diện tích"),
    "gone": missing("gone", "vụ", label="Vụ cũ", why="chưa được báo cáo"),
}
REPORT = no_data()


def text(source: str) -> str:
    return told(REPORT, source, **OWN)


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Lúa tốt. Có {gone}. Hết {there}.", "Lúa tốt. Hết 03 vụ."),
        ("Có {gone}.", ""),
        ("Không có số liệu nào ở đây.", "Không có số liệu nào ở đây."),
        ("Có {there}[, phạt {gone}].", "Có 03 vụ."),
        ("Có {there}[, phạt {nought}][, trồng {no_area}].", "Có 03 vụ; không có vụ và diện tích."),
        ("Trồng {no_area}. Có {số gone}/{there}. Hết.", "Không có diện tích. Hết."),
        ("Có {there}, {gone}.", ""),
        ("Có {gone, nought}. Hết.", "Không có vụ. Hết."),
        ("Đạt tốt[ ở {unit.name}].", "Đạt tốt ở xã Bình An."),
        ("Đạt tốt[ theo {document.number}].", "Đạt tốt."),
        ("**Có {gone}.** Hết.", "Hết."),
    ],
)
def test_a_sentence_falls_with_its_own_data_and_a_clause_with_its(source: str, left: str) -> None:
    assert text(source) == left


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Có {there} vụ, gồm [{gone} cũ][, {there} mới].", "Có 03 vụ vụ, gồm 03 vụ mới."),
        ("Đã [xử {gone}][ và phạt {there}].", "Đã phạt 03 vụ."),
        ("Có [{gone} a][; {gone} b][; {there} c][; {there} d].", "Có 03 vụ c; 03 vụ d."),
        ("Có [{gone} a]\n  [; {there} b]\n  [; {there} c].", "Có 03 vụ b; 03 vụ c."),
    ],
)
def test_a_run_of_clauses_without_its_first_starts_without_a_joint(source: str, left: str) -> None:
    assert text(source) == left


def test_a_clause_behind_a_word_keeps_its_joint_when_an_earlier_one_falls_away() -> None:
    assert text("Có {there}[, {gone} cũ][, {there} mới].") == "Có 03 vụ, 03 vụ mới."


@pytest.mark.parametrize(
    "source",
    [
        "{unit.name} đã làm ({bảng so_vu}): [a {gone}][; b {gone}]. Hết.",
        "Đã [xử {gone}][ và phạt {gone}]. Hết.",
        "Có {there}, gồm [{gone} cũ][, {gone} mới]. Hết.",
        "Có [[a {gone}][, b {gone}]]. Hết.",
    ],
)
def test_a_sentence_falls_with_the_last_clause_of_its_core(source: str) -> None:
    assert text(source) == "Hết."


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Bảo đảm an toàn[, xảy ra {gone}].", "Bảo đảm an toàn."),
        ("[Thực hiện {viện dẫn khong_ma}, ]{unit.name} báo cáo.", "Xã Bình An báo cáo."),
        ("Cây trồng tốt[ tại {gone}][ ({gone})].", "Cây trồng tốt."),
    ],
)
def test_clauses_that_a_joint_ties_to_a_sentence_leave_it_standing(source: str, left: str) -> None:
    assert text(source) == left


def test_an_item_falls_with_its_data_and_the_last_one_left_ends_the_list() -> None:
    assert text("- lúa {there};\n- ngô {gone};\n- sắn {there};\n- khoai {gone}.") == "Lúa 03 vụ;\nSắn 03 vụ."


@pytest.mark.parametrize("items", ["- a {gone};\n- b {gone}.", "{gạch đầu dòng khong_co}"])
def test_a_lead_in_falls_with_the_last_item_of_its_list(items: str) -> None:
    assert text(f"Kết quả ở {{unit.name}}:\n\n{items}") == ""
    assert text(f"Có {{there}}. Kết quả cụ thể:\n\n{items}\n\nHết.") == "Có 03 vụ.\nHết."


def test_a_lead_in_without_a_list_behind_it_stays() -> None:
    assert text("Báo cáo như sau:") == "Báo cáo như sau:"
    assert text("Báo cáo như sau:\n\nLúa {gone}.") == "Báo cáo như sau:"


def test_a_heading_takes_its_subsection_with_it() -> None:
    source = "## Có {%s}\n\nLúa {there}.\n\n### Nhỏ\n\nNgô.\n\n## Khác\n\nHết."
    assert text(source % "there") == "Có 03 vụ\nLúa 03 vụ.\nNhỏ\nNgô.\nKhác\nHết."
    assert text(source % "gone") == "Khác\nHết."


def test_a_footnote_falls_with_its_data_and_leaves_its_sentence() -> None:
    assert text("Có {there}^[Gồm {gone} cũ.], tốt^[Cả {there}. Và {gone}.].") == "Có 03 vụ, tốt{Cả 03 vụ.}."


def test_a_footnote_on_a_core_clause_falls_with_it() -> None:
    assert text("Đã: [a {gone}]^[Chú {nought} và {there}.][; b {there}].") == "Đã: b 03 vụ; không có vụ; 03 vụ."
    assert text("Đã làm {there}[ ở {gone}]^[Chú {there}.].") == "Đã làm 03 vụ{Chú 03 vụ.}."


def test_what_stands_on_a_condition_falls_with_it() -> None:
    source = "{nếu có danh_muc_van_ban}Danh mục nêu tại phụ lục. {nếu có there}Có nữa. Hết."
    assert text(source) == "Hết."


def test_what_fell_away_is_told_with_the_reason_the_outermost_once() -> None:
    prose = render("Có {there}[, phạt {gone}]. Lại [có {gone}[, ở {nought}]].", REPORT, OWN)
    assert [str(f) for f in prose.fallen] == [
        "[, phạt {gone}] (Vụ cũ: chưa được báo cáo)",
        "Lại [có {gone}[, ở {nought}]]. (Vụ cũ: chưa được báo cáo)",
    ]
    gone = render("A.\n\n{gạch đầu dòng khong_co}", REPORT).fallen
    assert [str(f) for f in gone] == ["{gạch đầu dòng khong_co} (không có dòng nào)"]


def test_what_would_have_been_told_with_it_is_kept_for_those_who_look_for_it() -> None:
    (fallen,) = render("Có {there} và {gone}. Hết.", REPORT, OWN).fallen
    assert [run.figure for run in fallen.runs if run.kind == "number"] == ["there"]


def test_a_heading_that_fell_keeps_all_that_stood_below_it() -> None:
    source = "## Có {gone}\n\nLúa {there}, {nought}. Ngô {there}.\n\n### Có {there}\n\n- Sắn {there}.\n\n## Khác"
    (fallen,) = render(source, REPORT, OWN).fallen
    assert str(fallen) == "Có {gone} (Vụ cũ: chưa được báo cáo)"
    assert [run.figure for run in fallen.runs if run.kind == "number"].count("there") >= 4


def test_a_note_in_a_clause_that_falls_is_no_note_and_leaves_its_figures() -> None:
    prose = render("Tốt[, {gone}^[gồm {there}]].", REPORT, OWN)
    assert prose.text == "Tốt; 03\u00a0vụ."
    assert not any(isinstance(run, Note) for run in prose.blocks[0].runs)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "left"),
    [
        # Missing: what stands beside it in the author's words goes with it, what stands in clauses is told by its name.
        ("Có {gone}, hết {there}[, gồm {area} ở rừng].", "Diện tích rừng 9 ha."),
        ("Có {gone}[, trong đó {there} lớn[, đạt {so_ha}]]. Hết.", "Có 03 vụ; số hecta là 7 ha. Hết."),
        ("Tốt[; giãn {gone}[ ({area}, {there})]].", "Tốt; diện tích rừng 9 ha; 03 vụ."),
        ("- giao {gone}[ của {area}];\n- có {there}.", "Diện tích rừng 9 ha;\nCó 03 vụ."),
        ("Có {gone}[ ({ghi chú gone})][, ở {unit.name}]. Hết.", "Hết."),
        ("Có {gone}^[Gồm [{there} cũ][, {nought} mới].]. Hết.", "Không có vụ; 03 vụ. Hết."),
        # Nought: all that was submitted is told.
        ("Có {nought}, hết {area}[, gồm {there}].", "Không có vụ; diện tích rừng 9 ha; 03 vụ."),
        ("Có {nought}[, ở {no_area}]. Hết.", "Không có vụ và diện tích. Hết."),
        ("Gồm [{nought} cũ][, {there} mới].", "Gồm 03 vụ mới; không có vụ."),
        ("Gồm [{nought} cũ][, {gone} mới].", "Không có vụ."),
        ("Có {there}, gồm:[ {nought}]\n\n- {there}.", "Không có vụ. Có 03 vụ, gồm:\n03 vụ."),
        ("{nếu có gone}Có [{there}].", ""),
    ],
)
def test_what_is_left_of_a_sentence_without_its_head_is_told_by_its_names(source: str, left: str) -> None:
    own = {
        "area": Figure(id="area", value=Decimal(9), unit="ha", label="Diện tích rừng"),
        "so_ha": Figure(id="so_ha", value=Decimal(7), unit="ha", label="Số hecta"),
    }
    assert told(REPORT, source, **OWN, **own) == left


@pytest.mark.parametrize(
    ("name", "told_as"),
    [
        ("Tổng số vụ cháy rừng", "Không có vụ cháy rừng."),
        ("Hộ nghèo giảm", "Hộ nghèo không giảm."),
        ("Cụm thi đua tăng thêm", "Cụm thi đua không tăng thêm."),
        ("Mức giảm tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo không giảm."),
        ("Mức tăng trưởng kinh tế", "Không có mức tăng trưởng kinh tế."),
    ],
)
def test_nought_is_told_as_its_name_asks(name: str, told_as: str) -> None:
    figure = Figure(id="x", value=Decimal(0), unit="vụ", label=name)
    assert told(REPORT, "Trong kỳ có {x}.", x=figure) == told_as


def test_a_rate_of_nought_is_told_in_words_too() -> None:
    rate = Figure(id="rate", value=Decimal(0), unit="%", label="Tỷ lệ trực tuyến")
    assert told(REPORT, "Tiếp nhận {there}[, đạt {rate}].", **OWN, rate=rate) == (
        "Tiếp nhận 03 vụ; tỷ lệ trực tuyến bằng không."
    )


def test_what_is_nought_in_an_expression_is_told_by_its_names() -> None:
    rate = Figure(id="tong", value=Decimal(0), unit="vụ", label="Tổng của hai xã")
    assert told(REPORT, "Cả hai có {= tong =}.", tong=rate) == "Tổng của hai xã bằng không."


def test_nought_is_told_before_the_stop_whatever_follows_it() -> None:
    assert text("**Có {there}[, {nought}].** Hết.") == "Có 03 vụ; không có vụ. Hết."
    assert text("Xã báo cáo {there}[, {nought}]./.") == "Xã báo cáo 03 vụ; không có vụ./."


def test_a_heading_of_nought_takes_its_subsection_with_it() -> None:
    assert text("## Có {nought}\n\nLúa {there}.\n\n## Khác\n\nHết.") == "Khác\nHết."
