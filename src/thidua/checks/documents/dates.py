"""A document's date against its own number, the text that cites it, the period and the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from thidua.checks.documents.mention import Mention
from thidua.checks.finding import Finding
from thidua.figures import Cell
from thidua.period import Period
from thidua.text import exchanged, written_date

# Public holidays that fall on the same date every year (Bộ luật Lao động, Điều 112).
_HOLIDAYS = {(1, 1): "Tết Dương lịch", (4, 30): "Ngày Chiến thắng", (5, 1): "Quốc tế Lao động", (9, 2): "Quốc khánh"}
_WEIGHT = Decimal(1)
_FOR_YEAR = re.compile(r"(?<!đến )\bnăm (\d{4})\b(?! *[-–])")
_PLANNING_MONTH = 7
_WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


def date_findings(found: Sequence[Mention], period: Period, signed: dt.date | None) -> Iterator[Finding]:
    """``signed`` is the report's own date, where it has one already."""
    last = signed or period.end
    wrong: dict[tuple[object, ...], list[tuple[Mention, list[str]]]] = defaultdict(list)
    late: list[Mention] = []
    for mention in found:
        reasons = list(_reasons(mention))
        if reasons:
            wrong[mention.document].append((mention, reasons))
        elif mention.number is not None and mention.date is not None and mention.date > last:
            late.append(mention)
    for cases in wrong.values():
        yield _impossible(cases, last)
    if late:
        reason = f"ngày này muộn hơn ngày cuối kỳ báo cáo ({written_date(last)})"
        yield _one_finding("ngay-van-ban", late, reason, exchange(late, None, last))
    known = {*wrong, *(m.document for m in late)}
    rest = [m for m in found if m.document not in known]
    span = f"{written_date(period.start)} - {written_date(period.end)}"
    outside = [m for m in rest if m.source == "register" and m.date and not period.start <= m.date <= period.end]
    if outside:
        reason = f"nằm trong danh mục của kỳ nhưng ngày ban hành ngoài kỳ báo cáo ({span})"
        yield _one_finding("ngoai-ky", outside, reason, exchange(outside, period.start, period.end))
    yield from _too_early(found)
    yield from _two_dates(rest)
    yield from _days_off(rest)


def _reasons(mention: Mention) -> Iterator[str]:
    if mention.date is None or mention.number is None:
        return
    year = mention.number.year
    if year is not None and year != mention.date.year:
        yield f"số văn bản là của năm {year}, ngày lại thuộc năm {mention.date.year}"
    citing = mention.record.values.get("date") if mention.source == "text" else None
    if isinstance(citing, dt.date) and mention.date > citing:
        yield f"ngày này muộn hơn văn bản viện dẫn nó ({mention.record.text('number')} ngày {written_date(citing)})"


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


def _one_finding(rule: str, mentions: Sequence[Mention], reason: str, cause: str = "") -> Finding:
    """Documents of which one and the same is wrong: one finding, whose id stands for just these."""
    first = {m.document: m for m in reversed(mentions)}
    documents = [m for m in mentions if first[m.document] is m]
    if len(documents) == 1:
        message = f"{documents[0].dated}{': ' if reason.startswith('ngày') else ' '}{reason}"
    else:
        message = f"{len(documents)} văn bản {reason}: {'; '.join(m.dated for m in documents)}"
    return Finding(
        rule=rule,
        severity="error",
        message=message,
        printed=written_date(documents[0].date) if len(documents) == 1 and documents[0].date else "",
        recomputed="",
        cells=tuple(dict.fromkeys(c for m in mentions for c in m.cells)),
        codes=tuple(sorted(dict.fromkeys(m.code for m in documents))),
        cause=cause,
        weight=_WEIGHT,
    )


def _impossible(cases: list[tuple[Mention, list[str]]], last: dt.date) -> Finding:
    mention, reasons = cases[0]
    assert mention.date is not None and mention.number is not None
    cells = tuple(dict.fromkeys(c for m, _ in cases for c in m.cells))
    year = mention.number.year
    supposed = ""
    if year is not None and year != mention.date.year and (mention.date.month, mention.date.day) != (2, 29):
        moved = mention.date.replace(year=year)
        supposed = written_date(moved) if moved <= last else ""
    others = [f"cũng ghi như vậy ở {m.number_cell}" for m, _ in cases[1:]]
    return Finding(
        rule="ngay-van-ban",
        severity="error",
        message=f"{mention.dated}: {'; '.join(reasons)}",
        printed=written_date(mention.date),
        recomputed=supposed,
        cells=cells,
        codes=(mention.code,),
        cause=f"năm gõ nhầm, ngày đúng có thể là {supposed}" if supposed else "",
        effects=tuple(others),
        weight=_WEIGHT,
    )


def _too_early(found: Sequence[Mention]) -> Iterator[Finding]:
    """A plan «for the year» is made in that year or in the last months before it."""
    for mention in found:
        years = [int(y) for y in _FOR_YEAR.findall(mention.title)] if mention.source != "text" else []
        if mention.date is None or not years or mention.date >= dt.date(min(years) - 1, _PLANNING_MONTH, 1):
            continue
        yield Finding(
            rule="som-hon-noi-dung",
            severity="warning",
            message=f"{mention.dated}: trích yếu nói về năm {min(years)} nhưng ngày ban hành sớm hơn nhiều",
            printed=written_date(mention.date),
            recomputed="",
            cells=mention.cells,
            codes=(mention.code, "năm"),
            cause="năm gõ nhầm",
            weight=_WEIGHT,
        )


def _two_dates(found: Sequence[Mention]) -> Iterator[Finding]:
    """One document given with different dates, in the text, the lists or the register.

    Only a known issuer tells that it is one: offices may give the same number on different days.
    """
    same: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
    for mention in found:
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
        places = "; ".join(f"{written_date(m.date)} ở {m.date_cell}" for m in group if m.date)
        yield Finding(
            rule="hai-ngay",
            severity="error",
            message=f"{group[0].name} được ghi hai ngày ban hành khác nhau: {places}",
            printed=written_date(group[0].date) if group[0].date else "",
            recomputed="",
            cells=tuple(dict.fromkeys(c for m in group for c in m.cells)),
            codes=(group[0].code, "ngày"),
            weight=_WEIGHT,
        )


def _days_off(found: Sequence[Mention]) -> Iterator[Finding]:
    """Offices seldom sign on days off: a holiday is worth a question, weekends together one."""
    weekend: dict[object, Mention] = {}
    for mention in found:
        if mention.date is None or mention.source == "text":
            continue
        holiday = _HOLIDAYS.get((mention.date.month, mention.date.day))
        if holiday:
            yield Finding(
                rule="ngay-nghi",
                severity="warning",
                message=f"{mention.dated} ghi ngày ban hành vào ngày nghỉ {holiday}; đề nghị đối chiếu bản gốc",
                printed=written_date(mention.date),
                recomputed="",
                cells=mention.cells,
                codes=(mention.code, "ngày nghỉ"),
            )
        elif mention.date.weekday() in _WEEKEND:
            weekend.setdefault(mention.document, mention)
    if weekend:
        listed = "; ".join(f"{m.dated} ({_WEEKEND[m.date.weekday()]})" for m in weekend.values() if m.date)
        cells: tuple[Cell, ...] = tuple(dict.fromkeys(m.date_cell for m in weekend.values()))
        message = f"{len(weekend)} văn bản ghi ngày ban hành vào ngày nghỉ cuối tuần, nên đối chiếu bản gốc: {listed}"
        yield Finding("ngay-nghi", "note", message, "", "", cells, codes=("cuối tuần",))
