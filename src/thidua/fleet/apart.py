"""Work in a process of its own: nothing that it does to memory, state or itself reaches anyone else.

Where a process can be forked safely it is forked from a server that has imported everything, so that a unit costs no
imports, inherits nothing from the unit before and gives all its memory back.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from multiprocessing import current_process, get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from thidua.machine.ended import told
from thidua.machine.light_libraries import lighten_schema_library, lighten_workbook_library
from thidua.machine.process import SOCKETS, done_with, ours, temporary

_WARMTH = "thidua.fleet.warmth"
# No report takes an hour; what takes longer never ends.
SECONDS = 3600
_MORE_LIKELY = "500"
_KILLED = 9  # Windows has no name for it

_fork = sys.platform == "linux"
_context = get_context("forkserver" if _fork else "spawn")
if _fork:
    _context.set_forkserver_preload([_WARMTH])


class Died(Exception):
    """A process that ended without a result, by its exit code: negative for a signal; None where it took too long."""

    def __init__(self, code: int | None):
        self.code = code
        super().__init__(str(self))

    def __str__(self) -> str:
        if self.code is None:
            return f"lập báo cáo quá {SECONDS // 60} phút chưa xong, đã bị dừng"
        return told("tiến trình lập báo cáo kết thúc giữa chừng", self.code)


@cache
def _server_has_a_place() -> None:
    """Give the socket of the server a folder with a short path, which is gone when this process ends."""
    folder = temporary(min(tempfile.gettempdir(), "/tmp", key=len), SOCKETS)
    # One that multiprocessing makes by itself stands in our temporary folder, and it looks for it once that is gone.
    cast(Any, current_process())._config["tempdir"] = str(folder)
    atexit.register(done_with, folder)


def apart(work: str, *arguments: Any) -> Any:
    """What a function gives, called in a process of its own; it is named, «thidua.fleet.one_unit.made», so that this
    process need not import it.

    Died where the process ends without giving anything. Threads may call this, each for a process.
    """
    if _fork:
        _server_has_a_place()
    if current_process().daemon:  # a worker of a cluster is one, and multiprocessing would let it have no children
        current_process().daemon = False
    result, giving = _context.Pipe(duplex=False)
    process = cast(Any, _context).Process(target=_perform, args=(giving, work, arguments))
    with result:
        try:
            with _unheard():
                process.start()
        # The server that forks them was killed meanwhile; the next call has another.
        except (EOFError, ConnectionError):
            raise Died(-_KILLED) from None
        finally:
            giving.close()
        try:
            if not result.poll(SECONDS):
                raise Died(None)
            return result.recv()
        except EOFError:
            process.join()
            raise Died(process.exitcode) from None
        finally:
            process.kill()
            process.join()
            process.close()


@contextmanager
def _unheard() -> Iterator[None]:
    """What is started meanwhile does not hear Ctrl-C: this process does for all, and ends them.

    Else the server, which imports for a second before it heeds what it hears, ends with a traceback on the terminal.
    """
    if sys.platform != "linux":
        yield
        return
    resource_tracker.ensure_running()  # which lets a thread hear again that starts it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _perform(result: Connection, work: str, arguments: tuple[Any, ...]) -> None:
    """In the process: do the work as a command would, its remarks unheard, and end with whoever asked for it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    if sys.platform == "linux":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    with suppress(OSError):  # where memory runs out, the unit goes and whoever counts the units stays
        Path("/proc/self/oom_score_adj").write_text(_MORE_LIKELY)
    module, _, name = work.rpartition(".")
    with ours(), result:
        lighten_schema_library()
        lighten_workbook_library()
        result.send(getattr(import_module(module), name)(*arguments))


def _end_with_the_parent() -> None:
    asker = parent_process()
    if asker is not None:
        asker.join()
        os.kill(os.getpid(), signal.SIGTERM)  # which ends the children and removes what is half made
