"""What imports for the sections of a process's tests is one, as it is for the units of a fleet: it takes a second."""

from __future__ import annotations

import atexit
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

import pytest

from thidua.execute.warm import Warm, warm

_TEMPORARY = tempfile.gettempdir()


@cache
def parent() -> Warm:
    """The warm parent of all sections of this process's tests, in the environment of the first."""
    until_the_end = ExitStack()
    atexit.register(until_the_end.close)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", _TEMPORARY)  # a test's own folder may be another now
        return until_the_end.enter_context(warm())


@contextmanager
def lent(control: socket.socket | None = None) -> Iterator[None]:
    """Whatever starts a warm parent within uses that of the tests: this process's, or what another lends of its own."""
    start = Warm.start

    def borrow(borrower: Warm) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Warm, "start", start)
            found = control or parent().lend()
        if borrower._control is None and found is not None:
            borrower._control = found.dup()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Warm, "start", borrow)
        yield
