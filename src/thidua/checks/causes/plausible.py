"""Which values a cell can hold at all: a cause that proposes another one helps nobody."""

from __future__ import annotations

from decimal import Decimal

from thidua.checks.grid import Place
from thidua.figures.units import PERCENT, is_count
from thidua.forms.schema import form

# Without a slip that explains it, nobody is off by more than one digit's place.
_OFF = 10


def could_be(place: Place, value: Decimal) -> bool:
    """Whether a cell could hold the value: whole where it counts, not negative, no share above the whole."""
    printed = place.column.printed
    if printed and printed.change:
        return value >= -100
    if value < 0 and not form(place.record.kind).signed.covers(place.record.text("name")):
        return False
    unit = PERCENT if place.column.type == "percent" else place.column.unit or place.record.text("unit")
    if is_count(unit) and value != value.to_integral_value():
        return False
    share = bool(printed and printed.part) or (unit == PERCENT and place.column.type != "percent")
    return not share or value <= max(Decimal(100), place.number.value)


def could_be_meant(place: Place, value: Decimal) -> bool:
    """Whether, moreover, the submitted number is near enough to have been meant for it."""
    submitted = abs(place.number.value)
    return could_be(place, value) and submitted <= _OFF * abs(value) and abs(value) <= _OFF * submitted
