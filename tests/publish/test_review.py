"""The reviewer's page: findings first, then every figure, to be searched and sorted."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def rows(page: Page) -> Locator:
    return page.locator("#bang-so-lieu tbody tr:visible")


def first_cells(page: Page, column: int) -> list[str]:
    return [rows(page).nth(n).locator("td").nth(column).inner_text() for n in range(3)]


def test_findings_come_first_with_the_cells_they_rest_on(review: Page) -> None:
    titles = review.locator("h2").all_inner_texts()
    assert titles[0] == "Kết quả kiểm tra (2)"
    finding = review.locator("tr.error")
    expect(finding).to_contain_text("ghi 100%, tính lại được 107%")
    expect(finding).to_contain_text("kinh-te.xlsx › Chỉ tiêu › G3")


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
    review.get_by_role("columnheader", name="Nội dung").get_by_role("button").click()
    assert first_cells(review, 0)[0].startswith("Diện tích lúa")


def test_each_section_has_its_executed_notebook_with_the_code_folded(review: Page) -> None:
    review.get_by_role("link", name="1. Kinh tế").click()
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
    review.get_by_role("link", name="1. Kinh tế").click()
    expect(review.locator(".cell", has_text="Cấy được")).to_contain_text("(Bảng 1), (kỳ này không có) trên cả xã")
    review.get_by_role("link", name="Bảng 1", exact=True).click()
    expect(review.locator("table:target")).to_contain_text("Bảng 1. Tiến độ")


def test_a_part_without_heading_or_content_still_has_its_page(review: Page) -> None:
    for name in ("Phần đầu (01_mo_dau)", "Phần cuối (90_ky)", "Kỳ này không có nội dung (20_trong)"):
        expect(review.get_by_role("link", name=name)).to_be_visible()
