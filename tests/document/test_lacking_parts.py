"""What a sentence, a table and a chart say of sums that have not the parts of all who should state them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from thidua.document.block import Cell, Chart, List, Note, Number, Paragraph, Row, Runs, Table, Text, plain
from thidua.document.lacking_parts import with_lacking_parts, without_told
from thidua.figures import Figure

WHOLE = Figure("a", Decimal(1), "ha")
ONE = replace(WHOLE, id="b", lacks=("xã A",))
TWO = replace(WHOLE, id="c", lacks=("xã A", "xã B"))
MANY = replace(WHOLE, id="d", lacks=tuple(f"xã {n}" for n in range(12)))
FEW = replace(WHOLE, id="e", lacks=("xã A",), only=("xã C",))
NONE = replace(ONE, id="f", value=Decimal(0))
FIGURES = (WHOLE, ONE, TWO, MANY, FEW, NONE)


def runs(*parts: str | Figure) -> Runs:
    return tuple(Text(text=p) if isinstance(p, str) else Number(figure=p.id, text="9") for p in parts)


def said(*parts: str | Figure) -> str:
    (block,) = with_lacking_parts([Paragraph(runs=runs(*parts))], FIGURES)
    assert isinstance(block, Paragraph)
    return plain(block.runs)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("Cấy ", WHOLE, " ha lúa."), "Cấy 9 ha lúa."),
        (("Cấy ", ONE, " ha lúa."), "Cấy 9 ha lúa (chưa có số liệu của xã A)."),
        (
            ("Lúa ", TWO, " ha, bằng ", TWO, "% kế hoạch (", TWO, " ha). Ngô ", TWO, " ha."),
            "Lúa 9 ha (chưa có số liệu của xã A và xã B), bằng 9% kế hoạch (9 ha). "
            "Ngô 9 ha (chưa có số liệu của xã A và xã B).",
        ),
        (("Có ", ONE, "/", MANY, " xã"), "Có 9/9 xã (chưa có số liệu của 13 đơn vị)"),
        (("Chè ", FEW, " ha; lúa ", ONE), "Chè 9 ha (riêng số liệu của xã C); lúa 9 (chưa có số liệu của xã A)"),
        (
            ("Kiểm tra ", ONE, " cơ sở sản xuất, kinh doanh thực phẩm, trong đó phạt ", ONE, "."),
            "Kiểm tra 9 cơ sở sản xuất, kinh doanh thực phẩm (chưa có số liệu của xã A), trong đó phạt 9.",
        ),
        (("Hai vụ (nhiều nhất ", ONE, " ha)."), "Hai vụ (nhiều nhất 9 ha; chưa có số liệu của xã A)."),
    ],
)  # fmt: skip
def test_a_sentence_says_it_once_behind_the_clause(parts: tuple[str | Figure, ...], told: str) -> None:
    assert said(*parts) == told


def test_what_the_head_of_the_report_says_of_a_unit_no_sentence_says_again_but_that_something_is_nowhere() -> None:
    some = ("Cấy ", ONE, " ha (chè ", TWO, " ha). Ngô ", FEW, " ha, sắn ", TWO, " ha. ")
    sentences = runs(*some, "Không có ", NONE, ". Có ", ONE, "; không có ", NONE, ".")
    note = (Note(runs=runs("Lạc ", ONE, " ha.")),)
    told = with_lacking_parts([Paragraph(runs=sentences), List(items=(note,))], FIGURES)
    paragraph, items = without_told(told, {"xã A"})
    assert isinstance(paragraph, Paragraph) and isinstance(items, List)
    assert plain(paragraph.runs) == (
        "Cấy 9 ha (chè 9 ha; chưa có cả số liệu của xã B). Ngô 9 ha, sắn 9 ha "
        "(chưa có số liệu của xã A và xã B; riêng số liệu của xã C). Không có 9 (chưa có số liệu của xã A). "
        "Có 9 (chưa có số liệu của xã A); không có 9."
    )
    assert plain(items.items[0], notes=True) == " (Lạc 9 ha.)"


def rows(*figures: Figure) -> tuple[Row, ...]:
    return tuple(
        Row(cells=(Cell(runs=runs(f"Dòng {n}"), header=True), Cell(runs=runs(f)))) for n, f in enumerate(figures, 1)
    )


@pytest.mark.parametrize(
    ("figures", "remark"),
    [
        ((WHOLE, WHOLE), ""),
        ((ONE, ONE), "Ghi chú: chưa có số liệu của xã A."),
        ((WHOLE, ONE, FEW), "Ghi chú: «Dòng 2» chưa có số liệu của xã A; «Dòng 3» riêng số liệu của xã C."),
    ],
)
def test_a_table_says_it_below_by_its_rows(figures: tuple[Figure, ...], remark: str) -> None:
    table = Table(key="k", name="n", header=(), body=rows(*figures))
    (block,) = with_lacking_parts([table], FIGURES)
    assert isinstance(block, Table) and block.remark == remark


def test_a_chart_says_it_in_its_title_and_to_whoever_does_not_see_it() -> None:
    (block,) = with_lacking_parts([Chart(key="k", title="Lúa", alt="Cột", spec="{}", figures=("a", "b"))], FIGURES)
    assert isinstance(block, Chart)
    assert (block.title, block.alt) == ("Lúa (chưa có số liệu của xã A)", "Cột. Chưa có số liệu của xã A.")
