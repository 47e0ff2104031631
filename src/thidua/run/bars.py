"""Progress on the terminal: a bar for each section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def section_bars(sections: Sequence[str]) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar per section on stderr; gives the function to call with (section, cells done, cells in all)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks = {name: progress.add_task(name, total=None) for name in sections}

        def update(name: str, done: int, total: int) -> None:
            progress.update(tasks[name], completed=done, total=total)

        yield update
