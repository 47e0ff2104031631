"""From the executed sections to what is published: the document, and what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from thidua.checks.corrections import corrections
from thidua.checks.engine import Checked
from thidua.document.disputes import disputes_of
from thidua.document.document import Document
from thidua.document.draft import as_draft
from thidua.document.stitch import stitch
from thidua.inputs import Inputs
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.publish.evidence import Evidence
from thidua.publish.outputs import shown
from thidua.publish.review import ReviewedSection
from thidua.run.collect import charts, fallen, figures
from thidua.run.outline import parts_of, properties_of
from thidua.run.untold import Account, account


@dataclass(frozen=True)
class Composed:
    """A report before it is typeset: ``sections`` are the executed notebooks as the reviewer reads them.

    ``told`` accounts for the submitted cells.
    """

    document: Document
    sections: list[ReviewedSection]
    evidence: Evidence
    told: Account


def compose(inputs: Inputs, checked: Checked, executed: Mapping[str, nbformat.NotebookNode], name: str) -> Composed:
    """Put the executed sections together, marked as a draft where the checks found what is in dispute."""
    document, sections = stitched(inputs, executed, name)
    # A summary prints what the report tells, and that is where a number leads.
    summaries = {section.slug for section in document.summary.sections}
    numbers = figures({n: executed[n] for n in sorted(executed, key=lambda name: name in summaries)})
    # The report's own blocks: what stitching left out is not told.
    told = account(inputs.data.records, numbers, [*document.report.blocks()], fallen(executed))
    untold = told.by_department(inputs.params.departments)
    records = [f.record for f in checked.findings]
    disputes = disputes_of(records, numbers, inputs.params.workbooks)
    corrected = tuple(corrections(checked.printed))
    evidence = Evidence(numbers, records, charts(document), untold, corrected, disputes, inputs.params.workbooks)
    return Composed(as_draft(document, disputes), sections, evidence, told)


def stitched(
    inputs: Inputs, executed: Mapping[str, nbformat.NotebookNode], name: str
) -> tuple[Document, list[ReviewedSection]]:
    """The executed sections as one document, and each as the reviewer reads it."""
    parts = parts_of(inputs.params, {section: shown(node) for section, node in executed.items()})
    sections = [ReviewedSection(p.slug, p.kind, executed[p.slug]) for p in parts if p.slug in executed]
    return stitch(parts, properties_of(inputs.params, name), figures(executed)), sections


def books_behind(inputs: Inputs, evidence: Evidence) -> list[RawWorkbook]:
    """The period's workbooks, and of other periods' the sheets that findings name or figures come from."""
    cited = {(cell.file, cell.sheet) for finding in evidence.findings for cell in finding.cells}
    cited |= {(f.source.file, f.source.sheet) for f in evidence.figures if f.source}
    files = {file for file, _ in cited}
    own = _opened(inputs.workbooks)
    others = _opened({name: path for name, path in inputs.further_workbooks.items() if name in files})
    return own + [replace(b, sheets=tuple(s for s in b.sheets if (b.file, s.title) in cited)) for b in others]


def _opened(workbooks: Mapping[str, Path]) -> list[RawWorkbook]:
    books = [open_workbook(path, name) for name, path in workbooks.items()]
    return [book for book in books if isinstance(book, RawWorkbook)]
