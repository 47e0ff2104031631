"""The report in a browser: nothing from the network, readable by everybody, every number with its card."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from thidua.publish.html.screen import form_css
from thidua.settings.page import page_form


def number(page: Page, id: str) -> Locator:
    return page.locator(f"data.fig[data-fig='{id}']").first


def card(page: Page) -> Locator:
    return page.get_by_role("dialog")


def violations(page: Page) -> list[str]:
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("file", ["bao-cao.html", "review/index.html", "review/10_kinh_te.html"])
def test_a_page_loads_nothing_and_breaks_no_rule_of_accessibility(
    run: Path, context: BrowserContext, file: str
) -> None:
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((run / file).as_uri())
    page.mouse.wheel(0, 3000)
    assert violations(page) == []
    assert asked == [(run / file).as_uri()]
    assert failed == []


def test_the_open_card_and_a_narrow_screen_break_no_rule_of_accessibility(report: Page) -> None:
    number(report, "ngo.to_plan").click()
    assert violations(report) == []
    report.set_viewport_size({"width": 400, "height": 800})
    assert violations(report) == []


def test_a_narrow_screen_needs_no_sideways_scrolling(report: Page) -> None:
    report.set_viewport_size({"width": 400, "height": 800})
    assert report.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_click_on_a_number_opens_its_formula_inputs_and_cells(report: Page) -> None:
    number(report, "lua.to_plan").click()
    shown = card(report)
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("74,70%")
    expect(shown).to_contain_text("100 × 1.120,5 ÷ 1.500")
    expect(shown).to_contain_text("kinh-te.xlsx › Chỉ tiêu › ô D2")
    expect(shown).to_contain_text("kinh-te.xlsx › Chỉ tiêu › ô E2")


def test_the_card_tells_what_the_checks_found_and_what_the_department_wrote(report: Page) -> None:
    number(report, "ngo.to_plan").click()
    expect(card(report)).to_contain_text("Lỗi")
    expect(card(report)).to_contain_text("ghi 100%, tính lại được 107%")


def test_a_tap_opens_the_card(report: Page) -> None:
    number(report, "lua.actual").tap()
    expect(card(report)).to_contain_text("1.120,5 ha")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_opens_the_card_and_escape_gives_the_focus_back(report: Page, key: str) -> None:
    chosen = number(report, "lua.actual")
    chosen.focus()
    report.keyboard.press(key)
    expect(card(report)).to_be_visible()
    expect(card(report).get_by_role("button", name="Đóng")).to_be_focused()
    report.keyboard.press("Escape")
    expect(card(report)).to_be_hidden()
    expect(chosen).to_be_focused()


def test_every_number_is_reached_in_turn_by_the_keyboard(report: Page) -> None:
    first, second = report.locator("section.part data.fig").nth(0), report.locator("section.part data.fig").nth(1)
    first.focus()
    while not second.evaluate("n => n === document.activeElement"):
        report.keyboard.press("Tab")
        assert report.evaluate("document.activeElement.tagName") in ("A", "DATA")


def test_a_screen_reader_hears_the_number_and_that_it_opens_a_card(report: Page) -> None:
    chosen = number(report, "lua.actual")
    expect(chosen).to_have_attribute("role", "button")
    expect(chosen).to_have_attribute("aria-haspopup", "dialog")
    expect(chosen).to_have_accessible_name("1.120,5")


def test_a_number_leads_to_its_notebook_cell_and_back(report: Page) -> None:
    number(report, "lua.to_plan").click()
    card(report).get_by_role("link", name="Xem ô tính trong notebook").click()
    assert "/review/10_kinh_te.html#o-" in report.url
    cell = report.locator(".cell:target")
    expect(cell).to_contain_text("Cấy được")
    cell.get_by_role("link", name="74,70").first.click()
    row = report.locator("tr.target")
    expect(row).to_contain_text("lua.to_plan")
    row.get_by_role("link").first.click()
    assert "/bao-cao.html#so=lua.to_plan" in report.url
    expect(card(report)).to_contain_text("100 × 1.120,5 ÷ 1.500")


def test_the_contents_follow_the_reader(report: Page) -> None:
    contents = report.get_by_role("navigation", name="Mục lục")
    here = contents.locator("[aria-current]")
    expect(here).to_have_count(1)
    contents.get_by_role("link", name="Đời sống").click()
    expect(here).to_contain_text("2. Đời sống")
    report.locator("[id='30_dai--3']").evaluate("h => h.scrollIntoView()")
    expect(here).to_contain_text("2.3. Nội dung 9")


def test_a_footnote_is_reached_and_left_again(report: Page) -> None:
    report.get_by_role("link", name="Chú thích 2", exact=True).click()
    note = report.locator("li:target")
    expect(note).to_contain_text("Đoạn rau <b>.")
    note.get_by_role("link").click()
    assert report.url.endswith("#goi-2")


def test_the_living_chart_replaces_the_drawing_on_the_screen_but_not_in_print(report: Page) -> None:
    figure = report.locator("figure.chart")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".chart-live svg")).to_be_visible()
    expect(figure.locator(".chart-image")).to_be_hidden()
    report.emulate_media(media="print")
    expect(figure.locator(".chart-image")).to_be_visible()
    expect(figure.locator(".chart-live")).to_be_hidden()


def test_a_chart_tells_its_content_to_those_who_cannot_see_it(report: Page) -> None:
    image = report.locator("figure.chart [role=img]").first
    assert "lúa" in (image.get_attribute("aria-label") or "")


def test_print_shows_the_report_alone(report: Page) -> None:
    report.emulate_media(media="print")
    expect(report.get_by_role("navigation", name="Mục lục")).to_be_hidden()
    assert number(report, "lua.actual").evaluate("n => getComputedStyle(n).borderBottomStyle") == "none"


def test_a_wide_appendix_is_printed_lying_and_all_pages_are_of_the_form_of_the_page(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(f"<style>{form_css()}</style><section>một</section><section class='wide'>hai</section>")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [[round(25.4 / 72 * n) for n in p.mediabox[2:]] for p in printed] == [[210, 297], [297, 210]]
    form = page_form()
    assert [_left(p) for p in printed] == [form.margins.left, form.wide_margins.left]


def _left(page: pypdf.PageObject) -> int:
    """How far from the page's edge its text begins, in millimetres."""
    found: list[float] = []

    def visit(text: str, place: list[float], *_: object) -> None:
        found.extend(place[4:5] if text.strip() else ())

    page.extract_text(visitor_text=visit)
    return round(25.4 / 72 * found[0])


def test_the_report_stays_light(run: Path) -> None:
    assert (run / "bao-cao.html").stat().st_size < 5_000_000
