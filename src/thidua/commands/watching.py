"""``thidua watch``: the report in a browser while it is being written."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from thidua.commands.where import HERE, Period, Where, print_json

if TYPE_CHECKING:
    from thidua.watch.preview_server import PreviewServer


def watch(
    period: Period,
    /,
    *,
    no_browser: Annotated[bool, Parameter(name="--no-browser", help="chỉ in địa chỉ, không mở trình duyệt")] = False,
    where: Where = HERE,
) -> int:
    """Mở bản xem trước trong trình duyệt; mỗi lần lưu biểu, tham số hay notebook thì tự cập nhật."""
    from thidua.watch.following import watch as serve

    root, params = where.of_period(period)

    def ready(server: PreviewServer) -> None:
        if where.json:
            print_json({"address": server.address, "port": server.port, "token": server.token})
        else:
            print(f"Xem trước kỳ {params.stem}: {server.address}")
            print("Cứ sửa và lưu biểu, tham số, notebook; trang tự cập nhật. Bấm Ctrl-C để dừng.", file=sys.stderr)
        sys.stdout.flush()
        if not no_browser:
            _open(server.address)

    serve(root, params, ready)
    return 0


def add_to(app: App) -> None:
    """Add the command to the command line, with an example."""
    app.command(watch, help_epilogue="Ví dụ: thidua watch 2031-H1")


def _open(address: str) -> None:
    # A browser for the terminal would take the terminal.
    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        return
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
