"""Blocks from HTML that is not the suite's own, such as a table that another library shows.

What only runs on a screen is left out, and so are looks; words, lists, tables and pictures stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from thidua.document import pictures
from thidua.document.block import (
    Block,
    Break,
    Cell,
    Heading,
    List,
    Paragraph,
    Preformatted,
    Row,
    Run,
    Runs,
    Table,
    Text,
)

_ONLY_LIVE = ("script", "iframe", "object", "embed", "video", "audio", "canvas", "form", "input", "button", "select")
_INVISIBLE = ("style", "link", "meta", "template", "noscript")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PHRASES = "a abbr b br cite code data em font i kbd mark q s small span strong sub sup time u var"
_INLINE = frozenset(_PHRASES.split(" "))
_STYLES = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "cite": "emphasis", "code": "code"}
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\n]+")


def blocks_of(html: str) -> tuple[list[Block], list[str], list[str]]:
    """The blocks of foreign HTML, the kinds of elements that only run on a screen, the addresses of lost pictures."""
    # Drawings become pictures first: a parser of HTML would fold the case of their names.
    soup = BeautifulSoup(_SVG.sub(lambda m: f'<img src="{_inside(m[0])}">', html), "html.parser")
    for element in soup.find_all(_INVISIBLE):
        element.decompose()
    live = list(dict.fromkeys(element.name for element in soup.find_all(_ONLY_LIVE)))
    for element in soup.find_all(_ONLY_LIVE):
        element.decompose()
    reader = _Reader()
    return list(reader.blocks(soup.children)), live, reader.lost


class _Reader:
    """Turns elements into blocks; ``lost`` are the addresses of pictures that the HTML does not carry."""

    def __init__(self) -> None:
        self.lost: list[str] = []

    def blocks(self, nodes: Iterable[object]) -> Iterator[Block]:
        loose: list[Run] = []
        for node in nodes:
            if isinstance(node, PreformattedString):
                continue
            if isinstance(node, NavigableString) or (isinstance(node, Tag) and _is_inline(node)):
                loose += self._runs(node)
                continue
            yield from _paragraph(loose)
            loose = []
            if isinstance(node, Tag):
                yield from self._element(node)
        yield from _paragraph(loose)

    def _element(self, node: Tag) -> Iterator[Block]:
        if node.name in _HEADINGS:
            yield Heading(level=int(node.name[1]), runs=_tidy(self._runs(node)))
        elif node.name in ("ul", "ol"):
            items = (_tidy(self._runs(item)) for item in node.find_all("li", recursive=False))
            yield List(items=tuple(item for item in items if item), numbered=node.name == "ol")
        elif node.name == "table":
            yield from self._table(node)
        elif node.name == "pre":
            yield Preformatted(text=node.get_text().rstrip())
        elif node.name == "img":
            yield from self._picture(str(node.get("src") or ""), str(node.get("alt") or ""))
        else:
            yield from self.blocks(node.children)

    def _picture(self, address: str, alt: str) -> Iterator[Block]:
        found = pictures.picture(address, alt)
        if found is None:
            self.lost.append(address)
        else:
            yield found

    def _table(self, node: Tag) -> Iterator[Block]:
        header: list[tuple[Cell, ...]] = []
        body: list[Row] = []
        for row in node.find_all("tr"):
            cells = tuple(self._cell(c) for c in row.find_all(["td", "th"], recursive=False))
            if row.find_parent("thead") is not None:
                header.append(cells)
            elif cells:
                body.append(Row(cells=cells))
        caption = node.find("caption")
        if isinstance(caption, Tag):
            yield Paragraph(runs=_tidy(self._runs(caption)), style="remark")
        if header or body:
            yield Table(key="", name="Bảng", header=tuple(header), body=tuple(body))

    def _cell(self, node: Tag) -> Cell:
        return Cell(
            runs=_tidy(self._runs(node)),
            header=node.name == "th",
            columns=_span(node, "colspan"),
            rows=_span(node, "rowspan"),
        )

    def _runs(self, node: object, style: str = "") -> list[Run]:
        if isinstance(node, PreformattedString):
            return []
        if isinstance(node, NavigableString):
            return [Text.model_validate({"text": _SPACES.sub(" ", str(node)), "style": style})]
        if not isinstance(node, Tag):
            return []
        if node.name == "br":
            return [Break()]
        inner = _STYLES.get(node.name, style)
        return [run for child in node.children for run in self._runs(child, inner)]


def _inside(drawing: str) -> str:
    return f"data:image/svg+xml;base64,{pictures.of('image/svg+xml', drawing, '').data}"


def _is_inline(node: Tag) -> bool:
    return node.name in _INLINE and not node.find(lambda t: t.name not in _INLINE)


def _paragraph(runs: list[Run]) -> Iterator[Block]:
    tidy = _tidy(runs)
    if tidy:
        yield Paragraph(runs=tidy)


def _tidy(runs: Iterable[Run]) -> Runs:
    """Without the white space that only lays out the source."""
    kept = [r for r in runs if not isinstance(r, Text) or r.text]
    while kept and isinstance(kept[0], Text) and not kept[0].text.strip():
        kept.pop(0)
    while kept and isinstance(kept[-1], Text) and not kept[-1].text.strip():
        kept.pop()
    if kept and isinstance(kept[0], Text):
        kept[0] = kept[0].model_copy(update={"text": kept[0].text.lstrip(" ")})
    if kept and isinstance(kept[-1], Text):
        kept[-1] = kept[-1].model_copy(update={"text": kept[-1].text.rstrip(" ")})
    return tuple(kept)


def _span(node: Tag, name: str) -> int:
    value = str(node.get(name) or "1")
    return max(1, int(value)) if value.isdigit() else 1
