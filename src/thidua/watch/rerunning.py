"""The executed sections of a preview: kept, and run again where their notebook or the data changed."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat

from thidua.errors import NotebooksFailed
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.warm import AT_ONCE, Warm


class Superseded(Exception):
    """Something newer was saved: what is being made is no longer wanted."""


class Sections:
    """The executed notebooks of one period of a suite, by name. ``parent`` forks those that run.

    ``ran`` are those that ran last.
    """

    def __init__(self, root: Path, period: str, parent: Warm):
        self._root, self._period, self._parent = root, period, parent
        self.ran: set[str] = set()
        self._data = ""
        self._kept: dict[str, tuple[str, nbformat.NotebookNode]] = {}

    def open(self, data: str) -> None:
        """Have the period's data read for the sections that follow; ``data`` tells them from others."""
        if data != self._data:
            self._parent.open(self._root, self._period)
            self._data = data

    def abandon(self) -> None:
        """End the sections that run, from another thread than the one that waits for them."""
        self._parent.open(self._root, self._period)

    def renewed(
        self,
        notebooks: Mapping[str, nbformat.NotebookNode],
        rests_on: str,
        superseded: Callable[[], bool],
        say: Callable[[str], None],
    ) -> dict[str, nbformat.NotebookNode]:
        """The executed notebooks; ``rests_on`` tells what else they rest on from the same at another time.

        What a notebook printed when it was saved is of no account, only its cells. NotebooksFailed names every section
        that stopped, Superseded takes its place where nobody wants them any more.
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
            self.ran = set(stale)
            with tempfile.TemporaryDirectory(prefix="thidua-") as made:
                jobs = [Job(n, notebooks[n], self._root / "notebooks", Path(made) / f"{n}.ipynb") for n in stale]
                try:
                    ran = run_notebooks(
                        jobs, {"period": self._period}, self._root, AT_ONCE, progress, parent=self._parent
                    )
                except NotebooksFailed:
                    if superseded():
                        raise Superseded from None
                    raise
            for name, node in ran.items():
                self._kept[name] = stamps[name], node
        return {name: self._kept[name][1] for name in notebooks}


def _stamp(node: nbformat.NotebookNode, rests_on: str) -> str:
    cells = [[c.cell_type, c.source, c.metadata.get("tags") or [], c.get("attachments"), c.id] for c in node.cells]
    return hashlib.sha256(json.dumps([rests_on, cells]).encode()).hexdigest()
