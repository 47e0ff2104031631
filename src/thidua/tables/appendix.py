"""A table of an appendix, such as the forms of a report have: fixed columns, whose widths a workbook keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from thidua.document.block import Cell, Formula, Row, Table
from thidua.document.show import show
from thidua.entries import SourceText
from thidua.figures import Figure
from thidua.tables.header import header_rows
from thidua.tables.table_cells import Cells, evened, text_cell

RowStyle = Literal["row", "sub", "group"]


@dataclass(frozen=True)
class Column:
    """A column: its header from the top level down, its width in the workbook (characters), what it holds."""

    path: tuple[str, ...]
    width: float
    kind: Literal["text", "center", "number"] = "text"


@dataclass(frozen=True)
class Value:
    """A number in a cell; ``share`` has the columns (from 0) of part and whole from which a workbook computes it."""

    figure: Figure
    share: tuple[int, int] | None = None


def show_appendix(
    key: str, name: str, columns: Sequence[Column], rows: Sequence[tuple[RowStyle, Sequence[str | Value | None]]]
) -> None:
    """Show the table; nothing where it has no row. ``name`` says what it is to somebody who does not see it."""
    if not rows:
        return
    cells = Cells()
    body = evened(
        Row(style=style, cells=tuple(_cell(v, c, cells) for v, c in zip(values, columns, strict=True)))
        for style, values in rows
    )
    table = Table(
        key=key,
        name=name,
        header=header_rows([c.path for c in columns]),
        body=body,
        widths=tuple(c.width for c in columns),
        remark=cells.remark,
    )
    show([table], cells.figures)


def _cell(value: str | Value | None, column: Column, cells: Cells) -> Cell:
    if isinstance(value, Value):
        formula = Formula(share=value.share) if value.share else None
        # The form leaves a cell empty where nothing was awarded.
        empty = value.figure.missing and not value.figure.withheld
        return cells.number(None if empty else value.figure, formula)
    if column.kind == "number":
        return cells.number(None)
    return text_cell(value or "", "center" if column.kind == "center" else "left")


def sourced(text: str, *origins: object) -> str:
    """A text put together from submitted ones, traced to the first of them that has a cell."""
    cells = [o.cell for o in origins if isinstance(o, SourceText)]
    return SourceText(text, cells[0]) if cells else text
