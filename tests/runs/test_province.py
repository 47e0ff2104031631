"""A province's whole report from its communes' sealed runs: a figure is followed to a commune's cell, and run again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from archive.roots import thidua, write_notebook
from once import once
from runs.province import COMMUNES, change_params, seal_commune, write_province
from workbooks import FILE, PERIOD

pytestmark = pytest.mark.slow

MO, LAP, CAO = COMMUNES


def lua(actual: Any) -> dict[str, Any]:
    return {"code": "lua", "name": "Diện tích lúa đã cấy", "unit": "ha", "actual": actual, "group": "cay"}


OF_ONE_S_OWN = {"code": "ho_so", "name": "Hồ sơ cấp xã đã giải quyết", "unit": "hồ sơ", "actual": 3}


def _made(folder: Path) -> Path:
    for name, area in zip(COMMUNES, (120, 80, 10), strict=True):
        seal_commune(folder, name, [lua(area), OF_ONE_S_OWN])
    root = write_province(folder, sections=[{"notebook": "01_mo_dau", "kind": "front"}, {"notebook": "10_kinh_te"}])
    change_params(root, gathered={"runs": "../*/output", "units": [*COMMUNES, "xã Chưa Nộp"]})
    table = 'units_table(report, report.group("cay"), title="Các xã, phường", key="cac_xa")'
    prose = "%%prose\nToàn tỉnh cấy được {lua} lúa[; chưa có báo cáo của {gathered.missing}]."
    write_notebook(root, "01_mo_dau", ["from thidua.notebook import head\nhead(report)"])
    write_notebook(root, "10_kinh_te", [prose, f"from thidua.notebook import units_table\n{table}"])
    done = thidua("run", PERIOD, "--root", root, "--json")
    assert done.returncode == 1, done.stderr
    for name in COMMUNES:  # what it needs of them it has
        shutil.rmtree(folder / name)
    return Path(json.loads(done.stdout)["run"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "bao-cao-tinh", _made)


def test_a_number_of_the_page_leads_to_each_commune_s_own_sheet(made: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((made / "data" / "bao-cao.html").as_uri())
    page.locator('data.fig[data-fig="lua.actual"]').first.click()
    card = page.locator("#the-so-lieu")
    assert "= 120 + 80 + 10" in card.inner_text()
    card.get_by_text(f"{LAP}/{FILE} › Chỉ tiêu › ô D2").click()
    assert card.locator("td.here").inner_text() == "80"
    assert "Chưa có số liệu của 1 đơn vị: xã Chưa Nộp." in card.inner_text()
    text = page.locator("main").inner_text().replace("\xa0", " ")
    assert text.index("Chưa có báo cáo của xã Chưa Nộp; số liệu tổng hợp từ 03/04") < text.index("Toàn tỉnh")
    assert "03/04 đơn vị cấp dưới, chưa có phần của đơn vị này." in text
    assert "210 ha lúa; chưa có báo cáo của xã Chưa Nộp." in text
    assert "Ghi chú: không xếp xã Chưa Nộp" in text and "«Tỉnh Bắc Sơn» chưa có số liệu của xã Chưa Nộp." in text
    page.close()


def test_the_audit_workbook_has_live_formulas_down_to_those_cells(made: Path) -> None:
    book = load_workbook(made / "data" / "so-lieu.xlsx")
    rows = {row[6].value: (row[2].coordinate, str(row[2].value)) for row in book["Số liệu"].iter_rows(min_row=4)}
    parts = [f"{name}/kinh-te/lua.actual" for name in COMMUNES]
    assert rows["lua.actual"][1] == f"={'+'.join(rows[part][0] for part in parts)}"
    told = {row[6].value: str(row[4].value) for row in book["Số liệu"].iter_rows(min_row=4)}
    assert told["lua.actual"].endswith(". Chưa có số liệu của: xã Chưa Nộp")
    sheet, cell = rows[parts[1]][1].removeprefix("='").split("'!")
    assert book[sheet][cell.replace("$", "")].value == 80
    runs = {row[0].value: row[3].value for row in book["Các biểu"].iter_rows(min_row=4)}
    assert str(runs[f"{LAP}/{FILE}"]).startswith(f"{PERIOD}-")


def test_figures_name_the_sealed_run_of_each_cell_whose_manifest_the_province_s_run_carries(made: Path) -> None:
    figures = {f["id"]: f for f in json.loads((made / "data" / "figures.json").read_text(encoding="utf-8"))}
    assert figures["lua.actual"]["lacks"] == ["xã Chưa Nộp"]
    source = figures[f"{CAO}/kinh-te/lua.actual"]
    assert source["source"] == {"file": f"{CAO}/{FILE}", "sheet": "Chỉ tiêu", "cell": "D2"}
    carried = made / "data" / "inputs" / "units" / CAO
    assert f"External-Identifier: {source['run']}" in (carried / "bag-info.txt").read_text(encoding="utf-8")
    assert f"data/inputs/raw/{FILE}" in (carried / "manifest-sha256.txt").read_text(encoding="utf-8")


def test_what_is_each_commune_s_own_is_listed_as_not_told_and_why(made: Path) -> None:
    untold = json.loads((made / "data" / "untold.json").read_text(encoding="utf-8"))
    whys = {u["why"] for u in untold if u["what"].startswith(OF_ONE_S_OWN["name"])}
    assert whys == {"số của riêng từng đơn vị, không gộp"}


def test_the_run_is_verified_and_run_again_without_the_communes(made: Path) -> None:
    assert thidua("verify", made).returncode == 0
    done = thidua("reproduce", made, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["identical"]
