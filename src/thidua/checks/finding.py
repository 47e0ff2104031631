"""A finding: what a check found, how grave it is, why it may have come about, and the cells it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from thidua.contracts import FindingRecord, Place, open_errors
from thidua.figures import Cell

Severity = Literal["error", "warning", "note"]
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
SEVERITY_NAMES: dict[Severity, str] = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi nhận"}


@dataclass(frozen=True)
class Finding:
    """One finding. ``printed`` is the department's value, ``recomputed`` what the submitted numbers give.

    ``codes`` say what the finding is about, whatever the values and wherever the rows stand; with ``rule`` they make
    its id. ``effects`` are further places where the same cause shows, ``cause`` the likely cause where it can be told,
    ``suspects`` the cells in whose values the cause lies, ``withheld`` what the report does not print because of that,
    by its labels, ``figures`` the ids of the report's figures that it concerns,
    ``weight`` how far off the value is (for ranking).
    ``accepted_by`` and ``accepted_why`` are filled where the officer accepted it in params; ``values`` are the
    submitted values that it rests on, by name, for which alone it is accepted.
    """

    rule: str
    severity: Severity
    message: str
    printed: str
    recomputed: str
    cells: tuple[Cell, ...]
    codes: tuple[str, ...] = ()
    cause: str = ""
    effects: tuple[str, ...] = ()
    suspects: tuple[Cell, ...] = ()
    withheld: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    weight: Decimal = Decimal(0)
    accepted: bool = False
    accepted_by: str = ""
    accepted_why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Stable as long as rule and codes are: neither values nor rows go into it."""
        text = "\n".join((self.rule, *(self.codes or (self.message,))))
        return f"{self.rule}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    @property
    def record(self) -> FindingRecord:
        """The record in checks.json."""
        return FindingRecord(
            id=self.id,
            rule=self.rule,
            severity=self.severity,
            accepted=self.accepted,
            accepted_by=self.accepted_by or None,
            accepted_why=self.accepted_why or None,
            message=self.message,
            cause=self.cause or None,
            effects=self.effects,
            withheld=self.withheld,
            printed=self.printed,
            recomputed=self.recomputed,
            cells=tuple(Place(file=c.file, sheet=c.sheet, cell=c.address) for c in self.cells),
            figures=self.figures,
            values=dict(self.values),
        )

    def as_dict(self) -> dict[str, Any]:
        """The record as JSON."""
        return self.record.model_dump(mode="json")


def summary(findings: Sequence[Finding | FindingRecord]) -> str:
    """«Kiểm tra số liệu: 15 lỗi, 10 cảnh báo, 13 ghi nhận, 1 đã chấp nhận; báo cáo còn là dự thảo.»"""
    opened = [f for f in findings if not f.accepted]
    counts = [f"{sum(f.severity == s for f in opened)} {name.lower()}" for s, name in SEVERITY_NAMES.items()]
    if len(opened) < len(findings):
        counts.append(f"{len(findings) - len(opened)} đã chấp nhận")
    state = "còn là dự thảo" if open_errors(findings) else "đủ điều kiện ký"
    return f"Kiểm tra số liệu: {', '.join(counts)}; báo cáo {state}."
