"""Kernels forked from a warm parent: ready in a moment, and in all else the kernels that Jupyter starts by itself."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from thidua.execute.drawing import drawing
from thidua.machine.process import uninterrupted

if sys.platform == "win32":
    raise ImportError("Windows has no fork")

_PROVISIONER = "thidua-warm"
_PROGRAM = "thidua.execute.warm_parent"
# On a loaded machine the first takes long, the second never does.
_WARM_SECONDS, _FORK_SECONDS = 180, 60
_log = logging.getLogger(__name__)


class Warm:
    """A warm parent that listens at ``address``, and the line to it."""

    def __init__(self, address: Path, line: socket.socket):
        self.address = address
        self._line = line

    @property
    def provisioner(self) -> dict[str, object]:
        """Who starts a kernel, as a kernel's description says it."""
        if self._ready():
            return {"provisioner_name": _PROVISIONER, "config": {"address": str(self.address)}}
        return {"provisioner_name": "local-provisioner"}

    def _ready(self) -> bool:
        # Waits until it is warm or ends. Any thread may ask, any number of times: the answer stays unread.
        try:
            if self._line.recv(1, socket.MSG_PEEK):
                return True
        except OSError as error:
            _log.warning("The warm parent does not answer (%s)", error)
        with uninterrupted():  # when it was ended by an interruption, nothing else may start
            return False


@contextmanager
def warm(folder: Path, sockets: Path, environment: Mapping[str, str]) -> Iterator[Warm]:
    """Start a warm parent, which ends with the block.

    ``folder`` is where its remarks go, ``sockets`` a folder for its socket and that at which charts are drawn,
    ``environment`` that of the kernels.
    """
    address, drawn_at = sockets / "warm", sockets / "draw"
    line, far_end = socket.socketpair()
    line.settimeout(_WARM_SECONDS)
    # The listening socket is the parent's alone: where that is no more, nobody waits for its answer.
    with uninterrupted(), far_end, socket.socket(socket.AF_UNIX) as listener, (folder / "warm.log").open("wb") as log:
        listener.bind(str(address))
        listener.listen()
        process = subprocess.Popen(
            [sys.executable, "-m", _PROGRAM, str(listener.fileno()), str(drawn_at)],
            stdin=far_end.fileno(),
            stdout=log,
            stderr=log,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
            pass_fds=[listener.fileno()],
        )
    with process, line, drawing(drawn_at):
        try:
            yield Warm(address, line)
        finally:
            process.kill()  # by now it has no kernels


class Forked:
    """A process that the warm parent forked, as if it were a child of ours: what jupyter_client asks of a Popen."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, reports: socket.socket):
        self.pid = pid
        self.returncode: int | None = None
        self._reports = reports

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._code(socket.MSG_DONTWAIT)

    def wait(self) -> int:
        """Wait for the exit code."""
        code = self._code(0)
        assert code is not None
        return code

    def _code(self, flags: int) -> int | None:
        if self.returncode is None:
            try:
                told = self._reports.recv(16, flags)
            except BlockingIOError:
                return None
            # A parent that is no more was killed, and its kernels end with it.
            self.returncode = int(told) if told else -signal.SIGKILL
            self._reports.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to a process that still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)


class WarmProvisioner(LocalProvisioner):
    """Has a warm parent fork the kernel; where that is no more, starts a fresh Python."""

    address = Unicode(config=True, help="Path of the socket at which the warm parent listens")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel of a command «python -m module arguments»."""
        try:
            forked = _forked(self.address, cmd, **kwargs)
        except OSError as error:
            _log.warning("No warm parent (%s): a kernel starts by itself", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast(Any, forked)
        self.pid = self.pgid = forked.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info


def _forked(address: str, cmd: list[str], *, cwd: str, stdout: Any, stderr: Any, **_: Any) -> Forked:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(_FORK_SECONDS)
        connection.connect(address)
        asked = json.dumps({"cmd": cmd, "cwd": cwd}).encode()
        sent = socket.send_fds(connection, [asked], [stdout.fileno(), stderr.fileno()])
        connection.sendall(asked[sent:])
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb", buffering=0) as told:
            pid = int(told.readline() or 0)
        if not pid:
            raise ConnectionError("it ended")
    except BaseException:
        connection.close()
        raise
    connection.settimeout(None)
    return Forked(pid, connection)


# An entry point of the package says the same; one that was installed before there was any still finds it.
KernelProvisionerFactory.provisioners.setdefault(
    _PROVISIONER, EntryPoint(_PROVISIONER, f"{__name__}:WarmProvisioner", KernelProvisionerFactory.GROUP_NAME)
)
