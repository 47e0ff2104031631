"""Every page beside the report: readable by everybody, by day and by night, on a phone and at a desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accessibility import BY_COLOURS, BY_SCREEN, leave_few, violations
from once import once
from thidua.archive.comparison.compare import Comparison, FindingChange, VersionChange, compare
from thidua.archive.comparison.figures import CellChange, FigureChange
from thidua.archive.comparison.over_periods import over_periods
from thidua.archive.comparison.page_of_changes import (
    Since,
    comparison_page,
    page_of_absence,
    page_of_findings,
    page_over_periods,
)
from thidua.archive.comparison.sealed import sealed_run
from thidua.archive.comparison.texts import PartChange, TextChange

pytestmark = pytest.mark.slow

_WIDTHS = (1280, 768, 390)
_LINKS = (("Báo cáo", "#"), ("Kỳ trước", "#"))


@pytest.fixture(scope="session")
def pages(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each kind of page: the reviewer's, and comparisons in which everything differs."""

    def make(folder: Path) -> Path:
        with sealed_run(run.parent) as sealed:
            same = compare(sealed, sealed)
            found = _differing(same)
            texts = {
                "so-sanh": comparison_page(found, _LINKS),
                "so-ky": comparison_page(replace(found, called=replace(found.called, a="quý I năm 2031"))),
                "phat-hien": page_of_findings([Since("Lần trước", "#", found, ""), Since("Kỳ", "#", None, "Không.")]),
                "cac-ky": page_over_periods(over_periods(sealed, [sealed]), _LINKS),
                "khong-co": page_of_absence("Chưa có lần chạy nào.", _LINKS),
            }  # fmt: skip
        for name, text in texts.items():
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
        return folder

    return once(tmp_path_factory, "cac-trang", make)


def _differing(same: Comparison) -> Comparison:
    first, *others = same.kept
    figures = (
        FigureChange("lua.plan", "Diện tích lúa", "ha", "10_kinh_te", "1.400", "1.500", "+100", "+7,14%", ("ô E2",),
                     (Decimal(1400), Decimal(1500))),
        FigureChange("ty_le.actual", "Che phủ rừng", "%", "10_kinh_te", "66", "65,2", "−0,8 điểm %", None, (),
                     (Decimal(66), Decimal("65.2"))),
        FigureChange("che.plan", "Chè", "ha", "30_dai", None, "0", None, None, (), (None, Decimal(0))),
        FigureChange("thu.plan", "Thu", "triệu đồng", "30_dai", "900", "2.000", "+1.100", "+122,22%", (),
                     (Decimal(900), Decimal(2000))),
    )  # fmt: skip
    lines = (
        PartChange("10_kinh_te", "Kinh tế", (TextChange("Cấy 1.400 ha", "Cấy 1.500 ha"), TextChange("Bỏ.", None))),
    )
    return replace(
        same,
        cells=(CellChange("kinh-te.xlsx", "Chỉ tiêu", "E2", "1400", "1500", "Diện tích lúa", ("lua.plan",)),),
        figures=figures,
        findings=(FindingChange(first.id, None, first), *(FindingChange(f.id, f, None) for f in others)),
        text=lines,
        notebooks=lines,
        params=lines,
        environment=(VersionChange("pandas", "2.0", None),),
        library=(VersionChange("thidua/a.py", "a" * 64, "b" * 64),),
    )


@pytest.mark.parametrize(
    "name", ["review/index", "review/10_kinh_te", "so-sanh", "so-ky", "phat-hien", "cac-ky", "khong-co"]
)
def test_a_page_breaks_no_rule_of_accessibility_by_day_and_by_night_on_any_screen(
    run: Path, pages: Path, window: Page, opened: Callable[[Path], Page], name: str
) -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    page = opened((run if "/" in name else pages) / f"{name}.html")
    leave_few(page)
    rules: Sequence[str] = ()
    for width in _WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert (scheme, width, violations(page, rules)) == (scheme, width, [])
            rules = BY_COLOURS
        rules = BY_SCREEN
    assert all(url.startswith("file:") for url in asked)


def test_a_comparison_is_sorted_by_the_keyboard_and_says_how(pages: Path, opened: Callable[[Path], Page]) -> None:
    page = opened(pages / "so-sanh.html")
    head = page.get_by_role("columnheader", name="Tăng, giảm (%)")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    names = page.locator("#bang-so-lieu tbody th").all_inner_texts()
    assert names == ["Thu", "Diện tích lúa", "Che phủ rừng", "Chè"], "what has no such change stands last"


def test_a_comparison_is_narrowed_to_a_section(pages: Path, opened: Callable[[Path], Page]) -> None:
    page = opened(pages / "so-ky.html")
    page.get_by_label("Mục", exact=True).select_option(label="Đời sống")
    assert page.locator("#bang-so-lieu tbody tr:visible th").all_inner_texts() == ["Chè", "Thu"]
    expect(page.get_by_role("columnheader", name="quý I năm 2031").first).to_be_visible()


def test_on_a_phone_each_cell_tells_its_column(pages: Path, opened: Callable[[Path], Page]) -> None:
    page = opened(pages / "so-sanh.html")
    page.set_viewport_size({"width": 390, "height": 844})
    label = (
        "getComputedStyle(document.querySelector('#f-lua\\\\.plan td[data-label=\"Chênh lệch\"]'), '::before').content"
    )
    assert page.evaluate(label) == '"Chênh lệch"'
    expect(page.locator("#bang-so-lieu").get_by_role("row").nth(1).get_by_role("cell").first).to_be_visible()
