"""The run: intake, checks, notebooks, publishing, sealing, in that order and in one direction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from thidua.archive.bag import seal
from thidua.archive.contents import (
    contents_of,
    copied,
    copy_contents,
    hashes,
    refuse_changed,
    refuse_saved,
    refuse_unlike,
    run_name,
)
from thidua.archive.crate import run_by_this_process, write_crate
from thidua.archive.origin import Origin
from thidua.archive.software import software
from thidua.archive.workspace import executed_kept, place, workspace
from thidua.checks.engine import check
from thidua.contracts import FindingRecord, write_records
from thidua.execute.sources import read_notebooks
from thidua.execute.warm import Warm
from thidua.inputs import Inputs
from thidua.judged import keep_judgement
from thidua.machine.memory import give_back
from thidua.progress.progress import Phase, Progress
from thidua.prose.checking import check_notebooks
from thidua.publish.kept_outputs import KeptOutputs
from thidua.publish.publish import publish_report
from thidua.run.collect import codes_before, notes
from thidua.run.composing import books_behind, compose, reviewed, verdict_of
from thidua.run.executing import execute
from thidua.run.files_of_ones_own import as_read, not_archived, own_files
from thidua.run.made_by import made_by
from thidua.run.put_away import PutAway, as_bytes


def run(
    inputs: Inputs, output: Path, workers: int, progress: Progress, parent: Warm | None, *, fresh: bool
) -> tuple[Path, Sequence[FindingRecord], Sequence[str]]:
    """Make the whole report: the path of the sealed run, the findings, and what a person should know about the making.

    ``parent`` forks the sections, where somebody started one beforehand; it ends with them.

    NotebooksFaulty names every mistake in their prose before any is run, NotebooksFailed every failure.
    """
    start = dt.datetime.now(dt.UTC)
    progress.begin(Phase.CHECKING)
    contents = contents_of(inputs)
    stood = hashes(contents)
    notebooks = read_notebooks({n: inputs.root / "notebooks" / f"{n}.ipynb" for n in inputs.params.notebooks})
    check_notebooks(notebooks)
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    keep_judgement(inputs, checked)
    verdict, earlier = as_bytes(verdict_of(checked)), codes_before(inputs)
    del checked
    rows = PutAway(inputs)
    if parent:
        parent.open(inputs.root, inputs.params.period)
    with workspace(output, inputs.params.period) as folder:
        copy_contents(contents, folder)
        refuse_saved(inputs.saved_since())  # between their reading and now; from now on the copies tell
        refuse_unlike(stood.items(), folder)
        without_files = run_name(inputs.params.period, copied(folder))
        with executed_kept(folder, output, without_files):
            executed = execute(
                inputs, notebooks, folder, workers, progress, parent, fresh=fresh, data_asked=rows.put_away
            )
            if parent:
                parent.close()  # what sections need, data and all, is not what publishing needs
            progress.begin(Phase.TYPESETTING)
            read = own_files(inputs.root, executed.opened, contents)
            copy_contents(read, folder)
            refuse_unlike(as_read(inputs.root, executed.opened, {**contents, **read}), folder)
            name = run_name(inputs.params.period, copied(folder)) if read else without_files
            carried = executed.sections()
            made = compose(inputs, rows, verdict(), carried, name)
            document, evidence = made.document, made.evidence
            told = notes(notebooks.values(), carried, document, earlier)
            told += not_archived(executed.opened)
            sections, beyond = reviewed(inputs, executed.folder), executed.beyond
            del executed, carried, notebooks, rows  # what they carry is in the document
            books = books_behind(inputs, evidence)
            inputs.let_go()
            give_back()
            kept = KeptOutputs(made_by(), fresh=fresh)
            unreadable = publish_report(document, sections, evidence, books, name, folder, kept)
            write_records(folder / "figures.json", evidence.figures)
            write_records(folder / "checks.json", evidence.findings)
            write_records(folder / "untold.json", made.told.untold)
            progress.begin(Phase.SEALING)
            refuse_changed({**contents, **read}, folder)
            made_with = software()
            origin = Origin(beyond, (*told, *unreadable, *made.told.sentences))
            write_crate(folder, inputs.params, run_by_this_process(name, start, made_with, origin))
            seal(folder, name, f"thidua {made_with.thidua}")
            return place(folder, output, name), evidence.findings, origin.notes
