"""What a worker of a cluster is asked: what it is made of, and the report of a unit.

These are called by their names on other machines: a change of what they take or give is one of what both sides know.
"""

from __future__ import annotations

import atexit
import platform
from contextlib import ExitStack
from functools import cache

from thidua.archive.software import locked, packages
from thidua.execute.warm import Warm, warm
from thidua.fleet.here import tried
from thidua.fleet.outcome import Outcome
from thidua.fleet.task import Task
from thidua.machine.own_library import LOCK, library_files, library_hash

_FIRST = ("Python", "thidua")


class Unfit(Exception):
    """A worker whose environment is not that of whoever asks; nothing was made."""


def environment() -> dict[str, str]:
    """What a report's bytes hang on: versions by name, Python's and the library's own hash among them."""
    return {"Python": platform.python_version(), "thidua": library_hash()[:12], **packages()}


def locked_environment() -> dict[str, str]:
    """What every worker must be made of: our Python and library, the packages as the lock has them."""
    own, lock = environment(), library_files().get(LOCK)
    for name, versions in locked(lock.read_text(encoding="utf-8")).items() if lock else ():
        if name in own and name not in _FIRST and own[name] not in versions:
            own[name] = max(versions)
    return own


def differences(there: dict[str, str], wanted: dict[str, str]) -> list[str]:
    """How the environment of a worker differs from the one that is wanted, in words; empty where it does not."""
    names = sorted(there.keys() | wanted.keys(), key=lambda name: (name not in _FIRST, name))
    return [
        f"{name} {there.get(name, 'không có')}, cần {wanted.get(name, 'không có')}"
        for name in names
        if there.get(name) != wanted.get(name)
    ]


def made_on_worker(wanted: dict[str, str], task: Task) -> Outcome:
    """The outcome of a unit, made in a process of its own. Unfit where this worker's environment is not as wanted."""
    if differences(environment(), wanted):
        raise Unfit
    return tried(task, _parent().lend())


@cache
def _parent() -> Warm:
    """The warm parent of the sections of all units that this worker runs; it ends with the worker."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(warm())
