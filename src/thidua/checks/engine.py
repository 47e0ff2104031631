"""Running all rules over a period's data."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from thidua.checks.finding import RANK, Finding
from thidua.checks.percentages import computed_rows, printed_percentages
from thidua.dataset import Dataset

RULES: tuple[Callable[[Dataset], Iterable[Finding]], ...] = (printed_percentages, computed_rows)


def check(data: Dataset) -> list[Finding]:
    """All findings, the gravest first, then by place."""
    found = [finding for rule in RULES for finding in rule(data)]
    return sorted(found, key=lambda f: (RANK[f.severity], f.cells, f.rule, f.message))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether a finding of severity error stands that nobody accepted."""
    return any(f.severity == "error" and not f.accepted for f in findings)
