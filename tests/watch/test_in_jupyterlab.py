"""In JupyterLab: what an author's one click shows, and that what a reviewer opens stays as it was sealed."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from archive.roots import tiny_root, write_notebook
from lab import PATIENCE, jupyterlab
from once import once
from publish.small import small_report
from thidua.archive.verify import verify
from thidua.errors import InputError
from thidua.watch.in_jupyter import asked_for
from workbooks import FILE


@dataclass(frozen=True)
class Lab:
    """The window of a JupyterLab and the folder that it serves; it takes seconds to load, so one serves all tests."""

    window: Page
    folder: Path

    def opened(self, notebook: Path) -> Page:
        """The window with a notebook of the folder and nothing beside it, when the kernel has told its language."""
        self.close()
        path = notebook.relative_to(self.folder).as_posix()
        self.window.evaluate("path => void jupyterapp.commands.execute('docmanager:open', {path})", path)
        self.window.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        return self.window

    def close(self) -> None:
        """Save and close what is open."""
        for command in ("docmanager:save-all", "application:close-all"):
            self.window.evaluate("command => jupyterapp.commands.execute(command)", command)
        expect(self.window.locator(".jp-Document")).to_have_count(0)


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    with jupyterlab(folder, tmp_path_factory.mktemp("settings")) as address:
        screen = browser.new_context(viewport={"width": 1400, "height": 900})
        screen.set_default_timeout(PATIENCE * 1000)
        window = screen.new_page()
        window.goto(f"{address}/lab")
        window.locator(".jp-Launcher").wait_for()
        yield Lab(window, folder)
        screen.close()
        previews = [p for p in psutil.process_iter(["cmdline"]) if str(folder / "root") in (p.info["cmdline"] or ())]
    # A preview serves as long as the JupyterLab that it stands beside.
    assert psutil.wait_procs(previews, timeout=20)[1] == []


@pytest.mark.slow
def test_the_button_saves_and_opens_the_preview_at_the_section(lab: Lab) -> None:
    page = lab.opened(tiny_root(lab.folder / "root") / "notebooks" / "10_kinh_te.ipynb")
    cell = page.locator(".jp-Notebook .cm-content").filter(has_text="Trồng được")
    cell.get_by_text("ngô").click()
    page.keyboard.press("End")
    page.keyboard.type(" Ngô đang lên tốt.")
    page.get_by_role("button", name="Xem trước").click()
    preview = page.frame_locator("iframe[title='Xem trước 2031-Q2']")
    report = preview.frame_locator("#web iframe")
    expect(report.get_by_text("Ngô đang lên tốt.")).to_be_in_viewport(timeout=PATIENCE * 1000)
    # The preview of another period is a tab beside it, for which the notebook need not give way.
    width = page.locator(".jp-NotebookPanel").evaluate("e => e.clientWidth")
    page.locator(".jp-Notebook .cm-content").filter(has_text="period = None").get_by_text("None").click()
    page.keyboard.press("Control+a")
    page.keyboard.type('period = "2030-FY"')
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("iframe[title='Xem trước 2030-FY']")).to_be_visible(timeout=PATIENCE * 1000)
    expect(page.locator("iframe[title='Xem trước 2031-Q2']")).to_be_hidden()
    assert page.locator(".jp-NotebookPanel").evaluate("e => e.clientWidth") == width


@pytest.mark.slow
def test_a_sealed_notebook_tells_where_numbers_come_from_to_who_does_not_trust_it_and_stays_as_it_was_when_saved(
    lab: Lab, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run = once(tmp_path_factory, "bao-cao", small_report)
    sealed = Path(shutil.copytree(run.parent, lab.folder / run.parent.name))
    notebook = sealed / "data" / "notebooks" / "10_kinh_te.ipynb"
    page = lab.opened(notebook)
    # What JupyterLab lets through of a notebook that nobody here has run.
    printed = page.locator(".jp-RenderedHTML").filter(has_text="Cấy được").first.locator("[title]")
    printed.first.wait_for()
    titles = [html.unescape(title) for title in re.findall(r'title="([^"]*)"', _shown(notebook, "Cấy được"))]
    assert printed.evaluate_all("all => all.map(e => e.title)") == titles
    assert any(f"{FILE} › Chỉ tiêu › " in title for title in titles)
    # The chart is drawn too: what JupyterLab adds by itself is added.
    page.locator(".jp-RenderedVegaCommon5 :is(svg, canvas)").first.scroll_into_view_if_needed()
    page.locator(".jp-RenderedVegaCommon5 :is(svg, canvas)").first.wait_for()
    page.wait_for_timeout(1000)
    assert page.locator(".jp-mod-dirty").count() == 0
    page.locator(".jp-Notebook").press("Control+s")
    page.wait_for_timeout(1500)
    lab.close()
    assert notebook.read_bytes() == (run / "notebooks" / notebook.name).read_bytes()
    assert verify(sealed)[0].intact


def _shown(notebook: Path, words: str) -> str:
    """The HTML in which a notebook shows some words."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    shown = ("".join(o.get("data", {}).get("text/html", "")) for cell in cells for o in cell.get("outputs", ()))
    return next(text for text in shown if words in text)


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
