"""From the officer's Markdown to the report's HTML."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from thidua.prose.clauses import resolve
from thidua.prose.tokens import TOKEN, Phrase, Tokens

# HTML is off: what an officer types is text, and values come in as tokens.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_START = r"(^[ \t]*(?:(?:[-+*]|\d+\.|#+) )?|(?:(?<=[^\W\d_]{2})|(?<=[\ue001)”]))[.!?] )"
_VALUE_FIRST = re.compile(_START + TOKEN.pattern, re.MULTILINE)
_WORD_FIRST = re.compile(_START + r"([^\W\d_])", re.MULTILINE)
_TAGS = re.compile(r"<[^>]+>")


def sentence_case(text: str, tokens: Tokens) -> str:
    """A capital at the start of every paragraph, list item and sentence, be it a typed word or a value."""
    text = _VALUE_FIRST.sub(lambda m: m[1] + tokens.capital(m[2]), text)
    return _WORD_FIRST.sub(lambda m: m[1] + m[2].upper(), text)


def plain_markdown(source: str) -> str:
    """Markdown without values, such as a notebook's title cell, as HTML."""
    return str(_MARKDOWN.render(source))


def to_html(text: str, tokens: Tokens) -> str:
    """Render a cell's text, after Jinja, as one ``<div class="prose">``; empty where nothing is left of it."""

    def footnote(content: str) -> Phrase:
        inline = tokens.fill(_MARKDOWN.renderInline(sentence_case(content.strip(), tokens))).strip()
        return tokens.html(f'<span class="fn">{inline}</span>', "")

    body = _MARKDOWN.render(sentence_case(resolve(text, tokens, footnote), tokens)).strip()
    if not _TAGS.sub("", body).strip():
        return ""
    return f'<div class="prose">\n{tokens.fill(body)}\n</div>\n'
