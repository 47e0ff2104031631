"""Readings of workbooks kept from one command to the next: only a workbook that is not known yet is read.

A reading follows from the workbook's bytes, its name, what params want of it, and the code that reads. Of a workbook
with mistakes nothing is kept: it is there to be mended.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from thidua.forms.schema import BANNERS
from thidua.intake.book_reading import Reading, Signed, Wanted, read_book
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.tidy import code_hash
from thidua.intake.xlsx.workbook import MAX_FILE_BYTES
from thidua.machine.file_hash import file_hash
from thidua.machine.store import Store, key_of


@dataclass(frozen=True)
class Asked:
    """A workbook to read: where it lies, how it is called, what params want of it."""

    path: Path
    name: str
    wanted: Wanted


def readings(asked: Iterable[Asked], *, fresh: bool = False) -> list[Reading]:
    """The reading of each workbook, in their order; with ``fresh`` none is taken from what was kept."""
    store = Store("readings")
    return [_reading(each, store, fresh) for each in asked]


def _reading(asked: Asked, store: Store, fresh: bool) -> Reading:
    if not fresh and (known := _kept(asked, store)) is not None:
        return known
    reading = read_book(asked.path, asked.name, asked.wanted)
    if not reading.problems:
        # By the bytes that were read: somebody may have saved the workbook since its hash was taken.
        store.put(_key(asked, reading.sha256), _written(reading))
    return reading


def _kept(asked: Asked, store: Store) -> Reading | None:
    try:
        if asked.path.stat().st_size > MAX_FILE_BYTES:
            return None
        sha256 = file_hash(asked.path)
    except OSError:
        return None
    content = store.get(_key(asked, sha256))
    return None if content is None else _restored(content, asked.name, sha256)


def _key(asked: Asked, sha256: str) -> str:
    wanted = asked.wanted
    told = [code_hash(), sha256, asked.name, wanted.period, wanted.unit, *wanted.sheets]
    return key_of(*(text.encode() for text in told))


def _written(reading: Reading) -> bytes:
    signed = reading.signed
    rows = [
        [r.kind, r.sheet, r.row, {key: _plain(value) for key, value in r.values.items()}, r.cells]
        for r in reading.records
    ]
    content = {"signed": [signed.who, signed.sheet, signed.cell], "rows": rows}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _restored(content: bytes, name: str, sha256: str) -> Reading:
    kept = json.loads(content)
    records = tuple(
        Record(kind, name, sheet, row, sha256, values if kind == BANNERS.kind else _values(values), cells)
        for kind, sheet, row, values, cells in kept["rows"]
    )
    return Reading(sha256, records, (), Signed(*kept["signed"]))


def _plain(value: Number | dt.date | str) -> str | list[Any]:
    """A text as it is, anything else as a list: a number with its decimals, a date alone."""
    if isinstance(value, Number):
        return [str(value.value), value.decimals]
    return value if isinstance(value, str) else [value.isoformat()]


def _values(kept: dict[str, str | list[Any]]) -> dict[str, Number | dt.date | str]:
    return {key: plain if isinstance(plain, str) else _value(plain) for key, plain in kept.items()}


def _value(plain: list[Any]) -> Number | dt.date:
    return Number(Decimal(plain[0]), plain[1]) if len(plain) == 2 else dt.date.fromisoformat(plain[0])
