"""The report in a browser: nothing from the network, readable by everybody, every number with its card."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pypdf
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accessibility import BY_COLOURS, leave_few, violations
from thidua.publish.html.screen import form_css
from thidua.settings.page import page_form

pytestmark = pytest.mark.slow

_SCHEMES: tuple[tuple[Literal["light", "dark"], Sequence[str]], ...] = (("light", ()), ("dark", BY_COLOURS))


def number(page: Page, id: str) -> Locator:
    return page.locator(f"data.fig[data-fig='{id}']").first


def card(page: Page) -> Locator:
    return page.get_by_role("dialog")


def test_the_page_loads_nothing_and_fails_nowhere(run: Path, desktop: BrowserContext) -> None:
    page = desktop.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((run / "bao-cao.html").as_uri())
    page.mouse.wheel(0, 3000)
    assert violations(page) == []
    assert asked == [(run / "bao-cao.html").as_uri()]
    assert failed == []
    page.close()


def test_report_and_open_card_break_no_rule_of_accessibility_by_day_and_by_night_on_any_screen(report: Page) -> None:
    widths = (390, 768, 1280)
    for width in widths:
        report.set_viewport_size({"width": width, "height": 844})
        number(report, "ngo.to_plan").click()
        assert report.evaluate("document.documentElement.scrollWidth") <= width
    leave_few(report)
    for scheme, rules in _SCHEMES:
        report.emulate_media(color_scheme=scheme)
        for width in widths:
            report.set_viewport_size({"width": width, "height": 844})
            number(report, "ngo.to_plan").click()
            assert (scheme, width, violations(report, rules)) == (scheme, width, [])
    # Those of a long report stand in several rows.
    links = report.locator("#cac-ban a").evaluate_all("links => links.map(a => a.getBoundingClientRect().height)")
    assert min(links) >= 24


# The words, outside codes, that begin on one line and end on another.
_TORN = r"""() => {
  const torn = [], range = document.createRange()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text; (text = texts.nextNode()); ) {
    if (!text.parentElement.offsetParent || text.parentElement.closest('code, pre, svg, .long')) continue
    for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      range.setStart(text, word.index), range.setEnd(text, word.index + word[0].length)
      const tops = [...range.getClientRects()].filter(box => box.width).map(box => box.top)
      if (Math.max(...tops) - Math.min(...tops) > 6) torn.push(word[0])
    }
  }
  return torn
}"""


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_no_word_is_torn_and_nothing_stands_beyond_the_screen(run: Path, report: Page, width: int) -> None:
    report.set_viewport_size({"width": width, "height": 844})
    for _ in range(2):
        assert report.evaluate(_TORN) == []
        assert report.evaluate("document.documentElement.scrollWidth") <= width
        report.goto((run / "review" / "01_mo_dau.html").as_uri())


def test_the_dark_scheme_darkens_the_page_but_not_what_is_printed(report: Page) -> None:
    ground = "getComputedStyle(document.querySelector('article')).backgroundColor"
    report.emulate_media(color_scheme="dark")
    assert report.evaluate(ground) != "rgb(255, 255, 255)"
    report.emulate_media(color_scheme="dark", media="print")
    assert report.evaluate(ground) == "rgb(255, 255, 255)"


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


def test_numbers_are_one_stop_of_tab_and_arrows_go_from_one_to_the_next(report: Page) -> None:
    numbers = report.locator("section.part data.fig")
    assert report.locator("article [data-fig][tabindex='0']").count() == 1
    numbers.first.focus()
    report.keyboard.press("ArrowRight")
    expect(numbers.nth(1)).to_be_focused()
    report.keyboard.press("ArrowLeft")
    expect(numbers.first).to_be_focused()
    report.keyboard.press("End")
    assert report.evaluate("document.activeElement.tagName") == "DATA"
    report.keyboard.press("Tab")
    assert report.evaluate("document.activeElement.tagName") != "DATA"


def test_tab_leads_to_a_number_that_the_reader_sees(report: Page) -> None:
    report.locator("[id='30_dai--3']").evaluate("h => h.scrollIntoView({behavior: 'instant'})")
    stop = report.locator("article [data-fig][tabindex='0']")
    expect(stop).to_be_in_viewport()
    assert report.locator("article [data-fig]").first.get_attribute("tabindex") == "-1"


def test_the_card_shows_the_submitted_sheet_at_the_cell_and_an_inputs_cell_with_one_more_click(report: Page) -> None:
    number(report, "lua.to_plan").click()
    sheet = card(report).get_by_role("region", name="Biểu đã nộp")
    here = sheet.locator("td[aria-current]")
    expect(here).to_have_text("1.120,5")
    expect(here).to_be_in_viewport()
    card(report).get_by_role("button", name="kinh-te.xlsx › Chỉ tiêu › ô E2").click()
    expect(here).to_have_text("1500")
    expect(here).to_be_in_viewport()
    expect(sheet.get_by_role("columnheader", name="E", exact=True)).to_be_in_viewport()
    expect(sheet.locator("tr:has([aria-current])")).to_contain_text("Diện tích lúa đã cấy")


def test_words_from_a_workbook_lead_to_their_cell_too_by_click_and_by_key(report: Page) -> None:
    words = report.locator("article .part:not(.summary) .txt").first
    words.click()
    here = card(report).locator("td[aria-current]")
    expect(here).to_have_text(words.inner_text())
    report.keyboard.press("Escape")
    expect(words).to_be_focused()
    report.keyboard.press("Enter")
    expect(here).to_be_in_viewport()


def test_on_a_phone_every_number_and_text_of_the_report_leads_to_a_cell_in_sight(report: Page) -> None:
    report.set_viewport_size({"width": 390, "height": 844})
    astray = report.evaluate(
        """() => [...new Map(
            [...document.querySelectorAll("article data.fig:not(.missing), article .txt")]
                .map(mark => [JSON.stringify(mark.dataset), mark])  // those of one cell open one card
        ).values()].filter(mark => {
            thidua.open(mark);
            const cell = document.querySelector(".grid td.here"), box = document.querySelector(".grid");
            if (!cell || !cell.textContent) return true;
            const at = cell.getBoundingClientRect(), room = box.getBoundingClientRect();
            return at.top < room.top || at.left < room.left || at.top + 15 > room.bottom || at.left + 15 > room.right;
        }).map(mark => mark.outerHTML)"""
    )
    assert astray == []


def test_search_finds_words_typed_without_their_marks_and_goes_from_one_to_the_next(report: Page) -> None:
    field, said = report.get_by_role("searchbox", name="Tìm trong báo cáo"), report.get_by_role("search")
    field.fill("dien tich  NGO")
    expect(said).to_contain_text("1/")
    assert report.evaluate("[...CSS.highlights.get('tim-nay')][0].toString()") == "Diện tích ngô"
    field.fill("diên")
    expect(said).to_contain_text("/")
    field.fill("duy trì đều")
    expect(said).to_contain_text("1/72")
    field.press("Enter")
    expect(said).to_contain_text("2/72")
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    expect(said).to_contain_text("72/72")
    field.fill("không có chữ này")
    expect(said).to_contain_text("không thấy")


def test_alt_with_an_arrow_goes_from_one_disputed_number_to_the_next(report: Page) -> None:
    disputed = report.locator("article [data-finding]")
    report.keyboard.press("Alt+ArrowDown")
    expect(disputed.first).to_be_focused()
    report.keyboard.press("Alt+ArrowUp")
    expect(disputed.last).to_be_focused()
    report.get_by_role("button", name="Số liệu cần làm rõ sau").click()
    expect(disputed.first).to_be_focused()


def test_the_page_leads_to_the_other_editions_which_all_are_there(run: Path, report: Page) -> None:
    links = report.get_by_role("navigation", name="Các bản khác").get_by_role("link")
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    assert {"bao-cao.pdf", "bao-cao.docx", "phu-luc-1.xlsx", "review/index.html"} <= set(addresses)
    assert all((run / address).is_file() for address in addresses)


def test_on_a_small_screen_the_contents_are_folded_until_they_are_asked_for(report: Page) -> None:
    contents = report.get_by_role("navigation", name="Mục lục")
    report.set_viewport_size({"width": 390, "height": 844})
    expect(contents).to_be_hidden()
    report.get_by_text("Mục lục, các bản khác").click()
    contents.get_by_role("link", name="Đời sống").click()
    expect(contents).to_be_hidden()
    expect(report.get_by_role("heading", name="Đời sống")).to_be_in_viewport()


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
    drawing = figure.locator(".chart-image:not(.narrow)")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".chart-live svg")).to_be_visible()
    for look in (drawing, narrow := figure.locator(".chart-image.narrow")):
        expect(look).to_be_hidden()
    report.emulate_media(media="print")
    expect(drawing).to_be_visible()
    expect(narrow).to_be_hidden()
    expect(figure.locator(".chart-live")).to_be_hidden()


def test_on_a_phone_a_chart_has_a_look_of_its_own_whose_letters_can_be_read(run: Path, desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    # A browser that takes another face for Times New Roman, as phones do, must not use it where ours was measured.
    face = "@font-face { font-family: 'Times New Roman'; src: local('DejaVu Sans'), local('Liberation Sans') }"
    put = f'document.head.insertAdjacentHTML("beforeend", "<style>{face}</style>")'
    page.add_init_script(f'addEventListener("DOMContentLoaded", () => {put})')
    page.goto((run / "bao-cao.html").as_uri())
    figure = page.locator("figure.chart")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".chart-live svg")).to_be_visible()
    assert figure.evaluate("n => n.scrollWidth <= n.clientWidth")
    letters = figure.locator(".chart-live svg").evaluate(
        """svg => { const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return [...svg.querySelectorAll("text")].map(t => scale * parseFloat(getComputedStyle(t).fontSize)) }"""
    )
    assert min(letters) >= 10
    outside = figure.locator(".chart-live svg").evaluate(
        """svg => { const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")].filter(t => { const b = t.getBoundingClientRect();
            return b.width && (b.left < box.left - 1 || b.right > box.right + 1) }).map(t => t.textContent) }"""
    )
    assert outside == []
    page.close()


def test_a_chart_tells_its_content_to_those_who_cannot_see_it(report: Page) -> None:
    image = report.locator("figure.chart [role=img]").first
    assert "lúa" in (image.get_attribute("aria-label") or "")


def test_the_summary_stands_at_the_head_traced_like_the_report_and_beside_it_alone(run: Path, report: Page) -> None:
    head = report.get_by_role("region", name="Tóm tắt")
    expect(head).to_contain_text("So với kế hoạch, 01/04 chỉ tiêu đạt hoặc vượt mức")
    assert head.evaluate("n => n === document.querySelector('article > section')")
    head.locator("[data-fig='rau.to_plan']").first.click()
    expect(report.get_by_role("dialog")).to_contain_text("30 ÷ 40")
    expect(report.get_by_role("link", name="Bản tóm tắt")).to_have_attribute("href", "tom-tat.pdf")
    alone = pypdf.PdfReader(run / "tom-tat.pdf")
    assert len(alone.pages) == 1 and "TÓM TẮT DỰ THẢO BÁO CÁO" in alone.pages[0].extract_text()
    assert "bình quân theo thời gian" not in pypdf.PdfReader(run / "bao-cao.pdf").pages[0].extract_text()


def test_print_shows_the_report_alone(report: Page) -> None:
    report.emulate_media(media="print")
    expect(report.get_by_role("navigation", name="Mục lục")).to_be_hidden()
    assert number(report, "lua.actual").evaluate("n => getComputedStyle(n).borderBottomStyle") == "none"
    expect(report.get_by_text("Nơi nhận:")).to_be_visible()
    assert report.locator("section.appendix").first.evaluate("n => getComputedStyle(n).breakBefore") == "page"


def test_no_two_places_have_one_address_and_numbered_lists_show_their_numbers(report: Page) -> None:
    assert (
        report.evaluate(
            "[...document.querySelectorAll('[id]')].map(n => n.id).filter((id, n, all) => all.indexOf(id) < n)"
        )
        == []
    )
    listed = "n => (n.innerHTML += '<ol><li>Một</li></ol>', getComputedStyle(n.lastChild.firstChild).listStyleType)"
    assert report.locator("section.part").last.evaluate(listed) == "decimal"


def test_on_a_phone_whoever_answers_reads_cards_without_moving_sideways(report: Page) -> None:
    report.set_viewport_size({"width": 390, "height": 844})
    assert (
        report.locator("section.disputes .sideways").evaluate_all(
            "all => all.filter(n => n.scrollWidth > n.clientWidth + 1).length"
        )
        == 0
    )
    mark, shown, submitted, recomputed, answer = (
        report.locator("section.disputes tbody tr:not(.group)").first.locator("> *").all()
    )
    tops = [
        cell.evaluate("n => n.getBoundingClientRect().top") for cell in (mark, shown, submitted, recomputed, answer)
    ]
    assert tops[0] == tops[1] < tops[2] == tops[3] < tops[4]


def test_a_wide_appendix_is_printed_lying_and_all_pages_are_of_the_form_of_the_page(desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.set_content(f"<style>{form_css()}</style><section>một</section><section class='wide'>hai</section>")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [[round(25.4 / 72 * n) for n in p.mediabox[2:]] for p in printed] == [[210, 297], [297, 210]]
    form = page_form()
    assert [_left(p) for p in printed] == [form.margins.left, form.wide_margins.left]
    page.close()


def _left(page: pypdf.PageObject) -> int:
    """How far from the page's edge its text begins, in millimetres."""
    found: list[float] = []

    def visit(text: str, place: list[float], *_: object) -> None:
        found.extend(place[4:5] if text.strip() else ())

    page.extract_text(visitor_text=visit)
    return round(25.4 / 72 * found[0])


def test_the_report_stays_light(run: Path) -> None:
    assert (run / "bao-cao.html").stat().st_size < 5_000_000
