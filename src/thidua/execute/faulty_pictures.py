"""Pictures of an executed section that the report cannot show: in which cell, and from which file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import nbformat

from thidua.document.block import Picture
from thidua.document.bundled import is_bundled
from thidua.publish.outputs import pieces
from thidua.publish.picture_faults import fault_of


def faulty_pictures(node: nbformat.NotebookNode, folder: Path) -> Iterator[tuple[int, str]]:
    """The cells, from 0, of a notebook from ``folder`` that show such pictures; which ones and why, in words."""
    for number, cell in enumerate(node.cells):
        outputs = [output for output in cell.get("outputs", []) if not is_bundled(output.get("data", {}))]
        foreign = nbformat.from_dict({**cell, "outputs": outputs})  # the suite's own blocks hold no picture
        pictures = (block for piece in pieces(foreign) for block in piece.blocks if isinstance(block, Picture))
        faults = {p: fault for p in pictures if (fault := fault_of(p))}
        if faults:
            yield number, "; ".join(f"ảnh «{_name(p, cell, folder)}» {fault}" for p, fault in faults.items())


def _name(picture: Picture, cell: nbformat.NotebookNode, folder: Path) -> str:
    """The attachment or the file that a picture is, else what stands in its place."""
    attached = (name for name, held in cell.get("attachments", {}).items() if picture.data in held.values())
    return next(attached, "") or next(_files_like(picture, folder), "") or picture.alt


def _files_like(picture: Picture, folder: Path) -> Iterator[str]:
    try:
        content = base64.b64decode(picture.data)
    except ValueError:
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
            yield file.relative_to(folder).as_posix()
