"""Whether anything was filled in: a blank workbook that lies where the filled one is to be says nothing yet."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.forms.schema import BANNERS, Role, form
from thidua.intake.records import Record

# What a blank workbook may bring along; it is nobody's statement before the rest is filled in.
_BROUGHT_ALONG: tuple[Role, ...] = ("plan", "last")


def is_filled_in(records: Iterable[Record]) -> bool:
    """Whether some row of a workbook holds more than what a blank one has."""
    return any(record.kind != BANNERS.kind and _says_anything(record) for record in records)


def _says_anything(record: Record) -> bool:
    schema = form(record.kind)
    brought = {*schema.lasting, *(c.key for c in schema.with_role(*_BROUGHT_ALONG))}
    return not schema.lasting or not {*record.values, *record.cells} <= brought
