"""The register's order: serial column, dates, numbers that grow with their dates, and what it should list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from thidua.checks.documents.mention import Mention, cells_of
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.checks.rules.document_dates import exchange
from thidua.language.text import fold

_QUOTED = re.compile(r"[“\"]([^”\"]{8,})[”\"]")
_NUMBERING = "Nghị định 30/2020/NĐ-CP, Điều 15"


class SerialColumn(FindingRule):
    """A gap, a repetition or a step back in the column that numbers the rows."""

    id = "so-thu-tu"
    holds = "Số thứ tự của danh mục văn bản tăng dần từng số một"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each row whose number does not follow that of the row above; rows without one are passed over."""
        numbered = [(int(tt), m) for m in _register(given) if (tt := m.record.text("tt").rstrip(".")).isdigit()]
        for (before, _), (after, mention) in pairwise(numbered):
            if after == before + 1:
                continue
            what = "trùng số thứ tự" if after == before else "số thứ tự nhảy cóc" if after > before else "số thứ tự lùi"
            yield self.finding(
                f"Danh mục văn bản: {what}, sau {before:02d} là {after:02d} ({mention.name})",
                (mention.record.cell("tt"),),
                ("register", "tt", mention.code),
                printed=f"{after:02d}",
                recomputed=f"{before + 1:02d}",
            )


class DateOrder(FindingRule):
    """A row that is dated before the row above it."""

    id = "thu-tu-ngay"
    holds = "Danh mục văn bản xếp theo thứ tự ngày ban hành"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each row dated before the row above; where exchanging day and month mends it, that is the cause."""
        dated = [m for m in _register(given) if m.date]
        for position, (before, mention) in enumerate(pairwise(dated)):
            assert before.date is not None and mention.date is not None
            if mention.date >= before.date:
                continue
            earlier = dated[position - 1].date if position else None
            later = dated[position + 2].date if position + 2 < len(dated) else None
            either = exchange([before], earlier, mention.date), exchange([mention], before.date, later)
            yield self.finding(
                f"Danh mục văn bản không theo thứ tự ngày: {mention.dated} (TT {mention.record.text('tt')}) "
                f"đứng sau {before.dated} (TT {before.record.text('tt')})",
                (mention.date_cell, before.date_cell),
                ("register", "ngày", mention.code),
                printed=mention.day,
                cause=" hoặc ".join(cause for cause in either if cause),
            )


class RepeatedNumber(FindingRule):
    """One number for two documents, or one document in two rows."""

    id = "trung-so"
    holds = "Mỗi văn bản của một cơ quan có một số riêng, đứng một dòng trong danh mục"
    severities = ("error", "warning")
    basis = _NUMBERING

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each row that repeats a number: an error on the same date, on another one a warning."""
        first: dict[object, Mention] = {}
        for mention in _register(given):
            if mention.number is None:
                continue
            other = first.setdefault((mention.number.key, mention.office), mention)
            if other is mention:
                continue
            # With another date it may be another office's document: the register does not say whose each is.
            apart = other.date != mention.date
            doubt = ", khác ngày ban hành; nếu không phải của hai cơ quan thì một số hoặc ngày chép nhầm"
            yield self.finding(
                f"Danh mục văn bản: {mention.name} có hai dòng (TT {other.record.text('tt')} và "
                f"TT {mention.record.text('tt')}){doubt if apart else ''}",
                (other.number_cell, mention.number_cell),
                ("register", "trùng", mention.code),
                severity="warning" if apart else "error",
                printed=mention.number.text,
            )


