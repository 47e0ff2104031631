"""Many units on this machine: several at a time, each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import partial
from pathlib import Path
from socket import socket

from thidua.archive.workspace import clear_leftovers
from thidua.execute.warm import AT_ONCE, warm
from thidua.fleet.apart import Died, apart
from thidua.fleet.outcome import Outcome, failed
from thidua.fleet.task import Task
from thidua.fleet.which_units import Unit
from thidua.machine.process import uninterrupted, when_stopped
from thidua.progress.progress import Progress

# Another machine's fault may be gone the second time; a unit that ends its process twice is named.
TRIES = 2
_MADE = "thidua.fleet.one_unit.made"


def made_here(
    units: Sequence[Unit], goes_to: Callable[[Unit], Path | str], jobs: int, progress: Progress, *, fresh: bool
) -> Iterator[Outcome]:
    """The outcomes of all units in the order in which they end; their runs are in the folder that ``goes_to`` names, or
    at the storage.

    A unit whose process dies is tried once more, and leaves nothing half made. ``progress`` has units by their folders.
    """
    workers = max(1, AT_ONCE // jobs)
    begun: set[Unit] = set()

    def clear() -> None:
        for unit in begun:
            _clear(goes_to(unit))

    when_stopped(clear)
    behind = _behind({output for unit in units if isinstance(output := goes_to(unit), str)}) if fresh else {}

    def outcome(unit: Unit) -> Outcome:
        begun.add(unit)
        progress.part(unit.folder, 0, 1)
        output = goes_to(unit)
        task = Task(unit, output, workers, fresh, behind=behind.get(output, 0))
        found = tried(task, parent.lend(), clear=partial(_clear, output))
        progress.part(unit.folder, 1, 1)
        begun.discard(unit)
        return found

    with warm() as parent, ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(outcome, unit) for unit in units]):
            yield done.result()


def tried(task: Task, lent: socket | None, *, clear: Callable[[], None] = lambda: None) -> Outcome:
    """The outcome of a unit that is made in a process of its own, which may die.

    ``lent`` is the warm parent of its sections. ``clear`` is called after each death.
    """
    began = time.monotonic()
    for number in range(1, TRIES + 1):
        try:
            made: Outcome = apart(_MADE, task, lent)
            return made.model_copy(update={"tries": number})
        except Died as error:
            with uninterrupted():  # what an interruption ended is neither told nor tried again
                clear()
            seconds = round(time.monotonic() - began, 2)
            lost = failed(task.unit, str(error)).model_copy(update={"tries": number, "seconds": seconds})
            if error.code is None:  # what takes for ever will again
                return lost
    return lost


def _behind(storages: set[str]) -> Mapping[Path | str, int]:
    if not storages:
        return {}
    from thidua.fleet.to_storage import length_of  # its libraries are heavy

    return {storage: length_of(storage) for storage in storages}


def _clear(output: Path | str) -> None:
    with suppress(OSError):
        if isinstance(output, Path):
            clear_leftovers(output)
