"""The report's appendices: the register of documents and the table of awards.

Shown in the notebook as a table, and carried along as JSON for the appendix workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from thidua.dataset import Award, Entry
from thidua.display import show
from thidua.figures import Figure, percent, total
from thidua.figures.record import exact
from thidua.tables.header import header_html
from thidua.tables.html import Cells
from thidua.text import written_date

MIME = "application/vnd.thidua.table+json"
_BASE = "Trong đó đối tượng ở cơ sở, lao động trực tiếp"
_COUNTS = ("collective", "individual", "household")


@dataclass(frozen=True)
class Column:
    """A column: its header from the top level down, the width in the workbook (characters), what it holds."""

    path: tuple[str, ...]
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Value:
    """A number in a cell. ``share``: the columns (from 0) of part and whole; ``sum``: the rows (from 0) added up."""

    figure: Figure
    share: tuple[int, int] | None = None
    sum: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        decimals = self.figure.decimals
        return {
            "id": self.figure.id,
            "value": exact(self.figure.value),
            "decimals": 0 if decimals is None else decimals,
            "share": self.share,
            "sum": self.sum,
        }


@dataclass(frozen=True)
class Row:
    """A row: «row», «sub», «group» or «total», and its cells."""

    style: str
    cells: tuple[str | Value | None, ...]


@dataclass
class AppendixTable:
    """A table of an appendix."""

    key: str
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)

    def show(self, note: str) -> None:
        """Show the table and carry it along; nothing where it has no row."""
        if not self.rows:
            return
        cells = Cells()
        body = "\n".join(self._row(row, cells) for row in self.rows)
        head = header_html([c.path for c in self.columns])
        html = f'<table class="appendix-table" data-key="{self.key}">\n<thead>{head}</thead>\n<tbody>\n{body}\n'
        show(f"{html}</tbody>\n</table>\n", note, cells.tokens.figures, {MIME: self.as_dict()})

    def as_dict(self) -> dict[str, Any]:
        rows = [
            {"style": r.style, "cells": [c.as_dict() if isinstance(c, Value) else c for c in r.cells]}
            for r in self.rows
        ]
        return {"key": self.key, "columns": [asdict(c) for c in self.columns], "rows": rows}

    def _row(self, row: Row, cells: Cells) -> str:
        html = ""
        for column, cell in zip(self.columns, row.cells, strict=True):
            if isinstance(cell, Value):
                html += cells.number(None if cell.figure.missing else cell.figure)
            else:
                html += cells.text(cell or "", name="center" if column.kind == "center" else "")
        return f'<tr class="{row.style}">{html}</tr>'


def appendix_register(register: Sequence[Entry]) -> None:
    """The register of directive documents, one row each, in the order submitted."""
    columns = (
        Column(("TT",), 6, "center"),
        Column(("Số, ký hiệu, ngày, tháng ban hành văn bản",), 26),
        Column(("Trích yếu nội dung văn bản",), 62),
        Column(("Ghi chú",), 14),
    )
    table = AppendixTable("danh_muc_van_ban", columns)
    for number, entry in enumerate(register, 1):
        signed = f" ngày {written_date(entry.date)}" if hasattr(entry.date, "year") else ""
        title, note = str(entry.title or ""), str(entry.note or "")
        table.rows.append(Row("row", (f"{number:02d}", f"{entry.number}{signed}", title, note)))
    table.show(f"Danh mục {len(table.rows)} văn bản")


def appendix_awards(awards: Iterable[Award]) -> None:
    """Awards by level, title and form, with the share of grassroots units and direct workers.

    A level's row and the last row hold totals over the titles and forms that have a number.
    """
    columns = (
        Column(("TT",), 6, "center"),
        Column(("Danh hiệu thi đua và hình thức khen thưởng",), 36),
        *(Column(("Số lượng", name), 10, "number") for name in ("Tập thể", "Cá nhân", "Gia đình")),
        *(Column((_BASE, name, unit), 9, "number") for name in ("Tập thể", "Cá nhân") for unit in ("SL", "%")),
    )
    table = AppendixTable("khen_thuong", columns)
    listed = list(awards)
    levels = [n for n, a in enumerate(listed) if a.kind == "group"]
    for number, award in enumerate(listed):
        inner: list[int] = []
        if award.kind == "group":
            end = next((n for n in levels if n > number), len(listed))
            inner = [n for n in range(number + 1, end) if listed[n].kind != "group"]
        table.rows.append(_award_row(award, listed, inner))
    if levels:
        every = [n for n in range(len(listed)) if listed[n].kind != "group"]
        table.rows.append(Row("total", ("", "Tổng cộng", *_totals("awards.all", listed, every, tuple(levels)))))
    table.show(f"Biểu khen thưởng {len(table.rows)} dòng")


def _award_row(award: Award, listed: Sequence[Award], inner: Sequence[int]) -> Row:
    if award.kind == "group":
        numbers = _totals(f"awards.{award.tt}", listed, inner, tuple(inner))
        return Row("group", (award.tt, award.name, *numbers))
    # A figure or its absence as submitted; shares are worked out from the two counts beside them.
    values = (
        Value(award.collective),
        Value(award.individual),
        Value(award.household),
        Value(award.base_collective),
        Value(award.share_collective, share=(5, 2)),
        Value(award.base_individual),
        Value(award.share_individual, share=(7, 3)),
    )
    return Row(award.kind, (award.tt, award.name, *values))


def _totals(id: str, listed: Sequence[Award], inner: Sequence[int], rows: tuple[int, ...]) -> tuple[Value | None, ...]:
    """Totals of a block of rows; ``rows`` are those that the workbook's formula adds up."""

    def add(key: str, label: str) -> Figure | None:
        found = [getattr(listed[n], key) for n in inner]
        present = [f for f in found if not f.missing]
        return total(*present).named(f"{id}.{key}", label) if present else None

    sums = {key: add(key, f"cộng {key}") for key in (*_COUNTS, "base_collective", "base_individual")}

    def value(key: str) -> Value | None:
        found = sums[key]
        return None if found is None else Value(found, sum=rows)

    def share(part: str, whole: str, place: tuple[int, int]) -> Value | None:
        a, b = sums[part], sums[whole]
        if a is None or b is None:
            return None
        return Value(percent(a, b).named(f"{id}.share_{whole}", "tỷ lệ", 2), share=place)

    return (
        *(value(key) for key in _COUNTS),
        value("base_collective"),
        share("base_collective", "collective", (5, 2)),
        value("base_individual"),
        share("base_individual", "individual", (7, 3)),
    )
