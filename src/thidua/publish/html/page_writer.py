"""The report's own page: numbers that open their card, notes at the end, charts as drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from thidua.document.block import (
    Chart,
    Heading,
    Letterhead,
    Mark,
    Note,
    Number,
    Reference,
    Signature,
    Table,
    Text,
)
from thidua.document.document import Document, Section
from thidua.document.html import HtmlWriter
from thidua.document.marks import gravest, sign, spoken
from thidua.document.numbering import POINT


class PageWriter(HtmlWriter):
    """Writes the report. ``notes`` has the notes' HTML in their order once the body is written.

    ``drawing`` gives a chart's SVG.
    """

    def __init__(self, drawing: Callable[[Chart], str]):
        self._drawing = drawing
        self._reference = ""
        self._is_appendix = False
        self.notes: list[str] = []

    def sections(self, document: Document) -> Iterator[str]:
        """The sections, one at a time: all that a long report shows, as one text, takes more room than the report."""
        self._reference = document.properties.reference
        for section in document.sections:
            yield self._section(section)

    def _section(self, section: Section) -> str:
        if section.kind == "summary":
            slug = escape(section.slug)
            opening = f'<section class="part summary" aria-labelledby="{slug}">\n<h2 id="{slug}">Tóm tắt</h2>'
            return f"{opening}\n{self.blocks(section.blocks)}\n</section>"
        self._is_appendix = section.kind == "appendix"
        wide = " wide" if section.wide else ""
        opening = f'<section class="part {section.kind}{wide}" id="muc-{escape(section.slug)}">'
        return f"{opening}\n{self.blocks(section.blocks)}\n</section>"

    def number(self, number: Number) -> str:
        """A number with its exact value and the id by which the reviewer's page finds its sources."""
        figure = f' data-fig="{escape(number.figure)}"' if number.figure else ""
        look = " missing" if number.missing else ""
        value = "" if number.missing else f' value="{number.value}"'
        look, findings = look + _look(number.marks), _findings(number.marks)
        return f'<data class="fig{look}"{figure}{findings}{value}>{escape(number.text)}</data>{marks(number.marks)}'

    def reference(self, reference: Reference) -> str:
        """A link to the table or chart."""
        return f'<a class="ref" href="#bang-bieu-{escape(reference.key)}">{escape(reference.label)}</a>'

    def note(self, note: Note) -> str:
        """The call of a footnote; its own text goes to ``notes``."""
        # Its place is taken before its own text is written, which may hold numbers but no notes.
        self.notes.append("")
        number = len(self.notes)
        self.notes[number - 1] = self.runs(note.runs)
        return (
            f'<sup class="fn-call"><a id="goi-{number}" href="#chu-thich-{number}" '
            f'aria-label="Chú thích {number}">{number}</a></sup>'
        )

    def sourced(self, text: Text) -> str:
        """A text from a workbook with the cell it stands in."""
        assert text.source is not None
        place = "|".join((text.source.file, text.source.sheet, text.source.cell))
        look, findings = _look(text.marks), _findings(text.marks)
        words = f'<span class="txt{look}" data-src="{escape(place)}"{findings}>{escape(text.text)}</span>'
        return words + marks(text.marks)

    def heading(self, heading: Heading) -> str:
        """A heading one below the document's title, the page's h1; what is too deep for HTML has its ARIA level."""
        words = self.runs(heading.runs)
        if self._is_appendix and heading.level == 1:
            return (
                f'<h2 class="heading appendix-title" id="{escape(heading.anchor)}">'
                f'<span class="no">{heading.number}</span> '
                f'<span class="title">{words}</span></h2>\n'
                f'<p class="appendix-reference">({escape(self._reference)})</p>'
            )
        number = f'<span class="no">{heading.number}</span> ' if heading.number else ""
        if heading.level >= POINT:
            # HTML has six levels and the document's title takes the first.
            aria = f'role="heading" aria-level="{heading.level + 1}"'
            return f'<p class="heading lv{heading.level}" {aria} id="{escape(heading.anchor)}">{number}{words}</p>'
        tag = f"h{heading.level + 1}"
        return f'<{tag} class="heading lv{heading.level}" id="{escape(heading.anchor)}">{number}{words}</{tag}>'

    def table(self, table: Table) -> str:
        """A table in a box of its own, which scrolls where the screen is narrower than the table."""
        return f'<div class="sideways">\n{super().table(table)}\n</div>'

    def chart(self, chart: Chart) -> str:
        """A figure with the drawing inline; its alternative text tells what the drawing shows."""
        key = escape(chart.key)
        anchor = f' id="bang-bieu-{key}"' if chart.number else ""
        looks = " looks" if chart.narrow else ""
        return (
            f'<figure class="chart{looks}" data-key="{key}"{anchor}>\n'
            f"{self._drawn(chart, '')}{self._drawn(chart.for_phones, ' narrow')}"
            f"<figcaption>{self.caption(chart)}</figcaption>\n</figure>"
        )

    def _drawn(self, chart: Chart | None, look: str) -> str:
        if chart is None:
            return ""
        name = escape(chart.alt)
        return f'<div class="chart-image{look}" role="img" aria-label="{name}">{self._drawing(chart)}</div>\n'

    def letterhead(self, head: Letterhead) -> str:
        """The head of the document: issuer and number, state and motto, place and date, then the title."""
        superior = f'<p class="superior">{escape(head.superior)}</p>\n' if head.superior else ""
        issuer = "<br>".join(escape(line) for line in head.issuer)
        draft = f'\n<p class="draft"><strong>{escape(head.draft)}</strong></p>' if head.draft else ""
        return f"""<div class="nd30-head">
<div class="issuer">{superior}<p class="name"><strong>{issuer}</strong></p>
<p class="number">{escape(head.number)}</p>{draft}</div>
<div class="state"><p class="country"><strong>{escape(head.state)}</strong></p>
<p class="motto"><strong>{escape(head.motto)}</strong></p>
<p class="place"><em>{escape(head.place_and_date)}</em></p></div>
</div>
<div class="nd30-title"><h1><span class="type">{escape(head.type)}</span><br>
<span class="abstract">{escape(head.abstract)}</span></h1></div>"""

    def signature(self, signature: Signature) -> str:
        """The recipients on the left, the signer on the right."""
        last = len(signature.recipients) - 1
        names = "".join(
            f"<li>- {escape(name)}{'.' if n == last else ';'}</li>" for n, name in enumerate(signature.recipients)
        )
        authority = "".join(f"<p><strong>{escape(line)}</strong></p>" for line in signature.authority.splitlines())
        return f"""<div class="nd30-sign">
<div class="recipients"><p><strong><em>Nơi nhận:</em></strong></p><ul>{names}</ul></div>
<div class="signer">{authority}<p><strong>{escape(signature.title)}</strong></p>
<p class="name"><strong>{escape(signature.name)}</strong></p></div>
</div>"""


def marks(marks: Sequence[Mark]) -> str:
    """What stands behind a disputed figure or text: signs for the eye, words for whoever hears the page."""
    if not marks:
        return ""
    said = f'<span class="hidden"> ({escape(spoken(marks))})</span>'
    return f'<sup class="mark" aria-hidden="true">{escape(sign(marks))}</sup>{said}'


def _look(marks: Sequence[Mark]) -> str:
    return f" disputed disputed-{gravest(marks)}" if marks else ""


def _findings(marks: Sequence[Mark]) -> str:
    return f' data-finding="{escape(" ".join(m.finding for m in marks))}"' if marks else ""
