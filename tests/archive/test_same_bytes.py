"""Two runs from the same inputs under other circumstances give the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.roots import run, tiny_root
from thidua.archive.bag import payload
from thidua.archive.origin import CRATE

pytestmark = pytest.mark.slow


def first_difference(old: Path, new: Path) -> str:
    """Where two files part, with what stands around it in each."""
    a, b = old.read_bytes(), new.read_bytes()
    place = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    around = slice(max(0, place - 60), place + 60)
    return f"byte {place} of {len(a)} and {len(b)}: {a[around]!r} and {b[around]!r}"


def test_hash_seed_time_zone_locale_jobs_folder_and_user_change_no_byte(tmp_path: Path) -> None:
    one = tiny_root(tmp_path / "one")
    shutil.copytree(one, tmp_path / "another folder" / "two")
    two = tmp_path / "another folder" / "two"
    old = run(one, "--fresh", "--jobs", 1)
    elsewhere = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "83"}
    new = run(two, "--fresh", "--jobs", 3, "--zip", HOME=str(tmp_path), USER="x", **elsewhere)
    assert old.name == new.name
    before, after = payload(old), payload(new)
    assert before.keys() == after.keys()
    different = [n for n in before if n != CRATE and before[n].read_bytes() != after[n].read_bytes()]
    assert not different, "\n".join(f"{n}: {first_difference(before[n], after[n])}" for n in different)
