"""The run: intake, checks, notebooks, publishing, sealing, in that order and in one direction."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import nbformat

from thidua.archive.bag import seal
from thidua.archive.contents import NOTEBOOKS, contents_of, copy_contents, refuse_changed, run_name
from thidua.archive.crate import run_by_this_process, write_crate
from thidua.archive.software import software
from thidua.archive.workspace import executed_kept, place, workspace
from thidua.checks.engine import check
from thidua.checks.finding import Finding
from thidua.contracts import as_json
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.sources import read_notebooks
from thidua.execute.warm import Warm
from thidua.inputs import Inputs
from thidua.judged import keep_judgement
from thidua.progress.progress import Phase, Progress
from thidua.prose.checking import check_notebooks
from thidua.publish.publish import publish_report
from thidua.run.collect import notes
from thidua.run.composing import books_behind, compose


def run(
    inputs: Inputs, output: Path, workers: int, progress: Progress, parent: Warm | None = None
) -> tuple[Path, list[Finding], list[str]]:
    """Make the whole report: the path of the sealed run, the findings, and what a person should know about the making.

    That is what the notebooks missed in the data, what the report leaves out of them, and what the pages do not show.
    ``parent`` forks the sections, where somebody started one beforehand.

    NotebooksFaulty names every mistake in their prose before any is run, NotebooksFailed every failure.
    """
    start = dt.datetime.now(dt.UTC)
    progress.begin(Phase.CHECKING)
    notebooks = read_notebooks({n: inputs.root / "notebooks" / f"{n}.ipynb" for n in inputs.params.notebooks})
    check_notebooks(notebooks)
    workbooks = inputs.workbooks | inputs.further_workbooks
    further, below = inputs.further_files, inputs.unit_files
    contents = contents_of(inputs.root, inputs.params, inputs.params_file, workbooks, further, below)
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    keep_judgement(inputs.root, inputs.params, inputs.params_file, checked)
    if parent:
        parent.open(inputs.root, inputs.params.period)
    with workspace(output, inputs.params.period) as folder:
        copy_contents(contents, folder)
        name = run_name(inputs.params.period, folder)
        with executed_kept(folder, output, name):
            executed = execute(inputs, notebooks, folder, workers, progress, parent)
            progress.begin(Phase.TYPESETTING)
            made = compose(inputs, checked, executed, name)
            document, evidence = made.document, made.evidence
            books = books_behind(inputs, evidence)
            unreadable = publish_report(document, made.sections, evidence, books, name, folder)
            _write_json(folder / "figures.json", as_json(evidence.figures))
            _write_json(folder / "checks.json", as_json(evidence.findings))
            _write_json(folder / "untold.json", as_json(made.told.untold))
            progress.begin(Phase.SEALING)
            refuse_changed(contents, folder)
            made_with = software()
            write_crate(folder, inputs.params, run_by_this_process(name, start, made_with))
            seal(folder, name, f"thidua {made_with.thidua}")
            return (
                place(folder, output, name),
                checked.findings,
                [*notes(executed, document), *unreadable, made.told.sentence],
            )


def execute(
    inputs: Inputs,
    notebooks: dict[str, nbformat.NotebookNode],
    folder: Path,
    workers: int,
    progress: Progress,
    parent: Warm | None = None,
) -> dict[str, nbformat.NotebookNode]:
    """Run the sections; the executed notebooks, by name, are in the folder's «notebooks» too."""
    progress.begin(Phase.SECTIONS, parts=notebooks)
    made = folder / "notebooks"
    made.mkdir()
    jobs = [Job(name, source, folder / NOTEBOOKS, made / f"{name}.ipynb") for name, source in notebooks.items()]
    return run_notebooks(jobs, {"period": inputs.params.period}, inputs.root, workers, progress.part, parent=parent)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
