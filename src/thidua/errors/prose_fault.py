"""What can be wrong in a prose cell: line, column, and the line that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thidua.errors.thidua_error import ThiduaError

# How many characters of a line are shown before a mistake and from it on.
_BEFORE, _BEHIND = 40, 60


@dataclass(frozen=True, order=True)
class ProseFault:
    """One mistake in a prose cell: line and column (from 1), what is wrong, and the line that it stands in."""

    line: int
    column: int
    what: str
    text: str

    def __str__(self) -> str:
        excerpt, caret = self._excerpt()
        return f"dòng {self.line}, cột {self.column}: {self.what}\n    {excerpt}\n    {' ' * caret}^"

    def _excerpt(self) -> tuple[str, int]:
        """The part of the line around the mistake, and where in it the mistake begins."""
        at = self.column - 1
        start, end = max(0, at - _BEFORE), at + _BEHIND
        lead = "…" if start else ""
        tail = "…" if end < len(self.text) else ""
        return f"{lead}{self.text[start:end]}{tail}", at - start + len(lead)


class ProseError(ThiduaError):
    """A prose cell that cannot be rendered: every mistake in it, or a sentence on why, in Vietnamese."""

    def __init__(self, what: str | Sequence[ProseFault]):
        self.faults = [] if isinstance(what, str) else sorted(set(what))
        if isinstance(what, str):
            message = what
        elif len(self.faults) == 1:
            message = str(self.faults[0])
        else:
            told = "\n".join(f"  {n}. {fault}" for n, fault in enumerate(self.faults, 1))
            message = f"Ô lời văn có {len(self.faults)} lỗi:\n{told}"
        super().__init__(message)


class NotebooksFaulty(ThiduaError):
    """Prose cells that cannot be rendered, found before anything was run: by notebook and cell."""

    def __init__(self, faults: Sequence[tuple[str, int, ProseFault]]):
        self.faults = list(faults)
        told = "\n".join(f"  {n}. {book}, ô {cell}, {fault}" for n, (book, cell, fault) in enumerate(faults, 1))
        super().__init__(f"Có {len(self.faults)} lỗi trong lời văn của các notebook, chưa chạy gì:\n{told}")
