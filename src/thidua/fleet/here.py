"""Many units on this machine: several at a time, each in a process of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path

from thidua.archive.workspace import clear_leftovers
from thidua.fleet.apart import Died, apart
from thidua.fleet.one_unit import failed, made
from thidua.fleet.outcome import Outcome
from thidua.fleet.which_units import Unit
from thidua.machine.process import when_stopped
from thidua.progress.progress import Progress

# Another machine's fault may be gone the second time; a unit that ends its process twice is named.
TRIES = 2


def made_here(
    units: Sequence[Unit], output_of: Callable[[Unit], Path], jobs: int, progress: Progress
) -> Iterator[Outcome]:
    """The outcomes of all units in the order in which they end; their runs are where ``output_of`` puts them.

    A unit whose process dies is tried once more, and leaves nothing half made. ``progress`` has units by their folders.
    """
    workers = max(1, 2 * (os.cpu_count() or 1) // jobs)
    begun: set[Unit] = set()

    def clear() -> None:
        for unit in begun:
            _clear(output_of(unit))

    when_stopped(clear)

    def outcome(unit: Unit) -> Outcome:
        begun.add(unit)
        progress.part(unit.folder, 0, 1)
        found = tried(unit, output_of(unit), workers)
        progress.part(unit.folder, 1, 1)
        begun.discard(unit)
        return found

    with ThreadPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(outcome, unit) for unit in units]):
            yield done.result()


def tried(unit: Unit, output: Path, workers: int) -> Outcome:
    """The outcome of a unit whose process may die."""
    began = time.monotonic()
    for number in range(1, TRIES + 1):
        try:
            return apart(made, unit, output, workers).model_copy(update={"tries": number})
        except Died as error:
            _clear(output)
            seconds = round(time.monotonic() - began, 2)
            lost = failed(unit, str(error)).model_copy(update={"tries": number, "seconds": seconds})
            if error.code is None:  # what takes for ever will again
                return lost
    return lost


def _clear(output: Path) -> None:
    with suppress(OSError):
        clear_leftovers(output)
