"""The report of one unit, whatever happens to it: what a unit's process does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from socket import socket

from filelock import FileLock

from thidua.archive.bag import PAYLOAD
from thidua.archive.collecting import collect
from thidua.archive.comparison.earlier import write_changes
from thidua.archive.workspace import clear_leftovers
from thidua.contracts import read_findings
from thidua.errors import InputError, NotebooksFailed, NotebooksUnreadable, ThiduaError
from thidua.execute.warm import warm
from thidua.fleet.outcome import CODES, Found, Outcome, State, outcome_for, outcome_with
from thidua.fleet.which_units import Unit
from thidua.inputs import read_inputs
from thidua.machine.log import explained
from thidua.progress.progress import NOBODY
from thidua.run.made import make

REPORT = "bao-cao.html"
_LOCK = ".run-all.lock"
_OF_CODE: dict[int, State] = {code: state for state, code in CODES.items()}


def made(unit: Unit, output: Path, workers: int, lent: socket | None = None) -> Outcome:
    """Make a unit's report in its output folder, unless that has a sealed run of the very same inputs already.

    ``lent`` is the warm parent of its sections, where whoever asks has one.
    """
    return told(unit, partial(_made, unit, output, workers, lent), output)


def told(unit: Unit, work: Callable[[], Outcome], place: Path) -> Outcome:
    """The outcome that ``work`` gives, or what stood in its way: nothing is raised.

    The log of what nobody expected is written to ``place``.
    """
    began = time.monotonic()
    try:
        outcome = work()
    except ThiduaError as error:
        outcome = outcome_for(unit, _OF_CODE[error.status], tuple(map(str, _each(error))))
    except BaseException as error:  # a panic of a library in Rust and the end of a task are no Exception
        fault, _, _ = explained(error, ["run", str(unit.params_file)], place if place.is_dir() else unit.root)
        outcome = outcome_for(unit, "failed", (str(fault),))
    return outcome.model_copy(update={"seconds": round(time.monotonic() - began, 2)})


def outcome_of(unit: Unit, folder: Path, *, taken: bool) -> Outcome:
    """What a sealed run says of a unit's report."""
    findings = read_findings(folder / PAYLOAD / "checks.json")
    opened = [f for f in findings if not f.accepted]

    def count(severity: str) -> int:
        return sum(f.severity == severity for f in opened)

    accepted = len(findings) - len(opened)
    found = Found(errors=count("error"), accepted=accepted, warnings=count("warning"), notes=count("note"))
    return outcome_with(unit, found, str(folder), str(folder / PAYLOAD / REPORT), taken=taken)


def _each(error: ThiduaError) -> Sequence[object]:
    """The faults that an error tells of, one by one."""
    if isinstance(error, InputError | NotebooksUnreadable):
        return error.problems
    return error.failures if isinstance(error, NotebooksFailed) else [error]


def _made(unit: Unit, output: Path, workers: int, lent: socket | None) -> Outcome:
    inputs = read_inputs(unit.root, unit.params_file, units=collect)
    output.mkdir(parents=True, exist_ok=True)
    with FileLock(output / _LOCK):  # of two at once, the second takes what the first has made
        clear_leftovers(output)
        with warm(lent) as parent:
            done = make(inputs, output, workers, NOBODY, parent)
        if not done.before:
            write_changes(output, done.folder, inputs.params.parsed_period)
        return outcome_of(unit, done.folder, taken=done.before)
