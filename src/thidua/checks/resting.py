"""The submitted values that findings rest on: an acceptance holds for these, and lapses when one of them changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.figures import Cell
from thidua.figures.numbers import format_number
from thidua.forms.schema import form
from thidua.intake.cells import Number
from thidua.intake.records import Record

_LONGEST = 48
_NAMES = ("code", "number", "name", "topic", "content")


@dataclass(frozen=True)
class Held:
    """A submitted value: as params write it, and what it is called in a sentence."""

    value: str
    called: str


class Resting:
    """The submitted values of a period and of the earlier ones that its checks compare it with, by cell."""

    def __init__(self, given: Given):
        self._rows: dict[str, list[Record]] = defaultdict(list)
        for data in (given.data, *(past.data for past in given.past.values())):
            for record in data.records:
                self._rows[record.file].append(record)
        self._known: dict[str, dict[Cell, tuple[Record, str]]] = {}

    def of(self, finding: Finding) -> Mapping[str, Held]:
        """The values that a finding names, by names that stay theirs when rows move: «lua.plan»."""
        places = [place for cell in finding.cells if (place := self._in(cell.file).get(cell))]
        times = Counter(_name(record, key) for record, key in places)
        found: dict[str, Held] = {}
        for record, key in places:
            name = _name(record, key)
            if times[name] > 1 or record.folder:
                name = f"{record.file.rpartition('.')[0]}/{name}"
            number, whole = 2, name
            while whole in found:
                whole, number = f"{name} ({number})", number + 1
            found[whole] = Held(_written(record.values[key]), _called(record, key))
        return found

    def _in(self, file: str) -> Mapping[Cell, tuple[Record, str]]:
        """The values of a workbook; most of hundreds have none that a finding names."""
        if file not in self._known:
            rows = self._rows.get(file, ())
            self._known[file] = {record.cell(key): (record, key) for record in rows for key in record.values}
        return self._known[file]


def _name(record: Record, key: str) -> str:
    return f"{_row(record)[:_LONGEST]}.{key}"


def _row(record: Record) -> str:
    """What a row is known by, whatever else of it changes."""
    return " ".join(next((record.text(key) for key in _NAMES if record.text(key)), record.kind).split())


def _called(record: Record, key: str) -> str:
    column = form(record.kind).column(key).header[0].rpartition(" / ")[2]
    row = next((record.text(name) for name in ("name", "number", "content") if record.text(name)), _row(record))
    return f"«{_short(row)}», cột «{column}»"


def _written(value: Number | dt.date | str) -> str:
    if isinstance(value, Number):
        return format_number(value.value)
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else _short(value)


def _short(text: str) -> str:
    """A text in one line; of a long one the beginning, and a digest that changes with what follows."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}… {hashlib.sha256(line.encode()).hexdigest()[:6]}"
