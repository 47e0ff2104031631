"""A sealed run opened in JupyterLab, as a reviewer does, is as it was sealed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from thidua.archive.verify import verify

pytestmark = pytest.mark.slow

_PATIENCE = 90


@contextmanager
def jupyterlab(folder: Path, settings: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves a folder, with nothing of the user's own settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    own = {f"JUPYTER_{place}": str(settings / place) for place in places}
    own |= {f"JUPYTERLAB_{place}_DIR": str(settings / place) for place in ("SETTINGS", "WORKSPACES")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    server = subprocess.Popen(command, env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api/status", timeout=2):
                break
            time.sleep(0.3)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:  # a busy machine; the notebook is saved, and that is what counts
            server.kill()
            server.wait(30)


def test_a_notebook_with_a_chart_opened_and_saved_stays_byte_for_byte_what_was_sealed(
    run: Path, browser: Browser, tmp_path: Path
) -> None:
    sealed = Path(shutil.copytree(run.parent, tmp_path / run.parent.name))
    notebook = sealed / "data" / "notebooks" / "10_kinh_te.ipynb"
    with jupyterlab(sealed, tmp_path / "settings") as address:
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE * 1000)
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
