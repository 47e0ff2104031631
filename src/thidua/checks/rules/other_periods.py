"""Other periods than the report's, named where the report's own stands: in its title and headings, above the tables, in
the document that it rests on, by its date.

Whoever begins a period with the files of the one before must not hand in a report under the old one's name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from thidua.checks.finding import Finding, Severity
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.figures import Cell
from thidua.intake.records import Record
from thidua.language.text import fold, written_date
from thidua.settings.named_periods import Named, named_periods
from thidua.settings.params import SectionNode
from thidua.settings.period import Period
from thidua.settings.reading import any_of, reading

# The group of the documents that ask for the report; its opening sentence cites them.
BASIS = "can_cu_bao_cao"
# A period behind these words, in the same clause, is compared with or is a part of a name, not the report's own.
_COMPARED = re.compile(r"(?:so với|so cùng|cùng kỳ|đối chiếu)\W+(?:\w+\W+){0,4}$")
_NAMING = re.compile(
    r"(?:so với|cùng kỳ|giai đoạn|năm học|tầm nhìn|đến|tới|từ|sau|trước|luật|pháp lệnh|nghị quyết|nghị định|thông tư)"
    r"(?:[^\w.;:]+\w+){0,9}[^\w.;:]*$"
)
# A day behind a document's number is the document's.
_CITED = re.compile(r"\bsố\s+\S+\s*$")
# A report is signed between the middle of its period, for those that estimate the rest, and three months after it.
_LATE, _TOO_LATE = dt.timedelta(days=92), dt.timedelta(days=366)
_PLANNED_FROM = 7


def other_periods(texts: Sequence[str], period: Period) -> list[Named]:
    """The periods named in texts that stand together, that neither are the report's nor may stand beside it.

    Beside it may stand the whole year, the time that follows as that of plans, and what is compared with.
    """
    named = [n for text in texts for n in named_periods(text) if not _is_aside(n)]
    own = any(n.is_period(period) for n in named)
    return [n for n in named if not _belongs(n, period, own)]


class PeriodInParams(FindingRule):
    """Title and headings that params have."""

    id = "ky-trong-tham-so"
    holds = "Trích yếu và tiêu đề trong tham số chỉ nói về kỳ của báo cáo"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for the title and all headings together: who copied one copied them all."""
        params, period = given.params, given.period
        lines = [("document.title", params.document.title), *(("heading", h) for h in _headings(params.sections))]
        wrong = [(name, text) for name, text in lines if other_periods([text], period)]
        if wrong:
            said = "; ".join(f"{name} «{text}»" for name, text in wrong)
            yield self.finding(
                f"Tham số {period.id}.yaml là của kỳ {period.name} nhưng ghi kỳ khác: {said}",
                (),
                (f"{name} {text}" for name, text in wrong),
                cause="chép từ tham số của kỳ khác; viết {{ period.name }}, {{ period.next.name }} thì tự đổi theo kỳ",
            )


class PeriodInNotebook(FindingRule):
    """Headings and front matter that the notebooks themselves have, each with its notebook."""

    id = "ky-trong-notebook"
    holds = "Tiêu đề và phần đầu trong notebook không ghi thẳng một kỳ khác"

    def find(self, given: Given) -> Iterator[Finding]:
        """One for all notebooks together, which it names."""
        wrong = [(notebook, text) for notebook, text in given.headings if other_periods([text], given.period)]
        if wrong:
            said = "; ".join(f"{notebook}: «{text}»" for notebook, text in wrong)
            yield self.finding(
                f"Notebook ghi kỳ khác, báo cáo này là của kỳ {given.period.name}: {said}",
                (),
                (text for _, text in wrong),
                cause="kỳ gõ thẳng vào notebook; viết {{ period.name }} thì tự đổi theo kỳ",
            )


class PeriodInForm(FindingRule):
    """What stands above the tables. One finding for what all sheets say alike: who copies, copies them all."""

    id = "ky-trong-bieu"
    holds = "Dòng tiêu đề phía trên bảng của biểu ghi đúng kỳ của báo cáo"
    severities = ("error", "warning")

    def find(self, given: Given) -> Iterator[Finding]:
        """One error for all lines that name another period, one warning for those that only name another year."""
        period = given.period
        sheets: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in given.data.banners:
            sheets[record.file, record.sheet].append(record)
        wrong: dict[Severity, dict[Cell, Named]] = {"error": {}, "warning": {}}
        # The sheets of hundreds of workbooks have the same lines.
        known: dict[tuple[str, ...], set[str]] = {}
        for rows in sheets.values():
            texts = tuple(r.text("text") for r in rows)
            if texts not in known:
                known[texts] = {n.text for n in other_periods(texts, period)}
            others = known[texts]
            for row in rows if others else ():
                for named in named_periods(row.text("text")):
                    if named.text in others:
                        # «Năm 2030» over a table in a report on half of 2031 may be meant: awards are given for a year.
                        loose = named.whole_year and period.part != "FY"
                        wrong["warning" if loose else "error"].setdefault(row.cell("text"), named)
        for severity, cells in wrong.items():
            if cells:
                names = dict.fromkeys(f"«{n.text}»" for n in cells.values())
                files = sorted({c.file for c in cells})
                yield self.finding(
                    f"{len(cells)} dòng tiêu đề của biểu ghi {', '.join(names)}, báo cáo này là của kỳ {period.name}: "
                    f"{', '.join(files)}",
                    cells,
                    (*files, *names),
                    severity=severity,
                    cause="biểu của kỳ khác, hoặc chép từ kỳ khác mà chưa sửa; hãy xem cả số liệu đã thay chưa",
                )


