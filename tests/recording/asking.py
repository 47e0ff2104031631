"""A section that consists of some code, in a process of its own."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from thidua.recording import recorder


def recorded(root: Path, code: str) -> None:
    """Print what is recorded of the code, which works in ``root`` and may import from there, as in a kernel."""
    os.chdir(root)
    sys.path.insert(0, "")
    find_spec("none")  # as a kernel, which has looked for modules by then, has listed the folder
    recorder.start()
    exec(code, {"Path": Path})
    print(recorder.taken())
