"""Run the section notebooks, several at a time, and report every failure at once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill

from thidua.errors import NotebookFailure, NotebooksFailed
from thidua.execute.client import ENGINE
from thidua.execute.endings import Stopped
from thidua.execute.faulty_pictures import faulty_pictures
from thidua.execute.in_kernel import in_kernel
from thidua.execute.kernel import Kernels, kernels
from thidua.execute.picture_files import embed_pictures
from thidua.execute.tidying import INJECTED, tidied
from thidua.execute.warm import Warm, warm


@dataclass(frozen=True)
class Job:
    """One notebook to run, of some by their names; the folder that they are from and where the executed copy goes."""

    name: str
    sources: Mapping[str, nbformat.NotebookNode]
    folder: Path
    output: Path


Progress = Callable[[str, int, int], None]
Executed = Callable[[str, nbformat.NotebookNode], None]
Recorded = Callable[[str, str], None]


def run_notebooks(
    jobs: Sequence[Job],
    parameters: dict[str, Any],
    root: Path,
    workers: int,
    progress: Progress,
    executed: Executed = lambda *_: None,
    *,
    parent: Warm | None = None,
    recorded: Recorded = lambda *_: None,
) -> None:
    """Execute all notebooks with ``root`` as their working folder.

    ``progress(name, done, total)`` is called after each cell. All notebooks run whatever happens to one of them;
    NotebooksFailed then names every failure; a picture that the report cannot show is one. ``parent`` forks the
    sections, from what it has opened; without one, they get one of their own. ``executed(name, notebook)`` is called
    with each that is sound, which nobody else keeps in memory, ``recorded(name, recording)`` before where what it
    asked for could be recorded (``recording``, as JSON); in any order, from several threads.
    """
    with ExitStack() as stack:
        forking = parent or stack.enter_context(warm())
        if parent is None or parent.opened is None:
            forking.open(root, str(parameters.get("period", "")))
        run = _Run(parameters, root, progress, executed, recorded, forking, stack)
        pool = stack.enter_context(ThreadPoolExecutor(max(1, workers)))
        failures = [failure for failed in pool.map(run.job, jobs) for failure in failed]
    if failures:
        raise NotebooksFailed(failures)


def execute_alone(nb_man: Any) -> None:
    """Execute the notebook that papermill manages, in the current folder and by itself."""
    parameters = dict(nb_man.nb.metadata.get("papermill", {}).get("parameters", {}))
    with ExitStack() as stack:
        parent = stack.enter_context(warm())
        parent.open(Path.cwd(), str(parameters.get("period", "")))
        run = _Run(parameters, Path.cwd(), lambda *_: None, lambda *_: None, lambda *_: None, parent, stack)
        run.execute(nb_man, lambda _: None)


class _Run:
    """What the notebooks of a run have in common."""

    def __init__(
        self,
        parameters: dict[str, Any],
        root: Path,
        progress: Progress,
        executed: Executed,
        recorded: Recorded,
        parent: Warm,
        stack: ExitStack,
    ):
        self._parameters = parameters
        self._root = root
        self._progress = progress
        self._executed = executed
        self._recorded = recorded
        self._parent = parent
        self._stack = stack
        self._asking = threading.Lock()
        self._shared: Kernels | None = None

    def job(self, job: Job) -> list[NotebookFailure]:
        """Run one notebook and write it, as far as it came; what is wrong with it."""
        source = job.sources[job.name]
        total = len(source.cells) + 1
        self._progress(job.name, 0, total)
        executed: list[nbformat.NotebookNode] = []
        recordings: list[str] = []

        def execute(nb_man: Any) -> None:
            executed.append(nb_man.nb)
            recordings.append(self.execute(nb_man, lambda cells: self._progress(job.name, cells, total)))

        try:
            papermill.execute_notebook(
                source,
                None,
                parameters=self._parameters,
                engine_name=ENGINE,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                execute=execute,
            )
        except Stopped as stopped:
            return [_failure(job, executed[0], stopped)]
        finally:
            for node in executed:
                embed_pictures(tidied(node), job.folder)
                nbformat.write(node, job.output)
        faulty = [_failure(job, executed[0], Stopped(*fault)) for fault in faulty_pictures(executed[0], job.folder)]
        if recordings[0] and not faulty:
            self._recorded(job.name, recordings[0])
        if not faulty:
            self._executed(job.name, executed[0])
        return faulty

    def execute(self, nb_man: Any, done: Callable[[int], None]) -> str:
        """Run the cells of one notebook, in a fork where there is one to be had; the recording, where there is one."""
        if sys.platform != "win32" and (line := self._parent.section()):
            from thidua.execute.in_fork import ForkedSection, NotBegun

            section = ForkedSection(nb_man, line, done)
            try:
                section.execute()
            except NotBegun:
                pass  # whoever forks has ended meanwhile
            else:
                return section.recorded
        shared = self._kernels()
        number = next(shared.numbers)
        launch = {"cwd": str(self._root), "env": shared.environment}
        return in_kernel(nb_man, shared.manager(number), shared.log(number), launch, done)

    def _kernels(self) -> Kernels:
        with self._asking:
            self._shared = self._shared or self._stack.enter_context(kernels())
            return self._shared


def _failure(job: Job, node: nbformat.NotebookNode, stopped: Stopped) -> NotebookFailure:
    """Where it stopped, in the notebook as its author sees it: without the cell that carries the parameters."""
    if stopped.cell < 0:
        return NotebookFailure(job.name, 0, "", str(stopped), str(job.output))
    before = node.cells[: stopped.cell + 1]
    place = sum(1 for cell in before if INJECTED not in cell.metadata.get("tags", []))
    return NotebookFailure(job.name, place, node.cells[stopped.cell].source, str(stopped), str(job.output))
