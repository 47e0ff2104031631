"""What all words of prose rest on: the tokens of the cell, and texts that move into the middle of a sentence."""

from __future__ import annotations

from thidua.capitals import uncapitalised
from thidua.dataset import SourceText
from thidua.figures import Figure
from thidua.figures.units import PERCENT
from thidua.prose.tokens import Phrase, Tokens

NBSP = "\u00a0"


class Wording:
    """Words bound to the tokens of one cell."""

    def __init__(self, tokens: Tokens):
        self.tokens = tokens

    def with_unit(self, figure: Figure) -> Phrase:
        """«1.200,5 ha», «khoảng 4.200 con», «96,02%»."""
        if figure.missing or not figure.unit:
            return self.stated(figure)
        space = "" if figure.unit == PERCENT else NBSP
        return Phrase(f"{self.stated(figure)}{space}{self.tokens.text(figure.unit)}")

    def stated(self, figure: Figure) -> Phrase:
        """A number with the department's own qualifier, which no sentence may lose, and without its unit."""
        return stated(figure, self.tokens)

    def lower(self, text: str | None) -> Phrase:
        """A text from data as it stands inside a sentence: its first letter in lower case unless it starts a name."""
        if not text:
            return self.tokens.gap()
        lowered = uncapitalised(text)
        return self.tokens.text(SourceText(lowered, text.cell) if isinstance(text, SourceText) else lowered)


def stated(figure: Figure, tokens: Tokens) -> Phrase:
    """A number behind the word that says how exact it is: «khoảng 4.200», «trên 60»."""
    quality = f"{tokens.text(figure.quality)} " if figure.quality and not figure.missing else ""
    return Phrase(quality + tokens.figure(figure))


def enumerated(parts: list[Phrase]) -> Phrase:
    """«a, b và c»."""
    return Phrase(" và ".join(p for p in (", ".join(parts[:-1]), parts[-1]) if p))


def unstopped(text: str) -> str:
    """Without the stop that a row's text may end with: the list sets its own."""
    bare = text.rstrip(" .;,:")
    return SourceText(bare, text.cell) if isinstance(text, SourceText) else bare
