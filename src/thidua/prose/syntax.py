"""The tree of a prose cell: blocks, sentences, and what stands in a sentence. Places are offsets into the source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Typed:
    """Words as they are typed, line breaks included."""

    text: str
    at: int


@dataclass(frozen=True)
class Phrase:
    """``{verb codes | options}``; without a verb it is ``{codes}`` or the name of a parameter, ``{unit.name}``."""

    verb: str
    codes: tuple[str, ...]
    options: tuple[Inline, ...]
    at: int
    end: int


@dataclass(frozen=True)
class Expression:
    """``{= … =}``, an expression of Python's kind."""

    code: str
    at: int
    end: int


@dataclass(frozen=True)
class Clause:
    """``[ … ]``, which falls away with its data."""

    parts: Inline
    at: int
    end: int


@dataclass(frozen=True)
class Footnote:
    """``^[ … ]``, of sentences."""

    sentences: tuple[Sentence, ...]
    at: int
    end: int


@dataclass(frozen=True)
class Styled:
    """``**strong**`` or ``*emphasis*``."""

    style: str
    parts: Inline
    at: int


Node = Typed | Phrase | Expression | Clause | Footnote | Styled
Inline = tuple[Node, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence with its stop, without the space behind it."""

    parts: Inline
    at: int
    end: int


@dataclass(frozen=True)
class HeadingLine:
    """``## …``: level 1 is the outermost of the notebook."""

    level: int
    sentence: Sentence


@dataclass(frozen=True)
class ParagraphText:
    """Lines up to a blank one."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class ListText:
    """Items that begin with a dash, each of sentences, or with a number."""

    items: tuple[tuple[Sentence, ...], ...]
    numbered: bool = False


BlockText = HeadingLine | ParagraphText | ListText


@dataclass(frozen=True)
class Fault:
    """A mistake at an offset of the source."""

    at: int
    what: str


@dataclass(frozen=True)
class Tree:
    """A cell as it was read, with everything that is wrong with its form."""

    source: str
    blocks: tuple[BlockText, ...]
    faults: tuple[Fault, ...]
