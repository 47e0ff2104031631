"""From the officer's Markdown to the report's HTML."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from thidua.prose.clauses import resolve
from thidua.prose.tokens import Phrase, Tokens

# HTML is off: what an officer types is text, and values come in as tokens.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = re.compile(r"<[^>]+>")


def plain_markdown(source: str) -> str:
    """Markdown without values, such as a notebook's title cell, as HTML."""
    return str(_MARKDOWN.render(source))


def to_html(text: str, tokens: Tokens) -> str:
    """Render a cell's text, after Jinja, as one ``<div class="prose">``; empty where nothing is left of it."""

    def footnote(content: str) -> Phrase:
        inline = tokens.fill(_MARKDOWN.renderInline(content.strip())).strip()
        return tokens.html(f'<span class="fn">{inline}</span>', "")

    body = _MARKDOWN.render(resolve(text, tokens, footnote)).strip()
    if not _TAGS.sub("", body).strip():
        return ""
    return f'<div class="prose">\n{tokens.fill(body)}\n</div>\n'
