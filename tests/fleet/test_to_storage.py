"""A unit's run at a storage: it is taken where it is there as it was sent, and made once by one command."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from archive.folders import unlocked
from archive.roots import tiny_root
from thidua.archive.bag import seal
from thidua.archive.contents import contents_of, copied, copy_contents, run_name
from thidua.archive.crate import run_by_this_process, write_crate
from thidua.archive.origin import Origin
from thidua.archive.software import software
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.sending import push, stored, verify_stored
from thidua.archive.storage.shared_register import SharedRegister
from thidua.fleet.task import Task
from thidua.fleet.to_storage import length_of, sent
from thidua.fleet.which_units import Unit
from thidua.inputs import Inputs, read_inputs
from workbooks import PERIOD


class Suite:
    """A unit's suite, whose runs are sealed unexecuted and count."""

    def __init__(self, folder: Path):
        self.folder, self.storage = folder, str(folder / "kho")
        Path(self.storage).mkdir()
        root = tiny_root(folder / "xa")
        params = root / "params" / f"{PERIOD}.yaml"
        self.inputs: Inputs = read_inputs(root, params)
        self.task = Task(Unit("xã", root, params), self.storage, 1)
        self.made = 0

    def make(self) -> Path:
        self.made += 1
        folder = self.folder / f"output-{self.made}"
        folder.mkdir()
        copy_contents(contents_of(self.inputs), folder)
        (folder / "checks.json").write_text("[]", encoding="utf-8")
        name = run_name(PERIOD, copied(folder))
        # A run takes longer than a second; two of one second would be the same to the byte.
        began = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self.made)
        run = run_by_this_process(name, began, software(), Origin({"10_kinh_te": ""}, ()))
        write_crate(folder, self.inputs.params, run)
        seal(folder, name, "thidua")
        return folder

    def asked(self, task: Task) -> bool:
        """Ask for the unit's run; whether it was taken."""
        return sent(task.unit, self.inputs, self.storage, self.make, task).taken


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    return Suite(tmp_path)


def test_a_run_whose_file_at_the_storage_is_gone_or_not_whole_is_made_and_sent_again(suite: Suite) -> None:
    assert [suite.asked(suite.task) for _ in range(2)] == [False, True] and suite.made == 1
    (file,) = (unlocked(Path(suite.storage)) / "runs").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert not suite.asked(suite.task) and suite.asked(suite.task) and suite.made == 2
    for each in (unlocked(Path(suite.storage)) / "runs").iterdir():
        each.unlink()
    assert not suite.asked(suite.task) and suite.made == 3
    assert all(verdict.intact for verdict in verify_stored(suite.storage))


def test_what_one_command_asks_for_afresh_twice_is_made_once(suite: Suite) -> None:
    push(suite.make(), suite.storage)
    fresh = replace(suite.task, fresh=True, behind=length_of(suite.storage))
    # The first to ask dies when its run has arrived, before it could tell.
    assert [suite.asked(fresh) for _ in range(2)] == [False, False]
    lines, problems = SharedRegister(ObjectStore(suite.storage)).read()
    assert problems == [] and suite.made == len(lines) == 2 and len(stored(suite.storage)[0]) == 1
