"""Folders for temporary files, each with a lock that its process holds: what killed ones have left can be told.

A process that is killed removes nothing, and the system takes its locks from it. What it has forked and lives on holds
them still: so they are the system's own, which forks share, and none of a library that takes them from forks.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# No other program has a file of this name; a folder is ours by this and by the name that the system made for it.
_LOCK = ".thidua-dang-giu"
_MADE_NAME = re.compile("[a-z0-9_]{8}")
_OWN = 0o700
_REMOVING_SECONDS = 0.4
_held: dict[Path, int] = {}


def places() -> list[str]:
    """Where folders for temporary files may be made: the system's own place first, then those with a short path."""
    own = [tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", "")]
    return [*dict.fromkeys(filter(None, own if sys.platform == "win32" else [*own, "/tmp"]))]


def hold(folder: Path) -> bool:
    """Hold a new folder for as long as this process lives; False where it was cleared away before it could be."""
    with suppress(OSError):  # it is gone, or a file system without locks, whose folders nobody clears
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(handle, waits=True):
            _held[folder] = handle
        else:
            os.close(handle)
            (folder / _LOCK).unlink()
            return True
        return (folder / _LOCK).exists()
    return folder.exists()


def let_go(folder: Path) -> None:
    """Hold a folder no more, if it was held."""
    if (handle := _held.pop(folder, None)) is not None:
        os.close(handle)


def clear(place: Path, prefix: str) -> None:
    """Remove the folders of that prefix that processes of this user held and are no more."""
    with suppress(OSError):
        for home in sorted(place.glob(f"{prefix}*")):
            with suppress(OSError):
                if _MADE_NAME.fullmatch(home.name.removeprefix(prefix)) and _is_ours(home):
                    _clear_dead(home)


def remove(path: Path) -> None:
    """Remove a folder although other threads may still write into it."""
    until = time.monotonic() + _REMOVING_SECONDS
    while path.exists():
        if sys.platform == "win32":  # keeps what is read-only
            for file in path.rglob("*"):
                with suppress(OSError):
                    file.chmod(stat.S_IWRITE)
        shutil.rmtree(path, ignore_errors=True)
        if time.monotonic() > until:
            return


def _is_ours(home: Path) -> bool:
    status, lock = home.lstat(), (home / _LOCK).lstat()
    if not stat.S_ISDIR(status.st_mode) or not stat.S_ISREG(lock.st_mode):
        return False
    # On Windows each user has a place of his own.
    return sys.platform == "win32" or (status.st_uid == os.getuid() and status.st_mode & 0o777 == _OWN)


def _clear_dead(home: Path) -> None:
    handle = os.open(home / _LOCK, os.O_RDWR)
    try:
        if not _lock(handle, waits=False):
            return
        if sys.platform != "win32":
            return remove(home)  # who is about to hold it waits, and sees then that it is gone
    finally:
        os.close(handle)
    dead = home.rename(home.with_name(f"bo-{home.name}"))  # refused while anybody has opened the lock
    remove(dead)


def _lock(handle: int, *, waits: bool) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
