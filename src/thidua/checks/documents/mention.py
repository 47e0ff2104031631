"""Every mention of a document: rows of the register and of the document lists, and citations inside any text."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from thidua.checks.documents.number import DocumentNumber, read_number
from thidua.figures import Cell
from thidua.intake.records import Record
from thidua.language.text import fold, written_date

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
        """How findings call it: type and number, and the day where one is given."""
        return f"{self.name} ngày {self.day}" if self.date else self.name

    @property
    def day(self) -> str:
        """Its date as documents write it; empty where it has none."""
        return written_date(self.date) if self.date else ""

    @property
    def code(self) -> str:
        """What the finding's id knows it by: offices number their documents each by itself."""
        if self.number is None:
            return self.record.text("code") or self.title
        alone = self.own or not self.issuer or self.number.is_sole
        return self.number.text if alone else f"{self.number.text}, {self.issuer}"

    @property
    def office(self) -> str:
        """Who issued it, in one spelling; empty where nothing says."""
        return "own" if self.own else fold(self.issuer)

    @property
    def document(self) -> tuple[object, ...]:
        """What makes it one document and no other: number, issuer and date."""
        return self.number.key if self.number else self.code, self.office, self.date

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where its number and its date stand: one cell where a text gives both."""
        return tuple(dict.fromkeys((self.number_cell, self.date_cell)))


def mentions(records: Iterable[Record], own_names: Iterable[str]) -> list[Mention]:
    """All mentions in the order of the data; ``own_names`` are the issuing office's names.

    A citation, or a row of the register, does not say who issued the document. It is the document of that number and
    date in the lists where there is just one; else the register's are the unit's own, and a citation's issuer is open.
    """
    own = {fold(n) for n in own_names}
    found: list[Mention] = []
    for record in records:
        if record.kind in ("register", "documents"):
            found.append(_row(record, own))
        found += _cited(record)
    listed: dict[tuple[object, object], dict[str, Mention]] = defaultdict(dict)
    for mention in found:
        if mention.source == "documents" and mention.number and mention.office:
            listed[mention.number.key, mention.date].setdefault(mention.office, mention)
    return [_attributed(m, listed[m.number.key, m.date]) if m.number else m for m in found]


def cells_of(found: Iterable[Mention]) -> tuple[Cell, ...]:
    """The cells of several mentions, each once."""
    return tuple(dict.fromkeys(c for m in found for c in m.cells))


def _attributed(mention: Mention, listed: dict[str, Mention]) -> Mention:
    if mention.source == "documents" or len(listed) != 1:
        return mention
    (known,) = listed.values()
    return replace(mention, issuer=known.issuer, own=known.own)


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
