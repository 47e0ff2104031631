"""From the parts of the document to its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua.publish.document import Document, Part
from thidua.publish.exporter import ReportExporter
from thidua.publish.paper import paper_html, write_pdf
from thidua.publish.stitch import stitch


def publish_report(parts: Sequence[Part], document: Document, folder: Path) -> None:
    """Write bao-cao.html and bao-cao.pdf into a run's folder."""
    html = ReportExporter().from_parts(parts, document)
    (folder / "bao-cao.html").write_text(html, encoding="utf-8")
    write_pdf(paper_html(stitch(parts, document), document), document, folder / "bao-cao.pdf")
