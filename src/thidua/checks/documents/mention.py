"""Every mention of a document: rows of the register and of the document lists, and citations inside any text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from thidua.checks.documents.number import DocumentNumber, read_number
from thidua.figures import Cell
from thidua.intake.records import Record
from thidua.text import fold, written_date

_CITATION = re.compile(
    r"(?P<number>\d+(?:/(?:19|20)\d\d)?[/-][A-ZĐ][\wĐđ&]*(?:[-/][\wĐđ]+)*)\s*,?\s*ngày\s+"
    r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})\s*/\s*(?P<year>\d{4})"
)
Source = Literal["register", "documents", "text"]


@dataclass(frozen=True)
class Mention:
    """A document as one place gives it. ``issuer`` is empty where the place does not say; ``own`` is the unit's."""

    source: Source
    number: DocumentNumber | None
    date: dt.date | None
    issuer: str
    own: bool
    type: str
    title: str
    record: Record
    number_cell: Cell
    date_cell: Cell

    @property
    def name(self) -> str:
        """«Quyết định số 1239/QĐ-UBND», «văn bản số 163»."""
        if self.number is None:
            return f"{self.type or 'Văn bản'} «{self.title}»"
        return f"{self.type or self.number.type or self.number.untyped} số {self.number.text}"

    @property
    def dated(self) -> str:
        return f"{self.name} ngày {written_date(self.date)}" if self.date else self.name

    @property
    def code(self) -> str:
        """What the finding's id knows it by."""
        return self.number.text if self.number else self.record.text("code") or self.title

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(dict.fromkeys((self.number_cell, self.date_cell)))


def mentions(records: Iterable[Record], own_names: Iterable[str]) -> list[Mention]:
    """All mentions in the order of the data; ``own_names`` are the issuing office's names."""
    own = {fold(n) for n in own_names}
    found: list[Mention] = []
    for record in records:
        if record.kind in ("register", "documents"):
            found.append(_row(record, own))
        found += _cited(record)
    return found


def _row(record: Record, own: set[str]) -> Mention:
    date = record.values.get("date")
    issuer = record.text("issuer")
    return Mention(
        source="register" if record.kind == "register" else "documents",
        number=read_number(record.text("number")) if record.text("number") else None,
        date=date if isinstance(date, dt.date) else None,
        issuer=issuer,
        own=record.kind == "register" or fold(issuer) in own,
        type=record.text("type"),
        title=record.text("title"),
        record=record,
        number_cell=record.cell("number" if "number" in record.cells else "title"),
        date_cell=record.cell("date" if "date" in record.cells else "title"),
    )


def _cited(record: Record) -> Iterator[Mention]:
    for key, value in record.values.items():
        if not isinstance(value, str) or "ngày" not in value:
            continue
        for match in _CITATION.finditer(value):
            number = read_number(match["number"])
            try:
                date = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
            cell = record.cell(key)
            yield Mention("text", number, date, "", False, "", value, record, cell, cell)
