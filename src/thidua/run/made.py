"""A run that is made, or was made before of the very same inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua.archive.contents import OWN, contents_of, run_name
from thidua.archive.sealed_before import findings_of, sealed_before
from thidua.contracts import FindingRecord
from thidua.execute.warm import Warm
from thidua.inputs import Inputs
from thidua.progress.progress import Progress
from thidua.run.kept_runs import kept_run


@dataclass(frozen=True)
class Made:
    """A finished run: its folder, the findings, and what a person should know about the making.

    That is what the notebooks missed in the data, what the report leaves out of them, and what the pages do not show.
    ``before`` is whether it was sealed by an earlier run and nothing has changed since.
    """

    folder: Path
    findings: Sequence[FindingRecord]
    notes: Sequence[str] = ()
    before: bool = False


def make(
    inputs: Inputs, output: Path, workers: int, progress: Progress, parent: Warm | None = None, *, fresh: bool = False
) -> Made:
    """Make the whole report; where a sealed run was made of these very inputs, that one, unless ``fresh``.

    ``parent`` forks the sections, where somebody started one beforehand.

    NotebooksFaulty names every mistake in their prose before any is run, NotebooksFailed every failure.
    """
    before = None if fresh else _made_before(inputs, output)
    if before is not None:
        return before
    # Publishing brings heavy libraries: where there is nothing to make, nobody waits for them.
    from thidua.run.pipeline import run

    return Made(*run(inputs, output, workers, progress, parent, fresh=fresh))


def _made_before(inputs: Inputs, output: Path) -> Made | None:
    """The sealed run that was made of all that a run would be made of now."""
    period, contents = inputs.params.period, contents_of(inputs)
    kept = kept_run(run_name(period, contents))
    if kept is None:
        return None
    read = {f"{OWN}/{name}": inputs.root / name for name in kept.files}
    if not all(path.is_file() for path in read.values()):
        return None
    folder = output / run_name(period, {**contents, **read})
    return Made(folder, findings_of(folder), kept.notes, before=True) if sealed_before(folder) else None