class NumbersGrow(FindingRule):
    """Within an office, a year and a series, a higher number cannot have an earlier date."""

    id = "so-nguoc-ngay"
    holds = "Trong một loạt số của một cơ quan, số lớn hơn không thể có ngày sớm hơn"
    basis = _NUMBERING

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each document that must be moved to bring a series into order; as few of them as possible."""
        series: dict[tuple[str, int, str], dict[object, Mention]] = defaultdict(dict)
        for mention in given.mentions:
            if mention.source == "text" or mention.number is None or mention.date is None or not mention.number.symbol:
                continue
            if mention.office:
                series[mention.office, mention.date.year, mention.number.series].setdefault(mention.number.key, mention)
        for (_, year, name), members in series.items():
            yield from self._disorder(year, name, list(members.values()))

    def _disorder(self, year: int, name: str, members: list[Mention]) -> Iterator[Finding]:
        """The fewest documents whose removal leaves numbers and dates in one order, each with a neighbour it defies."""
        ordered = sorted(members, key=lambda m: (_serial(m), m.date))
        keep = _longest_rising(ordered)
        for position, mention in enumerate(ordered):
            if position in keep:
                continue
            rival = next((ordered[k] for k in keep if _defies(ordered[k], mention)), None)
            if rival is None:
                continue
            first, second = sorted((mention, rival), key=_serial)
            yield self.finding(
                f"{second.dated} có số lớn hơn nhưng ngày sớm hơn {first.dated}, cùng loạt số «{name}» năm {year}",
                cells_of((mention, rival)),
                ("loạt", name, mention.code),
                printed=mention.day,
                cause=f"số hoặc ngày của {mention.name} có thể sai",
            )


class Unlisted(FindingRule):
    """Documents that the text names for the declared topics and the register lacks, by number or by the quoted name."""

    id = "ngoai-danh-muc"
    holds = "Văn bản nêu trong lời (các nhóm khai ở «register» của các quy tắc) phải có trong danh mục"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each document that stands in the register in another form; one for all that are not there at all."""
        register = _register(given)
        if not register:
            return
        numbers = {m.number.key for m in register if m.number and m.own}
        titles = fold(" ".join(m.title for m in register))
        topics = given.declared.register_scope.topics
        unknown = []
        for mention in given.mentions:
            if mention.source != "documents" or not mention.own or mention.record.text("topic") not in topics:
                continue
            if mention.number is not None:
                absent = mention.number.key not in numbers
            else:
                quoted = _QUOTED.findall(mention.title)
                absent = bool(quoted) and not any(fold(q) in titles for q in quoted)
            if absent:
                alike = [m for m in register if _same_document(m, mention)]
                if len(alike) == 1:
                    yield self._absent([mention], alike[0])
                else:
                    unknown.append(mention)
        if unknown:
            yield self._absent(unknown)

    def _absent(self, mentions: Sequence[Mention], other: Mention | None = None) -> Finding:
        """Documents that the register lacks; ``other`` is the row that stands there for the only one of them."""
        names = "; ".join(dict.fromkeys(m.dated for m in mentions))
        several, number = len(mentions) > 1, mentions[0].number
        where = "được nêu trong phần lời nhưng không có trong danh mục văn bản"
        return self.finding(
            f"{len(mentions)} văn bản {where}: {names}" if several else f"{names} {where}",
            cells_of((*mentions, *((other,) if other else ()))),
            ("danh mục", *sorted({m.code for m in mentions})),
            printed="" if several or number is None else number.text,
            cause=f"danh mục ghi văn bản này là {other.dated} (TT {other.record.text('tt')})" if other else "",
        )


def _register(given: Given) -> list[Mention]:
    return [m for m in given.mentions if m.source == "register"]


def _serial(mention: Mention) -> int:
    return mention.number.serial if mention.number else 0


def _defies(one: Mention, other: Mention) -> bool:
    assert one.number and other.number and one.date and other.date
    return (one.number.serial - other.number.serial) * (one.date - other.date).days < 0


def _longest_rising(ordered: list[Mention]) -> list[int]:
    best: list[list[int]] = []
    for position, mention in enumerate(ordered):
        before = [b for b in best if ordered[b[-1]].date <= mention.date]  # type: ignore[operator]
        best.append([*max(before, key=len, default=[]), position])
    return max(best, key=len, default=[])


def _same_document(listed: Mention, named: Mention) -> bool:
    """Whether a row of the register, for all its other number, must be the document that the text names."""
    if listed.number is None or named.number is None or listed.date != named.date:
        return False
    return listed.number.symbol == named.number.symbol or listed.number.serial == named.number.serial
