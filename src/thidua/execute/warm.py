"""A warm parent of sections, as the run sees it: started early, given the data once they are there, asked for sections.

>>> with warm() as parent:  # as early as can be: it imports while the run does something else
...     parent.open(root, "2031-Q2")  # again whenever the data have changed
...     run_notebooks(jobs, {"period": "2031-Q2"}, root, 2, progress, parent=parent)
"""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from thidua.execute.surroundings import surroundings
from thidua.machine.process import uninterrupted

_PATIENCE = 10
_PROGRAM = "thidua.execute.warm_parent"
_log = logging.getLogger(__name__)


class Warm:
    """A warm parent. Where there is no safe fork, as on Windows and macOS, or it is no more, it gives no sections."""

    def __init__(self, folder: Path, control: socket.socket | None):
        self._folder = folder
        self._control = control
        self._stage: socket.socket | None = None
        self.opened: tuple[Path, str] | None = None

    def open(self, root: Path, period: str) -> None:
        """Have the data of a period of the suite in ``root`` read from now on, for the sections that follow.

        Returns at once. Sections that run already keep what they have. What cannot be read is told by the sections.
        """
        self.opened = root.resolve(), period
        self._close_stage()
        if sys.platform != "linux" or self._control is None:
            return
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            if _asked(self._control, json.dumps([str(self.opened[0]), period]).encode(), far.fileno()):
                self._stage = near
            else:
                near.close()

    def section(self) -> socket.socket | None:
        """The run's end of the line to a new section; None where there is none to be had.

        The section is there once it has said so over the line: whoever made it may end before it does.
        """
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
        self._close_stage()
        if self._control is not None:
            self._control.close()

    def _close_stage(self) -> None:
        if self._stage is not None:
            self._stage.close()
            self._stage = None


@contextmanager
def warm() -> Iterator[Warm]:
    """Start a warm parent, which ends with the block."""
    with tempfile.TemporaryDirectory(prefix="thidua-") as name:
        folder = Path(name)
        # Apple's libraries do not bear a fork.
        if sys.platform != "linux":
            yield Warm(folder, None)
            return
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far, (folder / "warm.log").open("wb") as log, uninterrupted():
            process = subprocess.Popen(
                [sys.executable, "-m", _PROGRAM, str(far.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                env=surroundings(folder),
                start_new_session=True,
                pass_fds=[far.fileno()],
            )
        parent = Warm(folder, near)
        with process:
            try:
                yield parent
            finally:
                parent.close()
                if parent.opened:  # else it has forked nothing, and may be importing still
                    with suppress(subprocess.TimeoutExpired):
                        process.wait(_PATIENCE)
                process.kill()


def _asked(whom: socket.socket, what: bytes, *files: int) -> bool:
    if sys.platform == "linux":
        with suppress(OSError):
            socket.send_fds(whom, [what], list(files))
            return True
    _log.warning("The warm parent is no more: sections start by themselves")
    return False
