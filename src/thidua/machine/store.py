"""What was worked out before, kept under the hash of all that it follows from, in the user's cache.

Nothing rests on it: what is lost, spoilt or thrown out costs time and no more. Any number of processes may use one
store at once.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from thidua.machine.process import uninterrupted

_LIMIT = 512 * 2**20
# All that is kept is looked through once an eighth of the limit was written: it takes long where there is much.
_BETWEEN_TRIMS = 8
_BLOCK = 4096
_DIGEST = hashlib.sha256().digest_size
_MARKS = "written"
# What an interrupted process left half written is older than any file that is being written.
_HALF_WRITTEN_SECONDS = 3600


class Store:
    """A store of a name, of ``limit`` bytes and an eighth at most: what was not used for longest goes first.

    >>> kept = Store("sections")
    >>> kept.put(key_of(b"inputs"), b"result")
    >>> kept.get(key_of(b"inputs"))
    b'result'
    """

    def __init__(self, name: str, limit: int = _LIMIT):
        self._folder = user_cache_path("thidua") / name
        self._limit = limit

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where nothing is, or not what was put there."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        digest, kept = content[:_DIGEST], content[_DIGEST:]
        if _digest(key, kept) != digest:  # spoilt, or put in another's place
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # used now
        return kept

    def put(self, key: str, content: bytes) -> None:
        """Keep something under a key; a disk that is full or may not be written keeps nothing."""
        path = self._path(key)
        with suppress(OSError), uninterrupted():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(key, content) + content)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        with suppress(OSError):
            if self._written(len(content)) * _BETWEEN_TRIMS > self._limit:
                self._trim()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _written(self, size: int) -> int:
        """How many bytes were written since the last trim, by whichever process: a mark in a file for each block."""
        with (self._folder / _MARKS).open("ab") as marks:
            marks.write(b"." * (size // _BLOCK + 1))
            return marks.tell() * _BLOCK

    def _trim(self) -> None:
        """Throw out what was not used for longest, and what was left half written."""
        (self._folder / _MARKS).write_bytes(b"")
        found = []
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        found.sort(reverse=True)
        newest = found[0][0] if found else 0
        size = 0
        for used, bytes_, path in found:
            size += bytes_
            if size > self._limit or (path.name.startswith(".") and newest - used > _HALF_WRITTEN_SECONDS):
                with suppress(OSError):
                    path.unlink()


def _digest(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(content)
    return digest.digest()


def key_of(*parts: bytes) -> str:
    """A key for what follows from some contents, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
