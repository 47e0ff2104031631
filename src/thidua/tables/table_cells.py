"""The cells of a table: traced numbers, traced texts, headings of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from thidua.charts.points import with_point
from thidua.document.block import Cell, Formula, Number, Row, Run, Table, Text
from thidua.document.lacking_parts import remarks
from thidua.document.runs import number, opening, stated, words
from thidua.document.show import show
from thidua.document.walking import placed
from thidua.entries import SourceText
from thidua.figures import MISSING, WITHHELD, Figure
from thidua.figures.in_column import places
from thidua.figures.numbers import format_quantity
from thidua.figures.units import PERCENT, is_count
from thidua.tables.header import header_rows
from thidua.tables.widths import number_widths

# Statistical tables write … for a value that exists but was not reported (Thông tư về chế độ báo cáo thống kê).
GAP = "…"
_APART = "chưa so sánh được vì hai số chưa đủ phần của cùng các đơn vị"
# A table of numbers that fits on a page stays in one piece; one of texts breaks between its rows.
_COMPACT = 12

EMPTY = Cell()


@dataclass
class Cells:
    """Makes the cells of one table and remembers the figures that they print."""

    figures: list[Figure] = field(default_factory=list)
    gaps: int = 0
    apart: int = 0
    withheld: list[str] = field(default_factory=list)

    def number(self, figure: Figure | None, formula: Formula | None = None) -> Cell:
        """A traced number; a traced «…» where it is missing, an empty cell where there is no figure at all."""
        if figure is None:
            return Cell(align="right")
        self.figures.append(figure)
        if figure.missing:
            if figure.withheld:
                self.withheld.append(figure.label)
            elif figure.lacks:
                self.apart += 1
            else:
                self.gaps += 1
            return Cell(runs=(number(figure, GAP),), align="right", withheld=figure.withheld)
        assert figure.value is not None
        return Cell(
            runs=stated(figure),
            align="right",
            unit=figure.unit,
            decimals=places(figure.value, figure.decimals),
            count=figure.unit != PERCENT and is_count(figure.unit),
            formula=formula,
        )

    @property
    def remark(self) -> str:
        """What the gaps mean, for the line below the table; empty where there is none."""
        told = [MISSING] if self.gaps else []
        told += [_APART] if self.apart else []
        if self.withheld:
            told.append(f"{WITHHELD}: {'; '.join(dict.fromkeys(self.withheld))}")
        return f"Ghi chú: ({GAP}) {'; '.join(told)}." if told else ""

    def inline(self, figure: Figure) -> Number:
        """A number among other words of a cell."""
        self.figures.append(figure)
        return number(figure)


def text_cell(text: str | SourceText, align: str = "left", *, header: bool = False) -> Cell:
    """A text, traced where it comes from a workbook."""
    runs: tuple[Run, ...] = (words(text),) if text else ()
    return Cell.model_validate({"runs": runs, "align": align, "header": header})


def group_row(text: str | SourceText, width: int) -> Row:
    """The heading of the rows below it, over the whole width of the table."""
    return Row(style="group", cells=(Cell(runs=(opening(text),), header=True, columns=width),))


def kept_of(number: int, most: int) -> int:
    """How many of so many are kept: one more takes no more room than the line that says it is left out."""
    return most if number > most + 1 else number


def left_out_row(number: int, text: str, width: int) -> Row:
    """The line that stands for rows that a table leaves out, over its whole width: «và 12 chỉ tiêu khác»."""
    return Row(style="sub", cells=(Cell(runs=(Text(text=text),), columns=width),), left_out=number)


def evened(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with one number of decimals in a column, for numbers of one unit: that of the one that has most."""
    given = tuple(rows)
    most: dict[tuple[int, str], int] = {}
    for _, column, cell in placed(row.cells for row in given):
        if cell.decimals is not None:
            most[column, cell.unit] = max(most.get((column, cell.unit), 0), cell.decimals)
    made: list[list[Cell]] = [[] for _ in given]
    for row, column, cell in placed(row.cells for row in given):
        made[row].append(cell if cell.decimals is None else _with_decimals(cell, most[column, cell.unit]))
    return tuple(row.model_copy(update={"cells": tuple(cells)}) for row, cells in zip(given, made, strict=True))


def _with_decimals(cell: Cell, decimals: int) -> Cell:
    def written(run: Run) -> Run:
        if not isinstance(run, Number) or run.value is None:
            return run
        return run.model_copy(update={"text": format_quantity(Decimal(run.value), cell.unit, decimals)})

    return cell.model_copy(update={"runs": tuple(map(written, cell.runs)), "decimals": decimals})


def show_table(
    header: Sequence[str | tuple[str, ...]],
    rows: Iterable[Row],
    cells: Cells,
    *,
    title: str,
    key: str,
    point: str = "",
    remark: str = "",
    widths: Sequence[float] = (),
) -> None:
    """Show a numbered table; nothing where there is no row.

    ``header`` names the columns; a column under others is named from the top level down. ``widths`` are the columns'
    shares of the table's width, for a table of texts. ``point`` is what the table shows, behind its title, ``remark``
    what is said below it besides what its gaps mean.
    """
    body = evened(rows)
    if not body:
        return
    table = Table(
        key=key,
        name=title,
        title=with_point(title, point),
        header=header_rows([(h,) if isinstance(h, str) else h for h in header]),
        body=body,
        widths=tuple(widths or number_widths(len(header))),
        compact=len(body) <= _COMPACT and not widths,
        remark=remarks(cells.remark, remark),
    )
    show([table], cells.figures)
