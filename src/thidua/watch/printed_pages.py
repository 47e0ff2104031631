"""The pages of the PDF as pictures, each called by its content, and on which of them a section begins."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2

from thidua.document.document import Document

_SIZE = re.compile(rb'<svg[^>]*? width="([\d.]+)pt" height="([\d.]+)pt"')


@dataclass(frozen=True)
class PrintedPage:
    """One page as SVG; ``id`` is the same where the page is the same; width and height are in points."""

    id: str
    svg: bytes
    width: float
    height: float


def printed_page(svg: bytes) -> PrintedPage:
    """The page of an SVG as the typesetter writes it."""
    size = _SIZE.search(svg[:2000])
    assert size is not None
    return PrintedPage(hashlib.sha256(svg).hexdigest()[:24], svg, float(size[1]), float(size[2]))


def first_pages(document: Document, pdf: bytes) -> Mapping[str, int]:
    """On which page of its PDF, from 0, each section of a document begins: by its first heading.

    What has no heading of its own begins where the section before it does, as far as anybody can tell.
    """
    pages = _pages_of_headings(pdf)
    headings = [len(Document(document.properties, (section,)).headings) for section in document.sections]
    if sum(headings) != len(pages):
        return {}
    before = accumulate(headings, initial=0)
    found: dict[str, int] = {}
    page = 0
    for section, own, first in zip(document.sections, headings, before, strict=False):
        page = pages[first] if own else page
        found[section.slug] = page
    return found


def _pages_of_headings(pdf: bytes) -> Sequence[int]:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [dest.get_index() or 0 for entry in opened.get_toc() if (dest := entry.get_dest())]
    finally:
        opened.close()
