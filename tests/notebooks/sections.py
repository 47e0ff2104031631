"""Rendering the real sections over data that never were."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from unittest import mock

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import thidua.notebook
from thidua.dataset import Dataset
from thidua.document.block import Heading, List, Note, Number, Paragraph, Runs, plain
from thidua.document.lines import text_of
from thidua.document.walking import runs_of
from thidua.intake.cells import Number as Submitted
from thidua.intake.records import Record
from thidua.prose.checking import prose_cells
from thidua.prose.render import render
from thidua.publish.outputs import shown
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


def changed(
    change: Callable[[Submitted], Submitted | None], keep: Callable[[Record], bool] = lambda _r: True
) -> Report:
    """The period with every number as ``change`` gives it (None: not submitted) and only the rows to keep."""
    records = []
    for record in period().data.records:
        if keep(record):
            values = {k: change(v) if isinstance(v, Submitted) else v for k, v in record.values.items()}
            records.append(dataclasses.replace(record, values={k: v for k, v in values.items() if v is not None}))
    return Report(period().params, Dataset(records))


def prose_of(path: Path, report: Report) -> str:
    """The text of a section's prose as a reader sees it, one paragraph a line, each note on a line of its own."""
    return "\n".join(line for cell in prose_in(path) for line in _lines(cell, report))


@cache
def _notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


@cache
def prose_in(path: Path) -> tuple[str, ...]:
    """The sources of a section's prose cells."""
    return tuple(source for _, source in prose_cells(_notebook(path)))


def _lines(cell: str, report: Report) -> Iterator[str]:
    for block in render(cell, report).blocks:
        assert isinstance(block, Heading | Paragraph | List)
        for runs in block.items if isinstance(block, List) else [block.runs]:
            yield from _told(runs)


def _told(runs: Runs) -> Iterator[str]:
    yield plain(runs).replace("\u00a0", " ")
    for run in runs:
        if isinstance(run, Note):
            yield from _told(run.runs)


def outputs_of(path: Path, report: Report) -> str:
    """All words that a section's outputs show, those on hover included, its cells run as JupyterLab runs them."""
    with mock.patch.object(thidua.notebook, "open_report", lambda _period: report):
        cells = list(_run(path))
    blocks = shown(nbformat.v4.new_notebook(cells=cells))
    hovers = [run.title for block in blocks for run in runs_of(block) if isinstance(run, Number)]
    return "\n".join([text_of(blocks), *hovers])


def _run(path: Path) -> Iterator[nbformat.NotebookNode]:
    shell = InteractiveShell.instance()
    for cell in _notebook(path).cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as captured:
            result = shell.run_cell(cell.source)
        result.raise_error()
        given = [nbformat.v4.new_output("display_data", data=output.data) for output in captured.outputs]
        yield nbformat.v4.new_code_cell(outputs=given)


def dirt(text: str) -> list[str]:
    """What is wrong with a text, each with the words around it."""
    found = []
    for kind, pattern in DIRT.items():
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 50) : match.end() + 30].replace("\n", " ⏎ ")
            found.append(f"{kind}: …{around}…")
    return found
