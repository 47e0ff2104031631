"""IPython's shell as Jupyter's kernel sets it up, without the sockets: what a section's cells run in.

All of it is ipykernel's own, the application that reads the profile, the kernel, the shell, the streams' ways; only
what the session sends goes over the section's line, and requests come from nowhere but here.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
import threading
from contextvars import copy_context
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from jupyter_client.session import Session
from tornado.ioloop import IOLoop

from thidua.execute.packets import Line
from thidua.execute.streams import Pump, Stream

if sys.platform == "win32":
    raise ImportError("Windows has no fork")

# What the command has that Jupyter starts a kernel by, and nbclient adds to it.
_ARGUMENTS = ("-f", "kernel.json", "--HistoryManager.hist_file=:memory:")
MESSAGE = b"message"


def request_id(number: int) -> str:
    """What messages about a cell say that they are about."""
    return f"cell-{number}"


class _Session(Session):
    """Sends over a line what kernels publish."""

    line: Line
    comms = False  # whether anything of widgets was said

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Send what goes to whichever of a kernel's sockets."""
        if isinstance(msg_or_type, dict):
            message = msg_or_type
        else:
            message = self.msg(msg_or_type, content, parent, header, metadata)
        kind, about = message["msg_type"], message["parent_header"].get("msg_id", "")
        beside = [memoryview(b).cast("B") for b in buffers or message.get("buffers", ())]
        self.line.send(MESSAGE, json.dumps([kind, about]).encode(), self._packed(message), *beside)
        self.comms = self.comms or kind.startswith("comm")
        return message

    def _packed(self, message: dict[str, Any]) -> bytes:
        try:
            return json.dumps(message["content"], ensure_ascii=False, allow_nan=False).encode("utf8", "surrogateescape")
        except (TypeError, ValueError):  # Jupyter has its own ways with what is no JSON, and warns of it
            content: bytes = self.serialize(message)[-1]
            return content

    def feed_identities(self, msg_list: Any, copy: bool = True) -> Any:
        """A request is a message already."""
        return [], msg_list[0]

    def deserialize(self, msg_list: Any, content: bool = True, copy: bool = True) -> Any:
        """It comes as it is."""
        return msg_list


class KernelApp(IPKernelApp):  # type: ignore[misc]
    """Reads profile and arguments and sets up the shell as for any kernel; what a fork cannot take over comes later."""

    def prepare(self, arguments: list[str]) -> None:
        """What ``initialize`` does, without sockets and streams, which are the fork's own."""
        BaseIPythonApplication.initialize(self, arguments)
        self.init_pdb()
        self.configure_tornado_logger()
        self.session = _Session(parent=self)
        self.kernel = IPythonKernel.instance(
            parent=self,
            session=self.session,
            # Cells that wait for something ask which thread is the kernel's.
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread(), manager=_NoSubshells()),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.kernel._abort_queues = lambda *_: None  # nothing is queued
        self.kernel._execute_sleep = 0  # for sockets that lose what they have just been given
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()

    def take(self, line: Line) -> None:
        """In a fork: this process's streams and line from now on."""
        self.session.line = line
        self.iopub_thread = Pump()
        self.outstream_class = f"{Stream.__module__}.{Stream.__name__}"
        self.init_io()
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
        self.init_signal()
        self.iopub_thread.thread.start()
        os.register_at_fork(after_in_child=self._forked)

    def _forked(self) -> None:
        self.session.line.forked()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Stream):
                stream.forked()


class _NoSubshells:
    """A kernel has one that does without sockets of its own."""

    def get_subshell_to_shell_channel_socket(self, _: object) -> None:
        """Where answers go: the session knows it without."""


class SectionShell:
    """The shell of one section. Made in the process that sections are forks of; ``begin`` belongs to the fork."""

    def __init__(self) -> None:
        launcher = importlib.util.find_spec("ipykernel_launcher")
        sys.argv[:] = [str(launcher and launcher.origin), *_ARGUMENTS]
        sys.orig_argv[:] = [sys.executable, "-m", "ipykernel_launcher", *_ARGUMENTS]
        self._app = KernelApp.instance()
        self._app.prepare(sys.argv[1:])
        self._kernel: Any = self._app.kernel

    def begin(self, line: Line) -> None:
        """In the section's own process: print and show over a line."""
        self._app.take(line)
        self._loop, self._context = asyncio.new_event_loop(), copy_context()
        asyncio.set_event_loop(self._loop)

    @property
    def language(self) -> dict[str, Any]:
        """What the kernel says of its language."""
        return dict(self._kernel.language_info)

    @property
    def is_leaving(self) -> bool:
        """Whether a cell has said ``exit``."""
        return bool(self._kernel.shell.exit_now)

    @property
    def has_spoken_to_widgets(self) -> bool:
        """Whether a widget may be waiting for an answer of whoever shows it."""
        return bool(self._app.session.comms)

    def execute(self, number: int, source: str) -> None:
        """Run a cell, the first of which is number 0."""
        content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        request = self._app.session.msg("execute_request", content)
        request["header"]["msg_id"] = request_id(number)
        self.dispatch(request)

    def dispatch(self, request: dict[str, Any]) -> None:
        """Do what a message to the kernel asks for."""
        # One context for all cells: what one sets in it, the next finds.
        self._loop.run_until_complete(self._loop.create_task(self._dispatched(request), context=self._context))

    async def _dispatched(self, request: dict[str, Any]) -> None:
        self._kernel.io_loop = IOLoop.current()
        await self._kernel.dispatch_shell([request, b""])
