"""A run draws the charts of its sections: one renderer starts, and not one in each section that has a chart.

A section asks at a socket with a chart's specification, and goes on with the picture or with what is wrong with it,
as if it had drawn the chart itself. It does so where nobody answers.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from thidua.charts.picture import picture

if sys.platform == "win32":
    raise ImportError("Windows has no such sockets")

_SECONDS = 60
_DRAWN, _REFUSED = b"+", b"-"


def drawn_at(address: str, spec: dict[str, Any]) -> bytes:
    """The picture of a chart, drawn by whoever listens at an address. ValueError where it cannot be drawn."""
    try:
        answer = _asked(address, json.dumps(spec).encode())
    except (OSError, TypeError):  # nobody is there; something that has no form in JSON
        return picture(spec)
    if answer[:1] == _REFUSED:
        raise ValueError(answer[1:].decode())
    return answer[1:] if answer else picture(spec)


@contextmanager
def drawing(address: Path) -> Iterator[None]:
    """Draw for whoever asks at a new socket of this path, until the block ends."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen()
        thread = threading.Thread(target=_draw, args=(listener,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)  # closing alone would leave the thread waiting
            thread.join()


def _asked(address: str, spec: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(address)
        connection.sendall(spec)
        connection.shutdown(socket.SHUT_WR)
        return _all(connection)


def _draw(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # the block ended
            return
        with connection, suppress(OSError):  # whoever asked may be gone
            connection.settimeout(_SECONDS)
            connection.sendall(_answer(_all(connection)))


def _answer(spec: bytes) -> bytes:
    try:
        return _DRAWN + picture(json.loads(spec))
    except ValueError as error:
        return _REFUSED + str(error).encode()
    except Exception:  # whoever asked meets it too, and tells it
        return b""


def _all(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))
