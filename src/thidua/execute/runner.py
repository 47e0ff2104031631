"""Run the section notebooks, several at a time, and report every failure at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill

from thidua.errors import NotebookFailure, NotebooksFailed
from thidua.execute.client import ENGINE, Stopped
from thidua.execute.kernel import Kernels, kernels
from thidua.execute.picture_files import embed_pictures
from thidua.execute.tidying import INJECTED, tidied


@dataclass(frozen=True)
class Job:
    """One notebook to run: its name, its cells, the folder that they are from and where the executed copy goes."""

    name: str
    source: nbformat.NotebookNode
    folder: Path
    output: Path


Progress = Callable[[str, int, int], None]


def run_notebooks(
    jobs: Sequence[Job], parameters: dict[str, Any], root: Path, workers: int, progress: Progress
) -> dict[str, nbformat.NotebookNode]:
    """Execute all notebooks with ``root`` as their working folder; the executed ones by name.

    ``progress(name, done, total)`` is called after each cell. All notebooks run whatever happens to one of them;
    NotebooksFailed then names every failure.
    """
    with kernels() as shared, ThreadPoolExecutor(max(1, workers)) as pool:
        running = [pool.submit(_run, job, n, parameters, root, shared, progress) for n, job in enumerate(jobs)]
    results = [r.result() for r in running]
    failures = [r for r in results if isinstance(r, NotebookFailure)]
    if failures:
        raise NotebooksFailed(failures)
    return {job.name: node for job, node in zip(jobs, results, strict=True)}


def _run(
    job: Job, number: int, parameters: dict[str, Any], root: Path, shared: Kernels, progress: Progress
) -> nbformat.NotebookNode | NotebookFailure:
    total = len(job.source.cells) + 1
    progress(job.name, 0, total)
    executed: list[nbformat.NotebookNode] = []
    try:
        papermill.execute_notebook(
            job.source,
            None,
            parameters=parameters,
            engine_name=ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            kernel=shared.manager(number),
            log=shared.log(number),
            launch={"cwd": str(root), "env": shared.environment},
            done=lambda cells: progress(job.name, cells, total),
            executed=executed.append,
        )
    except Stopped as stopped:
        return _failure(job, executed[0], stopped)
    finally:
        for node in executed:
            embed_pictures(tidied(node), job.folder)
            nbformat.write(node, job.output)
    return executed[0]


def _failure(job: Job, node: nbformat.NotebookNode, stopped: Stopped) -> NotebookFailure:
    """Where it stopped, in the notebook as its author sees it: without the cell that carries the parameters."""
    if stopped.cell < 0:
        return NotebookFailure(job.name, 0, "", str(stopped), str(job.output))
    before = node.cells[: stopped.cell + 1]
    place = sum(1 for cell in before if INJECTED not in cell.metadata.get("tags", []))
    return NotebookFailure(job.name, place, node.cells[stopped.cell].source, str(stopped), str(job.output))
