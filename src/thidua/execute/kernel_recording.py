"""The recording of a section that has a kernel of its own: begun before its first cell, taken after its last."""

from __future__ import annotations

import tempfile
from importlib import import_module
from typing import Any

from thidua.charts import picture
from thidua.recording import recorder

# What cells import and use is none of what they read: forks have it already.
_USED = (
    "IPython.core.completerlib",
    "IPython.core.magics.extension",
    "thidua.charts.bar_charts",
    "thidua.notebook",
    "thidua.prose.assistance",
    "thidua.prose.magic",
)


def begun() -> str:
    """Import what sections use, then record what this process does from now on."""
    for name in _USED:
        import_module(name)
    import_module("thidua.language.capitals").uncapitalised("Xã")  # what it knows of names is read at first
    tempfile.gettempdir()  # the kernel names each cell's code by it, and it is found by writing there
    recorder.start()
    draw = picture.draw

    def drawn(spec: dict[str, Any]) -> bytes:
        with recorder.answering():  # by a process of ours, which gives the same picture each time
            return draw(spec)

    picture.draw = drawn
    return ""


taken = recorder.taken
