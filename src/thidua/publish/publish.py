"""From the parts of the document to its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from thidua.collect import appendix_tables
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.publish.audit_workbook import write_audit
from thidua.publish.document import Document, Part
from thidua.publish.evidence import Evidence
from thidua.publish.exporter import ReportExporter
from thidua.publish.legible import unreadable
from thidua.publish.paper import paper_html, write_pdf
from thidua.publish.review import write_review
from thidua.publish.stitch import Stitched, stitch
from thidua.publish.word import write_docx
from thidua.tables.workbook import write_appendix


def publish_report(
    parts: Sequence[Part],
    document: Document,
    evidence: Evidence,
    books: Sequence[RawWorkbook],
    run: str,
    folder: Path,
) -> list[str]:
    """Write the whole report into the folder of a ``run`` of that name.

    The report as HTML, PDF and Word, the appendix workbooks, the audit workbook over the submitted ``books``, and the
    reviewer's pages. The workbooks are also attached inside the PDF: a document sent on carries its data.

    Returns in words what the pages of the PDF do not show of it.
    """
    stitched = stitch(parts, document)
    html = ReportExporter().page_of(stitched, document, evidence, "review/")
    (folder / "bao-cao.html").write_text(html, encoding="utf-8")
    attached = dict(_appendices(parts, stitched, document, folder))
    audit = folder / "so-lieu.xlsx"
    write_audit(books, evidence.figures, evidence.findings, document, audit)
    attached[audit] = "Số liệu của báo cáo và cách tính"
    paper, pdf = paper_html(stitched, document), folder / "bao-cao.pdf"
    write_pdf(paper, document, attached, pdf)
    write_docx(stitched, document, folder / "bao-cao.docx")
    write_review(parts, stitched, document, evidence, run, folder / "review")
    return unreadable(paper, pdf)


def _appendices(
    parts: Sequence[Part], stitched: Stitched, document: Document, folder: Path
) -> Iterator[tuple[Path, str]]:
    """Write the appendix workbooks; each with what it holds."""
    headings = {h.id: h for h in stitched.headings}
    shown = [p for p in parts if p.kind == "appendix" and p.slug in headings]
    for number, part in enumerate(shown, 1):
        heading, path = headings[part.slug], folder / f"phu-luc-{number}.xlsx"
        write_appendix(appendix_tables(part.notebook), path, heading.number, heading.plain, document)
        yield path, f"{heading.number}. {heading.plain}"
