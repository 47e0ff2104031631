"""The register's order: serial column, dates, numbers that grow with their dates, and what it should list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from thidua.checks.documents.dates import exchange
from thidua.checks.documents.mention import Mention
from thidua.checks.finding import Finding
from thidua.text import fold, written_date

_QUOTED = re.compile(r"[“\"]([^”\"]{8,})[”\"]")


def order_findings(found: Sequence[Mention], topics: Collection[str]) -> Iterator[Finding]:
    """``topics`` are those of the documents that the register must list."""
    register = [m for m in found if m.source == "register"]
    yield from _serials(register)
    yield from _dates(register)
    yield from _repeated(register)
    yield from _series(found)
    yield from _unlisted(found, register, topics)


def _serials(register: Sequence[Mention]) -> Iterator[Finding]:
    numbered = [(int(tt), m) for m in register if (tt := m.record.text("tt").rstrip(".")).isdigit()]
    for (before, _), (after, mention) in pairwise(numbered):
        if after == before + 1:
            continue
        what = "trùng số thứ tự" if after == before else "số thứ tự nhảy cóc" if after > before else "số thứ tự lùi"
        yield Finding(
            rule="so-thu-tu",
            severity="warning",
            message=f"Danh mục văn bản: {what}, sau {before:02d} là {after:02d} ({mention.name})",
            printed=f"{after:02d}",
            recomputed=f"{before + 1:02d}",
            cells=(mention.record.cell("tt"),),
            codes=("register", "tt", mention.code),
        )


def _dates(register: Sequence[Mention]) -> Iterator[Finding]:
    dated = [m for m in register if m.date]
    for position, (before, mention) in enumerate(pairwise(dated)):
        assert before.date is not None and mention.date is not None
        if mention.date >= before.date:
            continue
        last = f"{before.dated} (TT {before.record.text('tt')})"
        earlier = dated[position - 1].date if position else None
        later = dated[position + 2].date if position + 2 < len(dated) else None
        either = exchange([before], earlier, mention.date), exchange([mention], before.date, later)
        yield Finding(
            rule="thu-tu-ngay",
            severity="warning",
            message=f"Danh mục văn bản không theo thứ tự ngày: {mention.dated} (TT {mention.record.text('tt')}) "
            f"đứng sau {last}",
            printed=written_date(mention.date),
            recomputed="",
            cells=(mention.date_cell, before.date_cell),
            codes=("register", "ngày", mention.code),
            cause=" hoặc ".join(cause for cause in either if cause),
        )


def _repeated(register: Sequence[Mention]) -> Iterator[Finding]:
    first: dict[object, Mention] = {}
    for mention in register:
        if mention.number is None:
            continue
        other = first.setdefault((mention.number.key, mention.office), mention)
        if other is not mention:
            # With another date it may be another office's document: the register does not say whose each is.
            apart = other.date != mention.date
            doubt = ", khác ngày ban hành; nếu không phải của hai cơ quan thì một số hoặc ngày chép nhầm"
            yield Finding(
                rule="trung-so",
                severity="warning" if apart else "error",
                message=f"Danh mục văn bản: {mention.name} có hai dòng (TT {other.record.text('tt')} và "
                f"TT {mention.record.text('tt')}){doubt if apart else ''}",
                printed=mention.number.text,
                recomputed="",
                cells=(other.number_cell, mention.number_cell),
                codes=("register", "trùng", mention.code),
            )


def _series(found: Sequence[Mention]) -> Iterator[Finding]:
    """Within an office, a year and a series, a higher number cannot have an earlier date."""
    series: dict[tuple[str, int, str], dict[object, Mention]] = defaultdict(dict)
    for mention in found:
        if mention.source == "text" or mention.number is None or mention.date is None or not mention.number.symbol:
            continue
        if mention.office:
            series[mention.office, mention.date.year, mention.number.series].setdefault(mention.number.key, mention)
    for (_, year, name), members in series.items():
        yield from _disorder(year, name, list(members.values()))


def _disorder(year: int, name: str, members: list[Mention]) -> Iterator[Finding]:
    """The fewest documents whose removal leaves numbers and dates in one order, each with a neighbour it defies."""
    ordered = sorted(members, key=lambda m: (m.number.serial if m.number else 0, m.date))
    keep = _longest_rising(ordered)
    for position, mention in enumerate(ordered):
        if position in keep:
            continue
        rival = next(
            (ordered[k] for k in keep if _defies(ordered[k], mention)),
            None,
        )
        if rival is None or mention.date is None or rival.date is None:
            continue
        first, second = sorted((mention, rival), key=lambda m: m.number.serial if m.number else 0)
        yield Finding(
            rule="so-nguoc-ngay",
            severity="error",
            message=f"{second.dated} có số lớn hơn nhưng ngày sớm hơn {first.dated}, cùng loạt số «{name}» năm {year}",
            printed=written_date(mention.date),
            recomputed="",
            cells=tuple(dict.fromkeys((*mention.cells, *rival.cells))),
            codes=("loạt", name, mention.code),
            cause=f"số hoặc ngày của {mention.name} có thể sai",
        )


def _defies(one: Mention, other: Mention) -> bool:
    assert one.number and other.number and one.date and other.date
    return (one.number.serial - other.number.serial) * (one.date - other.date).days < 0


def _longest_rising(ordered: list[Mention]) -> list[int]:
    best: list[list[int]] = []
    for position, mention in enumerate(ordered):
        before = [b for b in best if ordered[b[-1]].date <= mention.date]  # type: ignore[operator]
        best.append([*max(before, key=len, default=[]), position])
    return max(best, key=len, default=[])


def _unlisted(found: Sequence[Mention], register: Sequence[Mention], topics: Collection[str]) -> Iterator[Finding]:
    """Documents that the text names for these topics and the register lacks, by number or by the quoted name."""
    if not register:
        return
    numbers = {m.number.key for m in register if m.number and m.own}
    titles = fold(" ".join(m.title for m in register))
    unknown = []
    for mention in found:
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
                yield _absent([mention], alike[0])
            else:
                unknown.append(mention)
    if unknown:
        yield _absent(unknown)


def _absent(mentions: Sequence[Mention], other: Mention | None = None) -> Finding:
    """Documents that the register lacks; ``other`` is the row that stands there for the only one of them."""
    names = "; ".join(dict.fromkeys(m.dated for m in mentions))
    several = len(mentions) > 1
    where = "được nêu trong phần lời nhưng không có trong danh mục văn bản"
    return Finding(
        rule="ngoai-danh-muc",
        severity="warning",
        message=f"{len(mentions)} văn bản {where}: {names}" if several else f"{names} {where}",
        printed="" if several else mentions[0].code,
        recomputed="",
        cells=tuple(dict.fromkeys(c for m in (*mentions, *((other,) if other else ())) for c in m.cells)),
        codes=("danh mục", *sorted({m.code for m in mentions})),
        cause=f"danh mục ghi văn bản này là {other.dated} (TT {other.record.text('tt')})" if other else "",
    )


def _same_document(listed: Mention, named: Mention) -> bool:
    """Whether a row of the register, for all its other number, must be the document that the text names."""
    if listed.number is None or named.number is None or listed.date != named.date:
        return False
    return listed.number.symbol == named.number.symbol or listed.number.serial == named.number.serial
