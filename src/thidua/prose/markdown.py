"""From the officer's Markdown to the report's HTML."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from thidua.errors import ProseError
from thidua.prose.clauses import resolve
from thidua.prose.tokens import TOKEN, Phrase, Tokens

# HTML is off: what an officer types is text, and values come in as tokens.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# Pictures inside the address are as harmless as those in files; the library lets through only some kinds.
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
_DEFAULT_CHECK = _MARKDOWN.validateLink
_MARKDOWN.validateLink = lambda url: bool(_PICTURE.match(url)) or _DEFAULT_CHECK(url)  # type: ignore[method-assign]
_START = r"(^[ \t]*(?:(?:[-+*]|\d+\.|#+) )?|(?:(?<=[^\W\d_]{2})|(?<=[\ue001)”]))[.!?] )"
_VALUE_FIRST = re.compile(_START + TOKEN.pattern, re.MULTILINE)
_WORD_FIRST = re.compile(_START + r"([^\W\d_])", re.MULTILINE)
_BEFORE_STOP = re.compile(TOKEN.pattern + r"([.;,:])")
# A value in an attribute, as it stands or as Markdown writes it into an address.
_IN_ATTRIBUTE = re.compile(rf"<[^>]*(?:{TOKEN.pattern}|%EE%80%80)", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]+>")


def sentence_case(text: str, tokens: Tokens) -> str:
    """A capital at the start of every paragraph, list item and sentence, be it a typed word or a value."""
    text = _VALUE_FIRST.sub(lambda m: m[1] + tokens.capital(m[2]), text)
    return _WORD_FIRST.sub(lambda m: m[1] + m[2].upper(), text)


def plain_markdown(source: str) -> str:
    """Markdown without values, such as a notebook's title cell, as HTML."""
    return str(_MARKDOWN.render(source))


def to_page(text: str, tokens: Tokens) -> tuple[str, str]:
    """Render a cell's text, after Jinja: one ``<div class="prose">``, and the same as plain text.

    Both are empty where nothing is left of it. ProseError for brackets that do not match and for a value in the
    address of a link.
    """

    def footnote(content: str) -> Phrase:
        note = _finished(content.strip(), tokens)
        inline = _MARKDOWN.renderInline(note).strip()
        return tokens.html(f'<span class="fn">{inline}</span>', f" ({tokens.plain(note)})")

    finished = _finished(resolve(text, tokens, footnote), tokens)
    body = _MARKDOWN.render(finished).strip()
    if not _TAGS.sub("", body).strip():
        return "", ""
    if _IN_ATTRIBUTE.search(body):
        raise ProseError("không đặt giá trị vào địa chỉ hay tên ảnh của một liên kết; hãy viết giá trị ngoài liên kết")
    return f'<div class="prose">\n{tokens.fill(body)}\n</div>\n', tokens.plain(finished).strip()


def _finished(text: str, tokens: Tokens) -> str:
    def one_stop(match: re.Match[str]) -> str:
        if match[2] == "." and tokens.is_abbreviated(match[1]):
            return match[0].removesuffix(".")
        return f"{tokens.unstopped(match[1])}{match[2]}"

    return sentence_case(_BEFORE_STOP.sub(one_stop, text), tokens)
