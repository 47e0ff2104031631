"""The executed sections of a preview: kept, and run again where something that they asked for has changed."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat

from thidua.document.executed import read_executed
from thidua.errors import NotebooksFailed
from thidua.execute.warm import AT_ONCE, Warm
from thidua.run.kept_sections import KeptSections, file_of


class Superseded(Exception):
    """Something newer was saved: what is being made is no longer wanted."""


@dataclass(frozen=True)
class _Executed:
    """An executed notebook as node and as file, and the stamp of what it was made of."""

    stamp: str
    node: nbformat.NotebookNode
    file: bytes


class Sections:
    """The executed notebooks of one period of a suite, by name. ``parent`` forks those that run.

    ``ran`` are those that ran last.
    """

    def __init__(self, root: Path, period: str, parent: Warm):
        self._root, self._period, self._parent = root, period, parent
        self.ran: set[str] = set()
        self._data = ""
        self._executed: dict[str, _Executed] = {}
        self._to_keep: list[Callable[[], object]] = []

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
        kept: KeptSections,
        files: str,
        superseded: Callable[[], bool],
        say: Callable[[str], None],
    ) -> dict[str, nbformat.NotebookNode]:
        """The executed notebooks. ``kept`` judges by the inputs of today, ``files`` tells those from others.

        What a notebook printed when it was saved is of no account, only its cells. NotebooksFailed names every section
        that stopped, Superseded takes its place where nobody wants them any more.
        """
        stamps = {name: _stamp(node, files) for name, node in notebooks.items()}
        changed = [n for n, stamp in stamps.items() if n not in self._executed or self._executed[n].stamp != stamp]
        for name in changed:
            if found := kept.known(name, notebooks[name]):
                self._take(name, stamps[name], found.executed)
        stale = [name for name in changed if name not in self._executed or self._executed[name].stamp != stamps[name]]
        if stale:
            self.ran = set(stale)
            self._run({name: notebooks[name] for name in stale}, stamps, kept, superseded, say)
        return {name: self._executed[name].node for name in notebooks}

    def keep(self) -> None:
        """Keep what ran for runs and previews to come. Nobody who looks at a draft has to wait for it."""
        while self._to_keep:
            self._to_keep.pop()()

    def _run(
        self,
        notebooks: Mapping[str, nbformat.NotebookNode],
        stamps: Mapping[str, str],
        kept: KeptSections,
        superseded: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        done: set[str] = set()

        def progress(name: str, cells: int, total: int) -> None:
            if superseded():
                raise Superseded
            if cells == total:
                done.add(name)
            many = len(notebooks) > 1
            say(f"Đang chạy {len(notebooks)} mục, xong {len(done)}" if many else f"Đang chạy mục {name}")

        with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
            made = Path(folder)
            recordings: dict[str, str] = {}
            ran: dict[str, nbformat.NotebookNode] = {}
            try:
                kept.run(
                    notebooks, notebooks, made, AT_ONCE, progress, ran.__setitem__, recordings.__setitem__, self._parent
                )
                for name, node in ran.items():
                    self._executed[name] = _Executed(stamps[name], node, file_of(made, name).read_bytes())
            except NotebooksFailed:
                if superseded():
                    raise Superseded from None
                raise
            finally:
                for name, recording in recordings.items():
                    file = file_of(made, name).read_bytes()
                    self._to_keep.append(partial(kept.keep, name, notebooks[name], recording, file))

    def _take(self, name: str, stamp: str, file: bytes) -> None:
        """A section as it was kept; the very same node as before where it is the same file."""
        before = self._executed.get(name)
        same = before is not None and before.file == file
        node = before.node if before is not None and same else read_executed(file)
        self._executed[name] = _Executed(stamp, node, file)


def _stamp(node: nbformat.NotebookNode, files: str) -> str:
    cells = [[c.cell_type, c.source, c.metadata.get("tags") or [], c.get("attachments"), c.id] for c in node.cells]
    return hashlib.sha256(json.dumps([files, cells]).encode()).hexdigest()
