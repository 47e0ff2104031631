"""From the executed sections to what is published: the document, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thidua.checks.corrections import Correction, corrections
from thidua.checks.engine import Checked
from thidua.contracts import FigureRecord, FindingRecord
from thidua.document.block import Letterhead
from thidua.document.disputes import disputes_of
from thidua.document.document import Document
from thidua.document.draft import as_draft
from thidua.document.lacking_parts import without_told
from thidua.document.stitch import stitch
from thidua.gathered import WHY_APART, apart
from thidua.inputs import Inputs
from thidua.intake.records import Record
from thidua.intake.xlsx.workbook import open_workbook
from thidua.publish.evidence import Evidence
from thidua.publish.review import ReviewedSection
from thidua.publish.submitted_books import Opening, SubmittedBooks
from thidua.run.collect import Carried, charts, fallen, figures
from thidua.run.outline import parts_of, properties_of
from thidua.run.put_away import PutAway
from thidua.run.untold import Account, account
from thidua.settings.params import unit_of


@dataclass(frozen=True)
class Verdict:
    """What a report tells of the checks: the findings, what is printed otherwise than submitted."""

    findings: Sequence[FindingRecord]
    corrections: Sequence[Correction]


def verdict_of(checked: Checked) -> Verdict:
    """What a report tells of a check; the rest is as large as the data, and nobody needs it any more."""
    return Verdict([f.record for f in checked.findings], tuple(corrections(checked.printed)))


@dataclass(frozen=True)
class Composed:
    """A report before it is typeset; ``told`` accounts for the submitted cells."""

    document: Document
    evidence: Evidence
    told: Account


def compose(inputs: Inputs, rows: PutAway, verdict: Verdict, sections: Mapping[str, Carried], name: str) -> Composed:
    """Put the executed sections together, marked as a draft where the checks found what is in dispute.

    ``rows`` are those of the inputs; they are asked for when the document is made.
    """
    # A summary prints what the report tells, and that is where a number leads.
    summaries = {p.slug for p in parts_of(inputs.params, dict.fromkeys(sections, ())) if p.kind == "summary"}
    numbers = _followed(figures({n: sections[n] for n in sorted(sections, key=lambda name: name in summaries)}), inputs)
    document = stitched(inputs, sections, numbers, name)
    # The report's own blocks: what stitching left out is not told.
    told = _account(rows.records(), inputs, numbers, document, fallen(sections))
    who = inputs.submitters
    untold = told.by_department(who)
    disputes = disputes_of(verdict.findings, numbers, who)
    evidence = Evidence(numbers, verdict.findings, charts(document), untold, verdict.corrections, disputes, who)
    return Composed(as_draft(document, disputes), evidence, told)


def reviewed(inputs: Inputs, executed: Path) -> list[ReviewedSection]:
    """The executed notebooks of a folder as the reviewer reads them, in reading order."""
    names = inputs.params.notebooks
    parts = parts_of(inputs.params, dict.fromkeys(names, ()))
    return [ReviewedSection(p.slug, p.kind, executed / f"{p.slug}.ipynb") for p in parts if p.slug in names]


def _followed(figures: Sequence[FigureRecord], inputs: Inputs) -> list[FigureRecord]:
    """The figures, those from a cell of a unit below with the sealed run that it stands in."""
    units = [*inputs.data.units, *(u for past in inputs.past.values() for u in past.data.units)]
    runs = {unit.name: unit.run for unit in units if unit.taken}

    def run_of(figure: FigureRecord) -> str:
        return runs.get(unit_of(figure.source.file, runs), "") if figure.source and runs else ""

    return [f.model_copy(update={"run": run}) if (run := run_of(f)) else f for f in figures]


def _account(
    rows: Sequence[Record],
    inputs: Inputs,
    numbers: Sequence[FigureRecord],
    document: Document,
    lost: Sequence[str],
) -> Account:
    names = frozenset(unit.name for unit in inputs.data.units)
    return account(_accountable(rows, names), numbers, [*document.report.blocks()], lost, _apart(rows, names))


def _apart(rows: Sequence[Record], names: frozenset[str]) -> Callable[[Record], str]:
    """Why a unit's own number is none of the report's: it is of that unit alone."""
    alone = apart(rows, names)

    def why(record: Record) -> str:
        own = (record.kind, record.text("code")) in alone and unit_of(record.file, names)
        return WHY_APART if own else ""

    return why


def _accountable(rows: Iterable[Record], names: frozenset[str]) -> Iterator[Record]:
    """The rows that the report is to tell: of a row that several units below have, the first unit's stands for all."""
    seen = set()
    for record in rows:
        if unit_of(record.file, names):
            key = record.kind, record.text("code")
            if key in seen:
                continue
            seen.add(key)
        yield record


def stitched(inputs: Inputs, sections: Mapping[str, Carried], numbers: Iterable[FigureRecord], name: str) -> Document:
    """The executed sections, and the records of all their figures, as one document.

    Where its head says which units below have not reported, its sentences do not say it again behind each number; the
    summary, a document of its own, does.
    """
    parts = parts_of(inputs.params, {section: notebook.blocks for section, notebook in sections.items()})
    silent = {unit.name for unit in inputs.data.units if not unit.taken}
    of_report = [block for part in parts if part.kind != "summary" for block in part.blocks]
    if silent and any(isinstance(block, Letterhead) for block in of_report):
        parts = [
            part if part.kind == "summary" else replace(part, blocks=tuple(without_told(part.blocks, silent)))
            for part in parts
        ]
    return stitch(parts, properties_of(inputs.params, name), numbers)


def books_behind(inputs: Inputs, evidence: Evidence, opening: Opening = open_workbook) -> SubmittedBooks:
    """The period's workbooks, and of other periods' and units' the sheets that findings name or figures come from."""
    cited = {(cell.file, cell.sheet) for finding in evidence.findings for cell in finding.cells}
    cited |= {(f.source.file, f.source.sheet) for f in evidence.figures if f.source}
    files = {file for file, _ in cited}
    further = inputs.further_workbooks | inputs.unit_workbooks
    others = {name: path for name, path in further.items() if name in files}
    return SubmittedBooks(inputs.workbooks, others, cited, opening)
