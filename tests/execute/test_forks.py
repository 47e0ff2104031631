"""Sections run in forks of one warm Python: none sees another, and each is what Jupyter would have started."""

from __future__ import annotations

import json
import os
import signal
import time
from functools import partial
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest

from archive.roots import change_cell, tiny_root, write_notebook
from execute.written import by, executed, notebook, printed
from forked import command
from sections import lent, parent
from thidua.checks.engine import check
from thidua.errors import NotebooksFailed
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.warm import Warm, warm
from thidua.inputs import read_inputs
from thidua.judged import keep_judgement
from thidua.recording.record import Recording
from thidua.report import open_report
from workbooks import FILE, PERIOD, params_file

_PLACE = """
import json, os, signal, sys
print(json.dumps({
    "arguments": [a for a in sys.argv if not a.endswith(".json")], "executable": sys.executable, "path": sys.path,
    "folder": os.getcwd(), "main": str(sys.modules["__main__"]), "module": __name__, "flags": str(sys.flags),
    "input": sys.stdin.read(), "terminal": sys.stdout.isatty(), "leader": os.getsid(0) == os.getpid(),
    "signals": [str(signal.getsignal(n)) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)],
    "settings": {k: v for k, v in os.environ.items() if not k.startswith(("JPY_", "PYDEVD_", "PYTEST_", "IPYTHOND"))},
}))
"""


def test_the_sections_of_a_run_are_forks_of_one_process(tmp_path: Path) -> None:
    who = notebook("import os\nprint(os.getppid())")
    (line,) = {printed(node) for node in executed(tmp_path, mot=who, hai=who, ba=who).values()}
    assert int(line) != os.getpid()


def test_a_section_sees_nothing_of_what_another_did(tmp_path: Path) -> None:
    cell = (
        "import os, sys, random, numpy, thidua.notebook as n\n"
        "print(hasattr(n, 'seen'), 'SEEN' in os.environ, 'seen' in sys.path, 'seen' in dir(), os.getcwd())\n"
        "n.seen = seen = True\nos.environ['SEEN'] = '1'\nsys.path.append('seen')\nos.chdir('/')"
    )
    names = ("mot", "hai", "ba", "bon")
    nodes = executed(
        tmp_path, **{name: notebook(cell, "print(random.random(), numpy.random.rand())") for name in names}
    )
    lines = [printed(nodes[name]).splitlines() for name in names]
    assert {line[0] for line in lines} == {f"False False False False {tmp_path}"}
    assert len({line[1] for line in lines}) == len(names)


def test_a_section_that_is_forked_finds_what_a_fresh_kernel_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = json.loads(printed(by(None, tmp_path, muc=notebook(_PLACE))["muc"]))
    monkeypatch.setattr(Warm, "section", lambda _: None)
    assert forked == json.loads(printed(executed(tmp_path, muc=notebook(_PLACE))["muc"]))


def test_what_a_section_asks_for_is_recorded_in_a_kernel_of_its_own_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny_root(tmp_path)
    (root / "data" / "own.csv").write_text("n\n1\n", encoding="utf-8")
    chart = "progress_chart([report.indicators.lua], title='Tiến độ', key='bieu_do')"
    cells = [
        "from thidua.notebook import progress_chart",
        chart,
        "import pandas as pd",
        "len(pd.read_csv('data/own.csv'))",
    ]
    write_notebook(root, "10_kinh_te", ["%%prose\nCấy được {lua} lúa.", *cells])
    source = nbformat.read(root / "notebooks" / "10_kinh_te.ipynb", as_version=4)
    recorded: list[str] = []
    for _ in range(2):
        job = Job("10_kinh_te", {"10_kinh_te": source}, root / "notebooks", tmp_path / "muc.ipynb")
        keep = partial(_keep, recorded)
        parent().open(root, PERIOD)
        run_notebooks([job], {"period": PERIOD}, root, 1, lambda *_: None, recorded=keep, parent=parent())
        monkeypatch.setattr(Warm, "section", lambda _: None)
    forked, alone = map(Recording.model_validate_json, recorded)
    assert forked == alone and not alone.beyond and list(alone.files) == ["data/own.csv"]


def _keep(recorded: list[str], _: str, recording: str) -> None:
    recorded.append(recording)


def test_where_nothing_can_be_forked_sections_run_and_fail_in_kernels_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Warm, "section", lambda _: None)
    good, bad = notebook("print('xong')", "await __import__('asyncio').sleep(0)"), notebook("print(1)", "1 / 0")
    dead = notebook("import os; os._exit(7)")
    with pytest.raises(NotebooksFailed) as caught:
        executed(tmp_path, tot=good, hong=bad, het=dead)
    first, second = caught.value.failures
    assert (first.section, first.cell, first.error) == ("hong", 3, "ZeroDivisionError: division by zero")
    assert (second.section, second.cell) == ("het", 2) and "mã thoát 7" in second.error
    assert printed(nbformat.read(tmp_path / "tot.ipynb", as_version=4)) == "xong\n"


def test_where_the_warm_parent_ends_the_other_sections_start_by_themselves(tmp_path: Path) -> None:
    killer = notebook("print('một')", "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(30)")
    after = notebook("import time; time.sleep(1)", "print('xong')")
    with pytest.raises(NotebooksFailed) as caught:
        by(None, tmp_path, a=killer, b=after, c=after)
    assert "a" in {f.section for f in caught.value.failures} <= {"a", "b"}
    assert all("SIGKILL" in f.error for f in caught.value.failures)
    assert printed(nbformat.read(tmp_path / "c.ipynb", as_version=4)) == "xong\n"


