"""Many units on this machine: several at a time, each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from thidua.archive.workspace import clear_leftovers
from thidua.execute.warm import AT_ONCE, warm
from thidua.fleet.apart import Died, apart
from thidua.fleet.outcome import Outcome, failed
from thidua.fleet.which_units import Unit
from thidua.machine.process import when_stopped
from thidua.progress.progress import Progress

# Another machine's fault may be gone the second time; a unit that ends its process twice is named.
TRIES = 2
_MADE = "thidua.fleet.one_unit.made"


def made_here(
    units: Sequence[Unit], output_of: Callable[[Unit], Path], jobs: int, progress: Progress
) -> Iterator[Outcome]:
    """The outcomes of all units in the order in which they end; their runs are where ``output_of`` puts them.

    A unit whose process dies is tried once more, and leaves nothing half made. ``progress`` has units by their folders.
    """
    workers = max(1, AT_ONCE // jobs)
    begun: set[Unit] = set()

    def clear() -> None:
        for unit in begun:
            _clear(output_of(unit))

    when_stopped(clear)

    def outcome(unit: Unit) -> Outcome:
        begun.add(unit)
        progress.part(unit.folder, 0, 1)
        output = output_of(unit)
        found = tried(_MADE, unit, output, workers, parent.lend(), clear=partial(_clear, output))
        progress.part(unit.folder, 1, 1)
        begun.discard(unit)
        return found

    with warm() as parent, ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(outcome, unit) for unit in units]):
            yield done.result()


def tried(work: str, unit: Unit, *arguments: Any, clear: Callable[[], None] = lambda: None) -> Outcome:
    """The outcome that a function of this name gives for a unit in a process of its own, which may die.

    ``clear`` is called after each death.
    """
    began = time.monotonic()
    for number in range(1, TRIES + 1):
        try:
            made: Outcome = apart(work, unit, *arguments)
            return made.model_copy(update={"tries": number})
        except Died as error:
            clear()
            seconds = round(time.monotonic() - began, 2)
            lost = failed(unit, str(error)).model_copy(update={"tries": number, "seconds": seconds})
            if error.code is None:  # what takes for ever will again
                return lost
    return lost


def _clear(output: Path) -> None:
    with suppress(OSError):
        clear_leftovers(output)
