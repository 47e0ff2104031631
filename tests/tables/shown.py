"""What a notebook cell shows: runs a table word as a kernel would and keeps its outputs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from openpyxl import Workbook

import workbooks
from thidua.figures.record import MIME
from thidua.report import Report, open_report


def report(folder: Path, *forms: tuple[str, list[dict[str, Any]]], **changes: Any) -> Report:
    """The report of a folder with one workbook that has these forms."""
    book = workbooks.new_book()
    for title, rows in forms:
        for row in workbooks.add_form(book, title, rows).iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    # Typed as text: openpyxl would take «=…» for a formula.
                    cell.data_type = "s"
    return _open(folder, book, [title for title, _ in forms], changes)


def indicators(folder: Path, *rows: dict[str, Any]) -> Report:
    return report(folder, ("Chỉ tiêu", list(rows)))


def _open(folder: Path, book: Workbook, sheets: list[str], changes: dict[str, Any]) -> Report:
    department = workbooks.department(workbooks.FILE, *sheets)
    root = workbooks.write_root(folder, {workbooks.FILE: book}, departments=[department], **changes)
    return open_report(workbooks.PERIOD, root)


def outputs(word: Callable[..., None], *given: Any, **options: Any) -> list[dict[str, Any]]:
    """The MIME bundles that a word shows."""
    InteractiveShell.instance()
    with capture_output() as captured:
        word(*given, **options)
    return [output.data for output in captured.outputs]


def table(word: Callable[..., None], *given: Any, **options: Any) -> Table:
    """The one table that a word shows."""
    (output,) = outputs(word, *given, **options)
    return Table(output)


class Table:
    """A shown table, as a reader and as a reviewer see it."""

    def __init__(self, output: dict[str, Any]):
        self.output = output
        self.soup = BeautifulSoup(output["text/html"], "html.parser")
        self.figures = {record["id"]: record for record in output[MIME]["figures"]}

    @property
    def header(self) -> list[str]:
        return [_text(cell) for cell in self.soup.select("thead th")]

    @property
    def rows(self) -> list[list[str]]:
        return [[_text(cell) for cell in row.select("th, td")] for row in self.soup.select("tbody tr")]

    @property
    def styles(self) -> list[str]:
        return [" ".join(row.get("class") or []) for row in self.soup.select("tbody tr")]

    @property
    def note(self) -> str:
        return " ".join(_text(p) for p in self.soup.select("p.note"))


def _text(cell: Tag) -> str:
    return str(cell.get_text())
