"""The process of one section: its cells in turn, told over the line; then it ends, whatever else it has running."""

from __future__ import annotations

import json
import os
from collections import deque
from typing import Any

from thidua.charts import picture
from thidua.execute.packets import Line
from thidua.execute.section_shell import SectionShell
from thidua.recording import recorder

# What goes to a section: what it is to run; what a widget's other side says; a drawn chart, or why it is none.
JOB, COMM, GO_ON, DRAWN, REFUSED = b"job", b"comm", b"go on", b"drawn", b"refused"
# What comes from it: that it is there; that all before was said; a chart to draw; that it ran to its end.
BEGUN, SAID, DRAW, DONE = b"begun", b"said", b"draw", b"done"


class Section:
    """A section in its own process."""

    def __init__(self, shell: SectionShell, line: Line):
        self._shell = shell
        self._line = line
        self._pid = os.getpid()
        self._unread: deque[list[bytes]] = deque()
        picture.draw = self._drawn

    def run(self) -> None:
        """Run the cells that come over the line, one after the other."""
        self._line.send(BEGUN)
        self._shell.begin(self._line)
        _, (_, job) = self._line.receive()
        recorder.start()
        for number, source in enumerate(json.loads(job)):
            self._shell.execute(number, source)
            if os.getpid() != self._pid:
                os._exit(0)  # a child that a cell forked, and that went on to its end
            if self._shell.is_leaving:
                break
            if self._shell.has_spoken_to_widgets:
                self._line.send(SAID)
                self._hear()
        recorded = recorder.taken() or ""
        self._line.send(DONE, json.dumps(self._shell.language).encode(), recorded.encode())

    def _hear(self) -> None:
        """Let widgets take in what their other side says of what was shown so far."""
        while (message := self._next())[0] != GO_ON:
            self._shell.dispatch(json.loads(message[1]))

    def _next(self) -> list[bytes]:
        return self._unread.popleft() if self._unread else self._line.receive()[1]

    def _drawn(self, spec: dict[str, Any]) -> bytes:
        """The picture of a chart, drawn by the run: its renderer is up while another would take long to start."""
        try:
            asked = json.dumps(spec).encode()
        except TypeError:  # something that has no form in JSON
            return picture.picture(spec)
        if os.getpid() != self._pid:
            return picture.picture(spec)
        self._line.send(DRAW, asked)
        while (message := self._line.receive()[1])[0] not in (DRAWN, REFUSED):
            self._unread.append(message)
        if message[0] == REFUSED:
            raise ValueError(message[1].decode())
        return message[1]
