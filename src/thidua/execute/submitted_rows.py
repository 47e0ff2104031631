"""What a section rests on, at the beginning of its executed notebook: for the reviewer, and for no report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

import nbformat

from thidua.contracts import Place
from thidua.document.block import Cell, Row, Table, Text
from thidua.document.bundled import MIME, Shown, bundle
from thidua.document.in_notebook import notebook_html
from thidua.document.lines import text_of
from thidua.document.walking import runs_of

_HEADER = ("Ô", "Nội dung", "Đã nộp")
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def rows_output(outputs: Iterable[Shown]) -> nbformat.NotebookNode | None:
    """The submitted cells that outputs print or rest on, as a folded table; None where there are none.

    It carries no block: the report is made of blocks.
    """
    found = _submitted(outputs)
    if not found:
        return None
    table = Table(
        key="o_da_nop",
        name="Các ô đã nộp",
        header=(tuple(_cell(text, header=True) for text in _HEADER),),
        body=tuple(_rows(found)),
    )
    summary = f"Số liệu đã nộp mà phần này dùng: {len(found)} ô (không vào báo cáo)"
    html = f"<details><summary>{summary}</summary>{notebook_html([table], {})}</details>"
    content = {"text/html": html, "text/plain": f"{summary}\n{text_of([table])}", MIME: bundle((), ())}
    return nbformat.v4.new_output("display_data", data=content)


def _submitted(outputs: Iterable[Shown]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """What stands in each cell that outputs rest on: what it is, and its value."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for output in outputs:
        for figure in output.figures:
            if figure.source and figure.value is not None:
                value = f"{figure.printed} {figure.unit}".strip().replace(" %", "%")
                found.setdefault(_place(figure.source), (figure.label, value))
        for block in output.blocks:
            for run in runs_of(block):
                if isinstance(run, Text) and run.source:
                    found.setdefault((run.source.file, run.source.sheet, run.source.cell), ("", run.text))
    return found


def _place(source: Place) -> tuple[str, str, str]:
    return source.file, source.sheet, source.cell


def _rows(found: dict[tuple[str, str, str], tuple[str, str]]) -> Iterable[Row]:
    """A row for each cell, under its sheet, in the order of the sheet."""
    ordered = sorted(found.items(), key=lambda item: (*item[0][:2], *_at(item[0][2])))
    for (file, sheet), cells in groupby(ordered, key=lambda item: item[0][:2]):
        yield Row(style="group", cells=(_cell(f"{file} › {sheet}", header=True, columns=len(_HEADER)),))
        for (_, _, address), (what, value) in cells:
            yield Row(cells=(_cell(address, header=True), _cell(what), _cell(value)))


def _at(address: str) -> tuple[int, int, str]:
    """Where a cell stands: by rows, then by columns."""
    match = _ADDRESS.fullmatch(address)
    return (int(match[2]), len(match[1]), match[1]) if match else (0, 0, address)


def _cell(text: str, *, header: bool = False, columns: int = 1) -> Cell:
    return Cell(runs=(Text(text=text),) if text else (), header=header, columns=columns)
