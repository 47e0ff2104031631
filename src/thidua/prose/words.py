"""Words with values in them: stretches of runs that are put together, and know what is missing from them.

``Words`` is what every phrase of prose gives, and what tables take numbers and texts from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from thidua.document import runs
from thidua.document.block import Note, Run, Runs, Text, plain
from thidua.entries import SourceText
from thidua.figures import Figure
from thidua.language.capitals import uncapitalised

_QUOTED = re.compile("“[^”]*”")
# One that parts words, not decimals.
_COMMA = re.compile(r",(?!\d)")


@dataclass(frozen=True)
class Piece:
    """A run that comes from data or params and is printed as it stands, with the figures that it shows."""

    run: Run
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Words:
    """Typed words and pieces in their order. ``gaps`` says what is missing: with any, nothing of it can be told.

    ``data`` is whether it rests on the period's data; the unit's name and references do not. ``noughts`` are what was
    submitted as nought and is not in the words, each as a sentence tells it: «không có vụ cháy rừng».
    """

    parts: tuple[str | Piece, ...] = ()
    gaps: tuple[str, ...] = ()
    data: bool = True
    noughts: tuple[Words, ...] = ()

    def __add__(self, other: Words | str) -> Words:
        if isinstance(other, str):
            return replace(self, parts=(*self.parts, other))
        return Words(
            (*self.parts, *other.parts),
            (*self.gaps, *other.gaps),
            self.data or other.data,
            (*self.noughts, *other.noughts),
        )

    def __radd__(self, other: str) -> Words:
        return replace(self, parts=(other, *self.parts))

    @property
    def missing(self) -> bool:
        """Whether it cannot be told, since something that it needs is not there."""
        return bool(self.gaps)

    @property
    def all_nought(self) -> bool:
        """Whether nothing is missing but everything is nought."""
        return 0 < len(self.gaps) <= len(self.noughts)

    @property
    def as_runs(self) -> Runs:
        """As runs, for a table's cell."""
        return merged(Text(text=p) if isinstance(p, str) else p.run for p in self.parts)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures behind its values, in the order of the text; one twice where it is told twice."""
        return tuple(f for p in self.parts if isinstance(p, Piece) for f in p.figures)


def gap(why: str) -> Words:
    """A place where something should be said and nothing can be."""
    return Words((), (why,))


def joined(parts: Iterable[Words], joint: str) -> Words:
    """One after the other with ``joint`` between them."""
    told = Words()
    for number, part in enumerate(parts):
        told = told + joint + part if number else part
    return told


def enumerated(parts: list[Words]) -> Words:
    """«a, b và c»."""
    return joined([joined(parts[:-1], ", "), parts[-1]] if len(parts) > 1 else parts, " và ")


def series(parts: list[Words]) -> Words:
    """«a, b và c»; «a; b, c; d» where a part has a comma of its own outside quotation marks."""
    apart = any(_COMMA.search(_QUOTED.sub("", plain(part.as_runs))) for part in parts)
    return joined(parts, "; ") if apart and len(parts) > 1 else enumerated(parts)


def number(figure: Figure) -> Words:
    """A number behind the department's own qualifier, without the unit: «khoảng 4.200»; a gap where it is missing."""
    if figure.missing:
        return gap(f"{figure.label or figure.id}: {figure.why}")
    return qualified(figure, Words((Piece(runs.number(figure), (figure,)),)))


def with_unit(figure: Figure) -> Words:
    """«1.200,5 ha», «khoảng 4.200 con», «96,02%»."""
    if figure.missing:
        return number(figure)
    first, *rest = runs.with_unit(figure)
    return qualified(figure, Words((Piece(first, (figure,)), *(Piece(run) for run in rest))))


def qualified(figure: Figure, words: Words) -> Words:
    """With the word that says how exact a number is, which no sentence may lose."""
    return text(figure.quality) + " " + words if figure.quality else words


def text(value: str, why: str = "một ô chữ còn trống") -> Words:
    """A text from data or params as it stands; one from a workbook carries its cell."""
    if not value:
        return gap(why)
    return Words((Piece(runs.words(value)),), data=isinstance(value, SourceText))


def lower(value: str | None, why: str = "một ô chữ còn trống") -> Words:
    """A text from data as it stands inside a sentence: its first letter in lower case unless it starts a name."""
    if not value:
        return gap(why)
    lowered = uncapitalised(value)
    return text(SourceText(lowered, value.cell) if isinstance(value, SourceText) else lowered)


def inner(value: str, why: str = "một ô chữ còn trống") -> Words:
    """A row's text inside a sentence: without its own capital and its own stop."""
    return lower(unstopped(value), why)


def unstopped(value: str) -> str:
    """Without the stop that a row's text may end with: the sentence sets its own."""
    bare = value.rstrip(" .;,:")
    return SourceText(bare, value.cell) if isinstance(value, SourceText) else bare


def note(words: Words) -> Words:
    """A footnote."""
    return Words((Piece(Note(runs=words.as_runs), words.figures),), words.gaps)


def merged(pieces: Iterable[Run]) -> Runs:
    """Runs with neighbours of plain text as one."""
    found: list[Run] = []
    for run in pieces:
        last = found[-1] if found else None
        if isinstance(run, Text) and isinstance(last, Text) and _alike(run, last):
            found[-1] = last.model_copy(update={"text": last.text + run.text})
        elif not isinstance(run, Text) or run.text:
            found.append(run)
    return tuple(found)


def _alike(one: Text, other: Text) -> bool:
    return one.source is None and other.source is None and (one.style, one.link) == (other.style, other.link)
