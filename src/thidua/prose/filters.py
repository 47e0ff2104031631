"""What tables and tiles that still write HTML take from prose."""

from __future__ import annotations

from thidua.figures import Figure
from thidua.prose import quantities
from thidua.prose.rows import QUALITIES
from thidua.prose.tokens import Phrase, Tokens
from thidua.prose.words import Words, with_unit

__all__ = ["QUALITIES", "Filters"]


class Filters:
    def __init__(self, tokens: Tokens):
        self.tokens = tokens

    def with_unit(self, figure: Figure) -> Phrase:
        return self._put(with_unit(figure))

    def moved(self, growth: Figure, base: str) -> Phrase:
        return self._put(quantities.moved(growth, Words((base,))))

    def _put(self, words: Words) -> Phrase:
        told = [
            p if isinstance(p, str) else self.tokens.figure(p.figures[0]) if p.figures else self.tokens.text(p.run.text)  # type: ignore[union-attr]
            for p in words.parts
        ]
        return Phrase("".join(told))
