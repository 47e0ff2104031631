"""What JupyterLab's server does for the button «Xem trước»: it starts previews and passes their pages on.

A preview is a process of its own, whose standard input the server holds: it ends with the server. What it serves goes
through the server, below ``thidua/xem-truoc/``: so it is read by whoever may read the notebooks and nobody else, from
another machine too.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.httputil import HTTPHeaders
from tornado.simple_httpclient import SimpleAsyncHTTPClient
from tornado.web import HTTPError, authenticated

from thidua.errors import InputError
from thidua.settings.suite import params_file_of, suite_around

_PLACE = "thidua/xem-truoc"
_PASSED_ON = ("Content-Type", "Cache-Control", "Content-Security-Policy", "Referrer-Policy")
_PERIOD = re.compile(r"^period\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_NO_ANSWER = 599
_LONGEST_SECONDS = 7 * 24 * 3600  # the stream of drafts lasts as long as its reader looks


@dataclass(frozen=True)
class _Preview:
    """A preview that runs, and where it listens."""

    process: subprocess.Popen[bytes]
    port: int
    token: str


class Previews:
    """The previews of a server: one for each period of each suite that somebody asked for."""

    def __init__(self) -> None:
        self._running: dict[str, _Preview] = {}
        self._starting = asyncio.Lock()

    async def of(self, root: Path, params_file: Path) -> str:
        """The key of the preview of a period, which is started where it does not run."""
        key = f"{params_file.stem}-{hashlib.sha256(str(params_file).encode()).hexdigest()[:8]}"
        async with self._starting:
            if self.running(key) is None:
                self._running[key] = await asyncio.get_running_loop().run_in_executor(None, _start, root, params_file)
        return key

    def running(self, key: str) -> _Preview | None:
        """The preview of a key, if it runs."""
        preview = self._running.get(key)
        return preview if preview and preview.process.poll() is None else None


def _start(root: Path, params_file: Path) -> _Preview:
    command = [sys.executable, "-m", "thidua.watch.beside", str(root), str(params_file)]
    with tempfile.TemporaryFile() as remarks:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=remarks, cwd=root)
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            process.wait()
            remarks.seek(0)
            said = remarks.read().decode(errors="replace").strip().splitlines()
            raise HTTPError(500, reason="no preview", log_message="\n".join(said))
    return _Preview(process, **json.loads(line))


def asked_for(notebook: Path) -> tuple[Path, Path]:
    """The suite of a notebook and the params of the period that it shows: that of its parameters, else the latest.

    InputError where there is none.
    """
    root = suite_around(notebook.parent)
    return root, params_file_of(root, _period(notebook))


def _period(notebook: Path) -> str | None:
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [c["source"] for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
        found = [_PERIOD.search(s if isinstance(s, str) else "".join(s)) for s in tagged]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return next((match[1] for match in found if match), None)


class _Open(JupyterHandler):
    def initialize(self, previews: Previews, folder: Path) -> None:
        self._previews, self._folder = previews, folder

    @authenticated
    async def post(self) -> None:
        """Where the preview for a notebook is, and the section that the notebook is."""
        notebook = self._folder / self.get_query_argument("notebook").lstrip("/")
        try:
            root, params_file = asked_for(notebook)
        except InputError as error:
            self.set_status(404)
            self.finish({"error": "; ".join(map(str, error.problems))})
            return
        key = await self._previews.of(root, params_file)
        preview = self._previews.running(key)
        place = url_path_join(self.base_url, _PLACE, key) + "/"
        run = preview.token if preview else ""
        said = {"key": key, "address": place, "section": notebook.stem, "period": params_file.stem}
        self.finish({**said, "run": hashlib.sha256(run.encode()).hexdigest()[:12]})


class _PassOn(JupyterHandler):
    def initialize(self, previews: Previews, client: SimpleAsyncHTTPClient) -> None:
        self._previews, self._client = previews, client

    @authenticated
    async def get(self, key: str, path: str) -> None:
        """A page of a preview, as it comes."""
        preview = self._previews.running(key)
        if preview is None:
            raise HTTPError(404)
        query = f"?{self.request.query}" if self.request.query else ""
        self.clear_header("X-Content-Type-Options")
        came = HTTPHeaders()

        def head(line: str) -> None:
            if line.startswith("HTTP/"):
                self.set_status(int(line.split()[1]))
            elif line.strip():
                came.parse_line(line)
            else:
                for name in _PASSED_ON:
                    if name in came:
                        self.set_header(name, came[name])

        async def passed(chunk: bytes) -> None:
            self.write(chunk)
            await self.flush()  # raises when the reader went away, which ends the asking too

        answer = await self._client.fetch(
            f"http://127.0.0.1:{preview.port}/{path}{query}",
            headers={"Authorization": f"token {preview.token}"},
            header_callback=head,
            streaming_callback=passed,
            request_timeout=_LONGEST_SECONDS,
            follow_redirects=False,
            raise_error=False,
        )
        if answer.code == _NO_ANSWER and not self._headers_written:
            raise HTTPError(502)
        self.finish()


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    previews = Previews()
    # Each reader holds a line open, on which there is no end of what comes.
    client = SimpleAsyncHTTPClient(force_instance=True, max_clients=500, max_body_size=1 << 40)
    place = url_path_join(server.web_app.settings["base_url"], _PLACE)
    folder = Path(server.root_dir).resolve()
    server.web_app.add_handlers(
        ".*$",
        [
            (place, _Open, {"previews": previews, "folder": folder}),
            (place + r"/([\w-]+)/(.*)", _PassOn, {"previews": previews, "client": client}),
        ],
    )
