"""Numbers of a workbook that show a date, a time or how long something took."""

from __future__ import annotations

import datetime as dt
from typing import Any

from thidua.intake.xlsx.number_format import section_for
from thidua.intake.xlsx.shown import exact

# Before the end of what Python counts as dates, so that rounding stays within it.
_LAST_YEAR, _LAST_SERIAL = 9998, 2_958_100
_ANY_DAY = dt.date(2000, 1, 1)


def dated(value: Any, code: str, epoch: dt.datetime) -> Any:
    """A value as date, time or duration where it is stored or shown as one; itself otherwise. ValueError far ahead."""
    if isinstance(value, dt.time):
        return (dt.datetime.combine(_ANY_DAY, value) + _rounding(value.microsecond)).time()
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        if moment.year > _LAST_YEAR:
            raise ValueError
        return moment + _rounding(moment.microsecond)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LAST_SERIAL:
        return value
    section = section_for(code, exact(value))
    if section is None or section.kind not in ("date", "elapsed"):
        return value
    return _moment(value, epoch) if section.kind == "date" else dt.timedelta(milliseconds=round(value * 86_400_000))


def _rounding(microseconds: int) -> dt.timedelta:
    """What lacks to the nearest hundredth of a second: Excel writes eleven o'clock as 10:59:59.9999999999984."""
    return dt.timedelta(microseconds=round(microseconds, -4) - microseconds)


def _moment(number: int | float, epoch: dt.datetime) -> dt.datetime | dt.time:
    # In the 1900 system day 60 is a 29 February that never was.
    shift = 1 if epoch.year == 1899 and 0 < number < 60 else 0
    moment = epoch + dt.timedelta(days=shift, milliseconds=round(number * 86_400_000))
    return moment.time() if number < 1 else moment
