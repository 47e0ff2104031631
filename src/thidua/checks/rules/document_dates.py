"""A document's date against its own number, the text that cites it, the period and the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from thidua.checks.documents.mention import Mention, cells_of
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.language.text import exchanged, written_date

# Public holidays that fall on the same date every year.
_HOLIDAYS = {(1, 1): "Tết Dương lịch", (4, 30): "Ngày Chiến thắng", (5, 1): "Quốc tế Lao động", (9, 2): "Quốc khánh"}
_WEIGHT = Decimal(1)
_FOR_YEAR = re.compile(r"(?<!đến )\bnăm (\d{4})\b(?! *[-–])")
_PLANNING_MONTH = 7
_WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


class _AtOnce(FindingRule):
    def of_all(self, mentions: Sequence[Mention], reason: str, cause: str) -> Finding:
        """Documents of which one and the same is wrong: one finding, whose id stands for just these."""
        first = {m.document: m for m in reversed(mentions)}
        documents = [m for m in mentions if first[m.document] is m]
        if len(documents) == 1:
            message = f"{documents[0].dated}{': ' if reason.startswith('ngày') else ' '}{reason}"
        else:
            message = f"{len(documents)} văn bản {reason}: {'; '.join(m.dated for m in documents)}"
        return self.finding(
            message,
            cells_of(mentions),
            sorted(dict.fromkeys(m.code for m in documents)),
            printed=documents[0].day if len(documents) == 1 else "",
            cause=cause,
            weight=_WEIGHT,
        )


class ImpossibleDate(_AtOnce):
    """A date against the year in the number, the text that cites the document, and the end of the period."""

    id = "ngay-van-ban"
    holds = "Ngày ban hành phải hợp với năm trong số văn bản, không muộn hơn văn bản viện dẫn nó và ngày cuối kỳ"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each document whose number or citing text belies its date; one for all later than the report."""
        last = _last_day(given)
        for cases in _wrong(given).values():
            yield self._impossible(cases, last)
        if late := _late(given):
            reason = f"ngày này muộn hơn ngày cuối kỳ báo cáo ({written_date(last)})"
            yield self.of_all(late, reason, exchange(late, None, last))

    def _impossible(self, cases: list[tuple[Mention, list[str]]], last: dt.date) -> Finding:
        mention, reasons = cases[0]
        assert mention.date is not None and mention.number is not None
        year = mention.number.year
        supposed = ""
        if year is not None and year != mention.date.year and (mention.date.month, mention.date.day) != (2, 29):
            moved = mention.date.replace(year=year)
            supposed = written_date(moved) if moved <= last else ""
        return self.finding(
            f"{mention.dated}: {'; '.join(reasons)}",
            cells_of(m for m, _ in cases),
            (mention.code,),
            printed=mention.day,
            recomputed=supposed,
            cause=f"năm gõ nhầm, ngày đúng có thể là {supposed}" if supposed else "",
            effects=(f"cũng ghi như vậy ở {m.number_cell}" for m, _ in cases[1:]),
            weight=_WEIGHT,
        )


class OutsidePeriod(_AtOnce):
    """A document of the register that was issued before or after the period."""

    id = "ngoai-ky"
    holds = "Danh mục văn bản của kỳ chỉ gồm văn bản ban hành trong kỳ"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for all such documents together: of a register that was copied each row would be one."""
        start, end = given.period.start, given.period.end
        outside = [m for m in _rest(given) if m.source == "register" and m.date and not start <= m.date <= end]
        if outside:
            span = f"{written_date(start)} - {written_date(end)}"
            reason = f"nằm trong danh mục của kỳ nhưng ngày ban hành ngoài kỳ báo cáo ({span})"
            yield self.of_all(outside, reason, exchange(outside, start, end))


class TooEarly(FindingRule):
    """A plan «for the year» is made in that year or in the last months before it."""

    id = "som-hon-noi-dung"
    holds = "Văn bản nói về năm nào thì ban hành trong năm đó hoặc nửa cuối năm trước"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each date before July of the year before that which the title names; of several years, the first."""
        for mention in given.mentions:
            years = [int(y) for y in _FOR_YEAR.findall(mention.title)] if mention.source != "text" else []
            if mention.date is None or not years or mention.date >= dt.date(min(years) - 1, _PLANNING_MONTH, 1):
                continue
            yield self.finding(
                f"{mention.dated}: trích yếu nói về năm {min(years)} nhưng ngày ban hành sớm hơn nhiều",
                mention.cells,
                (mention.code, "năm"),
                printed=mention.day,
                cause="năm gõ nhầm",
                weight=_WEIGHT,
            )


