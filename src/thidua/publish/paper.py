"""The report on paper: HTML with footnotes in place, set by WeasyPrint as a tagged PDF/A."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from thidua import fonts
from thidua.publish.document import Document
from thidua.publish.screen import asset
from thidua.publish.stitch import Stitched

# Level A of PDF/A-3: for archiving, tagged for accessibility, with attachments allowed.
_VARIANT = "pdf/a-3a"
# The typesetter moves a whole note to the next page and loses what of it is longer than that; so many letters of HTML
# are some six lines.
_LONGEST = 600
_STOPS = (". ", "; ", ", ")
_TAG_OR_WORDS = re.compile(r"(<[^>]*>)|([^<\s]*\s+|[^<\s]+)")
_VOID = ("<br", "<img", "<wbr", "<hr")


def paper_html(stitched: Stitched, document: Document) -> str:
    """The document's HTML for the typesetter."""
    stamp = f"{document.date.isoformat()}T00:00:00Z"
    body = stitched.with_notes(_footnote)
    return f"""<!DOCTYPE html>
<html lang="{document.language}"><head><meta charset="utf-8">
<title>{escape(document.title)}</title>
<meta name="author" content="{escape(document.author)}">
<meta name="description" content="{escape(document.subject)}">
<meta name="dcterms.created" content="{stamp}"><meta name="dcterms.modified" content="{stamp}">
<style>{asset("styles/common.css")}{asset("styles/paper.css")}</style></head>
<body>{body}</body></html>"""


def _footnote(number: int, note: str) -> str:
    """A footnote in place. One longer than a page can hold goes on in further ones without a number of their own."""
    first, *more = _stretches(note)
    rest = "".join(f'<span class="fn more">{stretch}</span>' for stretch in more)
    return f'<span class="fn" data-number="{number}">{first}</span>{rest}'


def _stretches(html: str) -> list[str]:
    """A note in pieces of a few lines, torn between words outside of all elements, where possible after a stop."""
    pieces, depth = [""], 0
    for tag, words in _TAG_OR_WORDS.findall(html):
        last = pieces[-1]
        enough = len(last) > (_LONGEST if last.endswith(_STOPS) else 2 * _LONGEST)
        if words and depth == 0 and enough:
            pieces.append("")
        pieces[-1] += tag or words
        if tag and not tag.endswith("/>") and not tag.startswith(_VOID):
            depth += -1 if tag.startswith("</") else 1
    return pieces


def write_pdf(html: str, document: Document, attached: Mapping[Path, str], path: Path) -> None:
    """Set the pages, with the ``attached`` files inside, each with what it holds.

    The bytes depend on nothing but the arguments and the version of the typesetter.
    """
    fonts.use_only_these()
    # Each embedded font carries the time of its subsetting, which this variable sets.
    moment = datetime.combine(document.date, datetime.min.time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    import weasyprint  # loads Pango, which reads the font settings once

    nothing_loaded = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page = weasyprint.HTML(string=html, base_url=None, url_fetcher=nothing_loaded)
    attachments = [
        weasyprint.Attachment(
            string=file.read_bytes(),
            name=file.name,
            description=description,
            created=moment,
            modified=moment,
            relationship="Data",
        )
        for file, description in attached.items()
    ]
    page.write_pdf(path, pdf_variant=_VARIANT, pdf_identifier=document.pdf_id.encode(), attachments=attachments)