def test_a_warm_parent_that_was_killed_is_started_again_with_the_data(tmp_path: Path) -> None:
    who = notebook("import os\nprint(os.getppid())")
    with warm() as whom:
        for _ in range(2):
            whom.open(tmp_path, PERIOD)
            stage = int(printed(by(whom, tmp_path, muc=who)["muc"]))
            assert stage != os.getpid()
            first = psutil.Process(stage).parent()
            assert first
            first.kill()
            while first.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.01)


def test_a_python_that_does_not_start_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zmq.py").write_text("raise ImportError('no sockets here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(NotebooksFailed) as caught:
        by(None, tmp_path, muc=notebook("print('một')"))
    (stopped,) = caught.value.failures
    assert stopped.cell == 0 and "không khởi động được" in stopped.error and "no sockets here" in stopped.error


def test_what_a_section_started_ends_with_it(tmp_path: Path) -> None:
    cell = "import subprocess, os\nprint(subprocess.Popen(['sleep', '600']).pid, os.getpid())"
    pids = [int(pid) for pid in printed(executed(tmp_path, muc=notebook(cell))["muc"]).split()]
    limit = time.monotonic() + 10
    while any(psutil.pid_exists(pid) for pid in pids) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_the_data_are_opened_once_for_all_sections_until_they_are_opened_again(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    signer = notebook("from thidua.notebook import open_report\nprint(open_report(period).document.signer.name)")
    params = root / "params" / f"{PERIOD}.yaml"
    first = printed(executed(root, muc=signer)["muc"])
    params.write_text(params.read_text(encoding="utf-8").replace("Trần Văn Mẫu", "Lê Thị Mới"), encoding="utf-8")
    meanwhile = printed(by(parent(), root, muc=signer)["muc"])
    after = printed(executed(root, muc=signer)["muc"])
    assert (first, meanwhile, after) == ("Trần Văn Mẫu\n", "Trần Văn Mẫu\n", "Lê Thị Mới\n")


def test_what_is_wrong_with_the_data_is_told_by_the_section_that_opens_them(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    (root / "data" / "raw" / PERIOD / FILE).unlink()
    with pytest.raises(NotebooksFailed) as caught:
        executed(root, muc=notebook("print(1)", "from thidua.notebook import open_report\nopen_report(period)"))
    assert caught.value.failures[0].cell == 3 and FILE in caught.value.failures[0].error


def test_a_warm_parent_leaves_nothing(tmp_path: Path) -> None:
    before, files = set(psutil.Process().children(recursive=True)), _open_files()
    with warm() as whom:
        whom.open(tmp_path, PERIOD)
        by(whom, tmp_path, mot=notebook("import time; time.sleep(.1)"), hai=notebook("1"))
    assert set(psutil.Process().children(recursive=True)) <= before and _open_files() == files


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_papermill_knows_the_engine_by_its_name(tmp_path: Path) -> None:
    nbformat.write(notebook("import os\nprint(period, os.getcwd(), os.getpid())"), tmp_path / "muc.ipynb")
    out = tmp_path / "ra.ipynb"
    with lent():
        papermill.execute_notebook(
            tmp_path / "muc.ipynb", out, {"period": PERIOD}, engine_name="thidua", cwd=tmp_path, progress_bar=False
        )
    *said, pid = printed(nbformat.read(out, as_version=4)).split()
    assert said == [PERIOD, str(tmp_path)] and int(pid) != os.getpid()


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root", sections=[{"notebook": "01_mo_dau", "kind": "front"}])
    write_notebook(
        root,
        "01_mo_dau",
        [
            "import os, subprocess, time\nsubprocess.Popen(['sleep', '60'])\nopen('dang-chay', 'w').close()",
            "time.sleep(60)",
        ],
    )
    with command("run", PERIOD, "--root", root, lent=False) as run:
        limit = time.monotonic() + 60
        while not (root / "dang-chay").is_file() and time.monotonic() < limit:
            time.sleep(0.05)
        left = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(signal.SIGKILL)
    assert len(left) == 4  # two parents, the section and what it started
    _, alive = psutil.wait_procs(left, timeout=10)
    assert alive == []


def test_what_a_run_judges_is_what_a_section_would_judge(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    write_notebook(root, "01_mo_dau", ["%%prose\n## Kết quả quý I năm 2029"])  # which the checks find fault with
    inputs = read_inputs(root, root / "params" / f"{PERIOD}.yaml")
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    assert any("2029" in f.message for f in checked.findings)
    judged = root / "data" / "processed" / PERIOD / "judgement.json"
    keep_judgement(inputs, checked)
    by_the_run = judged.read_bytes()
    judged.unlink()
    open_report(PERIOD, root)
    assert judged.read_bytes() == by_the_run


def test_what_is_judged_of_a_workbook_is_not_kept_for_the_one_that_was_saved_meanwhile(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    inputs = read_inputs(root, root / "params" / f"{PERIOD}.yaml")
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    assert inputs.saved_since() == []
    change_cell(root, "E2", 151)
    keep_judgement(inputs, checked)
    assert not (root / "data" / "processed" / PERIOD / "judgement.json").exists()
    assert inputs.saved_since() == ["kinh-te.xlsx"]
    with params_file(root).open("a", encoding="utf-8") as file:
        file.write("# không đổi gì\n")
    assert inputs.saved_since() == ["kinh-te.xlsx"]
    params_file(root).write_text(params_file(root).read_text(encoding="utf-8").replace("name:", "name: X", 1))
    assert params_file(root).name in inputs.saved_since()
