"""A kernel that a section runs in: always the program's own Python, whatever the machine has installed or set."""

from __future__ import annotations

import math
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from queue import Empty
from typing import Any

import traitlets
import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from thidua.execute.surroundings import surroundings
from thidua.machine.leftovers import places
from thidua.machine.process import SOCKETS, done_with, temporary, uninterrupted

_ARGUMENTS = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


@dataclass(frozen=True)
class Kernels:
    """What the kernels of a run share: folders for files and, where there can be one, for sockets; their settings.

    ``numbers`` gives each its own.
    """

    folder: Path
    sockets: Path | None
    environment: dict[str, str]
    numbers: Iterator[int] = field(default_factory=count)

    def manager(self, number: int) -> AsyncKernelManager:
        """A kernel that is not started yet. Sockets have short names: their paths may have some hundred bytes only."""
        # Every user of the machine can reach TCP ports; sockets in a folder of ours, only we.
        transport = "ipc" if self.sockets else "tcp"
        file = (self.sockets or self.folder) / f"{number}.json"
        return _Kernel(kernel_spec_manager=_OwnPython(), transport=transport, connection_file=str(file))

    def log(self, number: int) -> Path:
        """Where the kernel's own remarks go, which are no output of its notebook."""
        return self.folder / f"{number}.log"


@contextmanager
def kernels() -> Iterator[Kernels]:
    """Prepare to start kernels."""
    with tempfile.TemporaryDirectory(prefix="thidua-") as name, _socket_folder() as sockets:
        with uninterrupted():  # or the folder that an interruption removes would come back
            environment = surroundings(Path(name))
        yield Kernels(Path(name), sockets, environment)


@contextmanager
def _socket_folder() -> Iterator[Path | None]:
    """A folder whose path is short enough for sockets, on a file system that has them; None where there is none."""
    able = zmq.has("ipc")
    folder = next((made for place in places() if able and (made := _made_in(place))), None)
    try:
        yield folder
    finally:
        if folder:
            done_with(folder)


def _made_in(place: str) -> Path | None:
    if sys.platform == "win32":
        return None
    try:
        folder = temporary(place, SOCKETS)
    except OSError:
        return None
    try:
        with socket.socket(socket.AF_UNIX) as trial:
            trial.bind(str(folder / "0000-ipc-00"))
    except OSError:  # too long, or a file system without sockets
        done_with(folder)
        return None
    return folder


class _OwnPython(KernelSpecManager):
    """Knows one kernel, this very Python: those installed on a machine, or named in a notebook, are of no account."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Started by Jupyter's own way, whatever another package or a setting would put in its place."""
        metadata = {"kernel_provisioner": {"provisioner_name": "local-provisioner"}}
        return KernelSpec(argv=_ARGUMENTS, display_name=kernel_name, language="python", metadata=metadata)


class _Client(AsyncKernelClient):
    """Ready with the kernel's first answers: Jupyter's own waits a fifth of a second for a silence that none needs.

    What a kernel says of its start belongs to no cell, and nobody who waits for a cell's answers takes it for one.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers on both channels; RuntimeError where it ends or takes too long."""
        end = time.monotonic() + (math.inf if timeout is None else timeout)
        while time.monotonic() < end:
            self.kernel_info()
            try:
                reply = await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.05)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("the kernel ended before it answered") from None
            else:
                self._handle_kernel_info_reply(reply)
                return
        raise RuntimeError(f"the kernel did not answer in {timeout} seconds")


class _Kernel(AsyncKernelManager):
    client_factory = traitlets.Type(klass=_Client)

    async def _async_wait(self, pollinterval: float = 0.005) -> None:
        await super()._async_wait(pollinterval)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **settings: Any) -> None:
        with uninterrupted():  # either an interruption sees the kernel among the children, or there is none
            await super()._async_launch_kernel(kernel_cmd, **settings)
