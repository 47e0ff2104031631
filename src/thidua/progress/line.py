"""The line that a terminal shows: a bar and words beside it, or on a narrow one as much of the words as it holds."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

# The width of the bar, and how much the words need beside one.
_BAR, _WORDS = 24, 50


@dataclass(frozen=True)
class Line:
    """How far a command is. ``left`` is the time that is left in words: of all words the last to give way."""

    share: float = 0.0
    step: str = ""
    words: str = ""
    left: str = ""

    def __str__(self) -> str:
        """«Bước 3/5: Chạy các mục 12/25, còn khoảng 35 giây»."""
        return f"{self.step}{self.words}{self._behind}"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        beside = options.max_width - _BAR - 1
        if beside < _WORDS:
            yield Text(self.within(options.max_width), no_wrap=True, overflow="ellipsis")
            return
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=_BAR)
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        bar = ProgressBar(1, self.share, _BAR, complete_style="cyan", finished_style="cyan")
        grid.add_row(bar, Text(self.within(beside)))
        yield grid

    def within(self, room: int) -> str:
        """As much of it as so many columns hold."""
        told = str(self)
        if cell_len(told) > room:
            told = f"{self.words}{self._behind}"
        if (over := cell_len(told) - room) > 0 and self.left:
            told = f"{self.words[: -over - 1]}…{self._behind}"
        return told

    @property
    def _behind(self) -> str:
        return f", {self.left}" if self.left else ""
