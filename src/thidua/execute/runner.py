"""Run the section notebooks, several at a time, and report every failure at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from thidua.errors import NotebookFailure, NotebooksFailed
from thidua.execute.tidying import tidied

# The default TCP transport is open to every user of the machine; ipc is not, and starts faster.
_KERNEL = Config({"KernelManager": {"transport": "ipc"}})
_CELL_TIMEOUT = 600


@dataclass(frozen=True)
class Job:
    """One notebook to run: its name, source and where its executed copy goes."""

    name: str
    source: Path
    output: Path


Progress = Callable[[str, int, int], None]


def run_notebooks(
    jobs: Sequence[Job], parameters: dict[str, Any], root: Path, workers: int, progress: Progress
) -> dict[str, nbformat.NotebookNode]:
    """Execute all notebooks with ``root`` as their working folder; the executed ones by name.

    ``progress(name, done, total)`` is called after each cell. All notebooks run whatever happens to one of them;
    NotebooksFailed then names every failure.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        results = list(pool.map(lambda job: _run(job, parameters, root, progress), jobs))
    failures = [r for r in results if isinstance(r, NotebookFailure)]
    if failures:
        raise NotebooksFailed(failures)
    return {job.name: node for job, node in zip(jobs, results, strict=True)}


def _run(
    job: Job, parameters: dict[str, Any], root: Path, progress: Progress
) -> nbformat.NotebookNode | NotebookFailure:
    total = sum(1 for c in nbformat.read(job.source, as_version=4).cells if c.cell_type == "code") + 1
    done = 0

    def executed(**_: Any) -> None:
        nonlocal done
        done += 1
        progress(job.name, min(done, total), total)

    progress(job.name, 0, total)
    try:
        node = papermill.execute_notebook(
            job.source,
            job.output,
            parameters=parameters,
            cwd=str(root),
            progress_bar=False,
            execution_timeout=_CELL_TIMEOUT,
            on_cell_executed=executed,
            config=_KERNEL,
        )
    except PapermillExecutionError as error:
        return NotebookFailure(job.name, error.cell_index, error.source, f"{error.evalue}".strip(), str(job.output))
    except Exception as error:  # a kernel that dies or does not start must not stop the other sections
        return NotebookFailure(job.name, 0, "", f"{type(error).__name__}: {error}", str(job.output))
    node = tidied(node)
    nbformat.write(node, job.output)
    progress(job.name, total, total)
    return node
