"""A run takes its place whole or not at all, whatever happens to the process that makes it."""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from archive.folders import fill, place_until, placed, sealed, text_of
from forked import Forked
from thidua.archive.bag import faults, manifest_hash, seal
from thidua.archive.runs_register import FILE, LOCK, Register, locked
from thidua.archive.workspace import clear_leftovers, executed_kept, keep_failed, workspace
from thidua.errors import RunBroken

pytestmark = pytest.mark.slow


def _finished(output: Path) -> list[Path]:
    return [p for p in output.iterdir() if p.is_dir() and not p.name.startswith(".")]


def test_a_workspace_is_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), workspace(tmp_path, "2031-Q2") as folder:
        fill(folder, "dở")
        raise RuntimeError
    assert {p.name for p in tmp_path.iterdir()} == {FILE, LOCK}


def test_the_workspace_of_a_living_run_is_left_alone(tmp_path: Path) -> None:
    with workspace(tmp_path, "2031-Q2") as folder:
        assert clear_leftovers(tmp_path) == []
        assert folder.is_dir()


def test_leftovers_of_a_dead_run_are_cleared_and_said(tmp_path: Path) -> None:
    with workspace(tmp_path, "2031-Q2") as folder:
        fill(folder, "dở")
        shutil.copytree(folder.parent, tmp_path / ".dang-chay-2031-Q2-cu")
    said = clear_leftovers(tmp_path)
    assert said == ["Đã dọn thư mục dở dang của một lần chạy bị ngắt: .dang-chay-2031-Q2-cu."]
    assert _finished(tmp_path) == []


def test_a_run_killed_between_register_and_move_is_finished_by_the_next(tmp_path: Path) -> None:
    earlier = placed(tmp_path, text="trước")
    home = tmp_path / ".dang-chay-2031-Q2-cu"
    home.mkdir()
    sealed(home, "run", "sau")
    with locked(tmp_path) as register:
        register.append(earlier.name, manifest_hash(home / "run"))
    assert text_of(earlier) == "trước"
    assert "đã hoàn tất 2031-Q2-abc" in clear_leftovers(tmp_path)[0]
    assert text_of(earlier) == "sau" and faults(earlier) == []


def test_a_run_of_the_same_name_replaces_the_earlier_one_and_is_never_there_in_part(tmp_path: Path) -> None:
    run = placed(tmp_path, text="0")
    whole = {p.name for p in run.iterdir()}
    in_part, done = [], threading.Event()

    def watch() -> None:
        while not done.is_set():
            with suppress(FileNotFoundError):
                before = run.stat().st_ino
                names = {p.name for p in run.iterdir()}
                if names < whole and run.stat().st_ino == before:
                    in_part.append(names)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(1, 20):
        placed(tmp_path, text=str(number))
    done.set()
    watcher.join()
    assert text_of(run) == "19" and in_part == []


def test_a_run_whose_replacement_is_refused_stands_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = placed(tmp_path, text="trước")
    before = (tmp_path / FILE).read_bytes()
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if target == run and path.name == "run":
            raise PermissionError(13, "Permission denied", str(target))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(PermissionError):
        placed(tmp_path, text="sau")
    assert text_of(run) == "trước" and faults(run) == [] and (tmp_path / FILE).read_bytes() == before


def test_a_run_killed_while_it_replaces_another_is_finished_by_the_next(tmp_path: Path) -> None:
    earlier = placed(tmp_path, text="trước")
    home = tmp_path / ".dang-chay-2031-Q2-cu"
    home.mkdir()
    sealed(home, "run", "sau")
    with locked(tmp_path) as register:
        register.append(earlier.name, manifest_hash(home / "run"))
    earlier.rename(home / "old")
    assert "đã hoàn tất 2031-Q2-abc" in clear_leftovers(tmp_path)[0]
    assert text_of(earlier) == "sau" and faults(earlier) == [] and not home.exists()


def test_two_runs_of_one_period_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    with workspace(tmp_path, "2031-Q2") as one, workspace(tmp_path, "2031-Q2") as two:
        fill(one, "một")
        fill(two, "hai")
        assert placed(tmp_path, "2031-Q2-ba", "ba").is_dir()
        seal(one, "x", "thidua")
        seal(two, "x", "thidua")
        assert faults(one) == faults(two) == []


def test_notebooks_of_a_failed_run_replace_those_of_an_earlier_failure(tmp_path: Path) -> None:
    for text in ("một", "hai"):
        with workspace(tmp_path, "2031-Q2") as folder:
            fill(folder, text)
            (folder / "notebooks").mkdir()
            (folder / "notebooks" / "10_kinh_te.ipynb").write_text(text)
            kept = keep_failed(folder, tmp_path, "2031-Q2-abc")
    assert (kept / "notebooks" / "10_kinh_te.ipynb").read_text() == "hai"


def test_nothing_that_looks_like_a_report_is_kept_of_a_failed_run(tmp_path: Path) -> None:
    for seals in (False, True):
        with (
            pytest.raises(RunBroken),
            workspace(tmp_path, "2031-Q2") as folder,
            executed_kept(folder, tmp_path, "2031-Q2-abc"),
        ):
            fill(folder, "dở")
            (folder / "notebooks").mkdir()
            (folder / "notebooks" / "10_kinh_te.ipynb").write_text("{}")
            if seals:
                seal(folder, "2031-Q2-abc", "thidua")
            raise ZeroDivisionError
        kept = tmp_path / "khong-thanh-2031-Q2-abc"
        assert [p.relative_to(kept).as_posix() for p in kept.rglob("*.*")] == ["notebooks/10_kinh_te.ipynb"]


def test_a_run_that_cannot_take_its_place_is_not_in_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(tmp_path, "2031-Q2-mot")
    before = (tmp_path / FILE).read_bytes()

    def refused(folder: Path, final: Path) -> None:
        raise PermissionError(13, "Permission denied", str(final))

    monkeypatch.setattr("thidua.archive.workspace._put", refused)
    with pytest.raises(PermissionError):
        placed(tmp_path, "2031-Q2-hai")
    assert (tmp_path / FILE).read_bytes() == before


def test_a_kill_at_any_moment_leaves_only_whole_and_registered_runs(tmp_path: Path) -> None:
    placed(tmp_path)
    for step in count(1):
        with Forked(place_until, tmp_path, step, lent=False) as maker:
            status = maker.wait()
        assert [faults(run) for run in _finished(tmp_path) if faults(run)] == []
        clear_leftovers(tmp_path)
        entries, problems = Register(tmp_path / FILE).read()
        assert problems == [] and not list(tmp_path.glob(".dang-chay-*"))
        last = {e.run: e.manifest for e in entries}
        assert {run.name: manifest_hash(run) for run in _finished(tmp_path)} == last
        if status == 0:
            break
    assert step > 5, "register, the older run and the newer one"
