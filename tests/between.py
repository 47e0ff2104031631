"""A wire between a client and a server on loopback, that a test may slow down, cut or have answer in their place."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_CHUNK = 2**16


class Wire:
    """What passes: ``sent`` counts the bytes from clients to the server. The rest is what a test does to it."""

    def __init__(self, port: int):
        self.sent = 0
        self.pause = 0.0
        self.on_bytes: Callable[[int], None] = lambda sent: None
        # The status with which a request, known by its first line, is answered in the server's place; 0: it passes.
        self.refused: Callable[[str], int] = lambda request: 0
        self._server = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """No more connections."""
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._server))
            except OSError:
                client.close()
                continue
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
            threading.Thread(target=self._back, args=(server, client), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        with client, server, suppress(OSError):
            while chunk := client.recv(_CHUNK):
                request = chunk.split(b"\r\n", 1)[0].decode("latin-1")
                status = self.refused(request) if request.endswith("HTTP/1.1") else 0
                if status:
                    client.sendall(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(_CHUNK):  # else what is not read resets the connection before the answer is
                        pass
                    return
                time.sleep(self.pause)
                server.sendall(chunk)
                self.sent += len(chunk)
                self.on_bytes(self.sent)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while chunk := server.recv(_CHUNK):
                client.sendall(chunk)
        for end in (server, client):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def between(port: int) -> Iterator[Wire]:
    """A wire to the server on this port."""
    wire = Wire(port)
    try:
        yield wire
    finally:
        wire.close()
