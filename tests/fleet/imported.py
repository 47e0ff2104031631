"""What a unit's process imports by itself, although all others that the server forks import it too."""

from __future__ import annotations

import sys
from socket import socket

from thidua.fleet.one_unit import made
from thidua.fleet.task import Task


def by_a_unit(task: Task, lent: socket | None) -> tuple[str, list[str]]:
    """The state of a unit, and the libraries that its process imported for it, without the names of encodings."""
    before = set(sys.modules)
    state = made(task, lent).state
    return state, sorted({name.partition(".")[0] for name in sys.modules.keys() - before} - {"encodings"})
