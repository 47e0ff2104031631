"""What a notebook cell shows: runs a word as a kernel would and keeps its outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from openpyxl import Workbook

import workbooks
from thidua.document.block import Block, Cell, plain
from thidua.document.block import Table as TableBlock
from thidua.document.bundled import Shown, read
from thidua.publish.drawings import Drawings
from thidua.publish.html.page_writer import PageWriter
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


def carried(output: Mapping[str, Any]) -> Shown:
    """What an output carries to the report."""
    return read(output)


def block(word: Callable[..., None], *given: Any, **options: Any) -> Block:
    """The one block that a word shows, in one output."""
    (output,) = outputs(word, *given, **options)
    (found,) = carried(output).blocks
    return found


def page(*blocks: Block) -> BeautifulSoup:
    """Blocks as the report's page has them."""
    return BeautifulSoup(PageWriter(Drawings()).blocks(blocks), "html.parser")


def table(word: Callable[..., None], *given: Any, **options: Any) -> Table:
    """The one table that a word shows."""
    (output,) = outputs(word, *given, **options)
    return Table(output)


class Table:
    """A shown table, as a reader and as a reviewer see it."""

    def __init__(self, output: Mapping[str, Any]):
        shown = carried(output)
        (found,) = shown.blocks
        assert isinstance(found, TableBlock)
        self.block = found
        self.html = str(output["text/html"])
        self.figures = {record.id: record for record in shown.figures}

    @property
    def header(self) -> list[str]:
        return [text for row in self.block.header for text in _texts(row)]

    @property
    def merged(self) -> list[tuple[str, int, int]]:
        """The header's cells, each with the rows and columns that it covers."""
        return [(plain(c.runs), c.rows, c.columns) for row in self.block.header for c in row]

    @property
    def rows(self) -> list[list[str]]:
        return [_texts(row.cells) for row in self.block.body]

    @property
    def styles(self) -> list[str]:
        return [row.style for row in self.block.body]

    @property
    def note(self) -> str:
        return self.block.remark

    @property
    def page(self) -> BeautifulSoup:
        return page(self.block)

    @property
    def notebook(self) -> BeautifulSoup:
        """As JupyterLab shows it."""
        return BeautifulSoup(self.html, "html.parser")


def _texts(cells: Iterable[Cell]) -> list[str]:
    return [plain(cell.runs) for cell in cells]
