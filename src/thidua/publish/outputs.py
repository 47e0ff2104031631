"""What the report shows of each cell of an executed notebook, and what it leaves out: nothing goes without a word.

Shown are the suite's own blocks, Markdown, HTML and pictures. A plain value, printed text, a formula or what only runs
on a screen has no place in an administrative report; it is named instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

import nbformat

from thidua.document import markdown, pictures
from thidua.document.block import Block, Text
from thidua.document.bundled import Shown, is_bundled, read
from thidua.document.show import NOTE
from thidua.document.walking import runs_of

_CHART = "application/vnd.vegalite."
_FORMULA = re.compile(r"(?<![\\$])\$\$?[^\s$][^$\n]*(?<!\s)\$|\\\\?[(\[].+?\\\\?[)\]]")
_TYPED_TAG = re.compile(r"</?(?:img|br|b|i|u|p|div|span|sup|sub|font|center|table|a|details)\b", re.IGNORECASE)
_TEXTS = {"text/latex": "công thức LaTeX", "application/json": "dữ liệu JSON", "text/plain": "giá trị"}
_NOT_CARRIED = "biểu đồ Altair chỉ hiện trong notebook; muốn vào báo cáo thì gọi show_chart(…)"
_EXCERPT = 60


@dataclass(frozen=True)
class Piece:
    """One output or Markdown cell: its blocks, and in words what of it the report leaves out.

    ``carried`` is all that the output carries, where it is one of the suite's own.
    """

    blocks: tuple[Block, ...] = ()
    left_out: tuple[str, ...] = ()
    carried: Shown | None = None


def each(node: nbformat.NotebookNode) -> Iterator[tuple[nbformat.NotebookNode, Piece]]:
    """The pieces of a notebook in the order of its cells, each with its cell; what they leave out says which that is.

    Of the cell that carries the parameters nothing is left out: its author does not see it.
    """
    number = 0
    for cell in node.cells:
        own = "injected-parameters" not in cell.metadata.get("tags", [])
        number += own
        place = f"ô {number} («{_excerpt(cell.source)}»)"
        for piece in pieces(cell):
            yield cell, replace(piece, left_out=tuple(f"{place}: {what}" for what in piece.left_out if own))


def shown(node: nbformat.NotebookNode) -> tuple[Block, ...]:
    """The blocks that a notebook shows, in the order of its cells."""
    return tuple(block for _, piece in each(node) for block in piece.blocks)


def left_out(node: nbformat.NotebookNode) -> list[str]:
    """What of a notebook's cells the report does not show, each with its cell."""
    return [what for _, piece in each(node) for what in piece.left_out]


def pieces(cell: nbformat.NotebookNode) -> Iterator[Piece]:
    """A cell's outputs, or its text where it is one of Markdown."""
    if cell.cell_type == "markdown":
        yield _markdown(cell.source, cell.get("attachments", {}))
    elif cell.cell_type == "raw" and cell.source.strip():
        yield Piece((), ("ô dạng Raw không vào báo cáo",))
    for output in cell.get("outputs", []):
        yield _output(output)


def _output(output: Mapping[str, Any]) -> Piece:
    kind = output["output_type"]
    if kind == "stream":
        lines = [line for line in _text(output["text"]).splitlines() if not line.startswith(NOTE)]
        printed = "\n".join(lines).strip()
        return Piece((), (f"chữ in ra «{_excerpt(printed)}» chỉ hiện trong notebook",) if printed else ())
    if kind == "error":
        return Piece((), (f"ô báo lỗi «{_excerpt(output['evalue'] or output['ename'])}»",))
    data: Mapping[str, Any] = output.get("data", {})
    if is_bundled(data):
        carried = read(data)
        return Piece(carried.blocks, carried=carried)
    if mime := next((mime for mime in data if mime.startswith(_CHART)), None):
        # The block of a chart that is carried to the report stands in the output with its title.
        return Piece() if "key" in data[mime].get("usermeta", {}) else Piece((), (_NOT_CARRIED,))
    if "text/html" in data:
        if "vegaEmbed" in _text(data["text/html"]):
            return Piece((), (_NOT_CARRIED,))
        from thidua.document import other_html  # its parser is for those alone who show such a thing

        blocks, live, lost = other_html.blocks_of(_text(data["text/html"]))
        kinds = ", ".join(f"<{name}>" for name in live)
        told = [f"phần {kinds} của đầu ra HTML chỉ chạy được trên màn hình"] if live else []
        return Piece(tuple(blocks), (*told, *_lost(lost)))
    if "text/markdown" in data:
        return _markdown(_text(data["text/markdown"]), {})
    mime = next((mime for mime in pictures.MIMES if mime in data), None)
    if mime:
        about = output.get("metadata", {}).get(mime, {})
        return Piece((pictures.of(mime, data[mime], str(about.get("alt") or ""), about),))
    for mime, word in _TEXTS.items():
        if mime in data:
            value = data[mime] if mime == "application/json" else _text(data[mime])
            return Piece((), (f"{word} «{_excerpt(str(value))}» chỉ hiện trong notebook",))
    kinds = ", ".join(sorted(data)) or "rỗng"
    return Piece((), (f"đầu ra dạng {kinds} chỉ hiện trong notebook",)) if data else Piece()


def _markdown(source: str, attachments: Mapping[str, Mapping[str, Any]]) -> Piece:
    blocks, lost = markdown.blocks_of(source, attachments)
    told = list(_lost(lost))
    words = " ".join(r.text for b in blocks for r in runs_of(b) if isinstance(r, Text) and r.style != "code")
    if formula := _FORMULA.search(words):
        told.append(f"công thức «{_excerpt(formula[0])}» in nguyên như chữ")
    if tag := _TYPED_TAG.search(words):
        told.append(f"thẻ HTML «{tag[0]}…» trong Markdown in nguyên như chữ")
    return Piece(tuple(blocks), tuple(told))


def _lost(addresses: list[str]) -> Iterator[str]:
    for address in addresses:
        yield f"ảnh «{_excerpt(unquote(address))}» không nằm trong notebook hay thư mục notebooks/ nên bị bỏ"


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(content)


def _excerpt(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= _EXCERPT and len(text.strip()) == len(first) else f"{first[:_EXCERPT].rstrip()}…"
