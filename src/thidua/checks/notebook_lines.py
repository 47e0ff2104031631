"""What notebooks say by themselves, before any data: their headings, and all that the front matter says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def notebook_lines(file: Path, *, whole: bool) -> Iterator[str]:
    """The heading lines of a notebook's Markdown and prose cells, or ``whole``: all their lines.

    A file that is no notebook says nothing here; running it tells why.
    """
    try:
        cells: list[Any] = json.loads(file.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if _is_text(cell)]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for text in texts:
        for line in text.splitlines():
            if line.startswith("#") or (whole and not line.startswith("%%")):
                yield line.lstrip("# ").strip()


def _is_text(cell: Any) -> bool:
    return bool(cell["cell_type"] == "markdown" or "".join(cell["source"]).startswith("%%prose"))
