"""Rows that rest on a row which no workbook of the period has: nothing can be checked there, and that is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from thidua.checks.finding import Finding
from thidua.intake.codes import used_codes
from thidua.intake.records import Record


def unreported_rows(records: Iterable[Record]) -> Iterator[Finding]:
    """One finding for each code that totals or formulas of the form name and that no row has."""
    rows = list(records)
    known = {(r.kind, r.text("code")) for r in rows}
    resting: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in rows:
        for column, code in used_codes(record):
            if (record.kind, code) not in known:
                resting[code].append((record, column))
    for code, places in resting.items():
        names = "; ".join(dict.fromkeys(f"«{record.text('name')}»" for record, _ in places))
        yield Finding(
            rule="thieu-dong",
            severity="warning",
            message=f"Không biểu nào có mã «{code}», nên không kiểm tra được dòng thuộc hoặc tính theo mã ấy: {names}",
            printed="",
            recomputed="",
            cells=tuple(record.cell(column) for record, column in places),
            codes=(code,),
        )
