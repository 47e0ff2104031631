"""One click in JupyterLab: the preview beside the notebook, at the section that is being written."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from archive.roots import tiny_root, write_notebook
from lab import PATIENCE, jupyterlab
from thidua.errors import InputError
from thidua.watch.in_jupyter import asked_for


@pytest.mark.slow
def test_the_button_saves_and_opens_the_preview_at_the_section(browser: Browser, tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    with jupyterlab(root / "notebooks", tmp_path / "settings") as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}/lab/tree/10_kinh_te.ipynb")
        cell = page.locator(".jp-Notebook .cm-content").filter(has_text="Trồng được")
        cell.get_by_text("ngô").click()
        page.keyboard.press("End")
        page.keyboard.type(" Ngô đang lên tốt.")
        page.get_by_role("button", name="Xem trước").click()
        preview = page.frame_locator("iframe[title='Xem trước 2031-Q2']")
        report = preview.frame_locator("#web iframe")
        expect(report.get_by_text("Ngô đang lên tốt.")).to_be_in_viewport(timeout=PATIENCE * 1000)
        page.close()


def test_a_notebook_is_previewed_with_the_period_that_it_shows_itself(tmp_path: Path) -> None:
    notebook, params = tmp_path / "notebooks" / "10_kinh_te.ipynb", tmp_path / "params"
    for folder in (notebook.parent, params, tmp_path / "data"):
        folder.mkdir()
    with pytest.raises(InputError):
        asked_for(notebook)
    for period in ("2030-FY", "2031-Q2", "2031-H1"):
        (params / f"{period}.yaml").touch()
    write_notebook(tmp_path, "10_kinh_te", [])
    assert asked_for(notebook) == (tmp_path, params / "2031-H1.yaml")
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("period = None", "period = '2030-FY'"))
    assert asked_for(notebook) == (tmp_path, params / "2030-FY.yaml")
