"""How a process ended, in words, from the code that it left."""

from __future__ import annotations

import signal
import sys


def told(said: str, code: int | None, by_itself: str = "") -> str:
    """«… kết thúc giữa chừng: bị hệ thống buộc dừng (SIGKILL), …»: ``said`` and how it ended, as far as that is known.

    ``code`` is negative for a signal. ``by_itself`` tells what mostly lies behind a code that a process gave itself.
    """
    if code is None:
        return said
    if code >= 0:
        return f"{said} với mã thoát {code}{by_itself}"
    if sys.platform != "win32" and -code == signal.SIGKILL:
        return f"{said}: bị hệ thống buộc dừng (SIGKILL), thường vì hết bộ nhớ"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"tín hiệu {-code}"
    return f"{said}: bị dừng đột ngột ({name})"
