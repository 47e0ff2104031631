"""What texts say in numbers that bear on the report: anniversaries counted from their year, years compared with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.in_words import working
from thidua.checks.rule import FindingRule
from thidua.figures import Cell
from thidua.intake.records import Record
from thidua.language.text import fold

_COUNT = re.compile(r"(\d{1,4}) (?:năm )?(?:ngày |lễ |kỷ niệm )*$")
_RANGE = re.compile(r"(\d[\d.,]*) ?(?:-|–|đến) ?(\d[\d.,]*) ?(%|[^\W\d_]+(?: [^\W\d_]+)?)")
_COMPARED = re.compile(r"so với (?:năm|cùng kỳ năm|cùng kỳ) (\d{4})", re.IGNORECASE)


class AnniversaryCount(FindingRule):
    """«80 năm Ngày …» where the reporting year is another one from the event's year."""

    id = "ky-niem"
    holds = "Số năm kỷ niệm phải đúng với năm của sự kiện (khai ở «anniversaries» của các quy tắc)"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each declared anniversary and wrong count, at every cell that says it."""
        year = given.period.year
        known = [(fold(a.name), a) for a in given.declared.anniversaries]
        wrong: dict[tuple[str, int], list[Cell]] = defaultdict(list)
        for record, key, text in _texts(given.data.records):
            plain = fold(text)
            for name, anniversary in known:
                if name not in plain:
                    continue
                for match in re.finditer(re.escape(name), plain):
                    said = _COUNT.search(plain[: match.start()])
                    if said and int(said[1]) != year - anniversary.year:
                        wrong[anniversary.name, int(said[1])].append(record.cell(key))
        years = {a.name: a.year for _, a in known}
        for (name, said_years), cells in wrong.items():
            right = year - years[name]
            yield self.finding(
                f"«{said_years} năm {name}»: sự kiện năm {years[name]}, đến năm {year} là {right} năm",
                cells,
                (name,),
                printed=str(said_years),
                recomputed=str(right),
            )


class ComparedYear(FindingRule):
    """Comparisons with another year than the last: a reader takes «tăng» for «over last year»."""

    id = "nam-so-sanh"
    holds = "Số so sánh nêu ở ghi chú phải là so với năm trước"
    severities = ("note",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each year that notes compare with, at all rows that do."""
        last = given.period.year - 1
        wrong: dict[str, list[Record]] = defaultdict(list)
        for record in given.data.records:
            for match in _COMPARED.finditer(record.text("note")):
                if int(match[1]) != last:
                    wrong[match[1]].append(record)
        for year, rows in wrong.items():
            names = "; ".join(dict.fromkeys(r.text("name") for r in rows if r.text("name")))
            yield self.finding(
                f"So sánh với năm {year}, không phải năm trước ({last}): {names}",
                (r.cell("note") for r in rows),
                (year, *(r.text("code") for r in rows)),
                printed=year,
                recomputed=str(last),
            )


class RangeInNote(FindingRule):
    """A row whose note gives a range in the row's own unit, «từ 5 đến 10%», states one of its ends."""

    id = "khoang-ghi-chu"
    holds = "Khi ghi chú nêu một khoảng thì số ghi phải là một đầu của khoảng đó"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each range whose ends both differ from the row's value."""
        for indicator in given.data.indicators:
            stated = indicator.submitted
            if stated.value is None or stated.cell is None or not indicator.note:
                continue
            for low, high, unit in _RANGE.findall(indicator.note):
                ends = {Decimal(end.replace(".", "").replace(",", ".")) for end in (low, high)}
                if fold(unit) != fold(indicator.unit) or stated.value in ends:
                    continue
                yield self.finding(
                    f"{indicator.name}: ghi {working(stated)}, còn ghi chú nêu khoảng {low} - {high} {unit}",
                    (stated.cell,),
                    (indicator.code, "note"),
                    printed=working(stated),
                    figures=(stated.id,),
                )


def _texts(records: Iterable[Record]) -> Iterator[tuple[Record, str, str]]:
    for record in records:
        for key, value in record.values.items():
            if isinstance(value, str):
                yield record, key, value
