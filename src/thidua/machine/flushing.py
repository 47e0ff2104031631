"""Waiting until what was written is on the disk, where a power cut no longer takes it."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path


def flush(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk. OSError where the disk refuses."""
    if sys.platform == "win32":  # flushes neither folders nor files that are read-only
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_all(folder: Path) -> None:
    """Wait until a folder is on the disk with all that stands below it. OSError where the disk refuses."""
    if not _flushed_at_once(folder):
        for path in (*folder.rglob("*"), folder):
            flush(path)


def _flushed_at_once(folder: Path) -> bool:
    """Flush all of the disk, where that is one of this machine: a run's six hundred files one by one take seconds."""
    # What a network or another program keeps has no disk behind it, and may heed a file's own flush alone.
    if sys.platform != "linux" or os.major(folder.stat().st_dev) == 0:
        return False
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "syncfs"):
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        return bool(libc.syncfs(handle) == 0)  # where it is not, the files tell why
    finally:
        os.close(handle)
