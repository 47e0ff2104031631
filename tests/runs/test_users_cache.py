"""Whatever stands in the user's cache, a run is the one that it would be without."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archive.roots import run, tiny_root
from thidua.archive.bag import payload
from thidua.archive.origin import CRATE

pytestmark = pytest.mark.slow


def test_files_of_the_cache_that_are_mixed_up_spoilt_or_foreign_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tiny_root(tmp_path / "xa", sections=[{"notebook": "10_kinh_te"}])
    made = _bytes(run(root, "--output", tmp_path / "first"))
    files = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in files]
    chance = random.Random(1)
    for path in files:
        path.write_bytes(chance.choice([chance.choice(contents), b"", b"[" * 200_000, chance.randbytes(5000)]))
    assert len(files) > 5 and _bytes(run(root, "--output", tmp_path / "second")) == made


def _bytes(run: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in payload(run).items() if name != CRATE}
