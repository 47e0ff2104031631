"""A sealed run as a comparison reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import nbformat
from pydantic import TypeAdapter

from thidua.archive.bag import PAYLOAD, name_of
from thidua.archive.contents import FOLDER, LIBRARY, NOTEBOOKS, RAW, UNITS
from thidua.archive.locate import is_run, no_run
from thidua.archive.origin import CRATE
from thidua.archive.packing import opened
from thidua.archive.software import recorded_versions
from thidua.contracts import FigureRecord, FindingRecord, UntoldRecord, read_figures, read_findings
from thidua.document.block import Block, Chart, Reference, Table
from thidua.document.lines import lines
from thidua.document.references import resolved
from thidua.document.walking import runs_of
from thidua.errors import ArchiveError
from thidua.intake.unit_runs import is_taken, unit_workbooks
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.language.own_data import own_data
from thidua.machine.file_hash import file_hash
from thidua.publish.outputs import shown
from thidua.settings.period import Period
from thidua.settings.typed_unit import typed_unit

Place = tuple[str, str, str]
T = TypeVar("T")
# Parts whose notebooks have no title.
_UNTITLED = {"summary": "Tóm tắt", "front": "Phần đầu", "back": "Phần cuối", "appendix": "Phụ lục"}


@dataclass(frozen=True)
class _Source:
    """A notebook as it was before the run: the title in its first cell, and its cells' sources by their ids."""

    title: str
    cells: Mapping[str, str]


_NO_SOURCE = _Source("", {})


