"""The nodes of pandoc's tree that the Word edition is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Node = dict[str, Any]

VERSION = [1, 23, 1]
_ALIGNMENTS = {"": "AlignDefault", "left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}


def text(words: str) -> Node:
    """A string as it stands, its spaces included: pandoc takes no part of it for markup."""
    return {"t": "Str", "c": words}


def strong(inlines: Sequence[Node]) -> Node:
    """Bold words."""
    return {"t": "Strong", "c": list(inlines)}


def emphasis(inlines: Sequence[Node]) -> Node:
    """Words in italics."""
    return {"t": "Emph", "c": list(inlines)}


def superscript(inlines: Sequence[Node]) -> Node:
    """Small raised words."""
    return {"t": "Superscript", "c": list(inlines)}


def raw(xml: str) -> Node:
    """OOXML inside a paragraph."""
    return {"t": "RawInline", "c": ["openxml", xml]}


def raw_block(xml: str) -> Node:
    """OOXML between paragraphs."""
    return {"t": "RawBlock", "c": ["openxml", xml]}


LINE_BREAK: Node = {"t": "LineBreak"}


def attributes(id: str = "", **pairs: str) -> list[Any]:
    """An element's id and its further attributes."""
    return [id, [], [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def para(inlines: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def plain(inlines: Sequence[Node]) -> Node:
    """A paragraph of a table cell, in the style of compact text."""
    return {"t": "Plain", "c": list(inlines)}


def styled(style: str, blocks: Sequence[Node]) -> Node:
    """Blocks in a paragraph style of the reference document."""
    return {"t": "Div", "c": [attributes(custom_style=style), list(blocks)]}


def heading(level: int, id: str, inlines: Sequence[Node]) -> Node:
    """A heading that references can lead to."""
    return {"t": "Header", "c": [level, attributes(id), list(inlines)]}


def note(inlines: Sequence[Node]) -> Node:
    """A footnote of one paragraph."""
    return {"t": "Note", "c": [para(inlines)]}


def link(inlines: Sequence[Node], target: str) -> Node:
    """Words that lead somewhere."""
    return {"t": "Link", "c": [attributes(), list(inlines), [target, ""]]}


def image(file: str, alt: str, width: str) -> Node:
    """A picture of a file, with its alternative text and printed width."""
    return {"t": "Image", "c": [attributes(width=width), [text(alt)], [file, ""]]}


def cell(blocks: Sequence[Node], align: str = "left", rows: int = 1, columns: int = 1) -> list[Any]:
    """A cell of a table, which may span rows and columns; ``align`` "": as the styles of its blocks have it."""
    return [attributes(), {"t": _ALIGNMENTS[align]}, rows, columns, list(blocks)]


def row(cells: Iterable[list[Any]]) -> list[Any]:
    """A row of a table."""
    return [attributes(), list(cells)]


def table(
    widths: Sequence[float], head: Sequence[list[Any]], body: Sequence[list[Any]], style: str = "", heads: int = 0
) -> Node:
    """A table with columns of these shares of the page; the first ``heads`` cells of each row name it."""
    whole = sum(widths)
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width / whole}] for width in widths]
    bodies = [[attributes(), heads, [], list(body)]]
    own = attributes(custom_style=style) if style else attributes()
    return {"t": "Table", "c": [own, [None, []], columns, [attributes(), list(head)], bodies, [attributes(), []]]}
