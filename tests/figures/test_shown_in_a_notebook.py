"""What a reviewer sees of a figure who asks for it in JupyterLab or in a terminal."""

from __future__ import annotations

from decimal import Decimal

from IPython.core.formatters import DisplayFormatter
from markdown_it import MarkdownIt

from thidua.figures import Cell, Figure, constant, missing, percent
from thidua.figures.indicator import valued


def submitted(id: str, value: str, unit: str = "ha", label: str = "", address: str = "D9") -> Figure:
    return Figure(id, Decimal(value), unit, Cell("kinh-te.xlsx", "Chỉ tiêu", address), label)


def shown(value: object) -> dict[str, str]:
    data: dict[str, str] = DisplayFormatter().format(value)[0]
    return data


def rendered(value: object) -> str:
    """The text and the structure that JupyterLab makes of it."""
    html: str = MarkdownIt("commonmark", {"html": False}).render(shown(value)["text/markdown"])
    return html


RICE = submitted("lua.actual", "1120.5", label="Lúa", address="D2")
PLAN = submitted("lua.plan", "1500", label="Kế hoạch lúa", address="E2")
SHARE = percent(RICE, PLAN).named("lua.to_plan", "Lúa so với kế hoạch", 2)


def test_a_submitted_figure_shows_its_value_and_its_cell() -> None:
    assert shown(RICE)["text/plain"] == "1.120,5 ha — kinh-te.xlsx › Chỉ tiêu › D2"
    assert "Lúa: <strong>1.120,5 ha</strong> — kinh-te.xlsx › Chỉ tiêu › D2" in rendered(RICE)


def test_a_computed_figure_shows_its_formula_down_to_the_cells() -> None:
    html = rendered(SHARE)
    assert "Lúa so với kế hoạch: <strong>74,70 %</strong> = 100 × lua.actual ÷ lua.plan" in html
    assert html.count("<ul>") == 2
    assert "Lúa: <strong>1.120,5 ha</strong> — kinh-te.xlsx › Chỉ tiêu › D2" in html
    assert "Kế hoạch lúa: <strong>1.500 ha</strong> — kinh-te.xlsx › Chỉ tiêu › E2" in html


def test_a_missing_figure_says_why() -> None:
    assert "ngo: <strong>chưa có số liệu</strong> (đơn vị để trống)" in rendered(missing("ngo", why="đơn vị để trống"))


def test_a_constant_is_named_once() -> None:
    assert shown(constant(100))["text/markdown"] == "- **100**"


def test_an_input_used_twice_is_listed_once() -> None:
    assert rendered(RICE + RICE).count("kinh-te.xlsx") == 1


def test_a_figure_never_shows_html_since_html_would_become_part_of_the_report() -> None:
    assert set(shown(SHARE)) == {"text/plain", "text/markdown"}


def test_names_from_a_workbook_stay_text() -> None:
    html = rendered(submitted("a_b", "1", label="<img src=x> **đậm** [x](y) a_b_c"))
    assert "&lt;img src=x&gt; **đậm** [x](y) a_b_c: <strong>1 ha</strong>" in html


def test_an_indicator_shows_its_amount_and_what_follows_from_it() -> None:
    given = {"actual": RICE, "plan": PLAN}
    rice = valued("lua", "Lúa", "ha", lambda key, unit: given.get(key, missing(f"lua.{key}", unit)))
    assert shown(rice)["text/plain"] == "Lúa: 1.120,5 ha — kinh-te.xlsx › Chỉ tiêu › D2"
    html = rendered(rice)
    assert "Lúa: <strong>1.120,5 ha</strong>" in html
    assert "Lúa, so với kế hoạch: <strong>74,70 %</strong>" in html
    assert "chưa có số liệu" not in html
