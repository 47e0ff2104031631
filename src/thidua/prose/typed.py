"""What an officer typed in a prose cell, apart from verbs and codes: the words that end up in the report."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.prose.parser import parse
from thidua.prose.syntax import Clause, Expression, Footnote, HeadingLine, Inline, ListText, Phrase, Styled, Typed
from thidua.prose.verbs import EACH

# Stands for a value.
VALUE = "\ufffc"


def typed_texts(source: str, first_line: int = 1) -> Iterator[tuple[int, str, bool]]:
    """The texts of a cell by their line: of blocks and notes, with a sign for each value, of options, of expressions.

    The last of the three says whether a text is prose; an expression is code.
    """
    tree = parse(source)
    for block in tree.blocks:
        if isinstance(block, HeadingLine):
            groups = [(block.sentence,)]
        elif isinstance(block, ListText):
            groups = list(block.items)  # type: ignore[arg-type]
        else:
            groups = [block.sentences]  # type: ignore[list-item]
        for sentences in groups:
            line = source.count("\n", 0, sentences[0].at) + first_line
            yield line, " ".join(_text(s.parts) for s in sentences), True
            for sentence in sentences:
                yield from ((line, text, spoken) for text, spoken in _further(sentence.parts))


def _text(nodes: Inline) -> str:
    text = ""
    for node in nodes:
        if isinstance(node, Typed):
            text += node.text
        elif isinstance(node, Clause | Styled):
            text += _text(node.parts)
        elif not isinstance(node, Footnote):
            text += VALUE
    return " ".join(text.split())


def _further(nodes: Inline) -> Iterator[tuple[str, bool]]:
    for node in nodes:
        if isinstance(node, Phrase):
            # Codes to leave out are no words of the report.
            yield from ((_text(option), True) for option in node.options if node.verb != EACH)
        elif isinstance(node, Expression):
            yield node.code, False
        elif isinstance(node, Clause | Styled):
            yield from _further(node.parts)
        elif isinstance(node, Footnote):
            yield " ".join(_text(s.parts) for s in node.sentences), True
            for sentence in node.sentences:
                yield from _further(sentence.parts)
