"""What the report shows of each cell of an executed notebook, and what it leaves out: nothing goes without a word.

Shown are Markdown, HTML and pictures. A plain value, printed text, a formula or what only runs on a screen has no
place in an administrative report; it is named instead.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

import nbformat
from bs4 import BeautifulSoup, Comment, Tag

from thidua.figures.record import MIME as FIGURES
from thidua.prose.magic import NOTE
from thidua.prose.markdown import plain_markdown

_OWN = "application/vnd.thidua."
_CHART = "application/vnd.vegalite."
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
# What an HTML output may hold that neither paper nor a page without network can show.
_ONLY_LIVE = ("script", "iframe", "object", "embed", "video", "audio", "canvas", "form", "input", "button", "select")
_INVISIBLE = ("style", "link", "meta", "template", "noscript")
_FORMULA = re.compile(r"(?<![\\$])\$\$?[^\s$][^$\n]*(?<!\s)\$|\\\\?[(\[].+?\\\\?[)\]]")
_CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)
_TYPED_TAG = re.compile(r"&lt;/?(?:img|br|b|i|u|p|div|span|sup|sub|font|center|table|a|details)\b", re.IGNORECASE)
_TEXTS = {"text/latex": "công thức LaTeX", "application/json": "dữ liệu JSON", "text/plain": "giá trị"}
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
_NAMELESS = "Hình minh họa"
_EXCERPT = 60


@dataclass(frozen=True)
class Piece:
    """One output or Markdown cell: its HTML for the report, and in words what of it the report leaves out."""

    html: str
    left_out: tuple[str, ...] = ()


def shown(node: nbformat.NotebookNode) -> Iterator[str]:
    """The HTML that a notebook shows, in the order of its cells."""
    return (piece.html for cell in node.cells for piece in pieces(cell) if piece.html)


def left_out(node: nbformat.NotebookNode) -> list[str]:
    """What of a notebook's cells the report does not show, each with its cell."""
    said = []
    own = [cell for cell in node.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(own, 1):
        place = f"ô {number} («{_excerpt(cell.source)}»)"
        said += [f"{place}: {what}" for piece in pieces(cell) for what in piece.left_out]
    return said


def pieces(cell: nbformat.NotebookNode) -> Iterator[Piece]:
    """A cell's outputs, or its text where it is one of Markdown."""
    if cell.cell_type == "markdown":
        yield _markdown(cell.source, cell.get("attachments", {}))
    elif cell.cell_type == "raw" and cell.source.strip():
        yield Piece("", ("ô dạng Raw không vào báo cáo",))
    for output in cell.get("outputs", []):
        yield _output(output)


def _output(output: Mapping[str, Any]) -> Piece:
    kind = output["output_type"]
    if kind == "stream":
        lines = [line for line in _text(output["text"]).splitlines() if not line.startswith(NOTE)]
        printed = "\n".join(lines).strip()
        return Piece("", (f"chữ in ra «{_excerpt(printed)}» chỉ hiện trong notebook",) if printed else ())
    if kind == "error":
        return Piece("", (f"ô báo lỗi «{_excerpt(output['evalue'] or output['ename'])}»",))
    data: Mapping[str, Any] = output.get("data", {})
    if "text/html" in data:
        html = _text(data["text/html"])
        return _with_pictures(html, {}) if FIGURES in data else _foreign(html)
    if any(mime.startswith((_OWN, _CHART)) for mime in data):
        return Piece("")  # the picture of a chart and the table of an appendix are outputs of their own
    if "text/markdown" in data:
        return _markdown(_text(data["text/markdown"]), {})
    picture = next((mime for mime in _PICTURES if mime in data), None)
    if picture:
        return Piece(_picture(picture, data[picture], output.get("metadata", {}).get(picture, {})))
    for mime, word in _TEXTS.items():
        if mime in data:
            value = data[mime] if mime == "application/json" else _text(data[mime])
            return Piece("", (f"{word} «{_excerpt(str(value))}» chỉ hiện trong notebook",))
    return (
        Piece("", (f"đầu ra dạng {', '.join(sorted(data)) or 'rỗng'} chỉ hiện trong notebook",)) if data else Piece("")
    )


def _markdown(source: str, attachments: Mapping[str, Mapping[str, str]]) -> Piece:
    piece = _with_pictures(plain_markdown(source), attachments)
    told = list(piece.left_out)
    prose = _CODE.sub("", piece.html)
    if formula := _FORMULA.search(BeautifulSoup(prose, "html.parser").get_text()):
        told.append(f"công thức «{_excerpt(formula[0])}» in nguyên như chữ")
    if tag := _TYPED_TAG.search(prose):
        told.append(f"thẻ HTML «{tag[0].replace('&lt;', '<')}…» trong Markdown in nguyên như chữ")
    return Piece(piece.html, tuple(told))


def _foreign(html: str) -> Piece:
    """HTML that is not the suite's own: what stays when nothing runs and nothing is loaded."""
    soup = BeautifulSoup(_SVG.sub(lambda m: _picture("image/svg+xml", m[0], {}), html), "html.parser")
    for element in soup.find_all(_INVISIBLE):
        element.decompose()
    live = list(dict.fromkeys(element.name for element in soup.find_all(_ONLY_LIVE)))
    for element in soup.find_all(_ONLY_LIVE):
        element.decompose()
    told = (
        [f"phần {', '.join(f'<{name}>' for name in live)} của đầu ra HTML chỉ chạy được trên màn hình"] if live else []
    )
    piece = _with_pictures(str(soup), {})
    empty = not BeautifulSoup(piece.html, "html.parser").find(lambda tag: tag.name in ("img", "svg", "hr"))
    if empty and not any(not isinstance(text, Comment) and text.strip() for text in soup.find_all(string=True)):
        return Piece("", (*told, *piece.left_out))
    return Piece(piece.html, (*told, *piece.left_out))


def _with_pictures(html: str, attachments: Mapping[str, Mapping[str, str]]) -> Piece:
    """The HTML with every picture inside it; one that lies elsewhere is left out."""
    if "<img" not in html:
        return Piece(html)
    soup = BeautifulSoup(html, "html.parser")
    told = []
    for image in soup.find_all("img"):
        source = str(image.get("src") or "")
        bundle = attachments.get(unquote(source.removeprefix("attachment:")), {})
        held = next((mime for mime in _PICTURES if mime in bundle), None)
        if source.startswith("attachment:") and held:
            image["src"] = _inside(held, bundle[held])
        elif not source.startswith(tuple(f"data:{mime}" for mime in _PICTURES)):
            told.append(f"ảnh «{_excerpt(unquote(source))}» không nằm trong notebook hay thư mục notebooks/ nên bị bỏ")
            _drop(image)
            continue
        image["alt"] = str(image.get("alt") or _NAMELESS)
    return Piece(str(soup), tuple(told))


def _drop(image: Tag) -> None:
    """Take out a picture, and the paragraph that held nothing else."""
    parent = image.parent
    image.decompose()
    if isinstance(parent, Tag) and parent.name == "p" and not parent.get_text(strip=True) and not parent.find(True):
        parent.decompose()


def _picture(mime: str, content: Any, about: Mapping[str, Any]) -> str:
    """A picture as an element of its own. A drawing too: its styles and names must not meet those of the page."""
    size = "".join(f' {side}="{int(about[side])}"' for side in ("width", "height") if side in about)
    alt = escape(str(about.get("alt") or _NAMELESS))
    return f'<figure class="picture"><img src="{_inside(mime, content)}" alt="{alt}"{size}></figure>'


def _inside(mime: str, content: Any) -> str:
    """The address of a picture that holds the picture itself. Drawings come as text, others in base64."""
    text = _text(content).strip()
    if text.startswith("<"):
        text = text if "xmlns=" in text else text.replace("<svg", f"<svg {_NAMESPACE}", 1)
        text = base64.b64encode(text.encode()).decode()
    return f"data:{mime};base64,{''.join(text.split())}"


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(content)


def _excerpt(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= _EXCERPT and len(text.strip()) == len(first) else f"{first[:_EXCERPT].rstrip()}…"
