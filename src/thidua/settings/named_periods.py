"""Periods that a text names: «6 tháng đầu năm 2031», «quý III/2031», «từ ngày 15/12/2030 đến ngày 14/6/2031».

Offices write one period in many ways; what counts is the time that is meant, which ``Named`` holds.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.language.text import clean
from thidua.remembered import remembered
from thidua.settings.period import ID, Period

_WORDS = {
    **{"một": 1, "giêng": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8},
    **{"chín": 9, "mười một": 11, "mười hai": 12, "mười": 10, "chạp": 12},
    **{"iii": 3, "ii": 2, "iv": 4, "i": 1},
}
_YEAR = r"(?:19|20|21)\d\d"
# «năm 2031», «/2031», «-2031», «của năm 2031» behind a part of a year.
_OF = rf"(?:\s*(?:của\s+)?năm\s*|\s*[/.\-]\s*|\s+)(?P<year>{_YEAR})\b(?!\s*[-–]\s*{_YEAR})"
_COUNT = r"\d{1,2}|ba|sáu|tám|chín|mười một|mười"
_DAY = rf"(?:ngày\s+)?(\d{{1,2}})\s*[/.\-]\s*(\d{{1,2}})(?:\s*[/.\-]\s*({_YEAR}))?"
_FORMS = (
    ("id", rf"\b(?i:{ID})\b"),
    ("days", rf"\b(?:từ\s+)?{_DAY}\s*(?:đến|tới|[-–])\s*(?:hết\s+)?{_DAY}(?![\d/])"),
    ("date", rf"\b(?:ngày\s+)?\d{{1,2}}(?:\s+tháng\s+|\s*[/.\-]\s*)\d{{1,2}}(?:\s+năm\s+|\s*[/.\-]\s*){_YEAR}\b"),
    (
        "span",
        rf"\btháng\s*(?P<first>\d{{1,2}})(?:\s*[/\-]\s*(?P<before>{_YEAR}))?\s*(?:đến|tới|[-–])\s*(?:hết\s+)?"
        rf"(?:tháng\s*)?(?P<last>\d{{1,2}})(?:{_OF})?(?!\d)",
    ),
    (
        "months",
        rf"\b(?P<count>{_COUNT})\s*(?:tháng|t)\s*(?P<end>đầu|cuối)(?:\s+năm\b(?!\s*{_YEAR}))?(?:\s*(?:{_OF}))?",
    ),
    ("months", rf"\b(?P<count>{_COUNT})\s*(?:tháng|t)(?P<end>){_OF}"),
    ("half", rf"\bnửa\s+(?P<end>đầu|cuối)(?:\s+năm\b(?!\s*{_YEAR}))?(?:{_OF})?"),
    ("quarter", rf"\bquý\s*(?P<number>iii|ii|iv|i|[1-4]|một|hai|ba|bốn|tư)\b(?:{_OF})?"),
    ("month", rf"\btháng\s*(?P<number>\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b{_OF}"),
    ("month", r"\btháng\s*(?P<number>\d{1,2})\b(?!\s*[/.\-]?\s*\d)(?P<year>)"),
    ("range", rf"\b{_YEAR}\s*[-–]\s*{_YEAR}\b"),
    ("year", rf"(?:\bnăm\s+|(?<![\d/.,\-–])\b)(?P<year>{_YEAR})\b(?![\d/.,\-–]*\d)(?![/-]\w)"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
# What each of the forms has some of; most lines of a workbook have none.
_SOME = re.compile(r"\d|quý|đầu|cuối")


@dataclass(frozen=True)
class Named:
    """A period as a text names it, with what stands before it in the text.

    ``first`` and ``last`` are days; where the text leaves the year open they are those of the year 1.
    """

    text: str
    before: str
    first: dt.date
    last: dt.date
    exact: bool = True

    @property
    def open_year(self) -> bool:
        """Whether the text names no year, as «quý I» does."""
        return self.first.year == 1

    @property
    def whole_year(self) -> bool:
        """Whether it is a year from January to December."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)

    def is_period(self, period: Period) -> bool:
        """Whether it is this very period. Days of closing the books, «15/12 - 14/6», are off by a month at most."""
        first, last = self._in(period.year)
        if not self.exact:
            return abs((first - period.start).days) <= 31 and abs((last - period.end).days) <= 31
        return (first, last) == (period.start, period.end)

    def follows(self, period: Period) -> bool:
        """Whether it begins where the period ends, as the time that a report plans for does."""
        begin = period.end + dt.timedelta(days=1)
        return self._in(begin.year)[0] == begin

    def overlaps(self, period: Period) -> bool:
        """Whether some day is in both; an open year is taken for the period's own."""
        first, last = self._in(period.year)
        return first <= period.end and period.start <= last

    def _in(self, year: int) -> tuple[dt.date, dt.date]:
        return (
            (self.first.replace(year=year), self.last.replace(year=year)) if self.open_year else (self.first, self.last)
        )


@remembered(4096)  # hundreds of workbooks have the same lines above their tables
def named_periods(text: str) -> tuple[Named, ...]:
    """The periods and years that a text names, in its order; dates, ranges of years and school years are none."""
    shown = " ".join(clean(text).split())
    plain = shown.lower()
    if not _SOME.search(plain):
        return ()
    found: list[Named] = []
    taken = 0
    while (match := _next(plain, taken)) is not None:
        kind, hit = match
        taken = hit.end()
        days = _days(kind, hit)
        if days is not None:
            found.append(Named(shown[hit.start() : hit.end()].strip(), plain[: hit.start()], *days, kind != "days"))
    return tuple(found)


def _next(plain: str, start: int) -> tuple[str, re.Match[str]] | None:
    """The first expression from a place on; of those that begin there, the form that is listed first."""
    hits = [(hit.start(), n, kind, hit) for n, (kind, p) in enumerate(_PATTERNS) if (hit := p.search(plain, start))]
    if not hits:
        return None
    _, _, kind, hit = min(hits, key=lambda h: h[:2])
    return kind, hit


def _days(kind: str, hit: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    if kind in ("date", "range"):
        return None
    try:
        if kind == "days":
            return _between(*(int(g) if g else 0 for g in hit.groups()))
        parts = hit.groupdict()
        year = int(parts["year"] or 1)
        if kind == "id":
            period = Period(year, parts["part"].upper())
            return period.start, period.end
        first, last = next(_months(kind, parts))
        return dt.date(int(parts.get("before") or year), first, 1), _last_day(year, last)
    except ValueError:
        return None


def _months(kind: str, parts: dict[str, str]) -> Iterator[tuple[int, int]]:
    if kind == "span":
        yield int(parts["first"]), int(parts["last"])
    elif kind in ("months", "half"):
        count = _number(parts["count"]) if kind == "months" else 6
        yield (13 - count, 12) if parts["end"] == "cuối" else (1, count)
    elif kind == "quarter":
        number = _number(parts["number"])
        yield 3 * number - 2, 3 * number
    elif kind == "month":
        yield _number(parts["number"]), _number(parts["number"])
    else:
        yield 1, 12


def _between(*numbers: int) -> tuple[dt.date, dt.date]:
    day, month, year, last_day, last_month, last_year = numbers
    end = last_year or year or 1
    begin = year or (end if (month, day) <= (last_month, last_day) else end - 1)
    return dt.date(begin, month, day), dt.date(end, last_month, last_day)


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word]
