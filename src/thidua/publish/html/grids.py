"""The submitted sheets inside the page, so that a reader sees the very cell that a number or a text came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thidua.document.block import Source, Text
from thidua.document.document import Document
from thidua.document.walking import runs_of
from thidua.forms.schema import schema_titled
from thidua.intake.layout import Layout, find_layout
from thidua.intake.xlsx.raw import RawCell, RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.publish.evidence import Evidence

# A sheet up to here stands in the page whole; of a longer one the cited rows with their neighbours: the page is sent
# by mail and read on telephones, and the workbook itself stands in the run's folder.
_WHOLE = 250
_NEIGHBOURS = 2
_ROW = re.compile(r"[0-9]+$")

# Rows by the file and the sheet that they stand in.
Cited = Mapping[tuple[str, str], frozenset[int]]


def grids(books: Sequence[RawWorkbook], cited: Cited) -> list[dict[str, Any]]:
    """The sheets as the page's script draws them, under short names.

    ``f`` file, ``t`` title, ``n`` number of columns; where the sheet is of a form, ``h`` first and last row of the
    header and ``k`` the column that names the rows; ``m`` merged ranges (top, left, bottom, right), ``r`` the filled
    rows: number and the texts that its cells show, from the first column on. Hidden sheets are no submission and stay
    out.
    """
    sheets = ((book.file, sheet) for book in books for sheet in book.sheets if sheet.cells and not sheet.hidden)
    return [_grid(file, sheet, cited.get((file, sheet.title), frozenset())) for file, sheet in sheets]


def cited_rows(document: Document, evidence: Evidence) -> Cited:
    """The rows that the document's texts and numbers come from, and that findings name."""
    found: dict[tuple[str, str], set[int]] = {}
    for place in (*_sources(document), *(f.source for f in evidence.figures), *_named(evidence)):
        row = _ROW.search(place.cell) if place else None
        if place and row:
            found.setdefault((place.file, place.sheet), set()).add(int(row[0]))
    return {where: frozenset(rows) for where, rows in found.items()}


def _sources(document: Document) -> Iterator[Source | None]:
    return (run.source for block in document.blocks() for run in runs_of(block) if isinstance(run, Text))


def _named(evidence: Evidence) -> Iterator[Any]:
    return (cell for finding in evidence.findings for cell in finding.cells)


def _grid(file: str, sheet: RawSheet, cited: frozenset[int]) -> dict[str, Any]:
    schema = schema_titled(sheet.title)
    layout = find_layout(file, sheet, schema)[0] if schema else None
    header = _header(sheet, layout) if layout else ()
    rows: dict[int, list[str]] = {}
    for (number, column), cell in sorted(sheet.cells.items()):
        row = rows.setdefault(number, [])
        row += [""] * (column - 1 - len(row))
        row.append(_text(cell))
    if len(rows) > _WHOLE:
        near = {row + step for row in cited for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}
        kept = near | set(range(1, max(header, default=0) + 1))
        rows = {number: row for number, row in rows.items() if number in kept}
    grid = {
        "f": file,
        "t": sheet.title,
        "n": sheet.last_column,
        "h": header,
        "k": layout.columns.get("name") if layout else None,
        "m": [area for area in sheet.merged if area[0] <= sheet.last_row and area[1] <= sheet.last_column],
        "r": [[number, row] for number, row in rows.items()],
    }
    return {key: value for key, value in grid.items() if value}


def _header(sheet: RawSheet, layout: Layout) -> Sequence[int]:
    """First and last row of the header; what the layout has above them are titles, which fill one cell of a row."""
    wide = [row for row in range(layout.top, layout.bottom + 1) if sum(r == row for r, _ in sheet.cells) > 1]
    return (min(wide, default=layout.bottom), layout.bottom)


def _text(cell: RawCell) -> str:
    """What the officer sees in the cell; where that cannot be told, what is stored."""
    shown = cell.shown
    return str(cell.value) if shown is None else shown
