"""The whole document of the real sections over any data, in this process: no kernel, no file, no picture."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat

from notebooks.sections import NOTEBOOKS
from thidua.document.block import Block
from thidua.document.bundled import MIME
from thidua.document.document import Document
from thidua.document.lines import lines
from thidua.document.markdown import blocks_of
from thidua.document.stitch import stitch
from thidua.prose.checking import MAGIC
from thidua.prose.render import render
from thidua.report import Report
from thidua.run.outline import parts_of, properties_of
from thidua.settings.params import Params


def document_of(report: Report, params: Params | None = None) -> Document:
    """The report that the sections make of the data; ``params`` may have another outline."""
    shown = {notebook.stem: tuple(shown_by(notebook, report)) for notebook in NOTEBOOKS}
    return stitch(parts_of(params or report.params, shown), properties_of(report.params, "thu-000000000000"))


def text_of(document: Document) -> list[str]:
    """The lines of a document with the numbers of its headings, tables and charts."""
    told = []
    for block in document.blocks():
        number = getattr(block, "number", "") if block.kind in ("heading", "table", "chart") else ""
        told += [f"{number} {line}".strip() if n == 0 else line for n, line in enumerate(lines(block))]
    return [line.replace("\u00a0", " ") for line in told]


def shown_by(notebook: Path, report: Report) -> Iterator[Block]:
    """The blocks that a section's cells show, in their order."""
    own: dict[str, Any] = {"report": report}
    for kind, source in cells(notebook):
        if kind == "markdown":
            yield from blocks_of(source, {})[0]
        elif source.startswith(MAGIC):
            known = {k: v for k, v in own.items() if k not in ("report", "period") and not k.startswith("_")}
            yield from render(source.partition("\n")[2], report, known).blocks
        else:
            yield from _shown(source, own)


def _shown(source: str, own: dict[str, Any]) -> list[Block]:
    """What a cell of Python shows, of which the names that it makes are kept in ``own``."""
    found: list[Block] = []

    def keep(content: Any, raw: bool) -> None:
        found.extend(content[MIME])

    with (
        patch("thidua.document.show.page_of", lambda *_: ""),
        patch("thidua.document.show.bundle", lambda blocks, *_: tuple(blocks)),
        patch("thidua.document.show.display", keep),
        patch("thidua.charts.chart.display"),
        patch("thidua.charts.picture.draw", lambda _: b""),
    ):
        exec(compiled(source), own)
    return found


@cache
def cells(notebook: Path) -> tuple[tuple[str, str], ...]:
    """The kind and the source of each cell, without what only a kernel understands."""
    node = nbformat.read(notebook, as_version=4)
    return tuple((c.cell_type, _python(c.source)) for c in node.cells)


def _python(source: str) -> str:
    opens = ("%load_ext", "report = open_report")
    return "\n".join(line for line in source.splitlines() if not line.startswith(opens))


@cache
def compiled(source: str) -> Any:
    return compile(source, "cell", "exec")
