"""The pages of a report, made again after each change, with what is still good of the time before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from thidua.document.document import Document
from thidua.language.capitals import uncapitalised
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence
from thidua.publish.html.screen import Beside, screen_html
from thidua.publish.in_dispute import in_dispute
from thidua.publish.kept_outputs import NOTHING_KEPT, KeptOutputs
from thidua.publish.pdf.one_page import on_one_page
from thidua.publish.pdf.typesetting import ACCESSIBLE, Standard, pages_of, pdf_of

_NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class Summary:
    """The edition of one page: the document as far as the page has it, its PDF, whether the page has all of it."""

    document: Document
    pdf: bytes
    fits: bool


class Preview:
    """Makes the pages of a report as often as it changes; a run makes them once.

    Drawings are kept while their charts are the same, the page of the summary while nothing on it changes; and the
    typesetter sets in its process only what it has not set before. So after a changed sentence the page takes about
    0.06 s of the processor and the PDF 0.1 s, where the first ones take a second. Whatever is kept, the bytes are those
    of a new ``Preview``.

    ``document`` is always the whole stitched document of a run, its summary included, as a draft where it is one.
    """

    def __init__(self, kept: KeptOutputs = NOTHING_KEPT) -> None:
        self.drawings = Drawings(kept)
        self._kept = kept
        self._summary: tuple[Document, Summary] | None = None

    def html(self, document: Document, evidence: Evidence, beside: Beside = _NOTHING_BESIDE) -> Iterator[str]:
        """The report as one page for the screen, the summary at its head: bao-cao.html, piece by piece.

        ``beside`` has the submitted workbooks that its cards show, and what it leads to.
        """
        summary = self.summary(document, evidence)
        above = summary.document.sections if summary else ()
        page = replace(document, sections=(*above, *document.report.sections))
        return screen_html(page, self.drawings, evidence, beside, self._kept)

    def summary(self, document: Document, evidence: Evidence) -> Summary | None:
        """The summary with what is in dispute below what its notebook says, on one page; None where there is none."""
        facts = document.properties
        summary = document.summary
        if not summary.sections:
            return None
        *above, last = summary.sections
        whole = replace(last, blocks=(*last.blocks, *in_dispute(evidence.disputes, evidence.findings)))
        properties = replace(facts, title=f"Tóm tắt {uncapitalised(facts.title)}")
        page = Document(properties, (*above, whole))
        if self._summary is None or self._summary[0] != page:
            self._summary = (page, Summary(*on_one_page(page, self.drawings)))
        return self._summary[1]

    def pdf(
        self,
        document: Document,
        standards: tuple[Standard, ...] = ACCESSIBLE,
    ) -> bytes:
        """The report on paper, without its summary: bao-cao.pdf but for what is attached to that."""
        return pdf_of(document.report, self.drawings, standards)

    def pages(self, document: Document) -> list[bytes]:
        """What ``pdf`` shows, page by page, as SVG: a page that did not change has the same bytes as before."""
        return pages_of(document.report, self.drawings)
