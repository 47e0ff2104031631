"""The sections of a run: those that must run do, the others are taken as they were kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat

from thidua.archive.contents import NOTEBOOKS
from thidua.document.executed import read_executed
from thidua.execute.warm import Warm
from thidua.inputs import Inputs
from thidua.progress.progress import Phase, Progress
from thidua.recording.record import Recording
from thidua.run.collect import Carried, carried
from thidua.run.files_of_ones_own import beyond_inputs
from thidua.run.kept_sections import KeptSections, file_of


@dataclass(frozen=True)
class Executed:
    """What the executed sections carry, by name; their notebooks are the files in ``folder``.

    ``opened`` are the files that their cells opened, as ``Recording.files`` has them, each content once.
    ``beyond`` says of each, in words, why it does not follow from what is archived alone; empty where it does.
    """

    sections: dict[str, Carried]
    folder: Path
    opened: list[tuple[str, str]]
    beyond: dict[str, str]


def execute(
    inputs: Inputs,
    notebooks: dict[str, nbformat.NotebookNode],
    folder: Path,
    workers: int,
    progress: Progress,
    parent: Warm | None = None,
    *,
    fresh: bool = False,
) -> Executed:
    """Execute the sections; their files stand in the folder's «notebooks».

    Of a notebook nothing is kept in memory but what it carries. Those run whose notebook, software or answers to what
    they ask have changed; all with ``fresh``. NotebooksFailed names every failure. ``parent`` forks them, where
    somebody started one beforehand.
    """
    made = folder / "notebooks"
    made.mkdir()
    kept = KeptSections(inputs, {"period": inputs.params.period}, folder / NOTEBOOKS)
    found: dict[str, Carried] = {}
    recordings: dict[str, Recording] = {}
    stale = {}
    for name, source in notebooks.items():
        if not fresh and (known := kept.known(name, source)) is not None:
            file_of(made, name).write_bytes(known.executed)
            found[name], recordings[name] = carried(known.node), known.recording
        else:
            stale[name] = source
    progress.begin(Phase.SECTIONS, list(stale))
    progress.kept(found)
    made_now: dict[str, str] = {}

    def executed(name: str, _: nbformat.NotebookNode) -> None:
        # As its file has it: in the process that ran it, what a cell shows has another order.
        found[name] = carried(read_executed(file_of(made, name).read_bytes()))

    try:
        if stale:
            kept.run(stale, made, workers, progress.part, executed, made_now.__setitem__, parent)
    finally:  # those that ran to their end need not do so again because others failed
        for name, recording in made_now.items():
            recordings[name] = kept.keep(name, notebooks[name], recording, file_of(made, name).read_bytes())
    # Of one that wrote files nobody can tell which it has made itself.
    opened = sorted({file for r in recordings.values() if not r.beyond for file in r.files.items()})
    beyond = {name: beyond_inputs(source, recordings.get(name)) for name, source in notebooks.items()}
    return Executed({name: found[name] for name in notebooks}, made, opened, beyond)
