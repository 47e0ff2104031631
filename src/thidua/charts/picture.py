"""A chart as a picture, drawn by a process that it may hang or end."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from thidua.charts import renderer
from thidua.charts.renderer import DRAWN, PDF, PNG, SVG, TOO_LONG
from thidua.machine.time_zone import VIETNAM

SECONDS = 60


def drawing(spec: dict[str, Any]) -> str:
    """The chart of a specification as SVG. ValueError, in words, for one that cannot be drawn.

    The last ones are kept, here and where they are drawn: a run that has drawn a chart for its section has it when the
    report is published.
    """
    return _drawing(json.dumps(spec))


@lru_cache(maxsize=200)
def _drawing(spec: str) -> str:
    return _renderer.drawn(SVG, spec).decode()


def reason(error: ValueError) -> str:
    """The one line of a message of these functions that says what is wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("Error:")), lines[0] if lines else "").removeprefix(
        "Error: "
    )


def picture(spec: dict[str, Any]) -> bytes:
    """The same as PNG; the last ones are kept for a section that runs again after another sentence of it changed."""
    return _picture(json.dumps(spec))


@lru_cache(maxsize=24)
def _picture(spec: str) -> bytes:
    return _renderer.drawn(PNG, spec)


def page_of(svg: str) -> bytes:
    """A drawing that somebody made, as PDF. ValueError, in words, for one that cannot be drawn."""
    return _renderer.drawn(PDF, svg)


class _Ended(Exception):
    """The process that draws has ended, with this code: negative for a signal."""

    def __init__(self, code: int):
        self.code = code
        why = "chương trình vẽ kết thúc giữa chừng, thường vì hết bộ nhớ; hãy bớt số liệu trong hình"
        if code == TOO_LONG:
            why = f"vẽ quá {SECONDS} giây chưa xong, đã bị dừng; hãy bớt số liệu hay phép biến đổi trong hình"
        super().__init__(why)


class _Renderer:
    """The process that draws, a chart at a time; started with the first, and anew where it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._drawing = threading.Lock()

    def drawn(self, kind: bytes, spec: str) -> bytes:
        """What it gives for a chart. ValueError where it refuses, takes too long or ends."""
        with self._drawing:
            try:
                answer = self._answer(kind, spec)
            except _Ended as error:
                if error.code == TOO_LONG:
                    raise ValueError(str(error)) from None
                try:  # it may have been killed before it was asked, or for the memory that others took
                    answer = self._answer(kind, spec)
                except _Ended as again:
                    raise ValueError(str(again)) from None
        if answer[:1] != DRAWN:
            raise ValueError(answer[1:].decode())
        return answer[1:]

    def _answer(self, kind: bytes, spec: str) -> bytes:
        process = self._process = self._process or _started()
        assert process.stdin and process.stdout
        try:
            renderer.write(process.stdin, kind, spec.encode())
            return renderer.read(process.stdout)
        except (OSError, EOFError):
            self._process = None
            with suppress(OSError):  # what it was not asked any more
                process.stdin.close()
            process.stdout.close()
            raise _Ended(process.wait()) from None

    def end(self) -> None:
        """Let it end; who asks again starts another."""
        with self._drawing:
            process, self._process = self._process, None
            if process:
                with suppress(OSError):
                    process.communicate()


_renderer = _Renderer()
all_drawn = _renderer.end
atexit.register(all_drawn)

# What draws for a section: in a run the run itself, whose renderer is up while another would take a second to start.
draw: Callable[[dict[str, Any]], bytes] = picture


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", renderer.__name__, str(SECONDS)]
    environment = os.environ | {"TZ": VIETNAM}  # by which it places days on their axis
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=nowhere)
