"""Blocks from Markdown: the title cell of a notebook, a remark that an officer adds, an output in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from thidua.document.block import Block, Break, Cell, Heading, List, Paragraph, Preformatted, Row, Run, Runs, Text
from thidua.document.block import Table as TableBlock
from thidua.document.pictures import picture

# HTML is off: what an officer types is text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# Pictures inside the address are as harmless as those in files; the library lets through only some kinds.
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_DEFAULT_CHECK = _MARKDOWN.validateLink
_MARKDOWN.validateLink = lambda url: bool(_PICTURE.match(url)) or _DEFAULT_CHECK(url)  # type: ignore[method-assign]
_STYLES = {"strong_open": "strong", "em_open": "emphasis"}


def blocks_of(source: str, attachments: Mapping[str, Mapping[str, Any]]) -> tuple[list[Block], list[str]]:
    """The blocks of a Markdown text, and the addresses of pictures that it names and does not carry.

    ``attachments`` are those of its cell: contents by MIME type, by name.
    """
    reader = _Reader(_MARKDOWN.parse(source), attachments)
    return list(reader.blocks()), reader.lost


class _Reader:
    """Walks the tokens of a Markdown text."""

    def __init__(self, tokens: list[Token], attachments: Mapping[str, Mapping[str, Any]]):
        self._tokens = tokens
        self._attachments = attachments
        self._place = 0
        self.lost: list[str] = []

    def blocks(self, end: str = "") -> Iterator[Block]:
        while self._place < len(self._tokens):
            token = self._next()
            if token.type == end:
                return
            if token.type == "heading_open":
                yield Heading(level=int(token.tag[1]), runs=self._runs(self._next()))
            elif token.type == "inline":
                yield from self._paragraph(token)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield self._list(token.type.replace("_open", "_close"), numbered=token.type.startswith("ordered"))
            elif token.type in ("fence", "code_block"):
                yield Preformatted(text=token.content.rstrip("\n"))
            elif token.type == "table_open":
                yield self._table()

    def _next(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _paragraph(self, token: Token) -> Iterator[Block]:
        runs = self._runs(token)
        if runs:
            yield Paragraph(runs=runs)
        for child in token.children or []:
            if child.type == "image":
                yield from self._picture(str(child.attrs.get("src", "")), child.content)

    def _picture(self, address: str, alt: str) -> Iterator[Block]:
        found = picture(address, alt, self._attachments)
        if found is None:
            self.lost.append(address)
        else:
            yield found

    def _list(self, end: str, *, numbered: bool) -> List:
        items: list[Runs] = []
        while (token := self._next()).type != end:
            if token.type == "list_item_open":
                inner = list(self.blocks("list_item_close"))
                items.append(tuple(_joined(inner)))
        return List(items=tuple(items), numbered=numbered)

    def _table(self) -> TableBlock:
        head: list[tuple[Cell, ...]] = []
        body: list[Row] = []
        cells: list[Cell] = []
        while (token := self._next()).type != "table_close":
            if token.type == "inline":
                cells.append(Cell(runs=self._runs(token)))
            elif token.type == "tr_close":
                if head:
                    body.append(Row(cells=tuple(cells)))
                else:
                    head.append(tuple(c.model_copy(update={"header": True}) for c in cells))
                cells = []
        return TableBlock(key="", name="Bảng", header=tuple(head), body=tuple(body))

    def _runs(self, token: Token) -> Runs:
        runs: list[Run] = []
        style, link = "", ""
        for child in token.children or []:
            if child.type in _STYLES:
                style = _STYLES[child.type]
            elif child.type in ("strong_close", "em_close"):
                style = ""
            elif child.type == "link_open":
                link = str(child.attrs.get("href", ""))
            elif child.type == "link_close":
                link = ""
            elif child.type == "hardbreak":
                runs.append(Break())
            elif child.type == "softbreak":
                runs.append(Text(text=" "))
            elif child.type in ("text", "code_inline") and child.content:
                look = "code" if child.type == "code_inline" else style
                runs.append(Text.model_validate({"text": child.content, "style": look, "link": link}))
        return tuple(runs)


def _joined(blocks: list[Block]) -> Iterator[Run]:
    """The runs of an item's blocks in one paragraph."""
    started = False
    for block in blocks:
        stretches = [block.runs] if isinstance(block, Paragraph | Heading) else []
        stretches += list(block.items) if isinstance(block, List) else []
        for runs in stretches:
            if started:
                yield Break()
            yield from runs
            started = True
