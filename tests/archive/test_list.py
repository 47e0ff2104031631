"""``thidua list``: every run of an output folder with its period, unit, findings and seal."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from archive.conftest import Runs
from archive.folders import copied, placed
from archive.roots import thidua
from forked import command, ended

pytestmark = pytest.mark.slow


def test_each_run_is_told_with_period_time_unit_findings_and_seal(runs: Runs) -> None:
    done = thidua("list", "--root", runs.root, "--json")
    found = json.loads(done.stdout)["runs"]
    assert done.returncode == 0
    assert [r["run"] for r in found] == [runs.first.name, runs.corrected.name]
    assert {(r["period"], r["unit"], r["intact"]) for r in found} == {
        ("quý II năm 2031", "Ủy ban nhân dân xã Bình An", True)
    }
    assert [(r["open_errors"], r["accepted"]) for r in found] == [(1, 0), (0, 1)]
    assert all(dt.datetime.fromisoformat(r["time"]).tzinfo for r in found)


def test_a_person_reads_whole_names_and_states_without_a_terminal(runs: Runs) -> None:
    lines = ended(command("list", "--root", runs.root, settings={"COLUMNS": "40"})).stdout.splitlines()
    assert " ".join(lines[0].split()) == "Lần chạy Kỳ Lập lúc Đơn vị Lỗi số liệu Niêm phong"
    assert runs.first.name in lines[1] and "1 chưa xử lý" in lines[1] and lines[1].endswith("nguyên vẹn")
    assert "0 chưa xử lý, 1 đã chấp nhận" in lines[2]


def test_runs_that_are_damaged_deleted_or_only_a_zip_are_listed_too(runs: Runs, tmp_path: Path) -> None:
    damaged = copied(runs.corrected, tmp_path)
    (damaged / "data" / "checks.json").write_text("?")
    zipped = shutil.copy(runs.first.with_name(f"{runs.first.name}.zip"), tmp_path)
    shutil.rmtree(placed(tmp_path, "2031-Q2-mat"))
    found = {r["run"]: r for r in json.loads(thidua("list", "--output", tmp_path, "--json").stdout)["runs"]}
    assert found[damaged.name]["intact"] is False and found[damaged.name]["open_errors"] is None
    assert found[Path(zipped).stem]["intact"] is True and found[Path(zipped).stem]["open_errors"] == 1
    assert found["2031-Q2-mat"]["intact"] is False


def test_no_runs_yet_is_said(tmp_path: Path) -> None:
    done = thidua("list", "--root", tmp_path)
    assert (done.returncode, done.stdout) == (0, "") and "Chưa có lần chạy nào" in done.stderr
