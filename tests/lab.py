"""A JupyterLab for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 90
# What takes the server seconds and shows in no notebook is left out: checkers of formats, and the machine's Node.js,
# which is asked for its settings and which no machine needs to have. Pages may open documents in the window.
_START = """from thidua.machine.light_libraries import lighten_schema_library
lighten_schema_library()
from jupyterlab.labapp import main
main()"""
_OPTIONS = ("--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True", "--IdentityProvider.token=")


@contextmanager
def jupyterlab(folder: Path, settings: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves a folder, with nothing of the user's own settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    own = {f"JUPYTER_{place}": str(settings / place) for place in places}
    own |= {f"JUPYTERLAB_{place}_DIR": str(settings / place) for place in ("SETTINGS", "WORKSPACES")}
    own["PATH"] = str(Path(sys.executable).parent)
    command = [sys.executable, "-c", _START, *_OPTIONS, f"--port={port}", f"--ServerApp.root_dir={folder}"]
    server = subprocess.Popen(command, env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/api/status", timeout=2):
                break
            time.sleep(0.3)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:  # a busy machine; the notebook is saved, and that is what counts
            server.kill()
            server.wait(30)
