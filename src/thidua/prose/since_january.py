"""What a sentence says of time where its numbers count from the first of January and the period begins later.

The report states the cumulative number where there is one. In a third quarter «Trong kỳ đã cấp 24 giấy phép» would give
the permits of nine months for those of three, so such a sentence reads «Từ đầu năm đến hết kỳ đã cấp 24 giấy phép».
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thidua.document.block import Note, Text
from thidua.figures import Figure
from thidua.prose.setting import SLOT, Slots
from thidua.settings.period import Period

# What says itself that it tells the period apart is left alone.
_WITHIN = re.compile(r"(?<!riêng )\b(?P<in>[Tt])rong kỳ\b")
_WITHIN_NAMED = re.compile(rf"\b(?P<in>[Tt])rong (?P<name>{SLOT})")
_APART = " (riêng trong kỳ)"


def since_january(text: str, slots: Slots, period: Period, beyond: Iterable[Figure] = ()) -> str:
    """A sentence's text, which says «từ đầu năm» of what counts from there.

    ``beyond`` are the figures of what the sentence leads to. A number of the period alone says so in such a sentence.
    """
    if period.months[0] == 1 or not any(map(_is_cumulative, (*_figures(text, slots), *beyond))):
        return text
    told = _WITHIN.sub(lambda m: _since(m["in"]) + "kỳ", text)
    told = _WITHIN_NAMED.sub(lambda m: _since(m["in"]) + m["name"] if _names(m["name"], slots, period) else m[0], told)
    return told if told == text else re.sub(f"{SLOT}+", lambda m: m[0] + _apart(m[0], slots), told)


def _since(letter: str) -> str:
    return ("Từ" if letter == "T" else "từ") + " đầu năm đến hết "


def _names(slot: str, slots: Slots, period: Period) -> bool:
    run = slots.value(slot).run
    return isinstance(run, Text) and run.text == period.name


def _apart(values: str, slots: Slots) -> str:
    return _APART if any(f.id.endswith(".actual") for f in _figures(values, slots)) else ""


def _figures(text: str, slots: Slots) -> list[Figure]:
    """The figures behind the values of a text; those of a note are told in its own sentences."""
    pieces = [slots.value(slot) for slot in re.findall(SLOT, text)]
    return [f for piece in pieces if not isinstance(piece.run, Note) for f in piece.figures]


def _is_cumulative(figure: Figure) -> bool:
    return any(f.id.endswith(".cumulative") and not f.missing for f in figure.walk())
