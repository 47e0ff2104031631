"""Very many notebooks at a time: each ends as it should, whatever happens to those beside it, and nothing is left.

``--executions 1000`` runs as many.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import psutil
import pytest

from execute.written import notebook, printed
from thidua.errors import NotebookFailure, NotebooksFailed
from thidua.execute.runner import Job, run_notebooks
from workbooks import PERIOD

_JOBS = 16
_GOOD = (
    "import os\nfrom IPython.display import display",
    "print({name!r})\ndisplay({{'text/plain': {name!r}}}, raw=True)",
)
# How a section ends in its second cell, and what is said of it.
_DEATHS = {
    "open(f'{name}.pid', 'w').write(str(os.getpid())); __import__('time').sleep(60)": "SIGKILL",  # from outside
    "os._exit(7)": "mã thoát 7",
    "os.abort()": "SIGABRT",
    "os.write(1, b'x' * 100_000); raise MemoryError": "hết bộ nhớ",
    "input()": "chờ gõ từ bàn phím",
    "__import__('subprocess').Popen(['sleep', '617']); 1 / 0": "ZeroDivisionError",
}


def test_each_ends_as_it_should_and_nothing_is_left(
    tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    count = pytestconfig.getoption("executions")
    names = [f"muc_{number:04d}" for number in range(count)]
    deaths = dict(zip(names[3::5], list(_DEATHS) * count, strict=False))
    cells = {name: _cells(name, deaths.get(name)) for name in names}
    jobs = [Job(name, cells, tmp_path, tmp_path / f"{name}.ipynb") for name in names]
    processes, *others = _left()
    with _killing(tmp_path), pytest.raises(NotebooksFailed) as caught:
        run_notebooks(jobs, {"period": PERIOD}, tmp_path, _JOBS, lambda *_: None)
    failed: dict[str, NotebookFailure] = {failure.section: failure for failure in caught.value.failures}
    assert {name: failed[name].error for name in failed if _DEATHS[deaths[name]] not in failed[name].error} == {}
    assert list(failed) == list(deaths) and {f.cell for f in failed.values()} == {3}
    for name in set(names) - set(deaths):
        node = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
        assert printed(node) == f"{name}\n" and node.cells[-1].outputs[-1].data == {"text/plain": name}
    processes_now, *others_now = _left()
    assert processes_now <= processes and others_now == others


def _cells(name: str, death: str | None) -> nbformat.NotebookNode:
    return notebook(*(cell.format(name=name) for cell in (_GOOD[0], death or _GOOD[1])))


@contextmanager
def _killing(folder: Path) -> Iterator[None]:
    """Kill each section that has told its number, after a while drawn at random."""
    chance, over = random.Random(1), threading.Event()

    def kill() -> None:
        while not over.wait(chance.uniform(0, 0.02)):
            for told in folder.glob("*.pid"):
                if number := told.read_text():
                    with suppress(ProcessLookupError):
                        os.kill(int(number), signal.SIGKILL)
                    told.unlink()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _left() -> tuple[set[int], int, set[str]]:
    """The processes below this one and those that sections started, its open files, and its temporary ones."""
    time.sleep(0.1)
    children = {child.pid for child in psutil.Process().children(recursive=True)}
    sleeping = {p.pid for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "617"]}
    return (
        children | sleeping,
        len(list(Path("/proc/self/fd").iterdir())),
        {p.name for p in Path(tempfile.gettempdir()).iterdir()},
    )
