"""What a run has written is on the disk before anybody is told of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from thidua.machine.flushing import flush_all


def test_where_there_is_no_disk_of_this_machine_each_file_and_folder_is_flushed_and_a_refusal_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "tep").write_text("nội dung")
    flush_all(tmp_path)  # whatever this machine has
    flushed: list[Path] = []
    monkeypatch.setattr("os.major", lambda _: 0)
    monkeypatch.setattr("os.fsync", lambda handle: flushed.append(Path(f"/proc/self/fd/{handle}").resolve()))
    flush_all(tmp_path)
    assert sorted(flushed) == sorted([tmp_path, *tmp_path.rglob("*")])

    def full(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        flush_all(tmp_path)
