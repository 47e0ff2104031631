"""A run that is made, or was made before of the very same inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua.archive.origin import graph_of, origin_of
from thidua.archive.sealed_before import findings_of, sealed_before
from thidua.contracts import FindingRecord
from thidua.execute.warm import Warm
from thidua.inputs import Inputs
from thidua.progress.progress import Progress


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
    before = None if fresh else sealed_before(inputs, output)
    if before is not None:
        origin = origin_of(graph_of(before))
        return Made(before, findings_of(before), origin.notes if origin else (), before=True)
    # Publishing brings heavy libraries: where there is nothing to make, nobody waits for them.
    from thidua.run.pipeline import run

    return Made(*run(inputs, output, workers, progress, parent, fresh=fresh))
