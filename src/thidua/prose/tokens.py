"""Values on their way through a text.

A value must reach the page untouched by Jinja, Markdown and punctuation rules, whatever characters it holds. So while
the text is worked on, each value is a token of private-use characters; its HTML is put in last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape

from thidua.dataset import SourceText
from thidua.figures import MISSING, Figure
from thidua.figures.record import exact

_OPEN, _CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# No value and no sentence holds characters of this kind; one that did could pass for another value's token.
PRIVATE = re.compile("[\ue000-\uf8ff]")
# The first letter of a value's text, behind the tag that marks where it comes from.
_FIRST = re.compile(r"^((?:<[^>]*>)*)(\w)")
_CLOSING = re.compile(r"(?:</[^>]*>)*$")
# «v.v.», «…»: stops that belong to the word.
_ABBREVIATED = re.compile(r"(?:\b\w\.\w\.|\.\.\.|…)$")


class Phrase(str):
    """Text made by a filter, in which values already are tokens."""


@dataclass(frozen=True)
class _Slot:
    html: str
    text: str
    missing: bool
    data: bool = True
    figure: Figure | None = None


class Tokens:
    """The values of one prose cell, and the figures among them in the order of their printing."""

    def __init__(self) -> None:
        self._slots: list[_Slot] = []
        self.figures: list[Figure] = []
        # Of these, what ``fill`` put on the page, in its order: a clause that falls away prints nothing.
        self.printed: list[Figure] = []

    def figure(self, figure: Figure) -> Phrase:
        """A number, printed as its unit asks, without the unit."""
        self.figures.append(figure)
        if figure.missing:
            html = f'<data class="fig missing" data-fig="{escape(figure.id)}">{MISSING}</data>'
            return self._add(_Slot(html, MISSING, True, figure=figure))
        value = exact(figure.value)
        html = f'<data class="fig" data-fig="{escape(figure.id)}" value="{value}">{figure.printed}</data>'
        return self._add(_Slot(html, figure.printed, False, figure=figure))

    def text(self, text: str) -> Phrase:
        """A text from data or params: escaped, and traced where it comes from a cell."""
        if isinstance(text, SourceText):
            source = "|".join((text.cell.file, text.cell.sheet, text.cell.address))
            html = f'<span class="txt" data-src="{escape(source)}">{escape(text)}</span>'
            return self._add(_Slot(html, str(text), not text))
        plain = PRIVATE.sub("", text)
        return self._add(_Slot(escape(plain), plain, not plain, data=False))

    def gap(self) -> Phrase:
        """A place where a value should be and none is."""
        return self._add(_Slot(f'<data class="fig missing">{MISSING}</data>', MISSING, True))

    def html(self, html: str, text: str) -> Phrase:
        """Finished HTML, such as a footnote."""
        return self._add(_Slot(html, text, False))

    def reference(self, key: str) -> Phrase:
        """A reference to a table or chart by its key; the publishing stage puts its number in."""
        return self._add(_Slot(f'<a class="ref" data-ref="{escape(key)}">{escape(key)}</a>', key, False, data=False))

    def capital(self, token: str) -> Phrase:
        """The same value with its first letter in upper case, as a sentence starts."""
        slot = self._slots[int(token)]
        inner = TOKEN.match(slot.html)
        if inner:
            return Phrase(self.capital(inner[1]) + slot.html[inner.end() :])
        html = _FIRST.sub(lambda m: m[1] + m[2].upper(), slot.html, count=1)
        return self._add(replace(slot, html=html, text=slot.text[:1].upper() + slot.text[1:]))

    def unstopped(self, token: str) -> Phrase:
        """The same value without the stop that it ends with: the sentence sets its own."""
        slot = self._slots[int(token)]
        bare = slot.text.rstrip(" .;,:")
        end = _CLOSING.search(slot.html)
        body = slot.html[: end.start()] if end else slot.html
        if bare == slot.text or self.is_abbreviated(token) or not body.endswith(escape(slot.text)):
            return Phrase(f"{_OPEN}{token}{_CLOSE}")
        html = body.removesuffix(escape(slot.text)) + escape(bare) + slot.html[len(body) :]
        return self._add(replace(slot, html=html, text=bare))

    def is_missing(self, token: str) -> bool:
        return self._slots[int(token)].missing

    def is_abbreviated(self, token: str) -> bool:
        """Whether the value ends with a stop of its own, «v.v.», «…», which is the sentence's too."""
        return _ABBREVIATED.search(self._slots[int(token)].text) is not None

    def lacks(self, phrase: str) -> bool:
        """Whether any value in a phrase is missing."""
        return any(self.is_missing(token) for token in TOKEN.findall(phrase))

    def is_data(self, token: str) -> bool:
        """Whether the value comes from the period's data, and not from params or the notebook itself."""
        return self._slots[int(token)].data

    def fill(self, html: str) -> str:
        """Put the values' HTML in the place of the tokens."""

        def put(match: re.Match[str]) -> str:
            slot = self._slots[int(match[1])]
            if slot.figure is not None:
                self.printed.append(slot.figure)
            return self.fill(slot.html)

        return TOKEN.sub(put, html)

    def plain(self, text: str) -> str:
        """Put the values' plain text in the place of the tokens."""
        return TOKEN.sub(lambda match: self.plain(self._slots[int(match[1])].text), text)

    def _add(self, slot: _Slot) -> Phrase:
        self._slots.append(slot)
        return Phrase(f"{_OPEN}{len(self._slots) - 1}{_CLOSE}")
