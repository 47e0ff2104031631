"""The stitched document as the writers receive it, and the facts that its files carry in their properties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from thidua.document.block import Block, Heading

# «disputes» is the list at the end of a draft.
Kind = Literal["section", "appendix", "front", "back", "summary", "disputes"]


@dataclass(frozen=True)
class Properties:
    """What the files carry in their properties. ``id`` and ``date`` come from the inputs, never from the clock.

    ``reference`` is the line under an appendix's title that says which document it belongs to. A ``draft`` has errors
    that nobody accepted.
    """

    title: str
    author: str
    language: str
    subject: str
    date: dt.date
    id: str
    reference: str
    draft: bool = False


@dataclass(frozen=True)
class Section:
    """The blocks of one part, its headings first: the part's name, its kind, whether it asks for a wide page."""

    slug: str
    kind: Kind
    blocks: tuple[Block, ...]
    wide: bool = False

    @property
    def apart(self) -> bool:
        """Whether it stands on pages of its own, behind the signature."""
        return self.kind in ("appendix", "disputes")


@dataclass(frozen=True)
class Document:
    """The whole document, numbered: headings, tables, charts and references have their final numbers.

    The heading that opens an appendix has level 1 and a number such as «Phụ lục I». Beside the report itself it may
    have a summary, which is a document of its own and stands at the head of the page on the screen.
    """

    properties: Properties
    sections: tuple[Section, ...]

    def blocks(self) -> Iterator[Block]:
        """All blocks in reading order."""
        for section in self.sections:
            yield from section.blocks

    @property
    def summary(self) -> Document:
        """The summary alone; without sections where the report has none."""
        return replace(self, sections=tuple(s for s in self.sections if s.kind == "summary"))

    @property
    def report(self) -> Document:
        """The report alone, without its summary."""
        return replace(self, sections=tuple(s for s in self.sections if s.kind != "summary"))

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings in the order of the text, appendices' included: what a table of contents lists."""
        return tuple(b for b in self.blocks() if isinstance(b, Heading))
