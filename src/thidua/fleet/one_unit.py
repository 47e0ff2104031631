"""The report of one unit, whatever happens to it: what a unit's process does."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from socket import socket

from filelock import FileLock

from thidua.archive.bag import PAYLOAD
from thidua.archive.collecting import as_collected, collect
from thidua.archive.comparison.earlier import write_changes
from thidua.archive.storage.object_store import is_address
from thidua.archive.workspace import clear_leftovers
from thidua.contracts import read_findings
from thidua.errors import ArchiveError, InputError, NotebooksFailed, NotebooksUnreadable, ThiduaError
from thidua.execute.warm import warm
from thidua.fleet.outcome import CODES, Found, Outcome, State, outcome_for, outcome_with
from thidua.fleet.task import Task
from thidua.fleet.which_units import Unit
from thidua.inputs import Inputs, read_inputs
from thidua.intake.unit_runs import FILE as UNITS
from thidua.intake.unit_runs import units_folder
from thidua.machine.log import explained
from thidua.progress.progress import NOBODY
from thidua.run.made import Made, make
from thidua.settings.params import Params

REPORT = "bao-cao.html"
_LOCK = ".run-all.lock"
_OF_CODE: dict[int, State] = {code: state for state, code in CODES.items()}


def made(task: Task, lent: socket | None = None) -> Outcome:
    """Make a unit's report, unless there is a sealed run already that is what would be made.

    ``lent`` is the warm parent of its sections, where whoever asks has one. Nothing is raised: what stood in the way is
    in the outcome.
    """
    unit = task.unit
    with tempfile.TemporaryDirectory(prefix="thidua-") as name:
        aside = Path(name)
        elsewhere = bool(task.bundle or unit.address)
        here = unit.laid_out(aside / unit.folder) if elsewhere else unit

        def work() -> Outcome:
            if elsewhere:
                here.root.mkdir()
                _lay_out(task, here.root)
            inputs = read_inputs(
                here.root, here.params_file, fresh=task.fresh, units=_of_elsewhere if elsewhere else collect
            )
            if isinstance(task.goes_to, Path):
                return _placed(here, inputs, task.goes_to, task, lent)
            from thidua.fleet.to_storage import sent

            return sent(here, inputs, task.goes_to, lambda: _made(inputs, aside / "output", task, lent).folder, task)

        log = task.goes_to if isinstance(task.goes_to, Path) else aside.parent
        return told(here, work, log).model_copy(update={"params": unit.place})


def gathered(unit: Unit) -> Outcome | None:
    """Collect the sealed runs of a unit's units below, to be taken along to another machine; what stood in the way."""

    def work() -> Outcome:
        read_inputs(unit.root, unit.params_file, units=collect)
        return outcome_for(unit, "good")

    outcome = told(unit, work, unit.root)
    return outcome if outcome.problems else None


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


def _lay_out(task: Task, root: Path) -> None:
    if task.bundle:
        from thidua.archive.storage.bundles import fetch_bundle

        fetch_bundle(task.bundle, root)
    else:
        from thidua.fleet.stored_units import fetch_suite

        fetch_suite(task.unit.address, root)


def _of_elsewhere(root: Path, params: Params) -> None:
    """The runs of the units below where none of their folders is at hand: those at a storage, or taken along."""
    if params.gathered and all(map(is_address, params.gathered.runs)):
        collect(root, params)
    elif (units_folder(root, params.period) / UNITS).is_file():
        as_collected(root, params)
    else:
        raise ArchiveError(
            "Bộ báo cáo nằm ở kho nên không có thư mục nào ở tham số «gathered.runs»; hãy ghi ở đó địa chỉ kho có lần "
            "chạy của các đơn vị, ví dụ s3://bao-cao/tinh."
        )


def _placed(unit: Unit, inputs: Inputs, output: Path, task: Task, lent: socket | None) -> Outcome:
    output.mkdir(parents=True, exist_ok=True)
    with FileLock(output / _LOCK):  # of two at once, the second takes what the first has made
        clear_leftovers(output)
        done = _made(inputs, output, task, lent)
        if not done.before:
            write_changes(output, done.folder, inputs.params.parsed_period)
        return outcome_of(unit, done.folder, taken=done.before)


def _made(inputs: Inputs, output: Path, task: Task, lent: socket | None) -> Made:
    with warm(lent) as parent:
        return make(inputs, output, task.workers, NOBODY, parent, fresh=task.fresh)
