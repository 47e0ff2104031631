"""Whether a storage has the run that would be made now, by what its register says of the runs."""

from __future__ import annotations

from thidua.archive.sealed_before import Today
from thidua.archive.storage.shared_register import Line, SharedRegister
from thidua.inputs import Inputs


def stored_before(inputs: Inputs, register: SharedRegister, behind: int = 0) -> Line | None:
    """The latest line of a run that is what would be made now, and is there as it was sent; None without one.

    Only those ``behind`` a number count. StorageError where the storage refuses.
    """
    today = Today(inputs)
    lines = (line for line in register.made_of(today.name()) if line.number > behind)
    return next((line for line in lines if today.gives(line.run, line.basis) and register.has(line)), None)
