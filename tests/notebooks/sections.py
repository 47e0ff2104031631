"""Rendering the real sections over data that never were."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from thidua.dataset import Dataset
from thidua.document.block import List, Note, Runs, plain
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.prose.checking import prose_cells
from thidua.prose.render import render
from thidua.report import Report, open_report

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What a reader must never meet, whatever the data.
DIRT = {
    "an unfilled phrase": re.compile(r"[{}\[\]]"),
    "a word of the machine": re.compile(r"\b(?:nan|NaN|None|undefined|Undefined|inf)\b"),
    "doubled punctuation": re.compile(r"[,;:]\s*[,;:.]|(?<!\.)\.\.(?!\.)"),
    "a space before punctuation": re.compile(r"\s[,;.](?=\s|$)"),
    "empty brackets or quotes": re.compile(r"\(\s*\)|“\s*”"),
    "a count of nought in words": re.compile(r"(?<![\d.,])0 (?:vụ|người|hộ|hồ sơ|dự án|tập thể|cá nhân)\b(?!, đạt)"),
    "a gap told as a value": re.compile(r"chưa có số liệu"),
    "a dangling word": re.compile(r"\b(?:với|gồm|của|tại|trong đó|so với)\s*[,;.](?=\s|$)"),
}


@cache
def period() -> Report:
    """The newest period that the repository has."""
    return open_report(root=ROOT)


def changed(change: Callable[[Number], Number | None], keep: Callable[[Record], bool] = lambda _r: True) -> Report:
    """The period with every number as ``change`` gives it (None: not submitted) and only the rows to keep."""
    records = []
    for record in period().data.records:
        if keep(record):
            values = {k: change(v) if isinstance(v, Number) else v for k, v in record.values.items()}
            records.append(dataclasses.replace(record, values={k: v for k, v in values.items() if v is not None}))
    return Report(period().params, Dataset(records))


def prose_of(path: Path, report: Report) -> str:
    """The text of a section's prose as a reader sees it, one paragraph a line, each note on a line of its own."""
    return "\n".join(line for _, cell in prose_cells(path) for line in _lines(cell, report))


def _lines(cell: str, report: Report) -> Iterator[str]:
    for block in render(cell, report).blocks:
        for runs in block.items if isinstance(block, List) else [block.runs]:  # type: ignore[union-attr]
            yield from _told(runs)


def _told(runs: Runs) -> Iterator[str]:
    yield plain(runs).replace("\u00a0", " ")
    for run in runs:
        if isinstance(run, Note):
            yield from _told(run.runs)


def outputs_of(path: Path, report: Report) -> str:
    """Everything that a section shows, its cells run as JupyterLab runs them."""
    shell = InteractiveShell.instance()
    shown = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as captured:
            result = shell.run_cell(cell.source)
        result.raise_error()
        shell.user_ns["report"] = report
        shown += [o.data.get("text/html", "") for o in captured.outputs]
    return "\n".join(visible(html) for html in shown)


def visible(html: str) -> str:
    """The text of a piece of HTML, each footnote on a line of its own behind it."""
    soup = BeautifulSoup(html, "html.parser")
    notes = [str(note.extract()) for note in soup.select("span.fn")]
    return "\n".join(_plain(part) for part in [str(soup), *notes])


def _plain(html: str) -> str:
    text = re.sub(r"<svg\b.*?</svg>", "", html, flags=re.DOTALL)
    text = re.sub(r"</(?:p|li|h\d|tr|div|figcaption|caption)>", "\n", text)
    text = re.sub(r"</t[dh]>", " | ", text)
    return re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ").replace("&nbsp;", " ")


def dirt(text: str) -> list[str]:
    """What is wrong with a text, each with the words around it."""
    found = []
    for kind, pattern in DIRT.items():
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 50) : match.end() + 30].replace("\n", " ⏎ ")
            found.append(f"{kind}: …{around}…")
    return found
