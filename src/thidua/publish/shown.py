"""What an executed notebook shows, as blocks: its Markdown, its own blocks, and whatever else a cell puts out."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import nbformat

from thidua.document.block import Block, Picture, Preformatted
from thidua.document.markdown import blocks_of as markdown_blocks
from thidua.document.record import MIME, read

# Types that a program shows where a person sees something better beside them.
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
_CHART = "application/vnd.vegalite.v5+json"


@dataclass(frozen=True)
class Shown:
    """The blocks of a notebook, and by cell number what it shows that a report cannot hold."""

    blocks: tuple[Block, ...]
    lost: tuple[str, ...]


def blocks_of(node: nbformat.NotebookNode) -> Shown:
    """All that a notebook shows, in the order of its cells."""
    blocks: list[Block] = []
    lost: list[str] = []
    for number, cell in enumerate(node.cells, 1):
        found, missed = cell_blocks(cell)
        blocks += found
        lost += [f"ô {number}: {what}" for what in missed]
    return Shown(tuple(blocks), tuple(lost))


def cell_blocks(cell: nbformat.NotebookNode) -> tuple[list[Block], list[str]]:
    """What one cell shows: its blocks, and the names of what a report cannot hold."""
    if cell.cell_type == "markdown":
        found, missing = markdown_blocks(cell.source, dict(_attachments(cell)))
        return found, [f"ảnh «{address}» không có trong notebook" for address in missing]
    blocks: list[Block] = []
    lost: list[str] = []
    for output in cell.get("outputs", []):
        if output.output_type in ("display_data", "execute_result"):
            found, missed = _output(output.get("data", {}))
            blocks += found
            lost += missed
        elif output.output_type == "stream" and output.get("name") == "stdout" and output.text.strip():
            blocks.append(Preformatted(text=output.text.rstrip()))
    return blocks, lost


def _output(data: Mapping[str, Any]) -> tuple[list[Block], list[str]]:
    """The blocks of one output: its own, or the richest of what it offers beside them."""
    if MIME in data:
        return list(read(data[MIME]).blocks), []
    if _CHART in data:
        return [], []  # the chart's block stands in the output with its title
    for mime in _PICTURES:
        if mime in data:
            return [_picture(mime, _text(data[mime]), _text(data.get("text/plain", "")))], []
    if "text/markdown" in data:
        found, missing = markdown_blocks(_text(data["text/markdown"]))
        return found, [f"ảnh «{address}»" for address in missing]
    if "text/latex" in data:
        return [Preformatted(text=_text(data["text/latex"]))], ["công thức LaTeX (in như đã gõ)"]
    plain = _text(data.get("text/plain", ""))
    # A foreign table or widget cannot be taken over as it looks: its plain text is shown, and that is told.
    told = ["HTML (in phần chữ)"] if "text/html" in data else []
    return ([Preformatted(text=plain)], told) if plain.strip() else ([], told or [", ".join(sorted(data))])


def _picture(mime: str, content: str, alt: str) -> Picture:
    data = base64.b64encode(content.encode()).decode() if mime == "image/svg+xml" else "".join(content.split())
    return Picture.model_validate({"mime": mime, "data": data, "alt": "" if alt.startswith("<") else alt})


def _attachments(cell: nbformat.NotebookNode) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, bundle in cell.get("attachments", {}).items():
        for mime, data in bundle.items():
            yield f"attachment:{name}", (mime, _text(data))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)
