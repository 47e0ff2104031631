"""The run: intake, checks, notebooks, publishing, sealing, in that order and in one direction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from thidua.archive.bag import seal
from thidua.archive.contents import NOTEBOOKS, contents_of, copy_contents, refuse_changed, run_name
from thidua.archive.crate import run_by_this_process, write_crate
from thidua.archive.software import software
from thidua.archive.workspace import executed_kept, place, workspace
from thidua.checks.corrections import corrections
from thidua.checks.engine import check
from thidua.checks.finding import Finding
from thidua.contracts import as_json
from thidua.document.disputes import disputes_of
from thidua.document.document import Document
from thidua.document.draft import as_draft
from thidua.document.stitch import stitch
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.sources import read_notebooks
from thidua.inputs import Inputs
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.prose.checking import check_notebooks
from thidua.publish.evidence import Evidence
from thidua.publish.outputs import shown
from thidua.publish.publish import publish_report
from thidua.publish.review import ReviewedSection
from thidua.run.collect import charts, fallen, figures, notes
from thidua.run.outline import parts_of, properties_of
from thidua.run.untold import account


def run(
    inputs: Inputs, output: Path, workers: int, progress: Callable[[str, int, int], None]
) -> tuple[Path, list[Finding], list[str]]:
    """Make the whole report: the path of the sealed run, the findings, and what a person should know about the making.

    That is what the notebooks missed in the data, what the report leaves out of them, and what the pages do not show.

    NotebooksFaulty names every mistake in their prose before any is run, NotebooksFailed every failure.
    """
    start = dt.datetime.now(dt.UTC)
    notebooks = read_notebooks({n: inputs.root / "notebooks" / f"{n}.ipynb" for n in inputs.params.notebooks})
    check_notebooks(notebooks)
    workbooks = inputs.workbooks | inputs.further_workbooks
    contents = contents_of(inputs.root, inputs.params, inputs.params_file, workbooks, inputs.further_files)
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    with workspace(output, inputs.params.period) as folder:
        copy_contents(contents, folder)
        name = run_name(inputs.params.period, folder)
        with executed_kept(folder, output, name):
            executed = execute(inputs, notebooks, folder, workers, progress)
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
            evidence = Evidence(
                numbers, records, charts(document), untold, corrected, disputes, inputs.params.workbooks
            )
            document = as_draft(document, disputes)
            books = _books(inputs, evidence)
            unreadable = publish_report(document, sections, evidence, books, name, folder)
            _write_json(folder / "figures.json", as_json(evidence.figures))
            _write_json(folder / "checks.json", as_json(evidence.findings))
            _write_json(folder / "untold.json", as_json(told.untold))
            refuse_changed(contents, folder)
            made_with = software()
            write_crate(folder, inputs.params, run_by_this_process(name, start, made_with))
            seal(folder, name, f"thidua {made_with.thidua}")
            return (
                place(folder, output, name),
                checked.findings,
                [*notes(executed, document), *unreadable, told.sentence],
            )


def stitched(
    inputs: Inputs, executed: Mapping[str, nbformat.NotebookNode], name: str
) -> tuple[Document, list[ReviewedSection]]:
    """The executed sections as one document, and each as the reviewer reads it."""
    parts = parts_of(inputs.params, {section: shown(node) for section, node in executed.items()})
    sections = [ReviewedSection(p.slug, p.kind, executed[p.slug]) for p in parts if p.slug in executed]
    return stitch(parts, properties_of(inputs.params, name), figures(executed)), sections


def execute(
    inputs: Inputs,
    notebooks: dict[str, nbformat.NotebookNode],
    folder: Path,
    workers: int,
    progress: Callable[[str, int, int], None],
) -> dict[str, nbformat.NotebookNode]:
    """Run the sections; the executed notebooks, by name, are in the folder's «notebooks» too."""
    made = folder / "notebooks"
    made.mkdir()
    jobs = [Job(name, source, folder / NOTEBOOKS, made / f"{name}.ipynb") for name, source in notebooks.items()]
    return run_notebooks(jobs, {"period": inputs.params.period}, inputs.root, workers, progress)


def _books(inputs: Inputs, evidence: Evidence) -> list[RawWorkbook]:
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


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