class PeriodOfBasis(FindingRule):
    """The documents that ask for the report: their titles and their dates."""

    id = "van-ban-can-cu"
    holds = f"Văn bản căn cứ của báo cáo (nhóm {BASIS}) nói về kỳ này và ban hành cho kỳ này"
    severities = ("error", "warning")

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each document whose title asks for another period, or whose date cannot belong to this one."""
        period = given.period
        for record in given.data.records:
            if record.kind != "documents" or record.text("topic") != BASIS:
                continue
            title, number, date = record.text("title"), record.text("number"), record.values.get("date")
            name = f"{record.text('type') or 'Văn bản'} {f'số {number}' if number else f'«{title}»'}"
            code = record.text("code") or number or title
            others = other_periods([title], period)
            if others:
                exact = any(not n.whole_year for n in others) or period.part == "FY"
                yield self.finding(
                    f"{name} là căn cứ của báo cáo nhưng nói về «{others[0].text}», "
                    f"báo cáo này là của kỳ {period.name}",
                    (record.cell("title"),),
                    (code,),
                    severity="error" if exact else "warning",
                    cause="còn lại từ kỳ khác",
                )
            elif isinstance(date, dt.date) and date < _asked_from(record, period):
                yield self.finding(
                    f"{name} ngày {written_date(date)} là căn cứ của báo cáo nhưng ban hành trước kỳ {period.name}",
                    (record.cell("date"),),
                    (code, "ngày"),
                    severity="warning",
                    cause="còn lại từ kỳ khác",
                )


class TimeOfEvent(FindingRule):
    """Events whose time is a part of a year outside the period."""

    id = "thoi-gian-ngoai-ky"
    holds = "Sự kiện được kể phải diễn ra trong kỳ"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for all such rows together; times that name a whole year or none are passed over."""
        wrong: dict[Cell, str] = {}
        for record in given.data.records:
            for named in named_periods(record.text("content")) if record.kind == "events" else ():
                before = named.before
                known = named.open_year or named.whole_year or _NAMING.search(before) or _CITED.search(before)
                if not known and not named.overlaps(given.period):
                    wrong[record.cell("content")] = f"«{record.text('content')}» ({named.text})"
        if wrong:
            said = "; ".join(wrong.values())
            yield self.finding(
                f"{len(wrong)} dòng sự kiện ghi thời gian ngoài kỳ {given.period.name}: {said}",
                wrong,
                sorted(wrong.values()),
                cause="còn lại từ kỳ khác",
            )


class DateOfReport(FindingRule):
    """The day on which the report is signed, where params have one."""

    id = "ngay-bao-cao"
    holds = "Báo cáo được ký từ giữa kỳ đến ba tháng sau khi hết kỳ"
    severities = ("error", "warning")

    def find(self, given: Given) -> Iterator[Finding]:
        """At most one: an error where the date is before the period's middle or far behind its end, else a warning."""
        date, period = given.params.document.date, given.period
        middle = period.start + (period.end - period.start) / 2
        if date is None or middle <= date <= period.end + _LATE:
            return
        far = date < middle or date > period.end + _TOO_LATE
        yield self.finding(
            f"Ngày ký báo cáo (document.date) ghi {written_date(date)}; báo cáo {period.name} thường ký từ "
            f"{written_date(middle)} đến {written_date(period.end + _LATE)}",
            (),
            ("document.date",),
            severity="error" if far else "warning",
            cause="chép từ tham số của kỳ khác" if far else "",
        )


def _is_aside(named: Named) -> bool:
    return bool((_NAMING if named.whole_year else _COMPARED).search(named.before))


def _belongs(named: Named, period: Period, own: bool) -> bool:
    if named.is_period(period) or (named.whole_year and named.first.year == period.year):
        return True
    # «6 tháng đầu năm» behind the second half may be the next year's, but where plans are told alone.
    same_year = not named.open_year or period.end.month < 12
    return named.follows(period) and (
        (own and same_year) or bool(re.search(rf"{any_of(reading().plans)}[^.;:]*$", named.before))
    )


def _headings(nodes: Iterable[SectionNode]) -> Iterator[str]:
    for node in nodes:
        if node.heading:
            yield node.heading
        yield from _headings(node.sections)


def _asked_from(record: Record, period: Period) -> dt.date:
    """The earliest day for a document that asks for the period's report: letters come in it, plans in the half year
    before, laws whenever."""
    kind = fold(record.text("type"))
    if any(word in kind for word in reading().standing_documents):
        return dt.date.min
    return period.start if kind == "công văn" else dt.date(period.year - 1, _PLANNED_FROM, 1)
