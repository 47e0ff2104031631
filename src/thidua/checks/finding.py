"""A finding: what a check found, how grave it is, and the cells it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from thidua.figures import Cell

Severity = Literal["error", "warning", "note"]
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
SEVERITY_NAMES: dict[Severity, str] = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi nhận"}


@dataclass(frozen=True)
class Finding:
    """One finding. ``printed`` is the department's value, ``recomputed`` what the submitted numbers give."""

    rule: str
    severity: Severity
    message: str
    printed: str
    recomputed: str
    cells: tuple[Cell, ...]
    accepted: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "accepted": self.accepted,
            "message": self.message,
            "printed": self.printed,
            "recomputed": self.recomputed,
            "cells": [cell.as_dict() for cell in self.cells],
        }
