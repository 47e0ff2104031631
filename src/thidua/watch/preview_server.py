"""The server of a preview: its page, the report on it, and a stream that tells the page of every new draft.

It listens on this machine alone, and answers only those who know its token: other people may work on the machine too.
All addresses within the page are relative, so that JupyterLab can pass them on below an address of its own.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from importlib.resources import files
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from thidua.watch.drafting import Draft
from thidua.watch.lighter_page import charts_script
from thidua.watch.printed_pages import PrintedPage

_COOKIE = "thidua-xem-truoc"
_SCREEN = {"xem-truoc.css": "text/css", "xem-truoc.js": "text/javascript", "vua-doi.js": "text/javascript"}
# Browsers and what stands between close a line on which nothing comes for long.
_ALIVE_SECONDS = 15
_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"


class Stage:
    """What the screens show now. ``show`` may be called from any thread once ``serve`` has begun."""

    def __init__(self, period: str):
        self.period = period
        self.draft = Draft()
        self.pages: dict[str, PrintedPage] = {}
        self._turn = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turned = asyncio.Event()

    def on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tell the screens from this loop."""
        self._loop = loop

    def show(self, draft: Draft) -> None:
        """Show another draft on every screen."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._take, draft)

    async def next(self, turn: int) -> int:
        """Wait until there is something newer than a turn; its number."""
        while self._turn <= turn:
            await self._turned.wait()
        return self._turn

    def told(self) -> dict[str, Any]:
        """What the page is told: all but the pages themselves, which it fetches."""
        draft = self.draft
        pages = [{"id": p.id, "width": p.width, "height": p.height} for p in draft.printed]
        faults = [vars(f) for f in draft.faults]
        first = draft.first_pages or {}
        return {
            "period": self.period, "title": draft.title, "number": draft.number, "pages": pages, "firstPages": first,
            "judged": draft.judged, "notes": draft.notes, "faults": faults, "doing": draft.doing,
        }  # fmt: skip

    def _take(self, draft: Draft) -> None:
        if draft.printed is not self.draft.printed:
            # A screen may still ask for those that it was just told of.
            self.pages = {p.id: p for p in (*self.draft.printed, *draft.printed)}
        self.draft = draft
        self._turn += 1
        self._turned.set()
        self._turned = asyncio.Event()


class PreviewServer:
    """Serves a stage on a free port until it is stopped; ``port`` and ``token`` are what a reader needs."""

    def __init__(self, stage: Stage):
        self.token = secrets.token_urlsafe(24)
        given = {"stage": stage, "token": self.token}
        routes: list[Any] = [
            (r"/", _Page, given),
            (r"/(xem-truoc\.css|xem-truoc\.js|vua-doi\.js)", _Screen, given),
            (r"/bao-cao\.html", _Report, given),
            (r"/bieu-do\.js", _Charts, given),
            (r"/trang/([0-9a-f]+)\.svg", _Printed, given),
            (r"/su-kien", _Events, given),
        ]
        sockets = bind_sockets(0, "127.0.0.1")
        self.port: int = sockets[0].getsockname()[1]
        self._server = HTTPServer(Application(routes))
        self._server.add_sockets(sockets)

    @property
    def address(self) -> str:
        """What opens the preview in a browser of this machine."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


class _Handler(RequestHandler):
    def initialize(self, stage: Stage, token: str) -> None:
        self.stage, self._token = stage, token

    def prepare(self) -> None:
        """Let in whoever brings the token: in the address once, then as a cookie, or in a header."""
        header = self.request.headers.get("Authorization", "").removeprefix("token ")
        given = (self.get_query_argument("token", ""), self.get_cookie(self._cookie, ""), header)
        if not any(hmac.compare_digest((g or "").encode(), self._token.encode()) for g in given):
            raise HTTPError(403)

    @property
    def _cookie(self) -> str:
        # Cookies are of a host, whatever the port; two previews must not take each other's.
        return f"{_COOKIE}-{self.request.host.rpartition(':')[2]}"

    def set_default_headers(self) -> None:
        """Nothing is kept by the browser unless a handler says so."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")

    def write_error(self, status_code: int, **_: Any) -> None:
        """A sentence for whoever opens an old address."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Địa chỉ này không mở được. Hãy dùng địa chỉ mà lệnh thidua watch in ra.")


class _Page(_Handler):
    def get(self) -> None:
        """The page around the report. A token in the address becomes a cookie, so that no history keeps it."""
        if self.get_query_argument("token", ""):
            self.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict", expires_days=None)
            self.redirect("./")
            return
        self.set_header("Content-Security-Policy", _POLICY)
        self.finish(_asset("xem-truoc.html"))


class _Screen(_Handler):
    def get(self, name: str) -> None:
        """Style and scripts of the page."""
        self.set_header("Content-Type", f"{_SCREEN[name]}; charset=utf-8")
        self.finish(_asset(name))


class _Report(_Handler):
    def get(self) -> None:
        """The report for the screen."""
        self.finish(self.stage.draft.html)


class _Charts(_Handler):
    def get(self) -> None:
        """What makes the charts of the report's page come alive."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "private, no-cache")  # asked for each time, sent when it changed
        self.finish(charts_script())


class _Printed(_Handler):
    def get(self, id: str) -> None:
        """One page of the PDF; the same address always has the same picture."""
        page = self.stage.pages.get(id)
        if page is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "image/svg+xml")
        self.set_header("Cache-Control", "private, max-age=86400, immutable")
        self.finish(page.svg)


class _Events(_Handler):
    async def get(self) -> None:
        """Every new draft, as it comes."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")
        turn = -1
        try:
            while True:
                try:
                    turn = await asyncio.wait_for(self.stage.next(turn), _ALIVE_SECONDS)
                    self.write(f"data: {json.dumps(self.stage.told(), ensure_ascii=False)}\n\n")
                except TimeoutError:
                    self.write(":\n\n")
                await self.flush()
        except StreamClosedError:  # the reader went away
            return


def _asset(name: str) -> bytes:
    return files("thidua.watch.screen").joinpath(name).read_bytes()
