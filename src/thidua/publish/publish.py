"""From the parts of the document to its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua.publish.document import Document, Part
from thidua.publish.evidence import Evidence
from thidua.publish.exporter import ReportExporter
from thidua.publish.paper import paper_html, write_pdf
from thidua.publish.stitch import Stitched, stitch
from thidua.publish.word import write_docx


def publish_report(parts: Sequence[Part], document: Document, evidence: Evidence, folder: Path) -> Stitched:
    """Write the report into a run's folder as HTML, PDF and Word; the stitched document that they show."""
    stitched = stitch(parts, document)
    html = ReportExporter().page_of(stitched, document, evidence, "review/")
    (folder / "bao-cao.html").write_text(html, encoding="utf-8")
    write_pdf(paper_html(stitched, document), document, folder / "bao-cao.pdf")
    write_docx(stitched, document, folder / "bao-cao.docx")
    return stitched
