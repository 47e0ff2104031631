"""The process that runs a command, as long as it is ours: its streams, its temporary folder, and its end by Ctrl-C.

An interruption is no exception here. Libraries swallow those, and code in C or Rust that computes for seconds does not
see them. A thread waits for the signal instead: it ends every child process, removes what is half made, says one
sentence and ends the process.
"""

from __future__ import annotations

import io
import logging
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from thidua.errors import Interrupted
from thidua.machine import leftovers
from thidua.machine.leftovers import hold, let_go, remove
from thidua.machine.libraries import remarks
from thidua.machine.memory import leaving, sparing

INTERRUPTED = 130
# How folders for temporary files begin, and those for sockets, whose paths must be short.
_HOME, SOCKETS = "thidua-", "td-"
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_PATIENCE = 0.8

_decisive = threading.RLock()
_half_made: set[Path] = set()
_made: list[Path | str] = []
_temporary: list[Path] = []
_at_the_end: list[Callable[[], object]] = []


@contextmanager
def ours() -> Iterator[None]:
    """Let the process write any letter, keep its temporary files in one folder, and end cleanly when interrupted."""
    sparing()
    _open_streams()
    logging.getLogger().addHandler(remarks)
    logging.captureWarnings(True)
    signals = _watch()
    with _temporary_folder():
        yield
    for number in signals:  # all is done and told: ended while it only clears up, the process would deny that
        signal.signal(number, signal.SIG_IGN)
    leaving()


def written() -> None:
    """Wait until what was printed has reached its reader. OSError where there is no room for it."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = _nowhere()  # else the interpreter tries again at its end, and fails
        raise


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A short step that is done whole or not at all: an interruption waits for its end, or it never begins."""
    with _decisive:
        yield


def half_made(place: str | Path, prefix: str) -> Path:
    """A new folder in ``place`` for as long as something is being made; an interruption removes it."""
    with _decisive:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        _half_made.add(folder)
    return folder


def temporary(place: str | Path, prefix: str) -> Path:
    """A new folder like ``half_made``'s, which the next command clears where this process is killed."""
    while True:
        folder = half_made(place, prefix)
        if hold(folder):
            return folder
        done_with(folder)


def done_with(folder: Path) -> None:
    """Remove a folder that ``half_made`` or ``temporary`` gave."""
    let_go(folder)
    remove(folder)
    _half_made.discard(folder)


def made(place: Path | str) -> None:
    """Tell of a result that stands, whatever happens to the process from now on. Called within ``uninterrupted``."""
    _made.append(place)


def when_stopped(work: Callable[[], object]) -> None:
    """Have something short done when an interruption ends the process, after its children are no more."""
    _at_the_end.append(work)


def outer_temporary_folder() -> Path:
    """Where a file outlives the process."""
    return _temporary[-1].parent if _temporary else Path(tempfile.gettempdir())


class _Stream(io.FileIO):
    """A reader that stops reading, such as ``head``, takes nothing from the command or from its status."""

    def write(self, content: object, /) -> int:
        try:
            return super().write(content) or 0  # type: ignore[arg-type]
        except BrokenPipeError:
            return memoryview(content).nbytes  # type: ignore[arg-type]


def _open_streams() -> None:
    """Print UTF-8 whatever the locale says; what is no text at all, such as a strange file name, as escapes."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, _nowhere())
            continue
        stream.flush()
        opened = io.TextIOWrapper(
            io.BufferedWriter(_Stream(number, "wb", closefd=False)),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=number == 2 or stream.isatty(),
            write_through=stream.write_through,
        )
        setattr(sys, name, opened)


def _nowhere() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")


@contextmanager
def _temporary_folder() -> Iterator[None]:
    """One folder for all temporary files, those of libraries and child processes too: one removal gets them all."""
    for place in leftovers.places():
        for prefix in (_HOME, SOCKETS):
            leftovers.clear(Path(place), prefix)
    try:
        folder = temporary(tempfile.gettempdir(), _HOME)
    except OSError:  # not every command needs one
        yield
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    _temporary.append(folder)
    try:
        yield
    finally:
        _temporary.remove(folder)
        done_with(folder)


def _watch() -> set[int]:
    # A shell that runs us in the background tells us to ignore Ctrl-C, nohup to ignore the end of the terminal.
    signals = {s for s in _SIGNALS if signal.getsignal(s) is not signal.SIG_IGN}
    ear, mouth = socket.socketpair()
    mouth.setblocking(False)
    signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    # The thread owns both ends: the signal's number is written to an end that nothing else keeps open.
    threading.Thread(target=_wait_for, args=(ear, mouth, signals), daemon=True).start()
    for number in signals:
        signal.signal(number, lambda *_: None)
    return signals


def _wait_for(ear: socket.socket, mouth: socket.socket, signals: set[int]) -> None:
    with suppress(ImportError):
        import_module("psutil")  # at the end there is no time to load it
    while not signals & set(ear.recv(64)):
        pass
    # The threads that compute give way at once, not after their usual five milliseconds at each step of the removal.
    sys.setswitchinterval(1e-6)
    _stop()


def _stop() -> NoReturn:
    try:
        _decisive.acquire()  # never given back: no decisive step begins any more
        with suppress(Exception):
            _end_children()
        for work in _at_the_end:
            with suppress(Exception):
                work()
        for path in list(_half_made):
            remove(path)
        _say(str(Interrupted(_made)))
    finally:
        os._exit(INTERRUPTED)


def _end_children() -> None:
    """End every process below this one, whatever session it moved to, and those that come up meanwhile."""
    import psutil

    until = time.monotonic() + _PATIENCE / 2
    while time.monotonic() < until:
        children = psutil.Process().children(recursive=True)
        living = [c for c in children if c.status() != psutil.STATUS_ZOMBIE]
        if not living:
            return
        for child in living:
            with suppress(psutil.Error):
                child.kill()
        psutil.wait_procs(living, timeout=0.1)


def _say(sentence: str) -> None:
    """Write to the terminal past the streams, which another thread may hold, and only where somebody reads."""
    terminal = sys.stderr.isatty()
    # In the place of the line that tells of progress, which may have hidden the cursor.
    text = f"\r\x1b[2K\x1b[?25h{sentence}\n" if terminal else f"{sentence}\n"
    with suppress(OSError, ValueError):
        # Windows knows this for sockets alone.
        if sys.platform == "win32" or select.select([], [2], [], 0.1)[1]:
            os.write(2, text.encode())