@dataclass(frozen=True)
class SealedRun:
    """The parts of an opened run. ArchiveError where one that every run has is missing."""

    name: str
    folder: Path

    @cached_property
    def payload(self) -> Path:
        """The folder that the seal covers: inputs, params, notebooks and all that was made of them."""
        return self.folder / PAYLOAD

    @cached_property
    def figures(self) -> dict[str, FigureRecord]:
        """Every printed figure by its id. ArchiveError where figures.json is missing or not readable."""
        return {f.id: f for f in self._read("figures.json", read_figures)}

    @cached_property
    def findings(self) -> dict[str, FindingRecord]:
        """Every finding of the checks by its id. ArchiveError where checks.json is missing or not readable."""
        return {f.id: f for f in self._read("checks.json", read_findings)}

    @cached_property
    def untold(self) -> list[UntoldRecord]:
        """The submitted cells that its report does not tell. ArchiveError where untold.json cannot be read."""
        records = TypeAdapter(list[UntoldRecord])
        return self._read("untold.json", lambda path: records.validate_json(path.read_bytes()))

    @property
    def readable(self) -> bool:
        """Whether its figures can be read."""
        try:
            return self.figures is not None
        except ArchiveError:
            return False

    @cached_property
    def crate(self) -> list[dict[str, Any]]:
        """The entities of the RO-Crate's ``@graph``, as they stand. ArchiveError where the file cannot be read."""
        graph: list[dict[str, Any]] = self._json(CRATE)["@graph"]
        return graph

    @cached_property
    def versions(self) -> dict[str, str]:
        """Versions by name, as the run recorded them."""
        return recorded_versions(self.crate)

    @cached_property
    def software(self) -> dict[str, str]:
        """The same with what is remarked of each."""
        return {
            e["name"]: e["softwareVersion"] + (f" ({e['description']})" if "description" in e else "")
            for e in self.crate
            if e["@type"] == "SoftwareApplication"
        }

    @cached_property
    def period(self) -> str:
        """The id of its period: the run's name up to its last hyphen."""
        return self.name.rpartition("-")[0]

    @property
    def period_name(self) -> str:
        """Its period as reports name it; its own name where that holds no period."""
        return Period.parse(self.period).name if Period.is_id(self.period) else self.name

    @cached_property
    def params_text(self) -> dict[str, str]:
        """The text of params and rules by file name."""
        files = sorted((self.payload / FOLDER).glob("*.yaml"))
        return {p.name: p.read_text(encoding="utf-8") for p in files}

    @property
    def order(self) -> list[str]:
        """The notebooks in the order of the report."""
        return list(self._kinds)

    @cached_property
    def unit(self) -> str:
        """Whose report it is, as its params name the unit; empty where they do not."""
        return typed_unit(self.params).name

    @cached_property
    def params(self) -> dict[str, Any]:
        """Its params as they were typed; none where it has not kept them."""
        text = self.params_text.get(f"{self.period}.yaml", "")
        # Read once already when the run was made: a province asks for those of every run of every unit.
        typed = own_data(text) if text else {}
        return typed if isinstance(typed, dict) else {}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The notebooks in the order of the report, each with the kind of its part."""
        return dict(_notebooks(self.params.get("sections", [])))

    @cached_property
    def library(self) -> dict[str, str]:
        """Hashes of the library's files by path."""
        root = self.payload / LIBRARY
        files = [p for p in sorted(root.rglob("*")) if p.is_file()]
        return {p.relative_to(root).as_posix(): file_hash(p) for p in files}

    @cached_property
    def workbooks(self) -> dict[str, tuple[str, bool]]:
        """Hash of each workbook that it rests on, and whether it is its own or a unit's below, by the workbook's name.

        Those of an earlier period and of a unit below have it in their name, «2031-Q1/kinh-te.xlsx», as in findings.
        """
        books = self._books.items()
        return {name: (file_hash(path), name in self._own) for name, path in books}

    @cached_property
    def _own(self) -> dict[str, Path]:
        folder = self.payload / RAW
        own = sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: (p.parent != folder, p))
        return {path.relative_to(folder).as_posix(): path for path in own}

    @cached_property
    def _books(self) -> dict[str, Path]:
        below = self.payload / UNITS
        theirs = {p.relative_to(below).as_posix(): p for p in sorted(below.rglob("*.xlsx"))}
        return self._own | unit_workbooks(theirs)

    def cells(self, names: Collection[str]) -> dict[Place, Any]:
        """What stands in each cell of some of its workbooks, by file, sheet and address."""
        found: dict[Place, Any] = {}
        for name, path in ((name, path) for name, path in self._books.items() if name in names):
            book = open_workbook(path, name)
            if isinstance(book, RawWorkbook):
                for sheet in (s for s in book.sheets if name in self._own or is_taken(s)):
                    for cell in sheet.cells.values():
                        if cell.value is not None:
                            found[book.file, sheet.title, cell.address] = cell.value
        return found

    def sources(self, name: str) -> dict[str, str]:
        """The source of each cell of a notebook as it was before the run, by the cell's id."""
        return dict(self._sources.get(name, _NO_SOURCE).cells)

    def title(self, name: str) -> str:
        """A section's title: that of its notebook's first cell, or what such a part is called, or the name."""
        return self._sources.get(name, _NO_SOURCE).title or _UNTITLED.get(self._kinds.get(name, ""), name)

    def executed(self, name: str) -> bytes:
        """An executed notebook as its file stands; nothing where there is none."""
        path = self.payload / "notebooks" / f"{name}.ipynb"
        return path.read_bytes() if path.is_file() else b""

    def text(self, name: str) -> list[str]:
        """What a section says, a line for each paragraph, item, row and title; tables and charts by their titles.

        As in the report, what leads to none goes. A run of an earlier version may hold kinds of blocks that are gone:
        then it is what a notebook shows in plain text.
        """
        if not (content := self.executed(name)):
            return []
        node = nbformat.reads(content.decode(), as_version=4)
        try:
            blocks = shown(node)
            titles = _titles(blocks)
            if any(isinstance(run, Reference) and run.key not in titles for b in blocks for run in runs_of(b)):
                titles = self._all_titles | titles
        except ValueError:
            return list(_plain_lines(node))
        found = (resolved(block, titles, {}) for block in blocks)
        return [line for block in found if block for line in lines(block)]

    @cached_property
    def _all_titles(self) -> dict[str, str]:
        """What the tables and charts of the whole report are called, by key."""
        nodes = (nbformat.reads(e.decode(), as_version=4) for name in self.order if (e := self.executed(name)))
        return {key: title for node in nodes for key, title in _titles(shown(node)).items()}

    @cached_property
    def _sources(self) -> dict[str, _Source]:
        """Each section as it was before the run, by its name."""
        paths = {name: self.payload / NOTEBOOKS / f"{name}.ipynb" for name in self.order}
        return {name: _source(path) for name, path in paths.items() if path.is_file()}

    def _json(self, name: str) -> Any:
        return self._read(name, lambda path: json.loads(path.read_text(encoding="utf-8")))

    def _read(self, name: str, read: Callable[[Path], T]) -> T:
        try:
            return read(self.payload / name)
        except (OSError, ValueError) as error:
            raise ArchiveError(f"Lần chạy {self.name} không có {name} đọc được: {error}.") from None


@contextmanager
def sealed_run(path: Path) -> Iterator[SealedRun]:
    """Open a run, folder or zip, for as long as it is read. NoRun where there is none."""
    with opened(path) as folder:
        if not is_run(folder):
            raise no_run(path)
        yield SealedRun(name_of(folder), folder)


def _source(path: Path) -> _Source:
    cells = nbformat.read(path, as_version=4).cells
    first = cells[0] if cells else None
    title = first.source.lstrip("# ").partition("\n")[0] if first and first.cell_type == "markdown" else ""
    return _Source(title, {cell.get("id", str(n)): cell.source for n, cell in enumerate(cells)})


def _titles(blocks: Iterable[Block]) -> dict[str, str]:
    named = (b for b in blocks if isinstance(b, Table | Chart) and b.title)
    return {b.key: f"«{b.title.partition(': ')[0]}»" for b in named}


def _plain_lines(node: nbformat.NotebookNode) -> Iterator[str]:
    for cell in node.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/plain", "")
            yield from filter(None, (text if isinstance(text, str) else "".join(text)).splitlines())


def _notebooks(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.get("notebook"):
            yield node["notebook"], node.get("kind", "")
        yield from _notebooks(node.get("sections") or [])
