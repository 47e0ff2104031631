"""Files and folders that a section reads, told by Python's own audit events; and what nobody can record."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[1]
_OPEN = "open"
_LISTED = ("os.listdir", "os.scandir")
# Other processes and other machines answer as they like.
_BEYOND = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "socket.connect")
watched = frozenset((_OPEN, *_LISTED, *_BEYOND))
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
ABSENT = "-"


class Opened:
    """What was opened for reading; ``beyond`` says what was done that cannot be recorded."""

    def __init__(self, root: Path):
        self._root = root
        self._files: dict[str, None] = {}
        self._folders: dict[str, None] = {}
        self.beyond = ""

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Take note of an event of ``watched``."""
        if name in _BEYOND:
            if name == "socket.connect" and isinstance(arguments[1], str | bytes):
                return  # a socket of this machine: the run's own
            self.beyond = self.beyond or name
            return
        path = arguments[0]
        if isinstance(path, int) or path is None:
            return
        place = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100  # a link is read where it stands
        if _within(place, _SOFTWARE) or (
            _within(place, (tempfile.gettempdir(),)) and not _within(place, (self._root,))
        ):
            return
        if name in _LISTED:
            self._folders[str(place)] = None
        elif _writes(arguments):
            self.beyond = self.beyond or f"writes {place}"
        else:
            self._files[str(place)] = None

    def fingerprints(self) -> dict[str, str]:
        """What stands in each file and folder now, by its path within the suite or, outside, by its whole path."""
        return {
            **{self._name(path): content_of(Path(path)) for path in self._files},
            **{f"{self._name(path)}/": content_of(Path(path)) for path in self._folders},
        }

    def _name(self, path: str) -> str:
        place = Path(path)
        return place.relative_to(self._root).as_posix() if place.is_relative_to(self._root) else path


def content_of(path: Path) -> str:
    """The fingerprint of a file's content or of what a folder lists; another one where there is nothing."""
    try:
        content = "\n".join(sorted(p.name for p in path.iterdir())).encode() if path.is_dir() else path.read_bytes()
    except OSError:
        return ABSENT
    return hashlib.sha256(content).hexdigest()


def _writes(arguments: tuple[Any, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(flags & _WRITES)


def _within(path: Path, folders: Iterable[Path | str]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


# What comes with the locked environment and with the system.
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/var/cache/fontconfig")
_SOFTWARE = tuple({Path(p) for p in (sys.prefix, sys.base_prefix, _PACKAGE, *_SYSTEM)})
