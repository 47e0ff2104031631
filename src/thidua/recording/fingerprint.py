"""One short text for a value of any depth: another value has another one, the same value the same in every process."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from pydantic import BaseModel

from thidua.entries import AbsentEntry, Entry, SourceText
from thidua.figures import Figure, Indicator
from thidua.intake.records import Record
from thidua.stated_row import RowValues

_PLAIN = (type(None), bool, int, float, str, bytes, Decimal, Fraction, dt.date, dt.datetime)
# A workbook's hash is another one with every cell that is saved in it, and no section prints it.
_UNSEEN = "sha256"
# What others hold many times over, and what is asked for again: of each a digest is kept.
_SHARED = (Figure, Indicator)


class Fingerprints:
    """Makes fingerprints; of figures and indicators, which cannot change, each once."""

    def __init__(self) -> None:
        # With the value itself: another one may come to lie where one that is gone was.
        self._made: dict[int, tuple[Any, str]] = {}

    def of(self, value: Any) -> str:
        """The fingerprint of a value. TypeError where it holds something that has none."""
        return hashlib.sha256(self._written(value).encode()).hexdigest()

    def _written(self, value: Any) -> str:
        kind = type(value)
        if kind in _PLAIN:
            return f"{kind.__name__}:{value!r}"
        if isinstance(value, SourceText):
            return f"text({str(value)!r},{self._written(value.cell)})"
        if isinstance(value, RowValues):
            return f"row{self._written(value.grounds)}"
        if isinstance(value, Mapping):
            return f"map({','.join(f'{self._written(k)}={self._written(v)}' for k, v in value.items())})"
        if isinstance(value, Sequence):
            return f"list({','.join(map(self._written, value))})"
        return self._digest(value) if isinstance(value, _SHARED) else self._composed(value)

    def _composed(self, value: Any) -> str:
        return f"{type(value).__qualname__}({','.join(map(self._written, _parts(value)))})"

    def _digest(self, value: Any) -> str:
        known = self._made.get(id(value))
        if known is None:
            digest = hashlib.sha256(self._composed(value).encode()).hexdigest()
            known = self._made[id(value)] = (value, digest)
        return known[1]


def _parts(value: Any) -> list[Any]:
    if isinstance(value, AbsentEntry):
        return [value.kind]
    if isinstance(value, Entry):
        return [value.record]
    if isinstance(value, Record):
        return [_ordered(getattr(value, name)) for name in _names(Record)]
    if isinstance(value, BaseModel):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if is_dataclass(value):
        return [getattr(value, name) for name in _names(value.__class__)]
    raise TypeError(f"no fingerprint of {type(value).__qualname__}")


def _ordered(part: Any) -> Any:
    """A part of a row: read again from what was kept of it, its columns may stand in another order."""
    return sorted(part.items()) if isinstance(part, Mapping) else part


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name != _UNSEEN)
