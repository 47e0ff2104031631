"""Headline tiles: key figures at a glance, traced like every printed number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from tables.shown import block, carried, indicators, outputs, page
from thidua.charts.tiles import headline_tiles
from thidua.document.block import printed
from thidua.figures import percent

THU: dict[str, Any] = {"code": "thu", "name": "Thu ngân sách", "unit": "tỷ đồng", "actual": 48, "plan": 200}
LUA: dict[str, Any] = {"code": "lua", "name": "Diện tích lúa", "unit": "ha", "actual": 125, "plan": 100}
CHE: dict[str, Any] = {"code": "che", "name": "Diện tích chè", "unit": "ha", "plan": 100}
RUNG: dict[str, Any] = {"code": "rung", "name": "Tỷ lệ che phủ rừng", "unit": "%", "actual": "65,2%"}
KHACH: dict[str, Any] = {"code": "khach", "name": "Khách", "unit": "lượt", "actual": 8, "last": 10, "quality": "ước"}


def _page(folder: Path, *rows: dict[str, Any]) -> BeautifulSoup:
    """The tiles of these indicators as the report's page has them."""
    found = list(indicators(folder, *rows).indicators)
    return page(block(headline_tiles, found, title="Tổng quan", key="tong_quan"))


def _texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [e.get_text().replace("\u00a0", " ") for e in page.select(selector)]


def _widths(page: BeautifulSoup) -> list[str]:
    return [str(e["style"]) for e in page.select(".bar i")]


def test_a_tile_has_name_number_and_the_share_of_the_plan(tmp_path: Path) -> None:
    shown = _page(tmp_path / "xa", THU)
    assert _texts(shown, ".tile p") == ["Thu ngân sách", "48 tỷ đồng", "24,00% kế hoạch"]
    assert _widths(shown) == ["width:24.0%"]


def test_beyond_the_plan_the_bar_is_full_and_the_plan_is_marked_in_it(tmp_path: Path) -> None:
    shown = _page(tmp_path / "xa", LUA)
    assert shown.select_one(".bar.over") is not None
    assert _widths(shown) == ["width:80.0%"]


def test_a_percentage_without_a_plan_has_a_bar_of_its_own(tmp_path: Path) -> None:
    shown = _page(tmp_path / "xa", RUNG)
    assert _texts(shown, ".tile p") == ["Tỷ lệ che phủ rừng", "65,2%"]
    assert _widths(shown) == ["width:65.2%"]


def test_without_a_plan_a_tile_says_the_change_over_last_year(tmp_path: Path) -> None:
    shown = _page(tmp_path / "xa", KHACH)
    assert _texts(shown, ".tile p") == ["Khách (ước)", "08 lượt", "giảm 20,00% so với cùng kỳ"]


def test_what_has_no_value_has_no_tile_and_its_group_no_name(tmp_path: Path) -> None:
    pick = indicators(tmp_path / "xa", THU, CHE).indicators.pick
    groups = {"Kinh tế": pick("thu", "che"), "Xã hội": pick("khong_co", "che")}
    shown = page(block(headline_tiles, groups, title="Tổng quan", key="tong_quan"))
    assert _texts(shown, "h2, h3, .name") == ["Tổng quan", "Kinh tế", "Thu ngân sách"]


def test_no_tiles_show_nothing_not_even_the_title(tmp_path: Path) -> None:
    found = indicators(tmp_path / "xa", CHE).indicators.pick("che", "khong_co")
    assert outputs(headline_tiles, found, title="Tổng quan", key="tong_quan") == []


def test_a_computed_figure_has_a_tile_under_its_own_name_and_is_traced(tmp_path: Path) -> None:
    found = indicators(tmp_path / "xa", THU, LUA).indicators
    share = percent(found.thu.done, found.thu.plan).named("ty_le_thu", "Tỷ lệ thu")
    (output,) = outputs(headline_tiles, [share], title="Tổng quan", key="tong_quan")
    shown = carried(output)
    assert _texts(page(*shown.blocks), ".tile p") == ["Tỷ lệ thu", "24,00%"]
    assert printed(shown.blocks) == ["ty_le_thu"]
    assert {"ty_le_thu", "thu.actual", "thu.plan"} <= {r.id for r in shown.figures}
