"""The preview as a process beside JupyterLab: ``python -m thidua.watch.beside ROOT PARAMS_FILE``.

It says in a line of JSON where it is, and ends with its standard input: however JupyterLab ends, nothing is left.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path

from thidua.machine.light_libraries import lighten_schema_library
from thidua.machine.process import ours


def main() -> None:
    """Serve until nobody holds the other end of the standard input."""
    root, params_file = map(Path, sys.argv[1:])
    # The first Ctrl-C only makes JupyterLab ask whether it shall end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with ours():
        threading.Thread(target=_end_with_input, daemon=True).start()
        lighten_schema_library()
        from thidua.watch.following import watch
        from thidua.watch.preview_server import PreviewServer

        def ready(server: PreviewServer) -> None:
            print(json.dumps({"port": server.port, "token": server.token}), flush=True)

        watch(root, params_file, ready)


def _end_with_input() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
