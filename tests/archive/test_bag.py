"""A sealed folder passes the public tool, and nothing in it changes unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import bagit
import pytest

from archive.folders import sealed, unlocked
from thidua.archive.bag import PAYLOAD, Fault, faults, payload, seal, traces
from thidua.archive.contents import copied, run_name


def test_a_sealed_run_passes_the_public_tool(tmp_path: Path) -> None:
    bagit.Bag(str(sealed(tmp_path))).validate()


def test_a_sealed_run_is_intact(tmp_path: Path) -> None:
    assert faults(sealed(tmp_path)) == []


@pytest.mark.parametrize("name", ["số %0A.txt", "hai\ndòng.txt", "hai\r\ndòng 5%20.txt", "100%25.txt"])
def test_a_name_is_sealed_whatever_letters_it_has(tmp_path: Path, name: str) -> None:
    run = tmp_path / "2031-Q2-abc"
    run.mkdir()
    (run / name).write_text("a")
    seal(run, run.name, "thidua")
    assert faults(run) == []
    (run / PAYLOAD / name).unlink()
    assert faults(run) == [Fault(f"{PAYLOAD}/{name}", "missing")]


def test_sealing_says_nothing_of_when_and_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = sealed(tmp_path / "1"), sealed(tmp_path / "2")
    assert "Date" not in (one / "bag-info.txt").read_text()
    files = [p.relative_to(one) for p in one.rglob("*") if p.is_file()]
    assert [p for p in files if (one / p).read_bytes() != (two / p).read_bytes()] == []


def _names(folder: Path) -> list[str]:
    run = sealed(folder)
    return [p.relative_to(run).as_posix() for p in sorted(run.rglob("*")) if p.is_file()]


def test_one_flipped_bit_in_any_file_names_that_file(tmp_path: Path) -> None:
    for number, name in enumerate(_names(tmp_path / "names")):
        run = unlocked(sealed(tmp_path / str(number)))
        content = bytearray((run / name).read_bytes())
        for place in (0, len(content) // 2, len(content) - 1):
            changed = bytearray(content)
            changed[place] ^= 1
            (run / name).write_bytes(changed)
            found = faults(run)
            assert Fault(name, "altered") in found, (name, place, found)
            if not name.startswith(("manifest", "tagmanifest")):
                assert found == [Fault(name, "altered")]


def test_any_file_taken_away_is_named_as_missing(tmp_path: Path) -> None:
    for number, name in enumerate(_names(tmp_path / "names")):
        run = sealed(tmp_path / str(number))
        (run / name).unlink()
        assert Fault(name, "missing") in faults(run)


@pytest.mark.parametrize("name", [f"{PAYLOAD}/mới.txt", f"{PAYLOAD}/inputs/raw/thêm.xlsx", "ghi-chu.txt"])
def test_a_file_put_in_is_named_as_extra(tmp_path: Path, name: str) -> None:
    run = sealed(tmp_path)
    (run / name).write_text("x")
    assert faults(run) == [Fault(name, "extra")]


def test_a_file_put_in_and_entered_in_one_manifest_shows(tmp_path: Path) -> None:
    run = unlocked(sealed(tmp_path))
    with (run / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{'0' * 64}  data/không-có.txt\n")
    assert Fault("manifest-sha256.txt", "altered") in faults(run)


def test_a_file_replaced_by_a_link_to_the_same_content_is_altered(tmp_path: Path) -> None:
    run = sealed(tmp_path)
    path = run / PAYLOAD / "bao-cao.html"
    (tmp_path / "elsewhere").write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    assert faults(run) == [Fault(f"{PAYLOAD}/bao-cao.html", "altered")]


def test_every_file_of_a_sealed_run_is_read_only_and_the_run_can_be_moved_and_deleted(tmp_path: Path) -> None:
    run = sealed(tmp_path)
    assert {p.stat().st_mode & 0o222 for p in run.rglob("*") if p.is_file()} == {0}
    moved = run.rename(tmp_path / "nơi khác")
    shutil.rmtree(moved)
    assert not moved.exists()


_LEFT = [
    f"{PAYLOAD}/notebooks/.ipynb_checkpoints/10-checkpoint.ipynb", f"{PAYLOAD}/.DS_Store", "desktop.ini",
    f"{PAYLOAD}/inputs/Thumbs.db", f"{PAYLOAD}/~$bao-cao.docx", f"{PAYLOAD}/inputs/raw/.~lock.kinh-te.xlsx#",
]  # fmt: skip


@pytest.mark.parametrize("name", _LEFT)
def test_what_a_reader_s_program_leaves_is_told_and_breaks_neither_seal_nor_name(tmp_path: Path, name: str) -> None:
    run = sealed(tmp_path)
    files, called = payload(run), run_name("2031-Q2", copied(run / PAYLOAD))
    (run / name).parent.mkdir(parents=True, exist_ok=True)
    (run / name).write_text("x")
    assert (faults(run), traces(run)) == ([], [name])
    assert (payload(run), run_name("2031-Q2", copied(run / PAYLOAD))) == (files, called)


def test_a_submitted_file_that_is_called_like_a_trace_is_held_to_its_hash(tmp_path: Path) -> None:
    run = tmp_path / "2031-Q2-abc"
    (run / "inputs").mkdir(parents=True)
    (run / "inputs" / "desktop.ini").write_text("a")
    seal(run, run.name, "thidua")
    (unlocked(run) / PAYLOAD / "inputs" / "desktop.ini").write_text("b")
    assert (faults(run), traces(run)) == ([Fault(f"{PAYLOAD}/inputs/desktop.ini", "altered")], [])
