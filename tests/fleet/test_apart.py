"""What is done in a process of its own is told to have died where it did, and can be tried again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

import psutil
import pytest

from fleet.communes import communes
from sections import parent
from thidua.fleet.apart import Died, apart
from thidua.fleet.task import Task
from thidua.fleet.which_units import units_of
from workbooks import PERIOD

_ASKED = """
import time
from contextlib import suppress
from thidua.fleet.apart import Died, apart
from thidua.machine.process import ours

with ours():
    with suppress(Died):  # its server is ended, and then this process too
        apart("time.sleep", 60)
    time.sleep(60)
"""


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


def test_ctrl_c_while_the_server_imports_leaves_no_traceback_on_the_terminal() -> None:
    # A terminal tells all that run in it, the server too.
    with subprocess.Popen([sys.executable, "-c", _ASKED], stderr=subprocess.PIPE, start_new_session=True) as asked:
        server = psutil.Process(asked.pid)
        while not any("forkserver" in " ".join(child.cmdline()) for child in server.children()):
            assert asked.poll() is None
            time.sleep(0.01)
        time.sleep(0.3)  # it imports for a second
        os.killpg(asked.pid, signal.SIGINT)
        told = asked.communicate(timeout=30)[1].decode()
    assert (asked.returncode, told) == (130, "Đã dừng theo yêu cầu; chưa ghi kết quả nào.\n")
