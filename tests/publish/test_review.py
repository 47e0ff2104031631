"""The reviewer's page: triage first, then findings to be filtered and accepted, and every figure."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from thidua.settings.acceptance_line import acceptance_line


def rows(page: Page) -> Locator:
    return page.locator("#bang-so-lieu tbody tr:visible")


def findings(page: Page) -> Locator:
    return page.locator("#bang-phat-hien tbody tr:visible")


def first_cells(page: Page, column: int) -> list[str]:
    return [rows(page).nth(n).locator("th, td").nth(column).inner_text() for n in range(3)]


def test_triage_comes_first_and_each_count_leads_to_its_findings(review: Page) -> None:
    expect(review.locator("main > p").first).to_contain_text("Bản dự thảo: còn 1 lỗi chưa được chấp nhận")
    assert review.locator("h2").first.inner_text() == "Đơn vị nào phải trả lời"
    row = review.locator("table.tally").first.get_by_role("row").nth(1)
    row.get_by_role("link", name="1 lỗi").click()
    expect(findings(review)).to_have_count(1)
    expect(findings(review)).to_contain_text("ghi 100%, tính lại được 107%")
    expect(findings(review)).to_contain_text("kinh-te.xlsx › Chỉ tiêu › G3")
    section = review.locator("table.tally tr", has_text="1. Kinh tế")
    expect(section.get_by_role("link", name="1 lỗi")).to_be_visible()
    assert review.get_by_label("Đơn vị", exact=True).input_value() == "1"


def test_findings_are_filtered_by_the_keyboard_alone(review: Page) -> None:
    whole = findings(review).count()
    state = review.get_by_label("Mức, tình trạng")
    state.focus()
    review.keyboard.press("ArrowDown")
    review.keyboard.press("ArrowDown")
    assert state.input_value() == "error"
    expect(findings(review)).to_have_count(1)
    expect(review.locator("#loc-phat-hien output")).to_have_text(f"1/{whole} dòng")
    review.get_by_role("button", name="Bỏ lọc").focus()
    review.keyboard.press("Enter")
    expect(findings(review)).to_have_count(whole)


def test_a_click_copies_the_line_by_which_params_accept_a_finding(review: Page, run: Path) -> None:
    review.context.grant_permissions(["clipboard-read", "clipboard-write"])
    finding = next(f for f in json.loads((run / "checks.json").read_text("utf-8")) if f["severity"] == "error")
    line = acceptance_line(finding["id"], finding["values"])
    review.locator("tr.error").get_by_role("button", name="Chép dòng chấp nhận").click()
    expect(review.locator("#da-chep")).to_have_text("Đã chép 1 dòng.")
    assert review.evaluate("navigator.clipboard.readText()") == line + "\n"
    review.get_by_role("button", name="Chép dòng chấp nhận của các phát hiện đang hiện").click()
    expect(review.locator("#da-chep")).to_have_text(f"Đã chép {findings(review).count()} dòng.")
    assert line in review.evaluate("navigator.clipboard.readText()").splitlines()


def test_a_section_tells_its_own_findings_and_leads_to_them(review: Page) -> None:
    review.get_by_role("link", name="1. Kinh tế").first.click()
    expect(review.get_by_text("Bản dự thảo")).to_be_visible()
    own = review.locator("details.own")
    expect(own).to_contain_text("ghi 100%, tính lại được 107%")
    own.get_by_role("link", name="Lỗi").click()
    expect(review.locator("tr:target")).to_contain_text("ghi 100%, tính lại được 107%")


def test_what_became_of_the_findings_since_is_shown_within_the_page(review: Page) -> None:
    (since,) = review.frames[1:]
    expect(since.get_by_role("row", name="Lần chạy trước")).to_contain_text("Chưa có lần chạy nào")


def test_a_finding_leads_to_its_figures(review: Page) -> None:
    review.locator("tr.error a").first.click()
    expect(review.locator("tr.target")).to_contain_text("ngo.to_plan")


def test_the_figures_are_found_without_accents(review: Page) -> None:
    whole = rows(review).count()
    review.get_by_label("Tìm số liệu").fill("dien tich ngo")
    assert 0 < rows(review).count() < whole
    assert all("ngô" in text for text in rows(review).all_inner_texts())
    review.get_by_label("Tìm số liệu").fill("")
    assert rows(review).count() == whole


def test_the_figures_are_sorted_by_value_both_ways(review: Page) -> None:
    head = review.get_by_role("columnheader", name="Giá trị")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert first_cells(review, 1) == ["2.000", "1.500", "1.234,567"]


def test_names_are_sorted_as_vietnamese_is(review: Page) -> None:
    review.get_by_label("Tìm số liệu").fill("dien tich")
    review.locator("#bang-so-lieu").get_by_role("button", name="Nội dung").click()
    assert first_cells(review, 0)[0].startswith("Diện tích lúa")


def test_each_section_has_its_executed_notebook_with_the_code_folded(review: Page) -> None:
    review.get_by_role("link", name="1. Kinh tế").first.click()
    cell = review.locator(".cell", has=review.locator("table.data"))
    expect(cell.locator("table.data")).to_be_visible()
    expect(cell.locator("pre")).to_be_hidden()
    cell.locator("summary").click()
    expect(cell.locator("pre")).to_contain_text("progress_table")
    review.get_by_role("link", name="Trang thẩm định").click()
    assert review.url.endswith("/review/index.html")


def test_the_charts_lead_into_the_report(review: Page) -> None:
    review.get_by_role("link", name="Biểu đồ 1. Biểu đồ tiến độ").click()
    expect(review.locator("figure:target")).to_contain_text("Biểu đồ 1. Biểu đồ tiến độ")


def test_text_of_a_department_stays_text(run: Path) -> None:
    for page in (run / "review" / "index.html", run / "review" / "10_kinh_te.html", run / "bao-cao.html"):
        assert "<các loại>" not in page.read_text(encoding="utf-8")


def test_a_reference_in_a_notebook_s_page_has_the_report_s_number(review: Page) -> None:
    review.get_by_role("link", name="1. Kinh tế").first.click()
    expect(review.locator(".cell", has_text="Cấy được")).to_contain_text("(Bảng 1), (kỳ này không có) trên cả xã")
    review.get_by_role("link", name="Bảng 1", exact=True).click()
    expect(review.locator("table:target")).to_contain_text("Bảng 1. Tiến độ")


def test_a_part_without_heading_or_content_still_has_its_page(review: Page) -> None:
    for name in ("Phần đầu (01_mo_dau)", "Phần cuối (90_ky)", "Kỳ này không có nội dung (20_trong)"):
        expect(review.get_by_role("link", name=name).first).to_be_visible()
