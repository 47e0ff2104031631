"""The sealed run of one unit as it comes to a storage, unless that has it already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.sending import push
from thidua.archive.storage.shared_register import SharedRegister
from thidua.archive.storage.stored_before import stored_before
from thidua.fleet.one_unit import outcome_of
from thidua.fleet.outcome import Found, Outcome, outcome_with
from thidua.fleet.task import Task
from thidua.fleet.which_units import Unit
from thidua.inputs import Inputs


def sent(unit: Unit, inputs: Inputs, storage: str, make: Callable[[], Path], task: Task) -> Outcome:
    """The outcome of a unit whose run is at the storage: one that was there, or that ``make`` makes, to be sent.

    StorageError where the storage refuses.
    """
    store = ObjectStore(storage)
    register = SharedRegister(store)

    def known() -> Outcome | None:
        line = stored_before(inputs, register, task.behind)
        if line is None:
            return None
        found = Found(errors=line.open_errors or 0, accepted=line.accepted or 0)
        return outcome_with(unit, found, f"{store.url}/{line.run}", "", taken=not task.fresh)

    if there := known():
        return there
    made = make()
    if there := known():  # another was quicker: of the same inputs one is enough
        return there
    address = push(made, storage)
    return outcome_of(unit, made, taken=False).model_copy(update={"run": address, "report": ""})


def length_of(storage: str) -> int:
    """The number of the last line of a storage's register: what a command that begins now has made comes behind it."""
    return SharedRegister(ObjectStore(storage)).length()
