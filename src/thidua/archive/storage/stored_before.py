"""Whether a storage has the run that would be made now, by what its register says of the runs."""

from __future__ import annotations

from thidua.archive.sealed_before import Today
from thidua.archive.storage.shared_register import Line, SharedRegister
from thidua.inputs import Inputs


def stored_before(inputs: Inputs, register: SharedRegister) -> Line | None:
    """The latest line of a run that is what would be made now; None without one. StorageError where it refuses."""
    today = Today(inputs)
    return next((line for line in register.made_of(today.name()) if today.gives(line.run, line.basis)), None)
