"""Rows that rest on a row which no workbook of the period has: nothing can be checked there, and that is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.intake.codes import used_codes
from thidua.intake.records import Record


class UnreportedRow(FindingRule):
    """One finding for each code that totals or formulas of the form name and that no row has."""

    id = "thieu-dong"
    holds = "Mã ở «Thuộc chỉ tiêu», «Cách tính» và «Đầu kỳ của» phải có dòng trong biểu của kỳ"
    severities = ("warning",)

    def find(self, given: Given) -> Iterator[Finding]:
        """One for each code that no workbook has, at all rows that name it as their total or in their formula."""
        rows = given.data.records
        known = {(r.kind, r.text("code")) for r in rows}
        resting: dict[str, list[tuple[Record, str]]] = defaultdict(list)
        for record in rows:
            for column, code in used_codes(record):
                if (record.kind, code) not in known:
                    resting[code].append((record, column))
        for code, places in resting.items():
            names = "; ".join(dict.fromkeys(f"«{record.text('name')}»" for record, _ in places))
            yield self.finding(
                f"Không biểu nào có mã «{code}», nên không kiểm tra được dòng thuộc hoặc tính theo mã ấy: {names}",
                (record.cell(column) for record, column in places),
                (code,),
            )
