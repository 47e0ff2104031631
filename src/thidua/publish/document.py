"""The document's facts and its parts, as the publishing stage receives them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import nbformat

PartKind = Literal["section", "appendix", "front", "back"]


@dataclass(frozen=True)
class Document:
    """What the files carry in their properties. ``pdf_id`` and ``date`` come from the inputs, never from the clock.

    ``reference`` is the line under an appendix's title that says which document it belongs to.
    """

    title: str
    author: str
    language: str
    subject: str
    date: dt.date
    pdf_id: str
    reference: str


@dataclass(frozen=True)
class Part:
    """A node of the outline in reading order.

    ``level`` 1 is the outermost heading; ``heading`` is given by the outline, or None where the notebook brings its
    own; ``notebook`` is None for a node that is only a heading.
    """

    level: int
    heading: str | None
    notebook: nbformat.NotebookNode | None
    slug: str
    kind: PartKind
