"""The warm parent of a run's kernels: a Python that has imported what notebooks use, and forks for each of them.

It is a program of its own that ``warm`` starts: ``python -m thidua.execute.warm_parent NUMBER ADDRESS``, the number of
a listening socket and where charts are drawn. Its standard input is a socket to the run: it says there when it is warm,
and ends with all kernels when the other end is closed, however the run ended. A request is a connection: the kernel's
command and folder come in with its standard output and error; the process id goes out, and the exit code once it is
known. The environment is the kernels' own from the beginning.

A fork copies the thread that forks and no other, so nothing here may start one: no sockets of ZeroMQ, no V8. (NumPy's
threads of OpenBLAS end before a fork and start anew where they are used.)
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from thidua.charts import picture
from thidua.execute.drawing import drawn_at
from thidua.machine.schema_library import load_schema_library

if sys.platform == "win32":
    raise ImportError("Windows has no fork")

_RUN = 0
# What starting a kernel, opening the report and showing prose, tables and charts import, at once or when first used.
_USED = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "thidua.charts.bar_charts",
    "thidua.notebook",
    "thidua.prose.assistance",
    "thidua.prose.magic",
    "tornado.platform.asyncio",
)


@dataclass(frozen=True)
class Request:
    """A kernel to become: its command and the folder that it works in."""

    cmd: list[str]
    cwd: str


def warm_up(drawing: str) -> None:
    """Import what every notebook would, as the kernel itself does: without the current folder."""
    del sys.path[0]
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # kernels end when this process does
    load_schema_library()
    for name in _USED:
        import_module(name)
    picture.draw = partial(drawn_at, drawing)
    gc.collect()
    gc.freeze()  # what a collection does not touch stays shared with the forks


class _Forked(Exception):
    """Raised in a fork, to leave what only the parent does."""

    def __init__(self, request: Request):
        self.request = request


class _Parent:
    """The kernels that run, each with the connection that asked for it."""

    def __init__(self, listener: socket.socket):
        self._listener = listener
        self._running: dict[int, socket.socket] = {}
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Fork for every request until the run ends."""
        with selectors.DefaultSelector() as waiting:
            for file in (_RUN, self._woken, self._listener):
                waiting.register(file, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in waiting.select()}
                if _RUN in ready:
                    return self._end()
                if self._woken in ready:
                    os.read(self._woken, 4096)
                    self._report_ended()
                if self._listener.fileno() in ready:
                    self._answer(self._listener.accept()[0])

    def _answer(self, connection: socket.socket) -> None:
        request, files = _read(connection)
        if request is None:
            return connection.close()
        pid = os.fork()
        if pid == 0:
            self._leave(connection)
            _own_streams(files)
            raise _Forked(request)
        self._running[pid] = connection
        _say(connection, pid)
        for number in files:
            os.close(number)

    def _leave(self, connection: socket.socket) -> None:
        """In a fork: keep nothing of the parent's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for each in (connection, self._listener, *self._running.values()):
            each.close()
        for number in (self._woken, self._wake):
            os.close(number)

    def _report_ended(self) -> None:
        with suppress(ChildProcessError):  # none is left
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                connection = self._running.pop(pid)
                _say(connection, os.waitstatus_to_exitcode(status))
                connection.close()

    def _end(self) -> None:
        for pid in self._running:
            with suppress(OSError):
                os.killpg(pid, signal.SIGKILL)


def become(request: Request) -> None:
    """Run the command of a request as a Python of its own would; returns when that ends by itself."""
    os.setsid()
    os.chdir(request.cwd)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # drawn anew, as in a fresh process
    _, _, module, *arguments = request.cmd
    sys.orig_argv[:] = request.cmd
    sys.argv[1:] = arguments
    sys.path.insert(0, request.cwd)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _read(connection: socket.socket) -> tuple[Request | None, list[int]]:
    """What a connection asks for, with the numbers of its open files; nothing where the other end went away."""
    content, files = b"", []
    with suppress(OSError):
        while True:
            part, came, _, _ = socket.recv_fds(connection, 1 << 16, 2)
            content += part
            files += came
            if not part:
                break
    try:
        return Request(**json.loads(content)), files
    except (ValueError, TypeError):
        for number in files:
            os.close(number)
        return None, []


def _own_streams(files: list[int]) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, stream in zip((nothing, *files), (0, 1, 2), strict=True):
        os.dup2(number, stream)
    for number in (nothing, *files):
        os.close(number)


def _say(connection: socket.socket, number: int) -> None:
    with suppress(OSError):  # nobody listens any more
        connection.sendall(b"%d\n" % number)


def main() -> None:
    """Be the warm parent, or in a fork the kernel that was asked for."""
    number, drawing = sys.argv[1:]
    warm_up(drawing)
    os.write(_RUN, b"\n")
    try:
        _Parent(socket.socket(fileno=int(number))).serve()
        return
    except _Forked as forked:
        request = forked.request
    become(request)


if __name__ == "__main__":
    main()
