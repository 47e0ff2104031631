"""Blanks where a number is needed: a part of a total, the operand of a formula, what was done of a plan; rows gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.identities.totals import parts_of
from thidua.checks.in_words import amount, stated
from thidua.checks.rule import FindingRule
from thidua.dataset import Dataset
from thidua.figures import Figure, Indicator
from thidua.figures.written import names
from thidua.forms.roles import bases
from thidua.intake.records import Record
from thidua.language.text import first_of

_NAMED = 5


class MissingPart(FindingRule):
    """A total with a number, some of whose parts have one and some none; a formula's row likewise."""

    id = "thieu-phan"
    holds = (
        "Tổng đã có số thì mọi phần «gồm» của nó và mọi dòng trong «Cách tính» phải có số, không phát sinh thì ghi 0"
    )
    severities = ("warning", "note")

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each total and each formula, with its blank rows."""
        rows = {r.text("code"): r for r in given.data.records if r.kind == "indicators"}
        for total, parts in parts_of(given.data):
            blank = [p for p in parts if p.submitted.missing]
            if total.submitted.value is None or not blank or len(blank) == len(parts):
                continue
            rest = total.submitted.value - sum((p.submitted.value or Decimal(0) for p in parts), Decimal(0))
            left = (
                f"các phần khác cộng lại còn thiếu {amount(rest, total.unit)}" if rest else "các phần khác đã đủ tổng"
            )
            yield self._blank(total, blank, rows, f"{left}; không phát sinh thì ghi 0", note=not rest)
        for indicator in given.data.indicators:
            formula = rows[indicator.code].text("formula")
            if formula and indicator.submitted.value is not None:
                found = (given.data.indicators[c] for c in dict.fromkeys(names(formula)) if c in given.data.indicators)
                if blank := [i for i in found if i.submitted.missing]:
                    yield self._blank(indicator, blank, rows, "nên không tính lại được; không phát sinh thì ghi 0")

    def _blank(
        self, total: Indicator, blank: list[Indicator], rows: dict[str, Record], why: str, *, note: bool = False
    ) -> Finding:
        said = ", ".join(f"«{p.name}»" for p in blank)
        return self.finding(
            f"{total.name}: ghi {stated(total.submitted)} nhưng {said} để trống, {why}",
            [*(rows[p.code].cell("name") for p in blank), *total.submitted.cells],
            (total.code, *(p.code for p in blank)),
            severity="note" if note else None,
        )


class BaseAlone(FindingRule):
    """A plan, or what last year had, beside which nothing is said to be done."""

    id = "khong-co-thuc-hien"
    holds = "Chỉ tiêu có kế hoạch, có số cùng kỳ thì phải có số thực hiện, chưa làm được thì ghi 0"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each workbook, with its rows."""
        alone: dict[str, list[tuple[Indicator, list[Figure]]]] = defaultdict(list)
        for indicator in given.data.indicators:
            known = [f for b in bases() if (f := indicator.values[b.key]).value]
            if known and indicator.submitted.missing:
                alone[indicator.department].append((indicator, known))
        for file, rows in alone.items():
            each = [f"«{i.name}» ({' và '.join(stated(f) for f in known)})" for i, known in rows]
            said = first_of(each, _NAMED, "chỉ tiêu")
            yield self.finding(
                f"{file}: {len(rows)} chỉ tiêu có kế hoạch hoặc số cùng kỳ mà không có số thực hiện: {said}; "
                "chưa làm được thì ghi 0, ghi nhầm cột thì chuyển lại",
                (cell for _, known in rows for f in known for cell in f.cells),
                (file, *(i.code for i, _ in rows)),
            )


class GoneRow(FindingRule):
    """Rows that a department filled in for the same period last year, else for the period before, and now has not."""

    id = "mat-dong"
    holds = "Chỉ tiêu đã báo cáo cùng kỳ năm trước thì kỳ này cũng có số, không còn theo dõi thì nên nói rõ"
    severities = ("note",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each workbook, with its rows of then."""
        before = given.past.get("last_year") or given.past.get("previous")
        gone: dict[str, list[Indicator]] = defaultdict(list)
        known: dict[str, int] = defaultdict(int)
        for then in before.data.indicators if before else ():
            if then.submitted.missing:
                continue
            file = then.department.partition("/")[2]
            known[file] += 1
            if _is_gone(then.code, given.data):
                gone[file].append(then)
        for file, rows in gone.items():
            assert before is not None
            # A workbook of other rows altogether is another form, not one that lost some.
            if 2 * len(rows) > known[file]:
                continue
            yield self.finding(
                f"{file}: {len(rows)} chỉ tiêu có số ở {before.period.name} mà kỳ này không có: "
                f"{first_of([f'«{r.name}»' for r in rows], _NAMED, 'chỉ tiêu')}",
                [cell for r in rows for cell in r.submitted.cells],
                (file, *(r.code for r in rows)),
            )


def _is_gone(code: str, now: Dataset) -> bool:
    """Whether nothing is said of a row any more. One with a plan is told by itself."""
    if code not in now.indicators:
        return True
    row = now.indicators[code]
    return row.submitted.missing and not any(row.values[b.key].value for b in bases())
