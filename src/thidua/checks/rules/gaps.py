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
from thidua.figures import Cell, Indicator
from thidua.figures.written import names
from thidua.forms.roles import bases
from thidua.intake.records import Record

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
            [*(rows[p.code].cell("name") for p in blank), *([total.submitted.cell] if total.submitted.cell else [])],
            (total.code, *(p.code for p in blank)),
            severity="note" if note else None,
        )


class PlanAlone(FindingRule):
    """A plan of which nothing is said to be done: neither a number nor a percentage."""

    id = "ke-hoach-khong-thuc-hien"
    holds = "Chỉ tiêu có kế hoạch thì phải có số thực hiện, chưa làm được thì ghi 0"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One finding for each row."""
        for indicator in given.data.indicators:
            plans = [indicator.values[b.key] for b in bases() if b.is_plan]
            done = (indicator.submitted, *(indicator.values[b.printed_ratio] for b in bases() if b.printed_ratio))
            planned = next((p for p in plans if p.value), None)
            if planned is not None and planned.cell and all(f.missing for f in done):
                yield self.finding(
                    f"{indicator.name}: có kế hoạch {stated(planned)} nhưng không có số thực hiện; "
                    "chưa làm được thì ghi 0, chưa có số liệu thì nói ở cột Ghi chú",
                    (planned.cell,),
                    (indicator.code,),
                    printed=stated(planned),
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
            if not any(f.value is not None for f in then.figures):
                continue
            file = then.department.partition("/")[2]
            known[file] += 1
            if then.code not in given.data.indicators or all(
                f.missing for f in given.data.indicators[then.code].figures
            ):
                gone[file].append(then)
        for file, rows in gone.items():
            assert before is not None
            # A workbook of other rows altogether is another form, not one that lost some.
            if 2 * len(rows) > known[file]:
                continue
            more = f" và {len(rows) - _NAMED} chỉ tiêu khác" if len(rows) > _NAMED else ""
            yield self.finding(
                f"{file}: {len(rows)} chỉ tiêu có số ở {before.period.name} mà kỳ này không có: "
                f"{'; '.join(f'«{r.name}»' for r in rows[:_NAMED])}{more}",
                [cell for r in rows if (cell := _first_cell(r))],
                (file, *(r.code for r in rows)),
            )


def _first_cell(row: Indicator) -> Cell | None:
    return next((f.cell for f in row.figures if f.cell), None)
