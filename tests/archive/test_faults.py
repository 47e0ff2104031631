"""A disk that refuses, a killed run, inputs edited meanwhile: a sentence, exit code 3, nothing half-made."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from archive.conftest import Runs
from archive.roots import ROWS, change_cell, made_by, thidua, tiny_root, write_notebook
from forked import Forked, command, ended
from thidua.archive.bag import faults
from thidua.archive.contents import contents_of, copy_contents, refuse_changed
from thidua.archive.runs_register import FILE as REGISTER
from thidua.archive.runs_register import LOCK
from thidua.archive.verify import verify
from thidua.checks.engine import check
from thidua.errors import ArchiveError, SystemFault
from thidua.progress.progress import NOBODY
from thidua.run import pipeline
from thidua.run.executing import Executed
from thidua.run.made import make
from workbooks import FILE, department, indicators, inputs, params_file, raw, write_root

pytestmark = pytest.mark.slow

_LIMIT = 100_000


@pytest.fixture
def root(runs: Runs, tmp_path: Path) -> Path:
    """A report folder of its own, with a good run of the very same inputs in its output."""
    return Path(shutil.copytree(runs.root, tmp_path / "root"))


def _run(root: Path, output: Path) -> subprocess.CompletedProcess[str]:
    return thidua("run", params_file(root), "--root", root, "--output", output)


def _fresh_run(root: Path, **how: Any) -> Forked:
    """A run in a process of its own."""
    return command("run", params_file(root), "--root", root, "--fresh", **how)


def _left(output: Path) -> list[str]:
    return [p.name for p in output.iterdir() if p.name not in (REGISTER, LOCK)]


def test_an_output_folder_that_cannot_be_made_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    done = _run(root, tmp_path / "tệp" / "output")
    assert done.returncode == 3 and "không phải thư mục" in done.stderr and "Traceback" not in done.stderr


def test_an_output_folder_that_may_not_be_written_is_said(root: Path) -> None:
    done = _run(root, Path("/proc/thidua/output"))
    assert done.returncode == 3 and "Không đọc hoặc ghi được" in done.stderr and "Traceback" not in done.stderr


def test_a_file_that_cannot_be_written_whole_leaves_nothing_and_harms_no_earlier_run(root: Path) -> None:
    output = root / "output"
    before = sorted(_left(output))
    done = ended(_fresh_run(root, largest_file=_LIMIT))
    assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr
    assert "Không đọc hoặc ghi được" in done.stderr
    assert sorted(_left(output)) == before
    assert all(v.intact for v in verify(output))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_each_refusal_of_the_system_is_told_in_words(code: int) -> None:
    text = str(SystemFault(OSError(code, "in English", "/nơi/nào")))
    assert "«/nơi/nào»" in text and "English" not in text


def test_a_killed_run_leaves_nothing_that_looks_finished_and_the_next_one_clears_it_and_says_so(root: Path) -> None:
    output = root / "output"
    before = sorted(_left(output))
    for wait in (0.0, 0.3):
        left = set(output.glob(".dang-chay-*"))
        with _fresh_run(root) as process:
            while not set(output.glob(".dang-chay-*")) - left and process.status is None:
                time.sleep(0.02)
            time.sleep(wait)
        assert sorted(n for n in _left(output) if not n.startswith(".")) == before
        assert all(v.intact for v in verify(output))
    done = thidua("run", params_file(root), "--root", root)
    assert done.returncode in (0, 1), done.stderr
    assert "Đã dọn thư mục dở dang của một lần chạy bị ngắt" in done.stderr
    assert not list(output.glob(".dang-chay-*"))
    assert faults(made_by(done)) == []


def test_two_real_runs_of_one_period_at_once_both_end_well(root: Path) -> None:
    both = [ended(process) for process in [_fresh_run(root) for _ in range(2)]]
    assert all(done.returncode in (0, 1) for done in both), both
    assert all(v.intact for v in verify(root / "output"))


def test_an_input_edited_while_the_run_reads_it_is_refused(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    contents = contents_of(inputs(root))
    copy_contents(contents, tmp_path / "run")
    refuse_changed(contents, tmp_path / "run")
    change_cell(root, "E2", 151)
    with pytest.raises(ArchiveError, match=r"kinh-te\.xlsx"):
        refuse_changed(contents, tmp_path / "run")


def test_a_notebook_saved_while_the_data_are_checked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tiny_root(tmp_path / "root")

    def saving(*given: Any) -> Any:
        write_notebook(root, "90_ky", ["%%prose\nMột câu mới."])
        return check(*given)

    monkeypatch.setattr(pipeline, "check", saving)
    with pytest.raises(ArchiveError, match=r"90_ky\.ipynb"):
        make(inputs(root), root / "output", 1, NOBODY)


@pytest.mark.parametrize("read", [["n\n1\n"], ["n\n1\n", "n\n2\n"]])
def test_a_file_saved_after_a_section_has_read_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    root = tiny_root(tmp_path / "root")
    (root / "data" / "own.csv").write_text("n\n2\n")
    opened = [("data/own.csv", hashlib.sha256(content.encode()).hexdigest()) for content in read]
    monkeypatch.setattr(pipeline, "execute", lambda *_, **__: Executed(tmp_path, opened, {}))
    with pytest.raises(ArchiveError, match=r"own\.csv"):
        make(inputs(root), root / "output", 1, NOBODY)


def test_a_workbook_brought_or_taken_while_others_are_read_is_told(tmp_path: Path) -> None:
    other = "y-te.xlsx"
    departments = [department(FILE, "Chỉ tiêu"), department(other, "Chỉ tiêu")]
    root = write_root(tmp_path, {FILE: indicators(*ROWS), other: indicators()}, departments=departments)
    book = raw(root, other).rename(tmp_path / "elsewhere.xlsx")
    before = inputs(root)
    assert before.saved_since() == []
    shutil.copyfile(book, raw(root, other))
    assert before.saved_since() == [other]
    there = inputs(root)
    raw(root, other).unlink()
    assert there.saved_since() == [other]


def test_a_file_of_one_s_own_is_sealed_with_the_run_and_another_one_makes_another_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tiny_root(tmp_path / "root")
    own = root / "data" / "own.csv"
    write_notebook(root, "01_mo_dau", ["import pandas as pd", "int(pd.read_csv('data/own.csv')['n'].sum())"])
    made = []
    for content in ("n\n1\n", "n\n2\n"):
        own.write_text(content)
        made.append(made_by(thidua("run", params_file(root), "--root", root)))
        assert (made[-1] / "data" / "inputs" / "files" / "data" / "own.csv").read_text() == content
        assert faults(made[-1]) == []
    assert made[0] != made[1]
