"""The executed sections of a preview: kept, and run again where their notebook or the data changed."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat

from thidua.execute.runner import Job, run_notebooks

_JOBS = 2 * (os.cpu_count() or 1)


class Superseded(Exception):
    """Something newer was saved: what is being made is no longer wanted."""


class Sections:
    """The executed notebooks of a suite by name."""

    def __init__(self, root: Path):
        self._root = root
        self._kept: dict[str, tuple[str, nbformat.NotebookNode]] = {}

    def renewed(
        self,
        notebooks: Mapping[str, nbformat.NotebookNode],
        period: str,
        rests_on: str,
        superseded: Callable[[], bool],
        say: Callable[[str], None],
    ) -> dict[str, nbformat.NotebookNode]:
        """The executed notebooks; ``rests_on`` tells the data that all of them read from others.

        What a notebook printed when it was saved is of no account, only its cells. NotebooksFailed names every section
        that stopped; those that ran are kept.
        """
        stamps = {name: _stamp(node, rests_on) for name, node in notebooks.items()}
        stale = [name for name, stamp in stamps.items() if self._kept.get(name, ("",))[0] != stamp]
        done: set[str] = set()

        def progress(name: str, cells: int, total: int) -> None:
            if superseded():
                raise Superseded
            if cells == total:
                done.add(name)
            say(f"Đang chạy {len(stale)} mục, xong {len(done)}" if len(stale) > 1 else f"Đang chạy mục {name}")

        if stale:
            with tempfile.TemporaryDirectory(prefix="thidua-") as made:
                jobs = [Job(n, notebooks[n], self._root / "notebooks", Path(made) / f"{n}.ipynb") for n in stale]
                for name, node in run_notebooks(jobs, {"period": period}, self._root, _JOBS, progress).items():
                    self._kept[name] = stamps[name], node
        return {name: self._kept[name][1] for name in notebooks}


def _stamp(node: nbformat.NotebookNode, rests_on: str) -> str:
    cells = [[c.cell_type, c.source, c.metadata.get("tags") or [], c.get("attachments"), c.id] for c in node.cells]
    return hashlib.sha256(json.dumps([rests_on, cells]).encode()).hexdigest()
