"""A table of an appendix: shown in its notebook, and carried along as JSON from which the workbook is made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from thidua.dataset import SourceText
from thidua.display import show
from thidua.figures import WITHHELD, Figure
from thidua.figures.numbers import decimals_of
from thidua.figures.record import exact
from thidua.figures.units import PERCENT, is_count
from thidua.tables.header import header_html
from thidua.tables.html import GAP, Cells, colgroup

MIME = "application/vnd.thidua.table+json"
RowStyle = Literal["row", "sub", "group"]


@dataclass(frozen=True)
class Column:
    """A column: its header from the top level down, its width in the workbook (characters), what it holds."""

    path: tuple[str, ...]
    width: float
    kind: Literal["text", "center", "number"] = "text"


@dataclass(frozen=True)
class Value:
    """A number in a cell, and how the workbook computes it anew.

    ``share``: the columns (from 0) of part and whole in its row.
    """

    figure: Figure
    share: tuple[int, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        value, decimals = self.figure.value, self.figure.decimals
        places = (0 if value is None else decimals_of(value)) if decimals is None else decimals
        return {
            "id": self.figure.id,
            "value": exact(value),
            "unit": self.figure.unit,
            "decimals": places,
            "withheld": self.figure.withheld,
            "count": self.figure.unit != PERCENT and is_count(self.figure.unit),
            "share": self.share,
        }


@dataclass(frozen=True)
class Row:
    """A row and its cells: text, number, or None for a cell that stays empty."""

    style: RowStyle
    cells: tuple[str | Value | None, ...]


@dataclass(frozen=True)
class AppendixTable:
    """A table of an appendix. ``name`` says what it is to somebody who does not see it."""

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def show(self) -> None:
        """Show the table and carry it along; nothing where it has no row."""
        if not self.rows:
            return
        cells = Cells()
        body = "\n".join(self._row(row, cells) for row in self.rows)
        head = header_html([c.path for c in self.columns])
        html = f'<table class="appendix-table" data-key="{self.key}" aria-label="{self.name}">\n'
        html += (
            f"{colgroup([c.width for c in self.columns])}\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        )
        html += cells.note
        show(html, f"{self.name}: {len(self.rows)} dòng", cells.tokens.figures, {MIME: self.as_dict()})

    def as_dict(self) -> dict[str, Any]:
        """The table as JSON: columns, and rows whose cells are text, None, or numbers with their figure's id."""
        rows = [
            {"style": r.style, "cells": [c.as_dict() if isinstance(c, Value) else c for c in r.cells]}
            for r in self.rows
        ]
        columns = [asdict(c) for c in self.columns]
        return {"key": self.key, "name": self.name, "columns": columns, "rows": rows, "note": self.note}

    @property
    def note(self) -> str:
        """What is said below the table: which of its figures are withheld, and why."""
        held = [c.figure for r in self.rows for c in r.cells if isinstance(c, Value) and c.figure.withheld]
        return f"Ghi chú: ({GAP}) {WITHHELD}: {'; '.join(f.label for f in held)}." if held else ""

    def _row(self, row: Row, cells: Cells) -> str:
        html = ""
        for column, cell in zip(self.columns, row.cells, strict=True):
            if isinstance(cell, Value):
                # The form leaves a cell empty where nothing was awarded.
                empty = cell.figure.missing and not cell.figure.withheld
                html += cells.number(None if empty else cell.figure)
            elif column.kind == "number":
                html += cells.number(None)
            else:
                html += cells.text(cell or "", name="center" if column.kind == "center" else "")
        return f'<tr class="{row.style}">{html}</tr>'


def sourced(text: str, *origins: object) -> str:
    """A text put together from submitted ones, traced to the first of them that has a cell."""
    cells = [o.cell for o in origins if isinstance(o, SourceText)]
    return SourceText(text, cells[0]) if cells else text