class TwoDates(FindingRule):
    """One document given with different dates, in the text, the lists or the register.

    Only a known issuer tells that it is one: offices may give the same number on different days.
    """

    id = "hai-ngay"
    holds = "Một văn bản chỉ có một ngày ban hành, ghi ở đâu cũng vậy"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each document, with every date and the cell it stands in."""
        same: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
        for mention in _rest(given):
            if mention.number is None or mention.date is None or not mention.number.symbol:
                continue
            if mention.number.is_sole or mention.office:
                same[(*mention.number.key, "" if mention.number.is_sole else mention.office)].append(mention)
        for group in same.values():
            # A register that gives one number two dates is told as that; one of them may be the list's.
            listed = {m.date for m in group if m.source == "register"}
            told = [m for m in group if m.source != "register"]
            if len({m.date for m in told}) < 2 and (not listed or {m.date for m in told} <= listed):
                continue
            places = "; ".join(f"{m.day} ở {m.date_cell}" for m in group)
            yield self.finding(
                f"{group[0].name} được ghi hai ngày ban hành khác nhau: {places}",
                cells_of(group),
                (group[0].code, "ngày"),
                printed=group[0].day,
                weight=_WEIGHT,
            )


class DayOff(FindingRule):
    """Offices seldom sign on days off: a holiday is worth a question, weekends together one."""

    id = "ngay-nghi"
    holds = "Văn bản thường không ban hành vào ngày nghỉ lễ, ngày nghỉ cuối tuần"
    severities = ("warning", "note")
    basis = "Bộ luật Lao động, Điều 112"

    def find(self, given: Given) -> Iterator[Finding]:
        """A warning for each document of a holiday with a fixed date; one note for all of weekends."""
        weekend: dict[object, Mention] = {}
        for mention in _rest(given):
            if mention.date is None or mention.source == "text":
                continue
            holiday = _HOLIDAYS.get((mention.date.month, mention.date.day))
            if holiday:
                yield self.finding(
                    f"{mention.dated} ghi ngày ban hành vào ngày nghỉ {holiday}; đề nghị đối chiếu bản gốc",
                    mention.cells,
                    (mention.code, "ngày nghỉ"),
                    printed=mention.day,
                )
            elif mention.date.weekday() in _WEEKEND:
                weekend.setdefault(mention.document, mention)
        if weekend:
            listed = "; ".join(f"{m.dated} ({_WEEKEND[m.date.weekday()]})" for m in weekend.values() if m.date)
            yield self.finding(
                f"{len(weekend)} văn bản ghi ngày ban hành vào ngày nghỉ cuối tuần, nên đối chiếu bản gốc: {listed}",
                (m.date_cell for m in weekend.values()),
                ("cuối tuần",),
                severity="note",
            )


def exchange(mentions: Sequence[Mention], first: dt.date | None, last: dt.date | None) -> str:
    """The cause that day and month were exchanged, for those whose dates then lie from ``first`` to ``last``."""
    meant = {
        m.document: (m, other) for m in mentions if m.date is not None and (other := exchanged(m.date)) is not None
    }
    fits = [
        f"{m.name} đúng có thể là ngày {written_date(other)}"
        for m, other in meant.values()
        if (first is None or first <= other) and (last is None or other <= last)
    ]
    return f"đảo ngày và tháng, {'; '.join(fits)}" if fits else ""


def _last_day(given: Given) -> dt.date:
    """The report's own date, where it has one already, else the end of its period."""
    return given.params.document.date or given.period.end


def _wrong(given: Given) -> dict[object, list[tuple[Mention, list[str]]]]:
    """The mentions whose date cannot be, by document, each with the reasons."""
    wrong: dict[object, list[tuple[Mention, list[str]]]] = defaultdict(list)
    for mention in given.mentions:
        if reasons := list(_reasons(mention)):
            wrong[mention.document].append((mention, reasons))
    return wrong


def _late(given: Given) -> list[Mention]:
    last = _last_day(given)
    return [m for m in given.mentions if m.number and m.date and m.date > last and not list(_reasons(m))]


def _rest(given: Given) -> list[Mention]:
    """The mentions of documents whose date can be: what more is wrong with it is worth telling of these alone."""
    known = {*_wrong(given), *(m.document for m in _late(given))}
    return [m for m in given.mentions if m.document not in known]


def _reasons(mention: Mention) -> Iterator[str]:
    if mention.date is None or mention.number is None:
        return
    year = mention.number.year
    if year is not None and year != mention.date.year:
        yield f"số văn bản là của năm {year}, ngày lại thuộc năm {mention.date.year}"
    citing = mention.record.values.get("date") if mention.source == "text" else None
    if isinstance(citing, dt.date) and mention.date > citing:
        yield f"ngày này muộn hơn văn bản viện dẫn nó ({mention.record.text('number')} ngày {written_date(citing)})"
