"""Run the section notebooks, several at a time, and report every failure at once."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from thidua.errors import NotebookFailure, NotebooksFailed
from thidua.execute.pictures import embed_pictures
from thidua.execute.tidying import tidied

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
    with tempfile.TemporaryDirectory(prefix="thidua-") as name, ThreadPoolExecutor(max(1, workers)) as pool:
        folder = Path(name)
        # The working folder is the whole process's: were it set for each notebook, one would end another's.
        with _own_profile(folder), chdir(root):
            results = list(pool.map(lambda job: _run(job, parameters, folder, progress), jobs))
    failures = [r for r in results if isinstance(r, NotebookFailure)]
    if failures:
        raise NotebooksFailed(failures)
    return {job.name: node for job, node in zip(jobs, results, strict=True)}


@contextmanager
def _own_profile(folder: Path) -> Iterator[None]:
    """Start kernels with a profile made for the run: a user's own start-up files must not change a report.

    The profile keeps no history, and does not tell the terminal that a finished kernel was stopped.
    """
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    settings = "c = get_config()\nc.HistoryManager.enabled = False\nc.IPKernelApp.log_level = 50\n"
    (profile / "ipython_kernel_config.py").write_text(settings, encoding="utf-8")
    before = os.environ.get("IPYTHONDIR")
    os.environ["IPYTHONDIR"] = str(profile.parent)
    try:
        yield
    finally:
        if before is None:
            del os.environ["IPYTHONDIR"]
        else:
            os.environ["IPYTHONDIR"] = before


def _kernel(name: str, sockets: Path) -> Config:
    """Kernel settings. The default TCP transport is open to every user of the machine; sockets in a folder are not.

    Each kernel needs a connection file of its own, which the names of its sockets come from.
    """
    return Config({"KernelManager": {"transport": "ipc", "connection_file": str(sockets / f"{name}.json")}})


def _run(
    job: Job, parameters: dict[str, Any], sockets: Path, progress: Progress
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
            progress_bar=False,
            execution_timeout=_CELL_TIMEOUT,
            on_cell_executed=executed,
            config=_kernel(job.name, sockets),
        )
    except PapermillExecutionError as error:
        return NotebookFailure(job.name, error.cell_index, error.source, f"{error.evalue}".strip(), str(job.output))
    except Exception as error:  # a kernel that dies or does not start must not stop the other sections
        return NotebookFailure(job.name, 0, "", f"{type(error).__name__}: {error}", str(job.output))
    node = tidied(node)
    embed_pictures(node, job.source.parent)
    nbformat.write(node, job.output)
    progress(job.name, total, total)
    return node
