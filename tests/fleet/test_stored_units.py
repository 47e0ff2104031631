"""Units whose suites lie at a real storage and whose runs go there, while it is slow and refuses."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import s3
from archive.roots import thidua, write_notebook
from between import between
from fleet.communes import communes
from forked import command, ended
from once import once
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.storage.sending import stored, verify_stored
from thidua.archive.storage.shared_register import SharedRegister
from thidua.errors import InputError, StorageError
from thidua.fleet.stored_units import fetch_suite
from thidua.fleet.which_units import suite_files, units_of
from workbooks import PERIOD

pytestmark = pytest.mark.slow

_BUCKET = "s3://kho-bo-bao-cao"
_CLOCK, _FILE, _REFUSED = range(3)


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    port = s3.shared(tmp_path_factory)[0]
    for name, value in s3.settings(port).items():
        monkeypatch.setenv(name, value)
    return once(tmp_path_factory, "bo-bao-cao-o-kho", lambda folder: _made(folder, port))


def _made(folder: Path, port: int) -> dict[str, Any]:
    client = s3.client()
    client.mkdir(_BUCKET)
    units = communes(folder / "units", 3)
    write_notebook(units[_CLOCK], "10_kinh_te", ["import datetime", "datetime.datetime.now().year > 2000"])
    (units[_FILE] / "data" / "own.csv").write_text("n\n1\n", encoding="utf-8")
    cell = "import pandas as pd; report.frame('indicators'); int(pd.read_csv('data/own.csv')['n'].sum())"
    write_notebook(units[_FILE], "10_kinh_te", [cell])
    client.put(str(folder / "units"), f"{_BUCKET}/units", recursive=True)
    words = ["run-all", f"{_BUCKET}/units/*/params/{PERIOD}.yaml", "--output", f"{_BUCKET}/ra", "--json"]
    told: list[tuple[int, Any]] = []
    with between(port) as wire:
        wire.pause = 0.002
        lines: list[str] = []

        def refused(request: str) -> int:
            """No line is taken any more once two are there."""
            if request.startswith("PUT") and "/register/" in request:
                lines.append(request)
                return 503 if len(lines) > 2 and not told else 0
            return 0

        wire.refused = refused
        for number in range(2):
            here = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{wire.port}", "AWS_MAX_ATTEMPTS": "1"}
            here["XDG_CACHE_HOME"] = str(folder / f"may-{number}")
            done = ended(command(*words, "--jobs", "1", settings=here))
            told.append((done.returncode, json.loads(done.stdout)["units"]))
    return {"units": units, "told": told}


def test_a_storage_that_is_slow_and_refuses_costs_the_unit_that_it_refused_and_nobody_else(
    made: dict[str, Any],
) -> None:
    (first, before), (second, after) = made["told"]
    assert (first, second) == (3, 1)
    assert [o["state"] for o in before] == ["findings", "findings", "failed"]
    assert "đang bận hoặc ngừng phục vụ" in before[_REFUSED]["problems"][0] and not before[_REFUSED]["run"]
    assert [o["state"] for o in after] == ["findings"] * 3
    assert after[_REFUSED]["params"] == f"{_BUCKET}/units/xa-3/params/{PERIOD}.yaml"


def test_on_a_storage_too_only_what_follows_from_its_inputs_is_taken_whoever_asks(made: dict[str, Any]) -> None:
    assert [o["taken"] for o in made["told"][1][1]] == [False, True, False]
    lines, problems = SharedRegister(ObjectStore(f"{_BUCKET}/ra")).read()
    runs = [o["run"].rpartition("/")[2] for o in made["told"][1][1]]
    assert problems == [] and Counter(line.run for line in lines) == dict(zip(runs, (2, 1, 1), strict=True))
    assert len(stored(f"{_BUCKET}/ra")[0]) == 3 and all(v.intact for v in verify_stored(f"{_BUCKET}/ra"))


def test_units_at_a_storage_are_meant_as_those_of_a_folder_are(made: dict[str, Any], tmp_path: Path) -> None:
    named = units_of([f"{_BUCKET}/units/*/params/{PERIOD}.yaml"], None)
    assert [(u.name, u.folder, u.address) for u in named] == [
        (f"xã Suối {n}", f"xa-{n}", f"{_BUCKET}/units/xa-{n}") for n in (1, 2, 3)
    ]
    assert units_of([f"{_BUCKET}/units"], PERIOD) == units_of([u.place for u in named], None) == named
    assert units_of([f"{_BUCKET}/units/xa-1"], PERIOD) == named[:1]
    fetch_suite(named[1].address, tmp_path)
    there, here = suite_files(tmp_path), suite_files(made["units"][1])
    assert [(n, p.read_bytes()) for n, p in there.items()] == [(n, p.read_bytes()) for n, p in here.items()]


def test_what_is_wrong_names_the_address(made: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        units_of(
            [f"{_BUCKET}/units/*/params/2031-Q3.yaml", f"{_BUCKET}/units/xa-1/data", f"{_BUCKET}/units/*/n*"], PERIOD
        )
    missed, no_suite, *no_params = map(str, caught.value.problems)
    assert (
        f"{_BUCKET}/units/*/params/2031-Q3.yaml" in missed
        and f"gần nhất là «{_BUCKET}/units/*/params/{PERIOD}.yaml»" in missed
    )
    assert f"{_BUCKET}/units/xa-1/data" in no_suite and "không có bộ báo cáo nào" in no_suite
    assert len(no_params) == 3
    with pytest.raises(StorageError, match=r"s3://khong-co-kho/xa.*không có kho tên này"):
        units_of(["s3://khong-co-kho/xa/*"], PERIOD)
    with pytest.raises(StorageError, match=f"{_BUCKET}/units/xa-9.*không có bộ báo cáo nào"):
        fetch_suite(f"{_BUCKET}/units/xa-9", tmp_path)
    refused = thidua("run-all", f"{_BUCKET}/units", "--period", PERIOD)
    assert refused.returncode == 2 and f"{_BUCKET}/units/xa-1" in refused.stderr and "--output" in refused.stderr
