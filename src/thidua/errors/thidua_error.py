"""What all errors with a message for the user have in common, and those that say no more than their sentence."""

from __future__ import annotations

# How a command ends: unusable input, or a notebook, the machine or the program failed.
UNUSABLE, FAILED = 2, 3


class ThiduaError(Exception):
    """Base of all errors that the command line and notebooks show as a message instead of a traceback.

    ``status`` is how a command ends that such an error stopped.
    """

    status = FAILED

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for its own rendering: an officer needs the sentence, not the stack.
        return [str(self)]


class FigureError(ThiduaError):
    """Figures combined in a way that has no meaning, such as hectares plus tonnes."""


class FormulaError(FigureError):
    """A formula of a form that cannot be read as one."""


class TableError(ThiduaError):
    """A table that cannot be made as asked."""


class ChartError(ThiduaError):
    """A chart that cannot be drawn as asked."""


class ProgramEnded(ThiduaError):
    """A program that makes a part of the report was ended before it had: which part and how, in words."""

    def __init__(self, how: str):
        super().__init__(f"Chưa lập báo cáo: {how}; hãy chạy lại.")
