"""``thidua reproduce`` from the sealed run alone."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from archive.conftest import Runs
from archive.folders import copied
from archive.roots import thidua
from thidua.archive.comparison.sealed import SealedRun
from thidua.archive.environment import Environment
from thidua.archive.origin import CRATE
from thidua.archive.packing import pack
from thidua.archive.reproduce import compared

pytestmark = pytest.mark.slow

HERE = Environment(Path(sys.executable), "")


def test_a_run_is_made_again_from_its_zip_alone_byte_for_byte(runs: Runs, tmp_path: Path) -> None:
    alone = Path(shutil.copy(runs.first.with_name(f"{runs.first.name}.zip"), tmp_path))
    done = thidua("reproduce", alone, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert (result["outcome"], result["files"]) == ("identical", [])


def test_a_run_that_is_not_intact_is_not_run_again(runs: Runs, tmp_path: Path) -> None:
    run = copied(runs.first, tmp_path)
    (run / "data" / "figures.json").write_text("[]")
    done = thidua("reproduce", run)
    assert done.returncode == 1 and "data/figures.json bị sửa" in done.stderr


def _again(runs: Runs, folder: Path) -> tuple[SealedRun, SealedRun, Path]:
    run = copied(runs.first, folder)
    return SealedRun(runs.first.name, runs.first), SealedRun(run.name, run), run / "data"


def test_other_typesetting_is_told_from_other_figures(runs: Runs, tmp_path: Path) -> None:
    old, new, data = _again(runs, tmp_path)
    assert compared(old, new, HERE).outcome == "identical"
    (data / CRATE).write_text("{}")
    assert compared(old, new, HERE).outcome == "identical"
    (data / "bao-cao.pdf").write_bytes(b"%PDF other")
    found = compared(old, new, HERE)
    assert (found.outcome, found.files) == ("typesetting", ("bao-cao.pdf",))


def test_other_figures_are_named(runs: Runs, tmp_path: Path) -> None:
    old, new, data = _again(runs, tmp_path)
    figures = json.loads((data / "figures.json").read_text(encoding="utf-8"))
    next(f for f in figures if f["id"] == "lua.to_plan").update(value="81", printed="81,00")
    (data / "figures.json").write_text(json.dumps(figures, ensure_ascii=False))
    found = compared(old, new, HERE)
    assert (found.outcome, [f.id for f in found.figures]) == ("figures", ["lua.to_plan"])


def test_other_words_are_told_from_other_typesetting(runs: Runs, tmp_path: Path) -> None:
    old, new, data = _again(runs, tmp_path)
    path = data / "notebooks" / "10_kinh_te.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("Cấy được", "Gieo được"), encoding="utf-8")
    assert compared(old, new, HERE).outcome == "content"


def test_what_the_run_itself_says_of_a_section_explains_a_difference(runs: Runs, tmp_path: Path) -> None:
    _, new, data = _again(runs, tmp_path)
    crate = json.loads((data / CRATE).read_text(encoding="utf-8"))
    told = next(e for e in crate["@graph"] if e["@type"] == "PropertyValue" and e["name"] == "10_kinh_te")
    told |= {"value": False, "description": "Không chỉ theo từ đầu vào đã lưu: dùng «now»"}
    (data / CRATE).write_text(json.dumps(crate), encoding="utf-8")
    same = SealedRun(runs.first.name, runs.first)
    assert "now" not in str(compared(new, same, HERE))
    (data / "bao-cao.pdf").write_bytes(b"%PDF other")
    assert "mục 10_kinh_te: Không chỉ theo từ đầu vào đã lưu: dùng «now»" in str(compared(new, same, HERE))


def test_packing_twice_gives_the_same_bytes(runs: Runs, tmp_path: Path) -> None:
    one, two = copied(runs.first, tmp_path / "1"), copied(runs.first, tmp_path / "2")
    (two / "bagit.txt").touch()
    assert pack(one).read_bytes() == pack(two).read_bytes()
