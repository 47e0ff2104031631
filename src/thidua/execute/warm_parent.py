"""The warm parent of a run's sections: a Python that has imported what notebooks use, and forks for each of them.

It is a program of its own that ``warm`` starts: ``python -m thidua.execute.warm_parent NUMBER``, the number of a socket
to the run. What comes there is a packet with a socket in it:

- with the root of a suite and a period: fork a stage that has opened the period's data, and serves at that socket;
- with nothing else, and a file for what the process prints before it begins: fork a section, whose line that is.

So a stage with the libraries alone outlives those with the data of a moment. Each ends with all that it has forked when
the run's end of its socket is closed, however that came about; a section ends, with whatever it has started, when the
run has closed its line. Once a section's process is no more, its exit code goes over its line.

A fork copies the thread that forks and no other, so nothing here may start one: no sockets of ZeroMQ, no V8. (NumPy's
threads of OpenBLAS end before a fork and start anew where they are used.)
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn, cast

from thidua.execute.packets import Ended, Line
from thidua.machine.light_libraries import lighten_schema_library
from thidua.machine.loading import load_without

if sys.platform == "win32":
    raise ImportError("Windows has no fork")

# What opening the report and showing prose, tables and charts import, at once or when first used, and the kernel.
_USED = (
    "IPython.core.logger",
    "IPython.core.magics.extension",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.extensions.storemagic",
    "faulthandler",
    "thidua.charts.bar_charts",
    "thidua.execute.section_process",
    "thidua.notebook",
    "thidua.prose.assistance",
    "thidua.prose.magic",
    "tornado.platform.asyncio",
)
ENDED = b"ended"
_LONGEST = 1 << 16
_DIE_WITH_PARENT = 1  # of prctl
_PATIENCE = 5
_libc = ctypes.CDLL(None)


def warm_up() -> None:
    """Import what every notebook would, as the kernel itself does: without the current folder."""
    del sys.path[0]
    lighten_schema_library()
    load_without("ipykernel.debugger", ("debugpy",))  # no debugger ever comes to a section
    for name in _USED:
        import_module(name)
    import_module("thidua.language.capitals").uncapitalised("Xã")  # what it knows of names is read at first
    tempfile.gettempdir()  # the kernel names each cell's code by it, and it is found by writing there
    _settle()


def _settle() -> None:
    """What a collection does not touch stays shared with the forks."""
    gc.collect()
    gc.freeze()


@dataclass
class _Running:
    """A section's process, and the end of its line that says how it ended."""

    pid: int
    end: socket.socket
    code: int | None = None


class _Forked(Exception):
    """Raised in a fork, to leave what only the parent does."""


class _NewStage(_Forked):
    def __init__(self, control: socket.socket, root: str, period: str):
        self.control, self.root, self.period = control, root, period


class _NewSection(_Forked):
    def __init__(self, line: socket.socket):
        self.line = line


class _Stage:
    """Forks for whatever is asked at a socket, until the run closes it."""

    def __init__(self, control: socket.socket):
        self._control = control
        self._running: dict[int, _Running] = {}
        self._waiting = select.poll()
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (control.fileno(), self._woken):
            self._waiting.register(number, select.POLLIN)

    def serve(self) -> None:
        """Fork for every request until the run ends."""
        while True:
            for number, event in self._waiting.poll():
                if number == self._woken:
                    os.read(self._woken, 4096)
                    self._reap()
                elif number == self._control.fileno():
                    if not self._answer():
                        return self._end()
                elif number in self._running:
                    self._heard(self._running[number], event)

    def _answer(self) -> bool:
        asked, files, _, _ = socket.recv_fds(self._control, _LONGEST, 2)
        if not files:
            return False
        end, *streams = (socket.socket(fileno=files[0]), *files[1:])
        try:
            pid = os.fork()
        except OSError:  # the other end sees that nobody came
            pid = -1
        if pid == 0:
            self._leave()
            if asked == b"\n":
                _lead(end, streams[0])
                raise _NewSection(end)
            raise _NewStage(end, *json.loads(asked))
        for number in streams:
            os.close(number)
        if pid > 0 and asked == b"\n":
            self._running[end.fileno()] = _Running(pid, end)
            self._waiting.register(end.fileno(), 0)  # that its other end is closed is told unasked
        else:
            end.close()
        return True

    def _leave(self) -> None:
        """In a fork: keep nothing of the parent's, and do not outlive it."""
        _libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        for each in self._running.values():
            each.end.close()
        for number in (self._woken, self._wake):
            os.close(number)

    def _heard(self, section: _Running, event: int) -> None:
        if event & select.POLLOUT and section.code is not None:
            with suppress(Ended):
                Line(section.end).send(ENDED, b"%d" % section.code)
            self._forget(section)
        elif section.code is not None:  # nobody wants to know
            self._forget(section)
        else:
            self._waiting.unregister(section.end)
            _kill(section.pid)

    def _forget(self, section: _Running) -> None:
        with suppress(KeyError):
            self._waiting.unregister(section.end)
        del self._running[section.end.fileno()]
        section.end.close()

    def _reap(self) -> None:
        by_pid = {each.pid: each for each in self._running.values()}
        with suppress(ChildProcessError):  # none is left
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                section = by_pid.get(ended.si_pid)
                if section:
                    _kill(section.pid)  # what it started; its number is nobody else's yet
                _, status = os.waitpid(ended.si_pid, 0)
                if section:
                    section.code = os.waitstatus_to_exitcode(status)
                    self._waiting.register(section.end, select.POLLOUT)

    def _end(self) -> None:
        for each in self._running.values():
            if each.code is None:
                _kill(each.pid)
        # Stages end by themselves once they have ended their sections, with all that those started.
        until = time.monotonic() + _PATIENCE
        with suppress(ChildProcessError):  # none is left
            while time.monotonic() < until:
                os.waitpid(-1, os.WNOHANG)
                time.sleep(0.005)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _lead(line: socket.socket, printed: int) -> None:
    """In a section's process: a group and streams of its own, and no other files than its line."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, stream in ((nothing, 0), (printed, 1), (printed, 2)):
        os.dup2(number, stream)
    for number in (nothing, printed):
        os.close(number)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # drawn anew, as in a fresh process


def _open_stage(root: str, period: str) -> object:
    """Open the data and set up the shell, once for all sections that will be forked."""
    os.chdir(root)
    from thidua.execute.section_shell import SectionShell
    from thidua.report import open_beforehand

    with suppress(Exception):  # a section that opens it meets the same, and tells it
        open_beforehand(period)
    shell = SectionShell()
    _settle()
    return shell


def main() -> NoReturn:
    """Be the warm parent; in a fork a stage of it; in a fork of that a section."""
    control, shell = socket.socket(fileno=int(sys.argv[1])), cast(Any, None)
    warm_up()
    while True:
        try:
            _Stage(control).serve()
            os._exit(0)
        except _NewStage as stage:
            control = stage.control
            shell = _open_stage(stage.root, stage.period)
        except _NewSection as section:
            line = section.line
            break
    from thidua.execute.section_process import Section

    Section(shell, Line(line)).run()
    os._exit(0)


if __name__ == "__main__":
    main()
