"""Reporting periods: ids such as 2031-H1 and how Vietnamese reports name them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
FORMS = "kỳ dạng NĂM-H1, NĂM-H2, NĂM-FY, NĂM-Q1 đến NĂM-Q4, NĂM-9M hoặc NĂM-M01 đến NĂM-M12"
ID = r"(?P<year>(?:19|20|21)[0-9]{2})-(?P<part>H[12]|FY|Q[1-4]|9M|M(?:0[1-9]|1[0-2]))"
_FORM = re.compile(ID)


def is_period(text: str) -> bool:
    """Whether a text is a period's id."""
    return _FORM.fullmatch(text) is not None


@dataclass(frozen=True)
class Period:
    """A reporting period. ``part`` is one of H1, H2, FY, Q1..Q4, 9M, M01..M12."""

    year: int
    part: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period id; ValueError with the list of forms where it is none."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"kỳ báo cáo «{text}» không đúng dạng; cần {FORMS}")
        return cls(int(match["year"]), match["part"])

    @classmethod
    def is_id(cls, text: str) -> bool:
        """Whether the text is a period's id, year and part with a hyphen between them, and nothing else."""
        return _FORM.fullmatch(text) is not None

    @property
    def id(self) -> str:
        """Year and part with a hyphen between them, as folders, params files and workbooks name it."""
        return f"{self.year}-{self.part}"

    @property
    def months(self) -> tuple[int, int]:
        """First and last month of the period."""
        if self.part.startswith("M"):
            month = int(self.part[1:])
            return month, month
        if self.part.startswith("Q"):
            quarter = int(self.part[1])
            return quarter * 3 - 2, quarter * 3
        return {"H1": (1, 6), "H2": (7, 12), "FY": (1, 12), "9M": (1, 9)}[self.part]

    @property
    def length(self) -> int:
        """How many months it has."""
        first, last = self.months
        return last - first + 1

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.months[0], 1)

    @property
    def end(self) -> dt.date:
        """Its last day."""
        month = self.months[1]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def span(self) -> str:
        """The period without its year, as reports name it: «6 tháng đầu năm»."""
        if self.part.startswith("M"):
            return f"tháng {int(self.part[1:])}"
        if self.part.startswith("Q"):
            return f"quý {_ROMAN[int(self.part[1])]}"
        return {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm", "FY": "năm", "9M": "9 tháng đầu năm"}[self.part]

    @property
    def name(self) -> str:
        """«6 tháng đầu năm 2031», «quý I năm 2031», «năm 2031»."""
        return f"{self.span} {self.year}" if self.span.endswith("năm") else f"{self.span} năm {self.year}"

    @property
    def next(self) -> Period:
        """The period whose tasks the report ends with: what is left of the year, or the next year."""
        if self.part == "H1":
            return Period(self.year, "H2")
        if self.part in ("H2", "FY"):
            return Period(self.year + 1, "FY")
        if self.part == "9M":
            return Period(self.year, "Q4")
        number, last = int(self.part[1:]), 4 if self.part[0] == "Q" else 12
        width = len(self.part) - 1
        if number == last:
            return Period(self.year + 1, f"{self.part[0]}{1:0{width}d}")
        return Period(self.year, f"{self.part[0]}{number + 1:0{width}d}")

    @property
    def previous(self) -> Period:
        """The period whose closing stocks this one opens with."""
        if self.part in ("H1", "FY"):
            return Period(self.year - 1, "H2" if self.part == "H1" else "FY")
        if self.part in ("H2", "9M"):
            return Period(self.year, "H1")
        number, last = int(self.part[1:]), 4 if self.part[0] == "Q" else 12
        width = len(self.part) - 1
        if number == 1:
            return Period(self.year - 1, f"{self.part[0]}{last:0{width}d}")
        return Period(self.year, f"{self.part[0]}{number - 1:0{width}d}")

    def comparable(self, kept: Iterable[Period]) -> list[Period]:
        """Of the periods kept, those that this one is compared with, the newest first.

        They are the same of earlier years, the earlier ones of this year, and what ended the day before this one began.
        """
        day = self.start - dt.timedelta(days=1)
        found = {p for p in kept if p.end < self.end and (p.part == self.part or p.year == self.year or p.end == day)}
        return sorted(found, key=lambda p: (p.end, p.start), reverse=True)

    @property
    def last_year(self) -> Period:
        """The same part of the year before, with which «cùng kỳ» compares."""
        return Period(self.year - 1, self.part)

    @property
    def summing_up(self) -> str:
        """A report on part of a year is a «Sơ kết», on a whole year a «Tổng kết»."""
        return "Tổng kết" if self.part == "FY" else "Sơ kết"
