"""What is done in a process of its own is told to have died where it did, and can be tried again."""

from __future__ import annotations

from multiprocessing import forkserver
from pathlib import Path

import pytest

from fleet.communes import communes
from sections import parent
from thidua.fleet.apart import Died, apart
from thidua.fleet.task import Task
from thidua.fleet.which_units import units_of
from workbooks import PERIOD


def test_a_server_that_is_killed_while_it_forks_costs_one_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise EOFError("unexpected EOF")

    with monkeypatch.context() as patch:
        patch.setattr(forkserver, "connect_to_new_process", gone)
        with pytest.raises(Died, match="kết thúc giữa chừng"):
            apart("operator.add", 1, 2)
    assert apart("operator.add", 1, 2) == 3


def test_a_unit_s_process_finds_all_libraries_imported_by_the_server_which_has_no_threads(tmp_path: Path) -> None:
    communes(tmp_path, 1)
    (unit,) = units_of([str(tmp_path)], PERIOD)
    task = Task(unit, tmp_path / "output", 1)
    assert apart("fleet.imported.by_a_unit", task, parent().lend()) == ("findings", [])
    assert len(list(Path(f"/proc/{apart('os.getppid')}/task").iterdir())) == 1
