"""What a worker of a cluster is asked: what it is made of, and the report of a unit.

These are called by their names on other machines: a change of what they take or give is one of what both sides know.
"""

from __future__ import annotations

import atexit
import platform
from contextlib import ExitStack
from functools import cache

from thidua.archive.software import library_hash, packages
from thidua.execute.warm import Warm, warm
from thidua.fleet.here import tried
from thidua.fleet.outcome import Outcome
from thidua.fleet.which_units import Unit

_MADE = "thidua.fleet.on_storage.made_there"


class Unfit(Exception):
    """A worker whose environment is not that of whoever asks; nothing was made."""


def environment() -> dict[str, str]:
    """What a report's bytes hang on: versions by name, Python's and the library's own hash among them."""
    return {"Python": platform.python_version(), "thidua": library_hash()[:12], **packages()}


def differences(there: dict[str, str], here: dict[str, str]) -> list[str]:
    """How the environment of a worker differs from ours, in words; empty where it does not."""
    names = sorted(there.keys() | here.keys(), key=lambda name: (name not in ("Python", "thidua"), name))
    return [
        f"{name} {there.get(name, 'không có')}, ở đây {here.get(name, 'không có')}"
        for name in names
        if there.get(name) != here.get(name)
    ]


def made_on_worker(wanted: dict[str, str], unit: Unit, bundle: str, storage: str) -> Outcome:
    """The outcome of a unit, made in a process of its own. Unfit where this worker's environment is not as wanted."""
    if differences(environment(), wanted):
        raise Unfit
    return tried(_MADE, unit, bundle, storage, _parent().lend())


@cache
def _parent() -> Warm:
    """The warm parent of the sections of all units that this worker runs; it ends with the worker."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(warm())
