"""Workbooks copied from an earlier period and not filled in: more of their rows are as they were than can be by chance.

Some rows stay the same with good reason: the number of villages, the members of a council, the works of a year's plan,
a task that goes on. Of the departments whose workbooks this was built on, the one with most of them has ten such
rows among its 21 numbers. So a row is given an even chance to be as before, more than any department needs; what would
come about by that chance less than once in a hundred times is worth a question, and once in a thousand, with nine
rows of ten, is an error. A table of six rows or fewer never comes to that. Plans, names and lists of documents and
movements, which are meant to last, do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import comb
from typing import Any

from thidua.checks.causes.repair import Web
from thidua.checks.finding import RANK, Finding, Severity
from thidua.checks.given import Given
from thidua.checks.past import Past
from thidua.checks.rule import FollowingRule
from thidua.figures import Cell
from thidua.forms.schema import form
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.language.text import fold
from thidua.settings.period import Period

_NUMBERS = ("indicators", "awards")
_TEXTS = ("events", "role_models", "assessments", "tasks", "register")
_DOUBTFUL, _CERTAIN, _ALMOST_ALL = Fraction(1, 100), Fraction(1, 1000), Fraction(9, 10)
_EXAMPLES = 3
# What follows from numbers left as they were, and is told with them.
_FOLLOWS = ("cong-don", "so-cung-ky")


@dataclass
class _Count:
    """A sheet's rows and cells, how many are as before, and some of these."""

    rows: int = 0
    same_rows: int = 0
    cells: int = 0
    same_cells: int = 0
    examples: list[Cell] = field(default_factory=list)

    def severity(self) -> Severity | None:
        chance = Fraction(sum(comb(self.rows, n) for n in range(self.same_rows, self.rows + 1)), 2**self.rows)
        if chance < _CERTAIN and self.same_rows >= _ALMOST_ALL * self.rows:
            return "error"
        return "warning" if chance < _DOUBTFUL else None


class NotFilledIn(FollowingRule):
    """One finding for each workbook that was not filled in, which takes up those that follow from it."""

    id = "chua-thay-so"
    holds = "Biểu của kỳ không được giống hệt biểu của kỳ trước quá mức có thể trùng hợp"
    severities = ("warning", "error")

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings without those that a workbook left as it was brings about, then one for each such workbook."""
        rest = list(findings)
        copied = []
        for finding in self.unfilled(given.data.records, given.period, given.past):
            file = finding.cells[0].file
            taken = [f for f in rest if f.rule in _FOLLOWS and any(c.file == file for c in f.cells)]
            rest = [f for f in rest if f not in taken]
            figures = tuple(dict.fromkeys(x for f in taken for x in f.figures))
            copied.append(replace(finding, effects=tuple(f.message for f in taken), figures=figures))
        return rest + copied

    def unfilled(self, records: Sequence[Record], period: Period, past: Mapping[str, Past]) -> Iterator[Finding]:
        """Each workbook against the earlier period that most of it comes from."""
        earlier = {p.period.id: p for p in past.values()}
        counted = {}
        for id, then in earlier.items():
            # A report on nine months tells again what happened in the first six; its numbers are others.
            apart = then.period.end < period.start
            told = [r for r in records if r.kind in _NUMBERS or apart]
            counted[id] = _counts(told, _Before(then.data.records))
        for file in dict.fromkeys(r.file for r in records):
            best = max(counted, key=lambda id: sum(c.same_rows for c in counted[id][file].values()), default=None)
            if best is not None and (severity := _worst(counted[best][file].values())):
                yield self._finding(file, severity, earlier[best], counted[best][file])

    def _finding(self, file: str, severity: Severity, past: Past, sheets: Mapping[str, _Count]) -> Finding:
        told = "; ".join(
            f"trang {sheet} {c.same_rows}/{c.rows} dòng, {c.same_cells}/{c.cells} ô" for sheet, c in sheets.items()
        )
        return self.finding(
            f"{file}: số dòng, số ô giống hệt biểu {past.period.name} nhiều hơn mức có thể trùng hợp ({told})",
            (cell for c in sheets.values() for cell in c.examples),
            (file, past.period.id),
            severity=severity,
            cause=f"biểu chép từ kỳ {past.period.id} mà chưa điền hoặc điền chưa hết",
        )


def _worst(counts: Iterable[_Count]) -> Severity | None:
    """Of the sheets one by one, and of the workbook as a whole."""
    sheets = list(counts)
    whole = _Count(sum(c.rows for c in sheets), sum(c.same_rows for c in sheets))
    found = [s for c in (*sheets, whole) if (s := c.severity())]
    return min(found, key=lambda s: RANK[s], default=None)


class _Before:
    """What an earlier period's rows say."""

    def __init__(self, records: Iterable[Record]):
        self._numbers = {_key(r): _numbers(r) for r in records if r.kind in _NUMBERS}
        self._texts = {(r.kind, _said(r)) for r in records if r.kind in _TEXTS}

    def same(self, record: Record, numbers: dict[str, Any]) -> int:
        """How many of the row's cells are as they were; all or none of a text's."""
        if record.kind in _NUMBERS:
            before = self._numbers.get(_key(record), {})
            return sum(before.get(key) == value for key, value in numbers.items())
        return len(_said(record)) if (record.kind, _said(record)) in self._texts else 0


def _counts(records: Iterable[Record], before: _Before) -> dict[str, dict[str, _Count]]:
    counts: dict[str, dict[str, _Count]] = defaultdict(lambda: defaultdict(_Count))
    for record in records:
        numbers = _numbers(record) if record.kind in _NUMBERS else {}
        cells = len(numbers) if record.kind in _NUMBERS else len(_said(record)) if record.kind in _TEXTS else 0
        # «Không có vụ nào» twice tells nothing.
        if not cells or (numbers and not any(numbers.values())):
            continue
        count = counts[record.file][record.sheet]
        same = before.same(record, numbers)
        count.rows, count.cells, count.same_cells = count.rows + 1, count.cells + cells, count.same_cells + same
        if same == cells:
            count.same_rows += 1
            if len(count.examples) < _EXAMPLES:
                count.examples.append(record.cell(next(iter(numbers or dict(_said(record))))))
    return counts


def _key(record: Record) -> tuple[str, ...]:
    return record.kind, record.text("code") or fold(record.text("name"))


def _numbers(record: Record) -> dict[str, Any]:
    """The numbers of a row that a period changes."""
    keys = [c.key for c in form(record.kind).columns if c.type in ("number", "percent") and c.role != "plan"]
    return {key: n.value for key in keys if isinstance(n := record.values.get(key), Number)}


def _said(record: Record) -> tuple[tuple[str, str], ...]:
    """A row of text, but for its place in the report, as it is compared."""
    pairs = ((k, v.value if isinstance(v, Number) else v) for k, v in record.values.items())
    return tuple((k, fold(str(v))) for k, v in pairs if k not in ("place", "topic", "tt"))
