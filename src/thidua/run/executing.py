"""The sections of a run: those that must run do, the others are taken as they were kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from thidua.archive.contents import NOTEBOOKS
from thidua.contracts import FigureRecord
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
    """The executed sections: their notebooks are the files in ``folder``.

    ``opened`` are the files that their cells opened, as ``Recording.files`` has them, each content once.
    ``beyond`` says of each section, by its name and in the order of the notebooks, why it does not follow from what is
    archived alone, in words; empty where it does.
    """

    folder: Path
    opened: list[tuple[str, str]]
    beyond: dict[str, str]

    def sections(self) -> dict[str, Carried]:
        """What they carry, by name; their files are read."""
        known: dict[str, FigureRecord] = {}
        files = {name: file_of(self.folder, name) for name in self.beyond}
        return {name: carried(read_executed(file.read_bytes()), known) for name, file in files.items()}


def execute(
    inputs: Inputs,
    notebooks: Mapping[str, nbformat.NotebookNode],
    folder: Path,
    workers: int,
    progress: Progress,
    parent: Warm | None = None,
    *,
    fresh: bool = False,
    data_asked: Callable[[], object] = lambda: None,
) -> Executed:
    """Execute the sections; their files stand in the folder's «notebooks».

    Of a section nothing is kept in memory but what it opened. Those run whose notebook, software or answers to what
    they ask have changed; all with ``fresh``. NotebooksFailed names every failure. ``parent`` forks them, where
    somebody started one beforehand. ``data_asked`` is called before they do, when the data of the inputs are no more
    needed here.
    """
    made = folder / "notebooks"
    made.mkdir()
    kept = KeptSections(inputs, {"period": inputs.params.period}, folder / NOTEBOOKS)
    opened: set[tuple[str, str]] = set()
    beyond: dict[str, str] = {}

    def noted(name: str, source: nbformat.NotebookNode, recording: Recording | None) -> None:
        beyond[name] = beyond_inputs(source, recording)
        # Of one that wrote files nobody can tell which it has made itself.
        if recording and not recording.beyond:
            opened.update(recording.files.items())

    stale = []
    for name, source in notebooks.items():
        if not fresh and (known := kept.known(name, source)) is not None:
            file_of(made, name).write_bytes(known.executed)
            noted(name, source, known.recording)
        else:
            stale.append(name)
    progress.begin(Phase.SECTIONS, stale)
    progress.kept([*beyond])

    def recorded(name: str, recording: str) -> None:
        # At once: those that ran to their end need not do so again because others fail.
        source = notebooks[name]
        noted(name, source, kept.keep(name, source, recording, file_of(made, name).read_bytes()))

    if stale:
        kept.let_go()
        data_asked()
        kept.run(stale, notebooks, made, workers, progress.part, lambda *_: None, recorded, parent)
    for name in stale:
        if name not in beyond:
            noted(name, notebooks[name], None)
    return Executed(made, sorted(opened), {name: beyond[name] for name in notebooks})
