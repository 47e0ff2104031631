"""Messages between a run and its sections: any number of parts of any size, each message whole or not there at all.

They go over a socket of packets. A packet names the process that sent it, for a section may have children that print:
what several send at a time comes apart again, and what one that died had only begun to send is forgotten.
"""

from __future__ import annotations

import math
import os
import socket
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator

if sys.platform == "win32":
    raise ImportError("Windows has no such sockets")

_HEAD = struct.Struct("!I?")  # who sends, and whether more of the message follows
_ROOM = 60_000
_COUNT, _LENGTH = struct.Struct("!I"), struct.Struct("!Q")


class Ended(Exception):
    """There is nobody at the other end any more."""


class TooMuch(Exception):
    """More came than is taken."""


class Line:
    """One end of the line between a run and a section; takes so many bytes in all, without a ``limit`` any number."""

    def __init__(self, end: socket.socket, limit: float = math.inf):
        self.end = end
        self._limit = limit
        self._begun: dict[int, bytearray] = {}
        self._whole: deque[tuple[int, list[bytes]]] = deque()
        self._sending = threading.Lock()
        self._received = 0

    def send(self, *parts: bytes | memoryview) -> None:
        """Send a message. Ended where nobody is there to read it."""
        lengths = b"".join(_LENGTH.pack(memoryview(part).nbytes) for part in parts)
        message = memoryview(b"".join((_COUNT.pack(len(parts)), lengths, *parts)))
        sender = os.getpid()
        with self._sending:
            for start in range(0, len(message), _ROOM):
                head = _HEAD.pack(sender, start + _ROOM < len(message))
                try:
                    self.end.sendmsg([head, message[start : start + _ROOM]])
                except (BrokenPipeError, ConnectionResetError):
                    raise Ended from None

    def receive(self, until: float | None = None) -> tuple[int, list[bytes]]:
        """The next message and the process that sent it.

        Ended where no more come, TimeoutError when it is not there at ``until``, by the monotonic clock, TooMuch when
        the limit is passed, be it in the middle of a message.
        """
        while not self._whole:
            self.end.settimeout(None if until is None else max(0.001, until - time.monotonic()))
            try:
                packet = self.end.recv(_HEAD.size + _ROOM)
            except ConnectionResetError:
                packet = b""
            if not packet:
                raise Ended
            self._received += len(packet)
            if self._received > self._limit:
                raise TooMuch
            sender, more = _HEAD.unpack_from(packet)
            message = self._begun.setdefault(sender, bytearray())
            message += packet[_HEAD.size :]
            if not more:
                self._whole.append((sender, list(_parts(bytes(self._begun.pop(sender))))))
        return self._whole.popleft()

    def forked(self) -> None:
        """In a child of the process that has this end: a thread that it does not have may have been sending."""
        self._sending = threading.Lock()

    def close(self) -> None:
        """Close this end: the other one's messages find nobody."""
        self.end.close()


def _parts(message: bytes) -> Iterator[bytes]:
    (count,) = _COUNT.unpack_from(message)
    start = _COUNT.size + count * _LENGTH.size
    for number in range(count):
        (length,) = _LENGTH.unpack_from(message, _COUNT.size + number * _LENGTH.size)
        yield message[start : start + length]
        start += length
