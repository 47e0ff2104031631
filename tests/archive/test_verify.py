"""``thidua verify`` on real runs: intact, altered, removed, replaced, renamed."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from archive.conftest import Runs
from archive.folders import copied, fill, placed, sealed
from archive.roots import thidua
from thidua.archive.bag import Fault, seal
from thidua.archive.verify import verify
from thidua.errors import NoRun
from workbooks import PERIOD, raw

pytestmark = pytest.mark.slow


def test_a_finished_run_and_its_zip_are_intact(runs: Runs) -> None:
    for path in (runs.corrected, runs.first, runs.first.with_name(f"{runs.first.name}.zip")):
        done = thidua("verify", path, "--json")
        assert (done.returncode, json.loads(done.stdout)["intact"]) == (0, True), done.stdout + done.stderr


def test_a_run_is_called_by_its_name(runs: Runs) -> None:
    assert thidua("verify", runs.first.name, "--root", runs.root).returncode == 0


def test_an_altered_file_is_named_and_the_exit_code_is_one(runs: Runs, tmp_path: Path) -> None:
    run = copied(runs.first, tmp_path)
    with (run / "data" / "bao-cao.pdf").open("ab") as file:
        file.write(b" ")
    done = thidua("verify", run)
    assert done.returncode == 1
    assert "tệp bị sửa: data/bao-cao.pdf" in done.stdout


def test_a_renamed_run_is_intact_and_called_by_its_own_name(runs: Runs, tmp_path: Path) -> None:
    for path in (copied(runs.first, tmp_path), runs.first.with_name(f"{runs.first.name}.zip")):
        renamed = tmp_path / f"bàn-giao{path.suffix if path.is_file() else ''}"
        shutil.move(path, renamed) if path.is_dir() else shutil.copy(path, renamed)
        verdict = verify(renamed)[0]
        assert verdict.intact and runs.first.name in verdict.remarks[0]


def test_a_run_without_a_register_beside_it_says_so(runs: Runs, tmp_path: Path) -> None:
    verdict = verify(copied(runs.first, tmp_path))[0]
    assert verdict.intact and "không có sổ đăng ký" in verdict.remarks[0]


def test_a_bag_that_is_not_named_after_its_inputs_shows(tmp_path: Path) -> None:
    assert "không khớp với dữ liệu đầu vào" in verify(sealed(tmp_path))[0].problems[0]


def test_a_run_removed_later_shows_in_the_register(tmp_path: Path) -> None:
    gone, kept = placed(tmp_path, "2031-Q2-a"), placed(tmp_path, "2031-Q2-b")
    with pytest.raises(NoRun, match="2031-Q2-a»"):  # a zip that nobody made says nothing of its run
        verify(gone.with_suffix(".zip"))
    shutil.rmtree(gone)
    assert verify(gone)[0].problems == ["có trong sổ đăng ký nhưng đã bị xóa"]
    assert "2031-Q2-a: có trong sổ đăng ký nhưng đã bị xóa" in verify(kept)[0].remarks
    done = thidua("verify", tmp_path)
    assert done.returncode == 1 and "2031-Q2-a: KHÔNG nguyên vẹn" in done.stdout


def test_a_run_replaced_later_by_a_bag_of_its_own_shows_in_the_register(tmp_path: Path) -> None:
    run = placed(tmp_path)
    shutil.rmtree(run)
    run.mkdir()
    fill(run, "giả")
    seal(run, run.name, "thidua")
    verdict = verify(run)[0]
    assert verdict.faults == [] and "không phải bản đã đăng ký" in verdict.problems[0]


def test_a_bag_that_was_never_registered_shows(tmp_path: Path) -> None:
    placed(tmp_path, "2031-Q2-a")
    run = tmp_path / "2031-Q2-b"
    run.mkdir()
    fill(run, "lạ")
    seal(run, run.name, "thidua")
    assert "không có trong sổ đăng ký" in verify(run)[0].problems


def test_nothing_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = thidua("verify", tmp_path / "không-có")
    assert done.returncode == 2 and "Không có lần chạy nào" in done.stderr
    (tmp_path / "hỏng.zip").write_bytes(b"PK\x03\x04 not a zip")
    done = thidua("verify", tmp_path / "hỏng.zip")
    assert done.returncode == 2 and "bị hỏng" in done.stderr


@pytest.mark.parametrize("part", ["data", "data/notebooks", "data/bao-cao.html"])
def test_what_stands_in_a_run_stands_for_the_run(runs: Runs, part: str) -> None:
    done = thidua("verify", runs.first / part)
    assert (done.returncode, done.stdout) == (0, thidua("verify", runs.first).stdout)


def test_what_is_missing_in_a_run_is_no_run_and_is_told_where_the_run_is(runs: Runs) -> None:
    for command in ("verify", "reproduce"):
        done = thidua(command, runs.first / "data" / "không-có")
        assert done.returncode == 2 and done.stdout == ""
        assert f"một phần của lần chạy «{runs.first}»" in done.stderr and "nguyên vẹn" not in done.stderr


def test_a_folder_or_file_that_is_no_run_is_told_which_runs_there_are(runs: Runs, tmp_path: Path) -> None:
    for path in (runs.root, runs.output / "so-sanh", raw(runs.root)):
        done = thidua("verify", path)
        assert done.returncode == 2 and "không phải một lần chạy" in done.stderr
    assert str(runs.first) in thidua("verify", runs.root).stderr
    other = tmp_path / "khác.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("thư mục/tệp.txt", "x")
    done = thidua("diff", runs.first, other)
    assert done.returncode == 2 and f"«{other}» không phải một lần chạy" in done.stderr


def test_the_nearest_run_is_named_for_a_name_that_no_run_has(runs: Runs) -> None:
    done = thidua("verify", f"{runs.first.name[:-1]}x", "--root", runs.root, "--json")
    assert done.returncode == 2
    assert f"Có phải là lần chạy «{runs.first}" in json.loads(done.stdout)["error"]
    begun = thidua("verify", PERIOD, "--root", runs.root).stderr
    assert str(runs.first) in begun and str(runs.corrected) in begun


def test_a_run_that_has_lost_its_own_files_is_still_a_run_by_the_register(tmp_path: Path) -> None:
    run = placed(tmp_path)
    for path in run.glob("*.txt"):
        path.unlink()
    assert Fault("manifest-sha256.txt", "missing") in verify(run)[0].faults


def test_what_jupyterlab_leaves_is_a_remark_of_the_whole_output_too(tmp_path: Path) -> None:
    run = placed(tmp_path)
    (run / "data" / ".ipynb_checkpoints").mkdir()
    (run / "data" / ".ipynb_checkpoints" / "a.ipynb").write_text("{}")
    assert verify(tmp_path)[1].intact and ".ipynb_checkpoints/a.ipynb" in verify(tmp_path)[1].remarks[0]


def test_a_zip_that_leads_out_of_its_folder_or_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    for name in ("../ra-ngoài.txt", "/tuyệt-đối.txt", "run/../../ra-ngoài.txt"):
        with zipfile.ZipFile(tmp_path / "xấu.zip", "w") as archive:
            archive.writestr("run/bagit.txt", "x")
            archive.writestr(name, "x")
        assert "không phải một lần chạy" in thidua("verify", tmp_path / "xấu.zip").stderr
    bomb = tmp_path / "bom.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("run/bagit.txt", b"0" * 1000)
    # The size that the directory declares is what is judged, before anything is unpacked.
    content = bytearray(bomb.read_bytes())
    place = content.rfind(b"PK\x01\x02") + 24
    content[place : place + 4] = (0xFFFFFFFE).to_bytes(4, "little")
    bomb.write_bytes(content)
    done = thidua("verify", bomb)
    assert done.returncode == 2 and not list(tmp_path.glob("run"))
