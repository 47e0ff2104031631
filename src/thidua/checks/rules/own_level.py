"""What units below state each of itself alone, their files, their council, their awards: the whole has no sum of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua.checks.finding import Finding, Severity
from thidua.checks.given import Given
from thidua.checks.rule import FindingRule
from thidua.forms.roles import STATED, measures
from thidua.gathered import apart, by_code
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.language.text import first_of

_NAMED = 4
# Cells of two units: what is one's alone would be that unit's to answer for.
_SHOWN = 2


class OfOneLevel(FindingRule):
    """Rows of units below that are not put together, and that no department states for the whole.

    Where a form says so, it is told; where only the names say so, it is asked.
    """

    id = "gop-rieng-cap"
    holds = (
        "Số của riêng từng đơn vị (hồ sơ cấp xã, Giấy khen của Chủ tịch UBND xã) không cộng thành số chung; biểu nói ở "
        "«Cách gộp»"
    )
    severities = ("warning", "note")

    def find(self, given: Given) -> Iterator[Finding]:
        """One for the rows whose names alone say so, one for all others."""
        alone = apart(given.data.records, given.data.asked.names)
        asked: list[Record] = []
        declared: list[Record] = []
        for kind in ("indicators", "awards"):
            for code, same in by_code(r for r in given.data.records if r.kind == kind).items():
                own = [r for r in same if not given.unit(r.file)]
                if (kind, code) not in alone or any(map(_states, own)):
                    continue
                of_name = kind == "indicators" and not any(r.text("combine") for r in same)
                (asked if of_name else declared).extend([r for r in same if given.unit(r.file)][:_SHOWN])
        if asked:
            yield self._told(
                f"Tên nêu cấp của đơn vị nộp nên số của các đơn vị không cộng thành số chung: {_names(asked)}; cộng "
                "được thì thêm dòng ấy vào biểu của cơ quan, «Cách gộp» ghi «cộng», không thì ghi «không gộp»",
                asked,
                "warning",
            )
        if declared:
            message = f"Số của riêng từng đơn vị nên không cộng, chưa cơ quan nào nêu số chung: {_names(declared)}"
            yield self._told(message, declared, "note")

    def _told(self, message: str, rows: Sequence[Record], severity: Severity) -> Finding:
        """The first units' cells stand for those of all."""
        cells = [r.cell(key) for r in rows for key, value in r.values.items() if isinstance(value, Number)]
        return self.finding(message, cells, (severity, *dict.fromkeys(r.text("code") for r in rows)), severity=severity)


def _states(row: Record) -> bool:
    whole = [m.key for m in measures() if m.role in STATED]
    return row.kind == "awards" or any(key in row.values for key in whole)


def _names(rows: Sequence[Record]) -> str:
    names = [f"«{name}»" for name in {r.text("code"): r.text("name") for r in reversed(rows)}.values()][::-1]
    return first_of(names, _NAMED, "dòng")
