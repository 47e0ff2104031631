"""A sealed run opened in JupyterLab, as a reviewer does, is as it was sealed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lab import PATIENCE, jupyterlab
from thidua.archive.verify import verify

pytestmark = pytest.mark.slow


def test_a_notebook_with_a_chart_opened_and_saved_stays_byte_for_byte_what_was_sealed(
    run: Path, browser: Browser, tmp_path: Path
) -> None:
    sealed = Path(shutil.copytree(run.parent, tmp_path / run.parent.name))
    notebook = sealed / "data" / "notebooks" / "10_kinh_te.ipynb"
    with jupyterlab(sealed, tmp_path / "settings") as address:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}/lab/tree/data/notebooks/{notebook.name}")
        # The kernel has told its language, and the chart is drawn: what JupyterLab adds by itself is added.
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        page.locator(".jp-RenderedVegaCommon5 :is(svg, canvas)").first.scroll_into_view_if_needed()
        page.locator(".jp-RenderedVegaCommon5 :is(svg, canvas)").first.wait_for()
        page.wait_for_timeout(1000)
        assert page.locator(".jp-mod-dirty").count() == 0
        page.locator(".jp-Notebook").press("Control+s")
        page.wait_for_timeout(1500)
        page.close()
    assert notebook.read_bytes() == (run / "notebooks" / notebook.name).read_bytes()
    assert verify(sealed)[0].intact
