"""What a section prints, by whichever way: Python's own streams, or the process's, where libraries in C write.

As in Jupyter's kernel, which has a thread for each of them and one for its sockets; here one thread does for all, and
it sends nothing that the section's own thread can send by itself. What was written to the process's streams is taken in
before anything that Python prints after it: which of the two comes first is not left to the threads.
"""

from __future__ import annotations

import array
import codecs
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

if sys.platform == "win32":
    raise ImportError("Windows has no such pipes")

import fcntl  # that system has none
import termios

_PIECE = 1 << 16


class Pump(IOPubThread):  # type: ignore[misc]
    """The thread that takes in what comes by the process's streams, and sends what was printed a while ago."""

    closed = False

    def __init__(self) -> None:
        # Nothing of Jupyter's own: it opens sockets.
        self.io_loop = self  # the streams ask it for a later call, and nothing else
        self._pid = os.getpid()
        self._takes: dict[int, Callable[[], None]] = {}
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self._planning = threading.Lock()
        self._woken, self._wake = os.pipe()
        self.thread = threading.Thread(target=self._run, name="IOPub", daemon=True)

    def watch(self, number: int, take: Callable[[], None]) -> None:
        """Call ``take`` whenever there is something to read; before the thread starts."""
        self._takes[number] = take

    def schedule(self, f: Callable[[], None]) -> None:
        """What streams want done in Jupyter's thread; here each does it by itself."""
        f()

    def call_later(self, delay: float, f: Callable[[], None]) -> None:
        """Call a function in some seconds."""
        if os.getpid() != self._pid:
            return  # a child has no thread; its streams send at once
        with self._planning:
            heappush(self._later, (time.monotonic() + delay, next(self._order), f))
        os.write(self._wake, b"!")

    def _run(self) -> None:
        ready = select.poll()
        for number in (self._woken, *self._takes):
            ready.register(number, select.POLLIN)
        while True:
            for number, _ in ready.poll(self._patience()):
                if number == self._woken:
                    os.read(self._woken, _PIECE)
                else:
                    self._takes[number]()
            for f in self._due():
                f()

    def _patience(self) -> float | None:
        with self._planning:
            return max(0, self._later[0][0] - time.monotonic()) * 1000 if self._later else None

    def _due(self) -> list[Callable[[], None]]:
        now, due = time.monotonic(), []
        with self._planning:
            while self._later and self._later[0][0] <= now:
                due.append(heappop(self._later)[2])
        return due


class Stream(OutStream):  # type: ignore[misc]
    """``sys.stdout`` or ``sys.stderr`` of a section."""

    def __init__(self, session: Any, pub_thread: Pump, name: str, **settings: Any):
        self._pump = pub_thread
        self._taking, self._sending = threading.RLock(), threading.RLock()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        super().__init__(session, pub_thread, name, **settings)

    def _setup_stream_redirects(self, name: str) -> None:
        number = self._original_stdstream_fd = getattr(sys, name).fileno()
        self._fid, into = os.pipe()
        self._original_stdstream_copy = os.dup(number)
        os.dup2(into, number)
        os.close(into)
        self._pump.watch(self._fid, self.take_in)

    def take_in(self) -> None:
        """Take in what was written to the process's stream up to now."""
        if self._fid is None or os.getpid() != self._master_pid:
            return
        with self._taking:
            while _waiting(self._fid):
                super().write(self._decoder.decode(os.read(self._fid, _PIECE)))

    def write(self, string: str) -> int | None:
        """Write text, behind what was written to the process's stream before."""
        self.take_in()
        written: int | None = super().write(string)
        return written

    def flush(self) -> None:
        """Send what was written."""
        self.take_in()
        super().flush()

    def close(self) -> None:
        """Take no more text."""
        self.pub_thread = None

    def _flush(self) -> None:
        with self._sending:  # two at a time would send in any order
            super()._flush()

    def forked(self) -> None:
        """In a child of the section: a thread that it does not have may have been at it."""
        self._taking, self._sending, self._buffer_lock = threading.RLock(), threading.RLock(), threading.RLock()


def _waiting(number: int) -> int:
    size = array.array("i", [0])
    fcntl.ioctl(number, termios.FIONREAD, size)
    return size[0]
