"""Many units on a real Dask cluster and a real storage, while machines die: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import s3
from archive.roots import run, thidua, write_notebook
from fleet.clusters import cluster
from fleet.communes import begun, communes
from forked import command, ended
from once import once
from runs.province import PROVINCE, write_province
from thidua.archive.bag import payload
from thidua.archive.storage.sending import fetch, stored
from thidua.contracts import read_figures
from workbooks import FILE, PERIOD

pytestmark = pytest.mark.slow

_BUCKET = "s3://kho-cum-may"
_BROKEN = 3


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    for name, value in s3.settings(s3.shared(tmp_path_factory)[0]).items():
        monkeypatch.setenv(name, value)
    return once(tmp_path_factory, "cum-may", _made)


def _made(folder: Path) -> dict[str, Any]:
    s3.client().mkdir(_BUCKET)
    units = communes(folder / "units", _BROKEN)
    (units[_BROKEN - 1] / "data" / "raw" / PERIOD / FILE).write_bytes(b"no workbook")
    shutil.copytree(Path(__file__).parents[2] / "src", folder / "khac" / "src")
    with (folder / "khac" / "src" / "thidua" / "errors" / "problem.py").open("a", encoding="utf-8") as changed:
        changed.write("# Another version.\n")
    with cluster(folder) as machines:
        other = machines.worker("--no-nanny", PYTHONPATH=str(folder / "khac" / "src"))
        _until(lambda: "may-1" in (folder / "scheduler.log").read_text(encoding="utf-8"))
        first, second = machines.worker(), machines.worker()
        words = ["run-all", folder / "units", "--period", PERIOD, "--json"]
        words += ["--scheduler", machines.address, "--output", _BUCKET]
        with ExitStack() as until_here:
            asking = [until_here.enter_context(command(*words)) for _ in range(2)]
            _until(lambda: bool(begun(first) or begun(second)))
            machines.kill_worker(2 if begun(first) else 3)
            _until(_a_run_arrived, 0.5)
            machines.restart_scheduler()
            machines.worker("--no-nanny")
            told = [ended(each) for each in asking]
        # The province's own report, of the runs that its communes have at the storage by now.
        gathered = {"runs": _BUCKET, "units": ["xã Suối 1", "xã Suối 2", f"xã Suối {_BROKEN}"]}
        superior = {**PROVINCE, "short_name": "Đông Hà"}
        province = write_province(folder, unit=superior, gathered=gathered, sections=[{"notebook": "10_kinh_te"}])
        write_notebook(province, "10_kinh_te", ["%%prose\nToàn tỉnh cấy được {lua} lúa."])
        again = thidua(words[0], province, *words[1:])
    told_again = json.loads(again.stdout)["units"]
    return {
        "units": units,
        "province": told_again.pop(0),
        "codes": [done.returncode for done in (*told, again)],
        "outcomes": [*(json.loads(done.stdout)["units"] for done in told), told_again],
        "said": [done.stderr for done in told],
        "other": any(other.glob("**/thidua-*")),
    }


def _a_run_arrived() -> bool:
    return s3.client().exists(f"{_BUCKET}/register") and bool(stored(_BUCKET)[0])


def _until(true: Callable[[], bool], pause: float = 0.1) -> None:
    end = time.monotonic() + 300
    while not true():
        assert time.monotonic() < end
        time.sleep(pause)


def test_all_units_end_as_on_one_machine_although_a_worker_and_the_scheduler_were_killed(made: dict[str, Any]) -> None:
    assert made["codes"] == [2, 2, 2]
    for outcomes in made["outcomes"]:
        assert [o["state"] for o in outcomes] == ["findings", "findings", "unusable"]
        assert outcomes[0]["found"]["errors"] == 1 and outcomes[0]["run"].startswith(f"{_BUCKET}/{PERIOD}-")
        assert FILE in outcomes[2]["problems"][0] and outcomes[2]["params"] == str(_params(made["units"][2]))
    assert [o["taken"] for o in made["outcomes"][-1]] == [True, True, False]


def test_a_province_s_report_is_made_there_of_the_runs_of_its_units(made: dict[str, Any], tmp_path: Path) -> None:
    told = made["province"]
    assert told["unit"] == PROVINCE["name"] and told["state"] == "findings", told
    run = fetch(told["run"], tmp_path / "nhan")
    (rice,) = (f for f in read_figures(run / "data" / "figures.json") if f.id == "lua.actual")
    assert rice.value == "240"
    taken = json.loads((run / "data" / "inputs" / "units" / "units.json").read_text(encoding="utf-8"))
    assert [unit["state"] for unit in taken] == ["draft", "draft", "missing"]


def test_two_at_once_and_what_was_done_again_give_each_run_once(made: dict[str, Any]) -> None:
    told = [made["province"], *(o for outcomes in made["outcomes"] for o in outcomes)]
    names = {o["run"].rpartition("/")[2] for o in told} - {""}
    lines = s3.client().ls(f"{_BUCKET}/register")
    assert Counter(line.run for line in stored(_BUCKET)[0]) == dict.fromkeys(names, 1) and len(lines) == len(names) == 3
    assert all(verdict.intact for verdict in _verified())


def test_a_unit_s_bytes_are_those_of_one_machine(made: dict[str, Any], tmp_path: Path) -> None:
    fetched = thidua("fetch", made["outcomes"][0][0]["run"], "--output", tmp_path / "nhan")
    assert fetched.returncode == 0, fetched.stderr
    there = payload(Path(fetched.stdout.strip()))
    here = payload(run(made["units"][0], "--fresh", "--output", tmp_path))
    assert here.keys() == there.keys()
    assert [n for n in here if here[n].read_bytes() != there[n].read_bytes()] == ["ro-crate-metadata.json"]


def test_a_worker_of_another_environment_is_named_and_gets_nothing(made: dict[str, Any]) -> None:
    for said in made["said"]:
        refused = [line for line in said.splitlines() if "Không giao việc cho máy" in line]
        assert refused and all("khác môi trường đã khóa: thidua " in line for line in refused)
    assert not made["other"]


def test_a_cluster_that_is_not_there_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua.fleet.cluster.PATIENCE", 8)
    (unit,) = communes(tmp_path, 1)
    command = ["run-all", unit, "--period", PERIOD, "--scheduler", "tcp://127.0.0.1:9"]
    done = thidua(*command, "--output", tmp_path)
    assert done.returncode == 3 and "không nối được tới bộ điều phối" in done.stderr
    assert thidua(*command).returncode == 2


def _params(root: Path) -> Path:
    return root / "params" / f"{PERIOD}.yaml"


def _verified() -> Any:
    from thidua.archive.storage.sending import verify_stored

    return verify_stored(_BUCKET)
