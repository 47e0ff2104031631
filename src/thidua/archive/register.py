"""The register of runs, output/register.jsonl: one line a run, each holding the hash of the line before.

A run that is removed or replaced afterwards, and a line that is changed or taken out, show. Lines are only ever added;
a line that a killed process left unfinished was never part of the register and is taken off by the next writer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from thidua.archive.who import user

FILE = "register.jsonl"
# A file of its own: some systems let nobody read the very file that is locked.
LOCK = ".register.lock"
_FIRST = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One line: which run, the hash of its manifest, when it was placed and by whom."""

    run: str
    manifest: str
    when: str
    who: str


class Register:
    """The register of an output folder. Made by ``locked`` for writing, by hand for reading."""

    def __init__(self, path: Path):
        self.path = path

    def read(self) -> tuple[list[Entry], list[str]]:
        """The entries and, in words, everything wrong with the file."""
        entries: list[Entry] = []
        problems: list[str] = []
        previous = _FIRST
        whole, rest = self._split()
        for number, line in enumerate(whole, 1):
            try:
                content: dict[str, Any] = json.loads(line)
                entry = Entry(content["run"], content["manifest"], content["when"], content["who"])
                if content["previous"] != previous:
                    problems.append(f"dòng {number} không nối với dòng trước: có dòng bị sửa, bị xóa hoặc chèn thêm")
                entries.append(entry)
            except (ValueError, KeyError, TypeError):
                problems.append(f"dòng {number} không đọc được")
            previous = _hash(line)
        if rest:
            problems.append("dòng cuối ghi dở do một lần chạy bị ngắt; lần chạy sau sẽ bỏ dòng này")
        return entries, problems

    def last_hashes(self) -> dict[str, str]:
        """The manifest hash that each run must have, by the run's name: a later line replaces an earlier one."""
        return {entry.run: entry.manifest for entry in self.read()[0]}

    def repair(self) -> list[str]:
        """Take off a last line that was never finished; a sentence if there was one."""
        whole, rest = self._split()
        if not rest:
            return []
        with self.path.open("r+b") as file:
            file.truncate(sum(len(line) + 1 for line in whole))
            os.fsync(file.fileno())
        return ["Đã bỏ dòng cuối ghi dở trong sổ đăng ký các lần chạy."]

    def append(self, run: str, manifest: str) -> None:
        """Add a line and wait until it is on the disk."""
        self.repair()
        whole, _ = self._split()
        content = {
            "number": len(whole) + 1,
            "run": run,
            "manifest": manifest,
            "previous": _hash(whole[-1]) if whole else _FIRST,
            "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "who": user(),
        }
        with self.path.open("ab") as file:
            file.write(json.dumps(content, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def taken_back_on_failure(self) -> Iterator[None]:
        """Take off what was appended where the step that it tells of fails."""
        size = self.path.stat().st_size
        try:
            yield
        except BaseException:
            os.truncate(self.path, size)
            raise

    def _split(self) -> tuple[list[bytes], bytes]:
        content = self.path.read_bytes() if self.path.is_file() else b""
        *whole, rest = content.split(b"\n")
        return whole, rest


@contextmanager
def locked(output: Path) -> Iterator[Register]:
    """The register, held against every other process that writes to this output folder."""
    path = output / FILE
    with FileLock(output / LOCK):
        path.touch()
        yield Register(path)


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
