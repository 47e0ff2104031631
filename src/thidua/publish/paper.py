"""The report on paper: HTML with footnotes in place, set by WeasyPrint as a tagged PDF/A."""

from __future__ import annotations

import os
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


def paper_html(stitched: Stitched, document: Document) -> str:
    """The document's HTML for the typesetter."""
    stamp = f"{document.date.isoformat()}T00:00:00Z"
    body = stitched.with_notes(lambda _number, note: f'<span class="fn">{note}</span>')
    return f"""<!DOCTYPE html>
<html lang="{document.language}"><head><meta charset="utf-8">
<title>{escape(document.title)}</title>
<meta name="author" content="{escape(document.author)}">
<meta name="description" content="{escape(document.subject)}">
<meta name="dcterms.created" content="{stamp}"><meta name="dcterms.modified" content="{stamp}">
<style>{asset("styles/common.css")}{asset("styles/paper.css")}</style></head>
<body>{body}</body></html>"""


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
