"""A notebook in a process that was forked for it: what it says is recorded as nbclient records a kernel's messages."""

from __future__ import annotations

import json
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import nbformat
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from papermill.clientwrap import PapermillNotebookClient

from thidua.charts.picture import picture
from thidua.execute import endings
from thidua.execute.endings import Stopped
from thidua.execute.packets import Ended, Line, TooMuch
from thidua.execute.section_process import BEGUN, COMM, DONE, DRAW, DRAWN, GO_ON, JOB, REFUSED, SAID
from thidua.execute.section_shell import MESSAGE, request_id
from thidua.execute.warm_parent import ENDED

if sys.platform == "win32":
    raise ImportError("Windows has no fork")


class NotBegun(Exception):
    """The section's process was never there."""


class ForkedSection(PapermillNotebookClient):  # type: ignore[misc]
    """One notebook, and the line to the process that runs it."""

    def __init__(self, nb_man: Any, line: socket.socket, done: Callable[[int], None]):
        super().__init__(nb_man, record_timing=False)
        self._line = Line(line, endings.OUTPUT_MEGABYTES * 1_000_000)
        self._done = done
        self._pid = 0
        self._ran: list[int] = []  # the cells that have run, or are at it
        self._language: dict[str, Any] | None = None
        self.recorded = ""

    def execute(self, **_: Any) -> nbformat.NotebookNode:
        """Run all cells. Stopped where one does not end as it should, NotBegun where there is no process."""
        self.reset_execution_trackers()
        self.kc = _Widgets(self._line)
        try:
            self._begin()
            for index, cell in enumerate(self.nb.cells):
                if self._runs(cell):
                    self._run(cell, index)
                self._done(index + 1)
            self._end()
        finally:
            self._line.close()
        node = self.nb
        node.metadata["language_info"] = self._language
        self.set_widgets_metadata()
        # A client refers to itself: the notebook would stay until the next search for garbage.
        del self.nb, self.nb_man
        return node

    def _runs(self, cell: nbformat.NotebookNode) -> bool:
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        return bool(cell.cell_type == "code" and cell.source.strip() and not skipped)

    def _begin(self) -> None:
        try:
            self._pid, said = self._line.receive(time.monotonic() + endings.START_SECONDS)
            if said != [BEGUN]:
                raise NotBegun
            sources = [cell.source for cell in self.nb.cells if self._runs(cell)]
            self._line.send(JOB, json.dumps(sources).encode())
        except Ended:
            raise NotBegun from None
        except TimeoutError:
            raise Stopped(-1, endings.no_answer()) from None

    def _run(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Take in what a cell says, up to its end."""
        cell.outputs = []
        self.clear_before_next_output = False
        request, reply = request_id(len(self._ran)), None
        until = time.monotonic() + endings.CELL_SECONDS
        while True:
            message = self._next(index, until)
            if message is None:
                raise Stopped(self._ran[-1], endings.LEFT)  # the cell before said so
            if message["parent_header"]["msg_id"] != request:
                continue
            if message["msg_type"] == "execute_reply":
                reply = message["content"]
                continue
            try:
                self.process_message(message, cell, index)
            except CellExecutionComplete:
                break
        self._ran.append(index)
        if reply and reply["status"] == "error":
            error = CellExecutionError.from_cell_and_msg(cell, reply)
            raise Stopped(index, endings.raised(error, cell)) from error

    def _next(self, index: int, until: float) -> dict[str, Any] | None:
        """The next message; None where the section ended by itself. What else it asks for is done on the way."""
        while True:
            try:
                sender, (kind, *parts) = self._line.receive(until)
            except Ended:
                # Whoever says how a process ended was killed itself, and its sections with it.
                raise Stopped(index, endings.ended(-signal.SIGKILL)) from None
            except TimeoutError:
                raise Stopped(index, endings.too_long()) from None
            except TooMuch:
                raise Stopped(index, endings.too_much()) from None
            if kind == MESSAGE and (message := self._message(sender, parts)):
                return message
            if kind == ENDED:
                raise Stopped(index, endings.ended(int(parts[0])))
            if kind == DONE:
                self._language, self.recorded = json.loads(parts[0]), parts[1].decode()
                return None
            self._answer(kind, parts)

    def _message(self, sender: int, parts: list[bytes]) -> dict[str, Any] | None:
        kind, request = json.loads(parts[0])
        if sender != self._pid and kind in ("status", "execute_reply"):
            return None  # of a child that a cell forked and that went on
        return {
            "msg_type": kind,
            "header": {"msg_type": kind},
            "parent_header": {"msg_id": request},
            "content": json.loads(parts[1].decode("utf8", "replace")),
            "buffers": [memoryview(part) for part in parts[2:]],
        }

    def _answer(self, kind: bytes, parts: list[bytes]) -> None:
        try:
            if kind == DRAW:
                self._line.send(*_drawn(parts[0]))
            elif kind == SAID:
                self._line.send(GO_ON)
        except Ended:
            pass  # how it ended comes next

    def _end(self) -> None:
        last = len(self.nb.cells) - 1
        while self._next(last, time.monotonic() + endings.CELL_SECONDS) is not None:
            pass


class _Widgets:
    """What nbclient's side of a widget asks of a kernel's client, to answer the widget."""

    def __init__(self, line: Line):
        self.shell_channel = self
        self._line = line
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        self._session = self._session or Session()
        return self._session

    def send(self, message: dict[str, Any]) -> None:
        self._line.send(COMM, self.session.pack(message))


def _drawn(spec: bytes) -> tuple[bytes, bytes]:
    try:
        return DRAWN, picture(json.loads(spec))
    except (ValueError, OSError) as error:  # OSError where there is no room for a process that draws
        return REFUSED, str(error).encode()
