"""A sealed folder passes the public tool, and nothing in it changes unseen."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest

from archive.folders import sealed
from thidua.archive.bag import PAYLOAD, Fault, faults


def test_a_sealed_run_passes_the_public_tool(tmp_path: Path) -> None:
    bagit.Bag(str(sealed(tmp_path))).validate()


def test_a_sealed_run_is_intact(tmp_path: Path) -> None:
    assert faults(sealed(tmp_path)) == []


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
        run = sealed(tmp_path / str(number))
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
    run = sealed(tmp_path)
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
