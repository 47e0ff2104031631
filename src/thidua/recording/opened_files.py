"""Files and folders that a section reads, told by Python's own audit events; and what nobody can record."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[1]
_OPEN = "open"
_LISTED = ("os.listdir", "os.scandir")
# What moves or goes is no longer what was read.
_CHANGED = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate")
# Other processes and other machines answer as they like.
_BEYOND = (
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "socket.connect"),
    "sqlite3.connect",
)
watched = frozenset((_OPEN, *_LISTED, *_CHANGED, *_BEYOND))
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What is there is told by the machine, and is another thing each time.
_MACHINE = ("/proc", "/dev")
_CODE = (".py", ".pyc", ".so")
ABSENT = "-"


class Opened:
    """What was opened for reading; ``beyond`` says, in words, what was done that cannot be recorded."""

    def __init__(self, root: Path):
        self._root = root
        self._seen: dict[str, str] = {}
        self._folders: set[str] = set()
        self.beyond = ""

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Take note of an event of ``watched``."""
        if name in _BEYOND:
            if name == "socket.connect" and isinstance(arguments[1], str | bytes):
                return  # a socket of this machine: the run's own
            self.beyond = self.beyond or "gọi chương trình khác, máy khác"
            return
        path = arguments[0]
        if isinstance(path, int) or path is None:
            return
        place = Path(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100  # a link is read where it stands
        if self._is_software(place):
            return
        if any(place.is_relative_to(folder) for folder in _MACHINE):
            self.beyond = self.beyond or "hỏi máy đang chạy"
        elif name in _LISTED:
            self._folders.add(str(place))
        elif name in _CHANGED or _writes(arguments):
            self.beyond = self.beyond or "ghi, đổi tên hoặc xóa tệp"
        elif place.suffix in _CODE:  # which is read once, and held against its source by what nobody tells of
            self.beyond = self.beyond or "nạp mã ngoài chương trình"
        if not self.beyond:
            # What stands there when it is read: it may be another thing by the time the section ends.
            self._seen.setdefault(str(place), content_of(place))

    def fingerprints(self) -> dict[str, str]:
        """What stood in each file and folder, by its path within the suite or, outside, by its whole path.

        What is something else by now sets ``beyond``.
        """
        for path, seen in self._seen.items():
            if content_of(Path(path)) != seen:
                self.beyond = self.beyond or "đọc tệp bị sửa trong lúc chạy"
        return {f"{self._name(p)}{'/' if p in self._folders else ''}": seen for p, seen in self._seen.items()}

    def _is_software(self, place: Path) -> bool:
        """Whether a file is of the environment or the system; a suite that lies in a folder of theirs is none of it."""
        folders = (folder for folder in _SOFTWARE if place.is_relative_to(folder))
        return any(folder.is_relative_to(self._root) or not place.is_relative_to(self._root) for folder in folders)

    def _name(self, path: str) -> str:
        place = Path(path)
        return place.relative_to(self._root).as_posix() if place.is_relative_to(self._root) else path


def content_of(path: Path) -> str:
    """The fingerprint of a file's content or of what a folder lists; another one where there is nothing."""
    try:
        if path.is_dir():
            content = "\n".join(sorted(p.name for p in path.iterdir())).encode()
        elif path.is_file():
            content = path.read_bytes()
        else:  # a pipe gives to each who reads something else
            return ABSENT
    except OSError:
        return ABSENT
    return hashlib.sha256(content).hexdigest()


def _writes(arguments: tuple[Any, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(flags & _WRITES)


# What comes with the locked environment and with the system, and what the run itself put there for its sections.
_SYSTEM = ("/sys", "/etc", "/usr", "/lib", "/lib64", "/bin", "/var/cache/fontconfig")
_OURS = tuple(v for v in [os.environ.get("IPYTHONDIR")] if v)
_SOFTWARE = tuple({_PACKAGE, *map(Path, (sys.prefix, sys.base_prefix, *_SYSTEM, *_OURS))})
