"""Pictures that notebooks show from files: kept with the notebook, so that it shows them wherever it is opened."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    import nbformat

_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_IN_MARKDOWN = re.compile(r"(!\[[^\]]*\]\(\s*)(<[^<>\n]+>|[^\s()]+)")
_IN_HTML = re.compile(r"""(<img\b[^>]*?\ssrc=["'])([^"']+)""")


def picture_files(notebook: Path) -> Iterator[Path]:
    """The picture files, in the notebook's folder or below, that its cells name."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # no notebook: whoever runs it says what is wrong with it
    yield from named_pictures(sources, notebook.parent)


def named_pictures(sources: Iterable[str], folder: Path) -> Iterator[Path]:
    """The picture files in ``folder`` or below that the sources of cells name."""
    for source in sources:
        for match in (*_IN_MARKDOWN.finditer(source), *_IN_HTML.finditer(source)):
            if file := _file(match[2], folder):
                yield file


def embed_pictures(node: nbformat.NotebookNode, folder: Path) -> None:
    """Put the pictures that an executed notebook shows from files in ``folder`` into the notebook.

    Only those that its cells name, as ``picture_files`` has them: the others are no input of the run.
    """
    named = set(named_pictures((cell.source for cell in node.cells), folder))

    def attached(match: re.Match[str]) -> str:
        file = _file(match[2], folder)
        if file not in named or file is None:
            return match[0]
        name = file.relative_to(folder.resolve()).as_posix()
        held = cell.setdefault("attachments", {})
        held[name] = {_KINDS[file.suffix.lower()]: _letters(file)}
        return f"{match[1]}<attachment:{name}>"

    def inside(match: re.Match[str]) -> str:
        file = _file(match[2], folder)
        if file not in named or file is None:
            return match[0]
        return f"{match[1]}data:{_KINDS[file.suffix.lower()]};base64,{_letters(file)}"

    for cell in node.cells:
        if cell.cell_type == "markdown":
            cell.source = _IN_MARKDOWN.sub(attached, cell.source)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                data["text/html"] = _IN_HTML.sub(inside, data["text/html"])
            if "text/markdown" in data:
                data["text/markdown"] = _IN_MARKDOWN.sub(inside, data["text/markdown"])


def _file(address: str, folder: Path) -> Path | None:
    """The picture file of an address in Markdown; None for one that lies elsewhere, or is none."""
    home = folder.resolve()
    try:
        path = (home / unquote(address.strip("<>"))).resolve()
        is_here = path.is_relative_to(home) and path.suffix.lower() in _KINDS and path.is_file()
    except (OSError, ValueError):  # too long for a name, or with a letter that no name has
        return None
    return path if is_here else None


def _letters(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
