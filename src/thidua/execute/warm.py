"""A warm parent of sections, as the run sees it: started early, given the data once they are there, asked for sections.

>>> with warm() as parent:  # as early as can be: it imports while the run does something else
...     parent.open(root, "2031-Q2")  # again whenever the data have changed
...     run_notebooks(jobs, {"period": "2031-Q2"}, root, 2, progress, parent=parent)
"""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from thidua.execute.surroundings import surroundings
from thidua.machine.process import uninterrupted

# How many sections run side by side: they wait for nobody, more than processors would take turns.
AT_ONCE = os.cpu_count() or 1
_PATIENCE = 10
_PROGRAM = "thidua.execute.warm_parent"
_log = logging.getLogger(__name__)


class Warm:
    """A warm parent, to be used by any thread.

    Where there is no safe fork, as on Windows and macOS, it gives no sections, nor when it is no more; it is started
    again when data are opened again. ``folder`` is for its files, ``lent`` is what another process lends of its own.
    """

    def __init__(self, folder: Path, lent: socket.socket | None = None):
        self._folder = folder
        self._environment = surroundings(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._control = lent
        self._stage: socket.socket | None = None
        self._changing = threading.Lock()
        self.opened: tuple[Path, str] | None = None

    def start(self) -> None:
        """Start it, if it does not run: as early as can be, for it takes a second to import what sections need."""
        # Apple's libraries do not bear a fork.
        if sys.platform != "linux" or self._is_lent or (self._process and self._process.poll() is None):
            return
        self._end()
        self._control, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far, (self._folder / "warm.log").open("ab") as log, uninterrupted():
            self._process = subprocess.Popen(
                [sys.executable, "-m", _PROGRAM, str(far.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=self._environment,
                start_new_session=True,
                pass_fds=[far.fileno()],
            )

    def lend(self) -> socket.socket | None:
        """What another process needs to open data of its own here: several share the import of what sections need.

        It may be handed to a process of multiprocessing. Where this parent ends, the borrower starts one of its own.
        """
        with self._changing:
            self.start()
            return self._control

    def open(self, root: Path, period: str) -> None:
        """Have the data of a period of the suite in ``root`` read from now on, for the sections that follow.

        Returns at once; what cannot be read is told by the sections. Those that still run are ended: what they have
        opened is no longer wanted.
        """
        with self._changing:
            self.opened = root.resolve(), period
            wanted = json.dumps([str(self.opened[0]), period]).encode()
            self._close_stage()
            self.start()
            if not self._staged(wanted):
                self._end()  # it was about to end, and took nothing more
                self.start()
                self._staged(wanted)

    def section(self) -> socket.socket | None:
        """The run's end of the line to a new section; None where there is none to be had.

        The section is there once it has said so over the line: whoever made it may end before it does.
        """
        with self._changing:
            if sys.platform != "linux" or self._stage is None:
                return None
            near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with far, (self._folder / "sections.log").open("ab") as log, uninterrupted():
                if _asked(self._stage, b"\n", far.fileno(), log.fileno()):
                    return near
            near.close()
            return None

    def close(self) -> None:
        """Let it end, with all sections that still run."""
        with self._changing:
            self._close_stage()
            self._end()

    @property
    def _is_lent(self) -> bool:
        return self._process is None and self._control is not None

    def _staged(self, wanted: bytes) -> bool:
        if sys.platform != "linux" or self._control is None:
            return True
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            if _asked(self._control, wanted, far.fileno()):
                self._stage = near
                return True
        near.close()
        return False

    def _close_stage(self) -> None:
        if self._stage is not None:
            self._stage.close()
            self._stage = None

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            if self.opened:  # else it has forked nothing, and may be importing still
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(_PATIENCE)
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def warm(lent: socket.socket | None = None) -> Iterator[Warm]:
    """Start a warm parent, which ends with the block; or use the one that another process lends."""
    with tempfile.TemporaryDirectory(prefix="thidua-") as name:
        parent = Warm(Path(name), lent)
        try:
            parent.start()
            yield parent
        finally:
            parent.close()


def _asked(whom: socket.socket, what: bytes, *files: int) -> bool:
    if sys.platform == "linux":
        with suppress(OSError):
            socket.send_fds(whom, [what], list(files))
            return True
    _log.warning("The warm parent is no more: sections start by themselves")
    return False
