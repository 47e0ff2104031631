"""The reports of many units on one machine: what happens to one happens to no other, and nothing is made twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from archive.roots import run, thidua, write_notebook
from fleet.communes import begun, communes
from forked import command, ended
from once import once
from thidua.archive.bag import payload
from thidua.archive.origin import graph_of, origin_of
from thidua.archive.runs_register import FILE as REGISTER
from thidua.errors import Interrupted
from thidua.fleet.account import findings_of, summary
from thidua.fleet.outcome import Outcome
from workbooks import FILE, PERIOD

pytestmark = pytest.mark.slow

# Of each commune what is wrong with it; the third is killed once in mid-unit, the fourth each time.
_SOUND, _HOSTILE, _KILLED, _DOOMED, _MISTYPED = 1, 2, 3, 4, 5


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return once(tmp_path_factory, "nhieu-don-vi", _made)


def _made(folder: Path) -> dict[str, Any]:
    units = communes(folder, 5)
    bomb = units[_HOSTILE - 1] / "data" / "raw" / PERIOD / FILE
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2**28)
    notebook = units[_MISTYPED - 1] / "notebooks" / "10_kinh_te.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("{lua}", "{{lua"), encoding="utf-8")
    with _killer({units[_KILLED - 1]: 1, units[_DOOMED - 1]: 9}):
        page = folder / "tong-hop.html"
        first = thidua("run-all", folder, "--period", PERIOD, "--json", "--html", page, "--jobs", "2")
    lines = {u.name: _registered(u) for u in units}
    second = thidua("run-all", folder / "*" / "params" / f"{PERIOD}.yaml")
    return {
        "units": units,
        "code": first.returncode,
        "first": json.loads(first.stdout)["units"],
        "page": page,
        "lines": lines,
        "second": (second.returncode, second.stdout, second.stderr),
    }


class _killer:
    """Kills -9 the process of a unit as soon as it has a workspace, so many times."""

    def __init__(self, times: dict[Path, int]):
        self._times = times
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._kill)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _kill(self) -> None:
        while not self._done.wait(0.05):
            for root in [root for root, times in self._times.items() if times]:
                for home in begun(root):
                    if process := holder(home / "khoa"):
                        process.send_signal(signal.SIGKILL)
                        process.wait(5)
                        self._times[root] -= 1


def holder(path: Path) -> psutil.Process | None:
    """The process below this one that has a file open."""
    for process in psutil.Process().children(recursive=True):
        try:
            if any(file.path == str(path) for file in process.open_files()):
                return process
        except psutil.Error:
            continue
    return None


def _registered(root: Path) -> int:
    register = root / "output" / REGISTER
    return len(register.read_text(encoding="utf-8").splitlines()) if register.is_file() else 0


def test_each_unit_ends_as_its_own_run_would_and_the_others_go_on(made: dict[str, Any]) -> None:
    sound, hostile, killed, doomed, mistyped = made["first"]
    assert made["code"] == 3
    assert [o["state"] for o in made["first"]] == ["findings", "unusable", "findings", "failed", "failed"]
    assert sound["found"] == {"errors": 1, "accepted": 0, "warnings": 0, "notes": 0} and Path(sound["report"]).is_file()
    assert FILE in hostile["problems"][0] and hostile["tries"] == 1
    assert "lỗi trong lời văn" in mistyped["problems"][0] and mistyped["tries"] == 1
    assert killed["tries"] == 2 and Path(killed["report"]).is_file()
    assert doomed["tries"] == 2 and "SIGKILL" in doomed["problems"][0] and not doomed["report"]
    assert made["lines"] == {"xa-1": 1, "xa-2": 0, "xa-3": 1, "xa-4": 0, "xa-5": 0}
    assert [p for u in made["units"] for p in u.glob("output/.dang-chay-*")] == []


def test_what_is_done_is_not_done_again_and_what_failed_is(made: dict[str, Any]) -> None:
    code, table, said = made["second"]
    assert code == 3
    rows = {line[:9].strip(): line for line in table.splitlines()}
    assert "đã có sẵn" in rows["xã Suối 1"] and "đã có sẵn" in rows["xã Suối 3"]
    assert "đã có sẵn" not in rows["xã Suối 4"] and "bao-cao.html" in rows["xã Suối 4"]
    assert "5 đơn vị; dự thảo, có lỗi số liệu: 3 (đã có sẵn 2); biểu, tham số có lỗi: 1; không lập được: 1." in said
    assert said.index("xã Suối 2 (") < said.index(FILE)
    assert [_registered(u) for u in made["units"]] == [1, 0, 1, 1, 0]


def test_a_unit_s_report_is_the_one_that_its_own_run_makes(made: dict[str, Any], tmp_path: Path) -> None:
    alone = run(made["units"][0], "--fresh", "--output", tmp_path)
    here = payload(Path(made["first"][0]["run"]))
    there = payload(alone)
    assert here.keys() == there.keys()
    differ = [n for n in here if here[n].read_bytes() != there[n].read_bytes()]
    assert differ == ["ro-crate-metadata.json"]
    assert origin_of(graph_of(alone)) == origin_of(graph_of(Path(made["first"][0]["run"])))


def test_the_page_leads_to_the_reports_and_names_what_stood_in_the_way(made: dict[str, Any]) -> None:
    page = made["page"].read_text(encoding="utf-8")
    report = Path(made["first"][0]["report"]).relative_to(made["page"].parent)
    assert f'href="{report.as_posix()}"' in page and FILE in page
    assert page.count('data-state="failed"') == 2 and "http" not in page.replace("http://www.w3.org", "")


def test_two_at_once_make_nothing_twice_and_ctrl_c_leaves_nothing_half_made(tmp_path: Path) -> None:
    units = communes(tmp_path, 1)
    words = ("run-all", tmp_path, "--period", PERIOD)
    # A Python of its own: its units are processes below it, those of a forked command the server's, which end later.
    said = [sys.executable, "-m", "thidua.cli", *map(str, words)]
    with subprocess.Popen(said, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as stopped:
        _until(lambda: all(begun(u) for u in units))
        stopped.send_signal(signal.SIGINT)
        _, told = stopped.communicate(timeout=100)
    assert stopped.returncode == 130 and "Đã dừng theo yêu cầu" in told
    assert [p.name for u in units for p in (u / "output").iterdir() if not p.name.startswith((".r", "reg"))] == []
    both = [ended(each) for each in [command(*words) for _ in range(2)]]
    assert [done.returncode for done in both] == [1, 1]
    assert [_registered(u) for u in units] == [1]
    assert sum(done.stdout.count("đã có sẵn") for done in both) == 1


def _until(true: Any) -> None:
    end = time.monotonic() + 300
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_reports_that_were_made_before_ctrl_c_are_told() -> None:
    assert str(Interrupted()) == "Đã dừng theo yêu cầu; chưa ghi kết quả nào."
    assert str(Interrupted(["xa-1/r"])) == "Đã dừng theo yêu cầu; báo cáo đã kịp lập xong ở xa-1/r."
    both = "Đã dừng theo yêu cầu; 2 báo cáo đã kịp lập xong, sau cùng là xa-2/r."
    assert str(Interrupted(["xa-1/r", "xa-2/r"])) == both


def test_the_account_counts_in_words() -> None:
    good = Outcome(unit="xã A", folder="a", params="a", state="good", taken=True)
    assert summary([good, good.model_copy(update={"taken": False})]) == "2 đơn vị; ký được: 2 (đã có sẵn 1)."
    assert findings_of(None) == ""


def test_a_sealed_run_itself_says_whether_it_need_be_made_again(tmp_path: Path) -> None:
    outside, sound = communes(tmp_path / "units", 2)
    beside = tmp_path / "ngoai-bo-bao-cao.csv"
    beside.write_text("n\n1\n", encoding="utf-8")
    (sound / "data" / "own.csv").write_text("n\n1\n", encoding="utf-8")
    for unit, file in ((outside, beside), (sound, "data/own.csv")):
        cell = f"import pandas as pd; report.frame('indicators'); int(pd.read_csv('{file}')['n'].sum())"
        write_notebook(unit, "10_kinh_te", [cell])
    words = ("run-all", tmp_path / "units", "--period", PERIOD, "--json")
    taken: list[list[bool]] = []
    for more in ([], [], ["--fresh"]):
        another = {"XDG_CACHE_HOME": str(tmp_path / f"may-{len(taken)}")}
        told = ended(command(*words, *more, settings=another)).stdout
        taken.append([unit["taken"] for unit in json.loads(told)["units"]])
    assert taken == [[False, False], [False, True], [False, False]]
    (run,) = (outside / "output").glob(f"{PERIOD}-*")
    origin = origin_of(graph_of(run))
    assert origin and {name: why for name, why in origin.beyond.items() if why} == {
        "10_kinh_te": "Không chỉ theo từ đầu vào đã lưu: đọc tệp ở ngoài bộ báo cáo"
    }
