"""Small operations on Vietnamese text that several stages share."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f\u2009\u3000]+")
# Control characters, zero-width marks and private-use characters carry no text that can be printed.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]")


def clean(value: str) -> str:
    """Compose Unicode (NFC), fold every kind of space, drop invisible characters, strip."""
    composed = unicodedata.normalize("NFC", value)
    lines = (_SPACES.sub(" ", line).strip() for line in _INVISIBLE.sub("", composed).splitlines())
    return "\n".join(line for line in lines if line)


def fold(value: str) -> str:
    """The form in which two headers or names are compared: cleaned, one line, lower case, no punctuation."""
    return re.sub(r"[\s.,:;()*\-–_]+", " ", clean(value).casefold()).strip()


def without_marks(value: str) -> str:
    """Vietnamese text without its diacritics: «Lúa xuân» gives «Lua xuan»."""
    decomposed = unicodedata.normalize("NFD", value.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name that looks most like ``name``, or None where none is alike."""
    by_fold = {without_marks(fold(v)): v for v in valid}
    found = difflib.get_close_matches(without_marks(fold(name)), by_fold, n=1, cutoff=0.5)
    return by_fold[found[0]] if found else None


def capitalised(value: str) -> str:
    """First letter in upper case, the rest as it stands (``str.capitalize`` would lower it)."""
    return value[:1].upper() + value[1:]


def uncapitalised(value: str) -> str:
    """First letter in lower case, unless the first word is an abbreviation such as «UBND»."""
    head = value.split(" ", 1)[0]
    return value if len(head) > 1 and head[1].isupper() else value[:1].lower() + value[1:]


def written_date(value: dt.date) -> str:
    """A date as documents write it: «07/4/2014», «05/02/2024».

    Days below ten and the months January and February take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II,
    khoản 4).
    """
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"
