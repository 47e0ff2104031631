"""How long it takes from a save to the screen: ``thidua watch`` on a copy of a suite, followed in headless Chromium.

    .venv/bin/python benchmarks/save_to_screen.py [PERIOD] [--root FOLDER] [--rounds N]

Of each kind of save the median and the slowest of some rounds, until the page shows it and until the pages of the PDF
do, with the load of the machine: on a busy one they say nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
_CHROMIUM = "/usr/bin/chromium-headless-shell"
_FLAGS = ["--no-sandbox", "--disable-gpu"]
_WAIT_MS = 60_000
_SIGNER = re.compile(r"^(    title: ['\"]?.*?)(['\"]?)$", re.MULTILINE)
_TAGGED = re.compile(r"%%prose\\n")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("period", nargs="?", default="2024-H1")
    asked.add_argument("--root", type=Path, default=ROOT, help="the suite, of which a copy is measured")
    asked.add_argument("--rounds", type=int, default=5)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(folder)
        for name in ("params", "notebooks", "data"):
            shutil.copytree(told.root / name, suite / name)
        measure(suite, told.period, told.rounds)


def measure(suite: Path, period: str, rounds: int) -> None:
    command = [sys.executable, "-m", "thidua.cli", "watch", period, "--no-browser", "--json", "--root", str(suite)]
    settings = os.environ | {"XDG_CACHE_HOME": str(suite / "cache")}  # what nobody has run before
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings) as watch,
        sync_playwright() as playwright,
    ):
        try:
            assert watch.stdout
            address = json.loads("".join(watch.stdout.readline() for _ in range(5)))["address"]
            page = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS).new_page()
            page.set_viewport_size({"width": 1400, "height": 900})
            page.set_default_timeout(_WAIT_MS)
            began = time.monotonic()
            page.goto(address)
            page.wait_for_selector("html[data-printed]")
            print(f"first draft: {time.monotonic() - began:.2f} s")
            for name, save in kinds(suite, period).items():
                times = [seen(page, save, number) for number in range(rounds)]
                for what, taken in zip(("page", "PDF"), zip(*times, strict=True), strict=True):
                    print(f"{name}, {what}: median {statistics.median(taken):.2f} s, slowest {max(taken):.2f} s")
            print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        finally:
            watch.send_signal(signal.SIGTERM)


def kinds(suite: Path, period: str) -> dict[str, Callable[[int], None]]:
    """Saves of each kind, each other than the one before by its number."""
    params = suite / "params" / f"{period}.yaml"
    notebook = max((suite / "notebooks").glob("*.ipynb"), key=lambda path: path.stat().st_size)
    workbook, book, number_cell, first = _a_number(suite / "data" / "raw" / period)
    written, parameters = notebook.read_text(encoding="utf-8"), params.read_text(encoding="utf-8")

    def sentence(number: int) -> None:
        _replace(notebook, _TAGGED.sub(rf"%%prose\\nĐây là câu thứ {number}. ", written, count=1).encode())

    def cell(number: int) -> None:
        number_cell.value = first + number + 1
        beside = suite / "beside.xlsx"
        book.save(beside)
        beside.replace(workbook)

    def parameter(number: int) -> None:
        _replace(params, _SIGNER.sub(rf"\g<1> {number}\g<2>", parameters, count=1).encode())

    return {"sentence": sentence, "cell": cell, "params": parameter}


def _a_number(folder: Path) -> tuple[Path, Workbook, Cell, int | float]:
    """The first number of several digits that some workbook states."""
    for path in sorted(folder.rglob("*.xlsx")):
        book = load_workbook(path)
        for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
            if isinstance(cell, Cell) and isinstance(cell.value, int | float) and cell.value > 100:
                return path, book, cell, cell.value
    raise SystemExit("no number in any workbook")


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_bytes(content)
    beside.replace(path)


def seen(page: Page, save: Callable[[int], None], number: int) -> tuple[float, float]:
    """Seconds until the page and until the pages of the PDF show what was saved."""
    before = page.evaluate("({...document.documentElement.dataset})")
    began = time.monotonic()
    save(number)
    taken = []
    for name in ("shown", "printed"):
        changed = f"before => document.documentElement.dataset.{name} !== before.{name}"
        page.wait_for_function(changed, arg=before, polling=10)
        taken.append(time.monotonic() - began)
    time.sleep(1.5)  # what nobody waits for is done
    return taken[0], taken[1]


if __name__ == "__main__":
    main()
