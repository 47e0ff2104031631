"""The submitted sheets inside the report's page."""

from __future__ import annotations

from pathlib import Path

from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.publish.html.grids import grids
from workbooks import FILE, add_form, new_book


def opened(folder: Path, rows: int) -> RawWorkbook:
    book = new_book()
    sheet = add_form(
        book, "Chỉ tiêu", [{"code": f"lua_{n}", "name": "Lúa", "unit": "ha", "actual": n} for n in range(rows)]
    )
    sheet.insert_rows(1, 2)
    sheet["A1"] = "PHÒNG KINH TẾ"
    sheet.merge_cells("A1:C1")
    for cell in sheet[5]:
        cell.number_format = "0.00"
    book.save(folder / FILE)
    raw = open_workbook(folder / FILE)
    assert isinstance(raw, RawWorkbook)
    return raw


def test_a_sheet_stands_in_the_page_as_its_department_sees_it(tmp_path: Path) -> None:
    grid = next(g for g in grids([opened(tmp_path, 2)], {}) if g["t"] == "Chỉ tiêu")
    assert grid["r"][0] == [1, ["PHÒNG KINH TẾ"]]
    assert grid["m"] == [(1, 1, 1, 3)]
    assert grid["h"] == (3, 3)
    assert grid["r"][1][1][grid["k"] - 1] == "Chỉ tiêu"
    assert [row[1][grid["k"] - 1] for row in grid["r"][2:]] == ["Lúa", "Lúa"]
    assert "1,00" in grid["r"][3][1]


def test_of_a_long_sheet_the_page_has_titles_header_and_the_rows_that_the_report_rests_on(tmp_path: Path) -> None:
    book = opened(tmp_path, 400)
    grid = next(g for g in grids([book], {(FILE, "Chỉ tiêu"): frozenset((300,))}) if g["t"] == "Chỉ tiêu")
    assert [number for number, _ in grid["r"]] == [1, 3, 298, 299, 300, 301, 302]
