"""What is dear to make is made once for all workers of a test session."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

_Made = TypeVar("_Made")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], _Made]) -> _Made:
    """What ``make`` makes in a folder of this name; whoever asks first makes it, the others wait for it.

    What it gives must be plain: paths, texts and their collections.
    """
    session = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        session = session.parent  # the session's folder, which holds one for each worker
    kept = session / f"{name}.made"
    with FileLock(session / f"{name}.lock"):
        if kept.is_file():
            made: _Made = pickle.loads(kept.read_bytes())
            return made
        folder = session / name
        folder.mkdir()
        given = make(folder)
        kept.write_bytes(pickle.dumps(given))
        return given
