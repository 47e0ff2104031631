"""From the stitched document to its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from thidua.charts.picture import all_drawn
from thidua.document.block import Chart, Heading, Table, plain
from thidua.document.document import Document, Section
from thidua.machine.forks import forks
from thidua.publish.audit.audit_workbook import write_audit
from thidua.publish.evidence import Evidence
from thidua.publish.html.screen import Beside, Link
from thidua.publish.kept_outputs import KeptOutputs
from thidua.publish.preview import Preview
from thidua.publish.printing import PDF, WORD, write_volumes
from thidua.publish.review import UNTITLED, ReviewedSection, write_review
from thidua.publish.slip import slip_of
from thidua.publish.submitted_books import SubmittedBooks
from thidua.publish.volumes import Volume, volumes, weight
from thidua.tables.appendix_workbook import write_appendix

# What the report's page leads to, by the names that readers know; the appendix workbooks stand between.
_VOLUMES = ((PDF, "Bản PDF"), (WORD, "Bản Word"))
_SLIP, _ONE_PAGE = ("phieu-trinh.pdf", "Phiếu trình ký"), ("tom-tat.pdf", "Bản tóm tắt")
_AUDIT = "so-lieu.xlsx"
_BEHIND = ((_AUDIT, "Số liệu và cách tính"), ("review/index.html", "Trang thẩm định"))
# Of a report of more letters, some fifty pages with notes, each output takes so much room that they take turns.
_SIDE_BY_SIDE = 400_000
_TOO_LONG = "bản tóm tắt dài hơn một trang; hãy rút bớt lời trong notebook của nó"


def publish_report(
    document: Document,
    sections: Sequence[ReviewedSection],
    evidence: Evidence,
    books: SubmittedBooks,
    run: str,
    folder: Path,
    kept: KeptOutputs,
) -> list[str]:
    """Write the whole report into the folder of a ``run`` of that name.

    The report as HTML, PDF and Word, the appendix workbooks, the audit workbook over the submitted ``books``, and the
    reviewer's pages; the summary as a page of its own and at the head of the HTML. The workbooks are also attached
    inside the PDF: a document sent on carries its data. The edition for the archive is the same pages without
    attachments, which its standard does not allow; phieu-trinh.pdf is one page for whoever signs.

    What is ``kept`` of an earlier run and follows from the same is taken.

    Returns in words what the pages of the PDF do not show of it.
    """
    report, pages = document.report, Preview(kept)
    for chart in (b for b in document.blocks() if isinstance(b, Chart)):
        for look in filter(None, (chart, chart.for_phones)):
            pages.drawings(look)  # here: what follows reads them side by side
    all_drawn()  # the process that draws holds a hundred megabytes
    attached = dict(_appendices(report, folder))
    bound = volumes(report)

    def audit() -> dict[Path, str]:
        path = folder / _AUDIT
        path.write_bytes(audited(document, evidence, books, path, kept))
        return {**attached, path: "Số liệu của báo cáo và cách tính"}

    def screen() -> None:
        links = [Link(v.name(name), _called(words, v, bound)) for name, words in _VOLUMES for v in bound]
        others = (_SLIP, *([_ONE_PAGE] if summary else []), *((path.name, title) for path, title in attached.items()))
        beside = Beside([*links, *(Link(*link) for link in (*others, *_BEHIND))], "review/", books)
        with (folder / "bao-cao.html").open("w", encoding="utf-8", newline="\n") as page:
            page.writelines(pages.html(document, evidence, beside))
        write_review(report, sections, evidence, pages.drawings, run, folder / "review")

    with forks() as begin:
        workbooks = begin("viết so-lieu.xlsx", audit)
        (folder / _SLIP[0]).write_bytes(slip_of(document, evidence))
        summary = pages.summary(document, evidence)
        if summary:
            (folder / _ONE_PAGE[0]).write_bytes(summary.pdf)
        if is_long := weight(report) > _SIDE_BY_SIDE:
            workbooks()
        shown = begin("viết trang báo cáo và trang thẩm định", screen)
        if is_long:
            shown()
        lost = write_volumes(bound, pages.drawings, workbooks, folder)
        shown()
    return lost if summary is None or summary.fits else [_TOO_LONG, *lost]


def _called(name: str, volume: Volume, bound: Sequence[Volume]) -> str:
    return name if len(bound) == 1 else f"{name}, tập {volume.number}"


def _appendices(document: Document, folder: Path) -> Iterator[tuple[Path, str]]:
    """Write the appendix workbooks; each with what it holds."""
    for number, section in enumerate((s for s in document.sections if s.kind == "appendix"), 1):
        heading, path = _title(section), folder / f"phu-luc-{number}.xlsx"
        title = plain(heading.runs)
        tables = [b for b in section.blocks if isinstance(b, Table)]
        write_appendix(tables, path, heading.number, title, document.properties, wide=section.wide)
        yield path, f"{heading.number}. {title}"


def audited(document: Document, evidence: Evidence, books: SubmittedBooks, path: Path, kept: KeptOutputs) -> bytes:
    """The audit workbook over the submitted ``books``; where it has to be made, that is done at ``path``."""
    titles, facts, disputes = _titles(document), document.properties, evidence.disputes

    def follows_from() -> Iterator[Any]:
        for records in (evidence.figures, evidence.findings):
            yield len(records)
            yield from (record.model_dump_json(exclude_defaults=True) for record in records)
        open_ = [[d.finding.id, d.label, d.department] for d in disputes.all]
        yield [[facts.title, facts.author, facts.date.isoformat()], titles, open_, books.identity]

    def make() -> bytes:
        write_audit(books, evidence.figures, evidence.findings, facts, path, titles, disputes)
        return path.read_bytes()

    return kept.taken(path.name, follows_from, make)


def _titles(document: Document) -> dict[str, str]:
    """What each section is called, by the section's name: its title, or what such a part is called."""
    parts = {s.slug: UNTITLED[s.kind] for s in document.sections if s.kind in UNTITLED}
    return parts | {h.anchor: plain(h.runs) for h in document.headings if h.anchor}


def _title(section: Section) -> Heading:
    return next(b for b in section.blocks if isinstance(b, Heading))
