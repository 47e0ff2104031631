"""Saves, seen on disk: what a suite's files hold now, and when somebody has changed them for good.

Programs lock with files of their own, write beside and rename, or write a large workbook in pieces; a burst of saves
may last a moment. So what counts is never what the system says happened but what the files hold once all are whole.
"""

from __future__ import annotations

import asyncio
import os
import time
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, suppress
from pathlib import Path

from watchfiles import awatch
from watchfiles.main import FileChange

from thidua.machine.file_hash import file_hash

# The files of a suite that a report comes from, by their path in it, each with the digest of its content.
Files = Mapping[Path, str]

_FOLDERS = ("params", "notebooks", "data")
# What the program itself writes down of workbooks: no input.
_PROCESSED = Path("data/processed")
# How long nothing must happen before a save counts as done, and how long a burst of saves may last.
_QUIET_MS, _BURST_MS = 25, 400
# How often it is asked whether the folders are still those that are watched.
_SAME_PLACE_MS = 500
# A file that is not whole by then will not become so: what is wrong with it is told.
_PATIENCE, _LOOK_AGAIN = 1.5, 0.05


class Shelf:
    """The files of a suite. What has the same time, size and place on the disk is not read again."""

    def __init__(self, root: Path):
        self._root = root
        self._read: dict[Path, tuple[tuple[int, int, int], str]] = {}

    @property
    def folders(self) -> list[Path]:
        """Where the files lie, as far as there are such folders."""
        return [folder for name in _FOLDERS if (folder := self._root / name).is_dir()]

    @property
    def places(self) -> list[tuple[int, int]]:
        """Which folders of the disk these are: one that was taken away and copied anew is another."""
        return [(state.st_dev, state.st_ino) for folder in self.folders if (state := _state(folder))]

    def look(self) -> Files:
        """What the files hold now."""
        found = {}
        for path in sorted(p for folder in self.folders for p in folder.rglob("*")):
            if self.concerns(path):
                with suppress(OSError):  # gone since it was listed, or a folder
                    found[path.relative_to(self._root)] = self._digest(path)
        return found

    def concerns(self, path: Path) -> bool:
        """Whether a report may come from a file: no lock, no copy beside, nothing hidden, nothing of the program's."""
        own = path.relative_to(self._root)
        beside = (part.startswith((".", "~$")) or part.endswith(("~", ".tmp")) for part in own.parts)
        return not own.is_relative_to(_PROCESSED) and not any(beside)

    async def settled(self, before: Files) -> Files:
        """What the files hold once those that changed since ``before`` are whole and none has just disappeared."""
        end = time.monotonic() + _PATIENCE
        while True:
            now = self.look()
            begun = [path for path in now if now[path] != before.get(path) and not self._whole(path)]
            gone = [path for path in before if path not in now]
            if not (begun or gone) or time.monotonic() > end:
                return now
            await asyncio.sleep(_LOOK_AGAIN)

    def _digest(self, path: Path) -> str:
        state = path.stat()
        stamp = (state.st_mtime_ns, state.st_size, state.st_ino)
        kept = self._read.get(path)
        if kept is None or kept[0] != stamp:
            kept = self._read[path] = stamp, file_hash(path)
        return kept[1]

    def _whole(self, path: Path) -> bool:
        """Whether a file ends as one of its kind does."""
        try:
            if path.suffix == ".xlsx":
                return zipfile.is_zipfile(self._root / path)
            if path.suffix == ".ipynb":
                return (self._root / path).read_bytes().rstrip().endswith(b"}")
            return (self._root / path).stat().st_size > 0
        except OSError:
            return False


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:  # gone since it was listed
        return None


async def saves(shelf: Shelf) -> AsyncIterator[Files]:
    """What the files hold at first, and then each time that they hold something else."""
    seen = shelf.look()
    yield seen
    async for _ in _moments(shelf):
        now = await shelf.settled(seen)
        if now != seen:
            seen = now
            yield now


async def _moments(shelf: Shelf) -> AsyncIterator[None]:
    """Each moment from which on the files may hold something else."""
    while True:
        # The system follows a folder, not its name: what stands in its place later is watched anew, and looked at once.
        # What is taken away and copied may have its very number on the disk, but it is told that the one is gone.
        folders, places, first = shelf.folders, shelf.places, True
        with suppress(FileNotFoundError):  # gone since it was listed
            async with aclosing(_changes(shelf, folders)) as changes:
                async for changed in changes:
                    same = shelf.places == places and not any(Path(path) in folders for _, path in changed)
                    if changed or first or not same:
                        yield
                    if not same:
                        break
                    first = False


def _changes(shelf: Shelf, folders: Sequence[Path]) -> AsyncGenerator[set[FileChange]]:
    """Bursts of what may be a save; an empty one every while in which nothing happens."""
    return awatch(
        *folders,
        watch_filter=lambda _, path: shelf.concerns(Path(path)),
        step=_QUIET_MS,
        debounce=_BURST_MS,
        rust_timeout=_SAME_PLACE_MS,
        yield_on_timeout=True,
    )
