"""What texts say in numbers that bear on the report: anniversaries counted from their year, years compared with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from thidua.checks.finding import Finding
from thidua.checks.rules.declared import Anniversary
from thidua.checks.wording import working
from thidua.dataset import Dataset
from thidua.figures import Cell
from thidua.intake.records import Record
from thidua.period import Period
from thidua.text import fold

_COUNT = re.compile(r"(\d{1,4}) (?:năm )?(?:ngày |lễ |kỷ niệm )*$")
_RANGE = re.compile(r"(\d[\d.,]*) ?(?:-|–|đến) ?(\d[\d.,]*) ?(%|[^\W\d_]+(?: [^\W\d_]+)?)")
_COMPARED = re.compile(r"so với (?:năm|cùng kỳ năm|cùng kỳ) (\d{4})", re.IGNORECASE)


def anniversary_findings(
    records: Iterable[Record], anniversaries: Iterable[Anniversary], period: Period
) -> Iterator[Finding]:
    """«80 năm Ngày …» where the reporting year is another one from the event's year."""
    known = [(fold(a.name), a) for a in anniversaries]
    wrong: dict[tuple[str, int], list[Cell]] = defaultdict(list)
    for record, key, text in _texts(records):
        plain = fold(text)
        for name, anniversary in known:
            if name not in plain:
                continue
            for match in re.finditer(re.escape(name), plain):
                said = _COUNT.search(plain[: match.start()])
                if said and int(said[1]) != period.year - anniversary.year:
                    wrong[anniversary.name, int(said[1])].append(record.cell(key))
    years = {a.name: a.year for _, a in known}
    for (name, said_years), cells in wrong.items():
        right = period.year - years[name]
        yield Finding(
            rule="ky-niem",
            severity="warning",
            message=f"«{said_years} năm {name}»: sự kiện năm {years[name]}, đến năm {period.year} là {right} năm",
            printed=str(said_years),
            recomputed=str(right),
            cells=tuple(dict.fromkeys(cells)),
            codes=(name,),
        )


def comparison_findings(records: Iterable[Record], period: Period) -> Iterator[Finding]:
    """Comparisons with another year than the last: a reader takes «tăng» for «over last year»."""
    wrong: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for match in _COMPARED.finditer(record.text("note")):
            if int(match[1]) != period.year - 1:
                wrong[match[1]].append(record)
    for year, rows in wrong.items():
        names = "; ".join(dict.fromkeys(r.text("name") for r in rows if r.text("name")))
        yield Finding(
            rule="nam-so-sanh",
            severity="note",
            message=f"So sánh với năm {year}, không phải năm trước ({period.year - 1}): {names}",
            printed=year,
            recomputed=str(period.year - 1),
            cells=tuple(r.cell("note") for r in rows),
            codes=(year, *(r.text("code") for r in rows)),
        )


def range_findings(data: Dataset) -> Iterator[Finding]:
    """A row whose note gives a range in the row's own unit, «từ 5 đến 10%», states one of its ends."""
    for indicator in data.indicators:
        stated = indicator.submitted
        if stated.value is None or stated.cell is None or not indicator.note:
            continue
        for low, high, unit in _RANGE.findall(indicator.note):
            ends = {Decimal(end.replace(".", "").replace(",", ".")) for end in (low, high)}
            if fold(unit) != fold(indicator.unit) or stated.value in ends:
                continue
            yield Finding(
                rule="khoang-ghi-chu",
                severity="warning",
                message=f"{indicator.name}: ghi {working(stated)}, còn ghi chú nêu khoảng {low} - {high} {unit}",
                printed=working(stated),
                recomputed="",
                cells=(stated.cell,),
                codes=(indicator.code, "note"),
                figures=(stated.id,),
            )


def _texts(records: Iterable[Record]) -> Iterator[tuple[Record, str, str]]:
    for record in records:
        for key, value in record.values.items():
            if isinstance(value, str):
                yield record, key, value
