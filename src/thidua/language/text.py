"""Small operations on Vietnamese text that several stages share."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from thidua.remembered import remembered

_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Control characters, zero-width marks, marks that turn the direction of writing, private-use characters and what is no
# character at all carry no text that can be printed.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff"
    "\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# The tone mark of an open syllable stands on either vowel: «hòa» and «hoà» are one word.
_TONES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_TONED = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?!\w)")
_DATE = re.compile(r"(?:ngày )?(\d{1,2})(?: ?[/.\-] ?| tháng )(\d{1,2})(?: ?[/.\-] ?| năm )(\d{4})", re.IGNORECASE)
_SHORT_CODE = 3
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?")


def clean(value: str) -> str:
    """Compose Unicode (NFC), fold every kind of space, drop invisible characters, strip."""
    composed = unicodedata.normalize("NFC", value)
    lines = (_SPACES.sub(" ", line).strip() for line in _INVISIBLE.sub("", composed).splitlines())
    return "\n".join(line for line in lines if line)


# A sheet's headers and a report's names are compared thousands of times.
@remembered(20_000)
def fold(value: str) -> str:
    """The form in which two headers or names are compared: cleaned, one line, lower case, no punctuation."""
    plain = re.sub(r"[\s.,:;()*\-–_]+", " ", clean(value).casefold()).strip()
    return _TONED.sub(lambda match: _TONES[match[0]], plain)


def without_marks(value: str) -> str:
    """Vietnamese text without its diacritics: «Lúa xuân» gives «Lua xuan»."""
    decomposed = unicodedata.normalize("NFD", value.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def nearest(name: str, valid: Iterable[str], alike: float = 0.5) -> str | None:
    """The valid name that looks most like ``name``, or None where none is ``alike`` (1: the same)."""
    by_fold = {without_marks(fold(v)): v for v in valid}
    found = difflib.get_close_matches(without_marks(fold(name)), by_fold, n=1, cutoff=alike)
    return by_fold[found[0]] if found else None


def nearest_hint(name: str, valid: Iterable[str]) -> str:
    """«; gần nhất là «…»», behind what is expected or wrong; empty where no valid name is near."""
    near = nearest(name, valid)
    return f"; gần nhất là «{near}»" if near else ""


class Spellings:
    """Many names, of which the nearest is asked for often."""

    def __init__(self, names: Iterable[str]):
        self._by_fold = {_plain(name): name for name in names}
        self._pairs = [(plain, _pairs(plain)) for plain in self._by_fold]
        self._found: dict[tuple[str, float], str | None] = {}

    def nearest(self, name: str, alike: float) -> str | None:
        """What ``nearest`` gives of these names."""
        asked = name, alike
        if asked not in self._found:  # a sentence asks for what it lacks a dozen times
            self._found[asked] = self._nearest(name, alike)
        return self._found[asked]

    def _nearest(self, name: str, alike: float) -> str | None:
        sought = _plain(name)
        pairs = _pairs(sought)
        likely = []
        for plain, theirs in self._pairs:
            # As many letters of each at most may be without their like in the other.
            same = alike * (len(sought) + len(plain)) / 2
            mine, others = len(sought) - same, len(plain) - same
            # A letter less takes two pairs of neighbours away, a letter more parts one.
            if mine >= 0 and others >= 0 and (pairs & ~theirs).bit_count() <= 2 * mine + others:
                likely.append(plain)
        found = difflib.get_close_matches(sought, likely, n=1, cutoff=alike)
        return self._by_fold[found[0]] if found else None


# The same names are those of a period as submitted, as judged, and of the periods before.
@remembered(20_000)
def _plain(name: str) -> str:
    return without_marks(fold(name))


@remembered(20_000)
def _pairs(text: str) -> int:
    """The pairs of letters that stand beside each other, each as one of 256 bits; some share one."""
    found = 0
    for one, other in pairwise(text):
        found |= 1 << ((ord(one) * 31 + ord(other)) & 255)
    return found


def first_of(told: Sequence[str], most: int, others: str, between: str = "; ") -> str:
    """The first of what is told and how many more there are: «a; b; c và 4 chỗ khác», with ``others`` «chỗ»."""
    more = f" và {len(told) - most} {others} khác" if len(told) > most else ""
    return between.join(told[:most]) + more


def shortened(text: str, most: int) -> str:
    """The text; where it is longer, as many of its words as so many letters hold, and an ellipsis."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def slip_of(code: str, valid: Iterable[str]) -> str | None:
    """The valid code that differs by one slip of a finger: a letter too many, too few, another, or two exchanged.

    None for a code of three letters or less, or where a digit makes the difference: those are other codes.
    """
    if len(code) <= _SHORT_CODE:
        return None
    return min((v for v in valid if _is_slip(code, v)), default=None)


def _is_slip(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    a, b = one[start : len(one) - end], other[start : len(other) - end]
    exchanged = len(a) == len(b) == 2 and a == b[::-1]
    return a != b and (exchanged or max(len(a), len(b)) == 1) and not any(c.isdigit() for c in a + b)


def capitalised(value: str) -> str:
    """First letter in upper case, the rest as it stands (``str.capitalize`` would lower it)."""
    return value[:1].upper() + value[1:]


def read_date(value: str) -> dt.date:
    """A date typed as «5/2/2031», «05.02.2031», «ngày 05 tháng 02 năm 2031» or «2031-02-05». ValueError for no date."""
    year, month, day = _date_parts(value)
    return dt.date(year, month, day)


def swapped_date(value: str) -> dt.date | None:
    """The date that a text means which is none as it stands and one with day and month exchanged: «05/31/2031»."""
    try:
        year, month, day = _date_parts(value)
        return dt.date(year, day, month) if month > 12 else None
    except ValueError:
        return None


def exchanged(date: dt.date) -> dt.date | None:
    """A date with day and month exchanged, as programs set to another language store it; None where there is none."""
    return dt.date(date.year, date.day, date.month) if date.day <= 12 and date.day != date.month else None


def _date_parts(value: str) -> tuple[int, int, int]:
    text = clean(value)
    if match := _DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise ValueError(f"«{text}» không phải là một ngày")
    return year, month, day


def written_date(value: dt.date) -> str:
    """A date as documents write it: «07/4/2031», «05/02/2031».

    Days below ten and the months January and February take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II,
    khoản 4).
    """
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"
