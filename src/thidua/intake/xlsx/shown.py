"""What a cell shows, in the way of a Vietnamese machine: decimal comma, point for thousands, day before month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from thidua.figures.numbers import format_number, round_half_up
from thidua.intake.xlsx.number_format import Section, Token, section_for, text_section
from thidua.language.text import clean

# From here on the general format changes to powers of ten.
_MAX_GENERAL = Decimal(10) ** 11
_GENERAL_WIDTH = 10
_ANY_DAY = dt.date(2000, 1, 1)


def exact(number: int | float) -> Decimal:
    """A stored number: the fifteen digits that a spreadsheet shows and keeps; the rest is binary noise."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")


def shown(value: Any, number_format: str) -> str | None:
    """The text that a cell shows, cleaned; empty where its format hides it.

    None where that cannot be told: names of months differ between languages, other calendars, fractions, powers of ten.
    A date with day, month and year that is shown by names or in another order is given as day/month/year.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        section = text_section(number_format)
        return value if section is None else clean(_joined(section, lambda _: value))
    if isinstance(value, dt.timedelta):
        section = section_for(number_format, 1)
        return None if section is None or section.strange else _elapsed(value, section)
    if isinstance(value, dt.date | dt.time):
        section = section_for(number_format, 1)
        return None if section is None or section.strange else _date(value, section)
    number = exact(value)
    section = section_for(number_format, number)
    if section is None or section.strange or not number.is_finite():
        return None
    text = _number(number, section)
    return None if text is None else clean(text)


def _joined(section: Section, piece: Callable[[Token], str]) -> str:
    """The section's tokens as text: ``piece`` says what each that is no plain text shows."""
    return "".join(t.text if t.kind in ("literal", "slash") else piece(t) for t in section.tokens)


def _number(number: Decimal, section: Section) -> str | None:
    value = number * section.factor
    sign = "-" if value < 0 and not section.unsigned else ""
    if section.kind == "literal":
        return section.words
    if section.kind == "general":
        plain = _general(abs(value))
        return None if plain is None else sign + _joined(section, lambda t: plain if t.kind == "general" else "")
    kinds = [t.kind for t in section.tokens]
    if section.kind != "number" or section.fraction or "exponent" in kinds:
        return None
    point = kinds.index("point") if "point" in kinds else len(kinds)
    places = kinds[point:].count("digit")
    whole, _, part = f"{round_half_up(abs(value), places):f}".partition(".")
    text = _whole(whole.lstrip("0"), section.tokens[:point], section.grouped)
    text += _part(part, section.tokens[point:])
    return sign + text if any(c in "123456789" for c in whole + part) else text


def _general(value: Decimal) -> str | None:
    if value >= _MAX_GENERAL or 0 < value < Decimal("1e-9"):
        return None
    places = max(0, _GENERAL_WIDTH - max(1, value.adjusted() + 1))
    return format_number(round_half_up(value, places)).replace(".", "")


def _whole(digits: str, tokens: tuple[Token, ...], grouped: bool) -> str:
    """The digits before the point, filled into their places from the right; the first place takes all that are left."""
    places = [n for n, t in enumerate(tokens) if t.kind == "digit"]
    filled: dict[int, str] = {}
    count = 0
    for n in reversed(places):
        taken = digits if n == places[0] else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        taken = taken or {"0": "0", "?": " "}.get(tokens[n].text, "")
        filled[n] = ""
        for digit in reversed(taken):
            filled[n] = digit + ("." if grouped and count and count % 3 == 0 else "") + filled[n]
            count += 1
    return "".join(filled.get(n, _plain(t)) for n, t in enumerate(tokens))


def _part(digits: str, tokens: tuple[Token, ...]) -> str:
    """The decimals: a «#» shows no closing nought, a «?» a space in its place, and nothing no point."""
    kept = len(digits.rstrip("0"))
    shows = kept or any(t.text in "0?" for t in tokens if t.kind == "digit")
    found, n = "", 0
    for token in tokens:
        if token.kind == "digit":
            found += digits[n] if n < kept else {"0": "0", "?": " "}.get(token.text, "")
            n += 1
        else:
            found += "," if token.kind == "point" and shows else _plain(token)
    return found


def _plain(token: Token) -> str:
    if token.kind == "percent":
        return "%"
    return token.text if token.kind in ("literal", "slash") else ""


def _date(value: dt.date | dt.time, section: Section) -> str | None:
    if section.kind != "date":  # a date that was stored as one, in a cell that has a format for numbers
        section = cast(Section, section_for("h:mm" if isinstance(value, dt.time) else "dd/mm/yyyy", 1))
    calendar = section.calendar
    clock = [t.text[0] for t in section.tokens if t.kind == "minute" or (t.kind == "date" and t.text[0] in "hs")]
    if isinstance(value, dt.time):
        day, time = None, _to_seconds(dt.datetime.combine(_ANY_DAY, value)).time()
    else:
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        day, time = value, _to_seconds(moment).time()
    if day is not None and set(calendar) == set("dmy") and (section.names or calendar != "dmy"):
        seconds = ":%S" if "s" in clock else ""
        return f"{day:%d/%m/%Y}" + (f" {time:%H:%M{seconds}}" if clock else "")
    # A name is another in each language, 5/6 the other way round another day; parts of seconds are nobody's text.
    untold = section.names or calendar not in ("", "d", "m", "y", "dm", "my", "dmy") or _has_digits(section)
    if untold or (day is None and calendar):
        return None
    return clean(_joined(section, lambda token: _date_piece(token, day, time)))


def _to_seconds(moment: dt.datetime) -> dt.datetime:
    return (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)


def _has_digits(section: Section) -> bool:
    return any(t.kind == "digit" for t in section.tokens)


def _date_piece(token: Token, day: dt.date | None, time: dt.time) -> str:
    """One code of a date or time; hours by the whole day, whatever the half of it is called."""
    number = {"h": time.hour, "s": time.second}.get(token.text[0], time.minute if token.kind == "minute" else None)
    if number is None and token.kind == "date" and day is not None:
        number = {"d": day.day, "m": day.month}.get(token.text[0])
        if number is None:
            return f"{day.year % 100:02d}" if len(token.text) < 3 else f"{day.year:04d}"
    if number is None:
        return token.text if token.kind in ("point", "comma") else ""
    return f"{number:0{min(2, len(token.text))}d}"


def _elapsed(value: dt.timedelta, section: Section) -> str | None:
    left = (value + dt.timedelta(milliseconds=500)) // dt.timedelta(seconds=1)
    if left < 0 or section.calendar or _has_digits(section):
        return None

    def piece(token: Token) -> str:
        nonlocal left
        unit = {"h": 3600, "m": 60, "s": 1}.get(token.text[0])
        if unit is None or token.kind not in ("elapsed", "date", "minute"):
            return ""
        number, left = divmod(left, unit)
        return f"{number:0{len(token.text)}d}"

    return clean(_joined(section, piece))
