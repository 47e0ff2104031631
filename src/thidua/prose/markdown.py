"""Markdown without values, such as a notebook's title cell, as HTML."""

from __future__ import annotations

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def plain_markdown(source: str) -> str:
    return str(_MARKDOWN.render(source))
