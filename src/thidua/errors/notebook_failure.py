"""Notebooks that cannot be read, and those that stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thidua.errors.problem import Problem
from thidua.errors.thidua_error import ThiduaError


@dataclass(frozen=True)
class NotebookFailure:
    """Where one notebook stopped: section, source of the cell, error, and the partly executed notebook.

    ``notebook`` is empty where it is not kept.

    ``cell`` is the cell's place in the notebook as it was written, from 1; 0 where none had begun.
    """

    section: str
    cell: int
    source: str
    error: str
    notebook: str

    def __str__(self) -> str:
        lines = self.source.splitlines()
        shown = lines if len(lines) <= 8 else [*lines[:4], "…", *lines[-3:]]
        where = f"dừng ở ô thứ {self.cell}:" if self.cell else "không chạy được ô nào:"
        return "\n".join(
            [
                f"Mục «{self.section}» {where}",
                *(f"    {line}" for line in shown),
                f"  Lỗi: {self.error}",
                *([f"  Notebook đã chạy dở: {self.notebook}"] if self.notebook else []),
            ]
        )


class NotebooksFailed(ThiduaError):
    """One or more notebooks failed; the others ran to their end."""

    def __init__(self, failures: Sequence[NotebookFailure]):
        self.failures = list(failures)
        super().__init__("\n".join(str(f) for f in self.failures))

    def unkept(self) -> NotebooksFailed:
        """The same failures, of notebooks that nobody will find."""
        return NotebooksFailed([replace(f, notebook="") for f in self.failures])

    def moved(self, folder: Path) -> NotebooksFailed:
        """The same failures, with the notebooks where they are kept."""
        return NotebooksFailed([replace(f, notebook=str(folder / Path(f.notebook).name)) for f in self.failures])


class NotebooksUnreadable(ThiduaError):
    """Files that are no notebooks. Carries every one, before any of them runs."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(f"Có {len(self.problems)} notebook không đọc được")

    def __str__(self) -> str:
        lines = [f"Có {len(self.problems)} notebook không đọc được, chưa chạy mục nào:"]
        return "\n".join([*lines, *(f"  {n}. {p}" for n, p in enumerate(self.problems, 1))])
