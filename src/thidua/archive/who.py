"""Who runs this process, for the register and the run's metadata."""

from __future__ import annotations

import getpass
import os
import sys


def user() -> str:
    """The user's name; their number on a system that knows no name for them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        if sys.platform == "win32":
            return ""
        return f"uid {os.getuid()}"
