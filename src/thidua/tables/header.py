"""Merged header cells from the paths of the columns: one computation for the page and for the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.document.block import Cell, Text


@dataclass(frozen=True)
class HeaderCell:
    """A header cell: text, first row and column (from 0), how many rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def header_cells(paths: Sequence[Sequence[str]]) -> list[HeaderCell]:
    """Cells of a multi-level header, row by row. Neighbours that share a path from the top share a cell."""
    depth = max(len(p) for p in paths)
    cells = []
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = tuple(paths[column])
            width = 1
            if level < len(path):
                while column + width < len(paths) and tuple(paths[column + width][: level + 1]) == path[: level + 1]:
                    width += 1
                height = depth - level if level == len(path) - 1 else 1
                cells.append(HeaderCell(path[level], level, column, height, width))
            column += width
    return cells


def header_rows(paths: Sequence[Sequence[str]]) -> tuple[tuple[Cell, ...], ...]:
    """The header as rows of merged cells."""
    rows: list[list[Cell]] = [[] for _ in range(max(len(p) for p in paths))]
    for cell in header_cells(paths):
        words = (Text(text=cell.text),)
        rows[cell.row].append(Cell(runs=words, align="center", header=True, columns=cell.columns, rows=cell.rows))
    return tuple(map(tuple, rows))
