"""Work in a process of its own that need not start anew: it is forked from one that has imported the library.

A Python that starts takes a second or two for that, and what imports for its sections as long again.
"""

from __future__ import annotations

import atexit
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from multiprocessing import forkserver
from multiprocessing.reduction import DupFd
from subprocess import CompletedProcess
from typing import Any, cast

import sections
from surrounded import surround, unit
from thidua.cli import main
from thidua.fleet import apart

_PATIENCE = 300
_server = cast(Any, forkserver)._forkserver


class Forked:
    """A process that does some work: a function of a module beside the tests; the number that it gives is the status.

    What it prints is kept, or goes to the open file of this number. Its environment is ours of now, with ``settings``.
    Its sections are forked from the warm parent of the tests where it is ``lent``, else from one of its own.
    """

    def __init__(
        self,
        work: Callable[..., object],
        *arguments: Any,
        settings: Mapping[str, str] | None = None,
        stdout: int | None = None,
        largest_file: int | None = None,
        lent: bool = True,
    ):
        apart._server_has_a_place()
        forkserver.ensure_running()
        self._kept = [os.memfd_create("printed") for _ in range(2)]
        streams = [_Number(self._kept[0] if stdout is None else stdout), _Number(self._kept[1])]
        control = sections.parent().lend() if lent else None
        server = _server._forkserver_address
        given = (work, arguments, {**os.environ, **(settings or {})}, streams, largest_file, control, server)
        self._process = cast(Any, apart._context).Process(target=_perform, args=given)
        self._process.start()
        self.pid: int = self._process.pid

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        while self._kept:
            os.close(self._kept.pop())

    @property
    def status(self) -> int | None:
        """How it ended, negative for a signal; None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.status is None:
            os.kill(self.pid, number)

    def wait(self, seconds: float = _PATIENCE) -> int:
        """Wait for its end; its status."""
        self._process.join(seconds)
        assert self.status is not None, f"not ended after {seconds} seconds"
        return self.status

    def printed(self, number: int = 1) -> str:
        """What it has printed until now: on stdout, 1, or stderr, 2."""
        kept = self._kept[number - 1]
        return os.pread(kept, os.fstat(kept).st_size, 0).decode()

    def wait_for_a_line(self) -> None:
        """Wait until it has printed something."""
        end = time.monotonic() + _PATIENCE
        while not self.printed():
            assert self.status is None and time.monotonic() < end, self.printed(2)
            time.sleep(0.005)


def command(*words: object, **how: Any) -> Forked:
    """The command ``thidua`` with these words, as an officer's shell starts it, in a process of its own."""
    return Forked(_command, list(map(str, words)), **how)


def ended(forked: Forked) -> CompletedProcess[str]:
    """Wait for a process: its status and what it printed."""
    with forked:
        status = forked.wait()
        return CompletedProcess([], status, forked.printed(1), forked.printed(2))


class _Number:
    """An open file, to be had by another process."""

    def __init__(self, number: int):
        self._number = number

    def __reduce__(self) -> Any:
        return _received, (DupFd(self._number),)


def _received(file: Any) -> int:
    number: int = file.detach()
    return number


def _perform(
    work: Callable[..., object],
    arguments: Sequence[Any],
    environment: Mapping[str, str],
    streams: Sequence[int],
    largest_file: int | None,
    control: socket.socket | None,
    server: str,
) -> None:
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
    surround(environment)
    # Its units come from the server that it came from: one of its own would import for a second and a half.
    _server._forkserver_address, _server.ensure_running = server, lambda: None
    apart._perform = cast(Any, partial(unit, environment))
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    with sections.lent(control) if control else nullcontext():
        status = work(*arguments)
    sys.exit(status if isinstance(status, int) else 0)


def _command(words: list[str]) -> int:
    sys.argv[1:] = words
    try:
        return main()
    finally:
        atexit._run_exitfuncs()  # a process of multiprocessing ends without
