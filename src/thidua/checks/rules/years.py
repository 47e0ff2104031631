"""Years and days in texts that cannot be: no such day, a year with a digit too many, an event after the period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from thidua.checks.finding import Finding, Severity
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.figures import Cell
from thidua.forms.schema import form
from thidua.language.text import shortened, written_date
from thidua.settings.reading import any_of, reading

_LONGEST = 80
# A text's own numbers: «ngày 31/02/2031», «tháng 13 năm 2031», «năm 20231», «giai đoạn 2031 - 2030», «năm 2031».
_DAY = re.compile(r"(?<![\d/.])(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})(?![\d/]|[.,]\d)")
_MONTH = re.compile(r"\btháng (\d{1,2})(?: năm |/)(\d{4})\b", re.IGNORECASE)
_LONG = re.compile(r"\bnăm ((?:19|20|21)\d{3,})\b(?![.,]\d)", re.IGNORECASE)
_RANGE = re.compile(r"(?<![\d/.])((?:1[89]|2[01])\d\d) ?[-–] ?((?:1[89]|2[01])\d\d)(?![\d/]|[.,]\d)")
_YEAR = re.compile(r"\bnăm (\d{4})\b(?![.,]?\d)", re.IGNORECASE)
# Reports look back on the country's modern history, ahead some years in plans and as long as a vision reaches.
_EARLIEST, _PLANNED, _AIMED = 1800, 6, 80
# No document of the state that a report cites is older.
_FIRST_DOCUMENT = 1945
# All of these have a number of so many digits, and few texts have one.
_LONG_NUMBER = re.compile(r"\d{4}")
_NOT_PROSE = frozenset(("place", "number", "tt", "unit"))


class Slip(NamedTuple):
    """What a text says that cannot be, and why not."""

    text: str
    why: str
    severity: Severity = "error"


class ImpossibleYear(FindingRule):
    """Texts of all forms, and of events what lies after the period."""

    id = "nam-khong-the"
    holds = "Ngày, tháng, năm nêu trong biểu phải có thật; việc đã diễn ra không thể sau kỳ báo cáo"
    severities = ("error", "warning")

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each slip of each text."""
        end = given.period.end
        for record in given.data.records:
            columns = form(record.kind).columns
            for key in (c.key for c in columns if c.type == "text" and c.key not in _NOT_PROSE):
                text = record.text(key)
                if not _LONG_NUMBER.search(text):
                    continue
                slips = list(impossible(text, end.year))
                if record.kind == "events" and key == "content":
                    slips += after(text, end)
                for slip in slips:
                    yield self._of(slip, text, record.cell(key))
            for key in (c.key for c in columns if c.type == "date"):
                date = record.values.get(key)
                if isinstance(date, dt.date) and date.year < _FIRST_DOCUMENT:
                    slip = Slip(written_date(date), "sớm đến mức không văn bản nào còn được nêu")
                    yield self._of(slip, record.text("title"), record.cell(key))

    def _of(self, slip: Slip, text: str, cell: Cell) -> Finding:
        return self.finding(
            f"«{shortened(text, _LONGEST)}» ({cell}): {slip.text} {slip.why}",
            (cell,),
            (slip.text, text),
            severity=slip.severity,
            printed=slip.text,
            cause="năm, ngày gõ nhầm" if slip.severity == "error" else "năm gõ nhầm, hoặc việc chưa diễn ra",
        )


def impossible(text: str, year: int) -> Iterator[Slip]:
    """What no calendar has, and years that no report of a year names."""
    for match in _DAY.finditer(text):
        if not _is_day(*(int(part) for part in match.groups())):
            yield Slip(match[0], "không phải một ngày có thật")
    for match in _MONTH.finditer(text):
        if not 1 <= int(match[1]) <= 12:
            yield Slip(match[0], "không phải một tháng có thật")
    for match in _LONG.finditer(text):
        yield Slip(match[0], "thừa chữ số")
    for match in _RANGE.finditer(text):
        if int(match[1]) > int(match[2]) and _spans_years(text[: match.start()]):
            yield Slip(match[0], "có năm đầu sau năm cuối")
    years = [(m[0], int(m[1]), m.start()) for m in _YEAR.finditer(text)]
    years += [(m[0], int(m[3]), m.start()) for m in _DAY.finditer(text)]
    years += [(m[0], int(m[2]), m.start()) for m in _MONTH.finditer(text)]
    for said, named, at in years:
        if named < _EARLIEST or named > year + _AIMED:
            yield Slip(said, "không thể là năm được nói đến")
        elif named > year + 1 and not _looks_ahead(text[:at], far=named > year + _PLANNED):
            yield Slip(said, f"là năm chưa đến, báo cáo này của năm {year}", "warning")


def after(text: str, end: dt.date) -> Iterator[Slip]:
    """Days and years after the period's end, of what is told to have been done in it."""
    for match in _DAY.finditer(text):
        day, month, year = (int(part) for part in match.groups())
        if _is_day(day, month, year) and dt.date(year, month, day) > end and not _looks_ahead(text[: match.start()]):
            yield Slip(match[0], "là sau ngày cuối kỳ báo cáo", "warning")
    for match in _YEAR.finditer(text):
        if int(match[1]) == end.year + 1 and not _looks_ahead(text[: match.start()]):
            yield Slip(match[0], "là sau kỳ báo cáo", "warning")


def _looks_ahead(before: str, *, far: bool = False) -> bool:
    """Whether a year to come, behind a text, is an aim of its clause; ``far`` one beyond any plan."""
    return bool(_ahead(far).search(before))


@cache
def _ahead(far: bool) -> re.Pattern[str]:
    words = reading().far_aims + (() if far else reading().near_aims)
    return re.compile(rf"\b{any_of(words)}\b[^.;:]*$", re.IGNORECASE)


def _spans_years(before: str) -> bool:
    """Whether two years behind a text are the first and the last of a time, as they are at its very beginning."""
    return bool(re.search(rf"(?:{any_of(reading().spans_of_years)}|^)\W*$", before, re.IGNORECASE))


def _is_day(day: int, month: int, year: int) -> bool:
    try:
        return bool(dt.date(year, month, day))
    except ValueError:
        return False
