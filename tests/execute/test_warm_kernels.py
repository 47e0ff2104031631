"""Sections run in forks of one warm Python: none sees another, and each is what Jupyter would have started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from archive.roots import tiny_root, write_notebook
from execute.written import executed, failure, notebook, printed
from thidua.errors import NotebooksFailed
from workbooks import PERIOD

_PLACE = """
import json, os, signal, sys, threading
print(json.dumps({
    "arguments": [a for a in sys.argv if not a.endswith(".json")], "executable": sys.executable, "path": sys.path,
    "folder": os.getcwd(), "main": str(sys.modules["__main__"]), "module": __name__, "flags": str(sys.flags),
    "input": sys.stdin.read(), "terminal": sys.stdout.isatty(), "leader": os.getsid(0) == os.getpid(),
    "threads": sorted(t.name.split("-")[0] for t in threading.enumerate()),
    "signals": [str(signal.getsignal(n)) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)],
    "settings": {k: v for k, v in os.environ.items() if k not in ("JPY_PARENT_PID", "IPYTHONDIR")},
}))
"""


def test_the_sections_of_a_run_are_forks_of_one_process(tmp_path: Path) -> None:
    who = notebook("import os\nprint(os.getppid(), os.environ['JPY_PARENT_PID'])")
    told = {printed(node) for node in executed(tmp_path, mot=who, hai=who, ba=who).values()}
    (line,) = told
    parent, named = line.split()
    assert parent == named != str(os.getpid()) and not psutil.pid_exists(int(parent))


def test_a_section_sees_nothing_of_what_another_did(tmp_path: Path) -> None:
    cell = (
        "import os, sys, random, numpy, thidua.notebook as n\n"
        "print(hasattr(n, 'seen'), 'SEEN' in os.environ, 'seen' in sys.path, 'seen' in dir())\n"
        "n.seen = seen = True\nos.environ['SEEN'] = '1'\nsys.path.append('seen')\nos.chdir('/')"
    )
    names = ("mot", "hai", "ba", "bon")
    nodes = executed(
        tmp_path, **{name: notebook(cell, "print(random.random(), numpy.random.rand())") for name in names}
    )
    lines = [printed(nodes[name]).splitlines() for name in names]
    assert {line[0] for line in lines} == {"False False False False"}
    assert len({line[1] for line in lines}) == len(names)


def test_a_kernel_that_is_forked_is_what_a_fresh_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> Any:
        return json.loads(printed(executed(tmp_path, muc=notebook(_PLACE))["muc"]))

    forked = told()
    monkeypatch.setattr("thidua.execute.warm.Warm._ready", lambda _: False)
    assert forked == told()


def test_where_the_warm_parent_ends_the_other_sections_start_by_themselves(tmp_path: Path) -> None:
    killer = notebook("print('một')", "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(30)")
    after = notebook("import time; time.sleep(1)", "print('xong')")
    start = time.monotonic()
    with pytest.raises(NotebooksFailed) as caught:
        executed(tmp_path, a=killer, b=after, c=after, d=after)
    assert "a" in {f.section for f in caught.value.failures} <= {"a", "b"}
    assert printed(nbformat.read(tmp_path / "c.ipynb", as_version=4)) == "xong\n"
    assert printed(nbformat.read(tmp_path / "d.ipynb", as_version=4)) == "xong\n"
    assert time.monotonic() - start < 60


def test_a_kernel_that_dies_at_once_is_told_and_nothing_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua.execute.kernel._ARGUMENTS", [sys.executable, "-m", "no_such_kernel", "-f", "{x}"])
    stopped = failure(tmp_path, "print('một')")
    assert stopped.cell == 0 and "không khởi động được (mã thoát 1)" in stopped.error
    assert "no_such_kernel" in stopped.error


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root", sections=[{"notebook": "01_mo_dau", "kind": "front"}])
    write_notebook(
        root, "01_mo_dau", ["import os, time\nopen('dang-chay', 'w').write(str(os.getpid()))", "time.sleep(60)"]
    )
    command = [sys.executable, "-m", "thidua.cli", "run", PERIOD, "--root", str(root)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        limit = time.monotonic() + 60
        while not (root / "dang-chay").is_file() and time.monotonic() < limit:
            time.sleep(0.05)
        left = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(signal.SIGKILL)
    assert len(left) == 2
    _, alive = psutil.wait_procs(left, timeout=10)
    assert alive == []
