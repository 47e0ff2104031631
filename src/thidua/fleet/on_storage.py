"""The report of one unit whose inputs came from elsewhere and whose sealed run goes to a storage."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from socket import socket

from thidua.archive.contents import contents_of, run_name
from thidua.archive.storage.bundles import fetch_bundle
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.sending import push
from thidua.archive.storage.shared_register import Line, SharedRegister
from thidua.errors import ArchiveError
from thidua.execute.warm import warm
from thidua.fleet.one_unit import outcome_of, told
from thidua.fleet.outcome import Found, Outcome, outcome_with
from thidua.fleet.which_units import Unit
from thidua.inputs import read_inputs
from thidua.progress.progress import NOBODY
from thidua.run.made import make


def made_there(unit: Unit, bundle: str, storage: str, lent: socket | None = None) -> Outcome:
    """Make the report of a unit whose suite is a bundle, and send it to a storage, unless that has it already.

    ``unit`` has its folder where it was packed, ``lent`` is the warm parent of its sections, where there is one.
    Nothing is raised: what stood in the way is in the outcome.
    """
    with tempfile.TemporaryDirectory(prefix="thidua-") as aside:
        root = Path(aside) / unit.folder
        here = replace(unit, root=root, params_file=root / "params" / unit.params_file.name)
        outcome = told(here, partial(_made, here, bundle, storage, lent), Path(aside).parent)
        return outcome.model_copy(update={"params": str(unit.params_file)})


def _made(unit: Unit, bundle: str, storage: str, lent: socket | None) -> Outcome:
    unit.root.mkdir()
    fetch_bundle(bundle, unit.root)
    inputs = read_inputs(unit.root, unit.params_file)
    if inputs.params.gathered:  # the runs of the units below lie where the params say, on one machine
        raise ArchiveError(
            "Báo cáo gộp từ lần chạy của các đơn vị dưới thì lập ở máy giữ các lần chạy ấy, bằng lệnh run."
        )
    store = ObjectStore(storage)
    register = SharedRegister(store)
    if line := register.current(run_name(inputs.params.period, contents_of(inputs))):
        return _known(unit, line, store)
    with warm(lent) as parent:
        made = make(inputs, unit.root / "output", 2, NOBODY, parent).folder
    if line := register.current(made.name):  # another was quicker: of the same inputs one is enough
        return _known(unit, line, store)
    address = push(made, storage)
    return outcome_of(unit, made, taken=False).model_copy(update={"run": address, "report": ""})


def _known(unit: Unit, line: Line, store: ObjectStore) -> Outcome:
    found = Found(errors=line.open_errors or 0, accepted=line.accepted or 0)
    return outcome_with(unit, found, f"{store.url}/{line.run}", "", taken=True)
