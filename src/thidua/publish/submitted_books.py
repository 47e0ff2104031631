"""The submitted workbooks behind a report, opened when somebody looks into them: what is kept does without."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, overload

from thidua.errors import Problem
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.machine.file_hash import file_hash

Opening = Callable[[Path, str], RawWorkbook | Problem]


class Remembered:
    """Opens a workbook again only where it is another: the last one of each name is kept as it was read."""

    def __init__(self) -> None:
        self._known: dict[str, RawWorkbook] = {}

    def __call__(self, path: Path, name: str) -> RawWorkbook | Problem:
        """The workbook, or why it cannot be used."""
        known = self._known.get(name)
        if known is not None and path.is_file() and file_hash(path) == known.sha256:
            return known
        book = open_workbook(path, name)
        if isinstance(book, RawWorkbook):
            self._known[name] = book
        return book


class SubmittedBooks(Sequence[RawWorkbook]):
    """The period's ``own`` workbooks whole, and of the ``others`` the sheets that are ``cited``, by file and title.

    What cannot be opened any more is left out. Who opens again and again does so by an ``opening`` that remembers.
    """

    def __init__(
        self,
        own: Mapping[str, Path],
        others: Mapping[str, Path],
        cited: Collection[tuple[str, str]],
        opening: Opening = open_workbook,
    ):
        self._own, self._others = own, others
        self._cited = cited
        self._opening = opening
        self._open = False

    @property
    def identity(self) -> list[Any]:
        """All that they show, as JSON: hashes by name, once they are open of what was read, and what is cited."""
        found = {**self._own, **self._others}
        hashes = (
            {book.file: book.sha256 for book in self._opened}
            if self._open
            else {name: file_hash(path) for name, path in found.items()}
        )
        return [list(self._own), list(self._others), hashes, sorted(self._cited)]

    @cached_property
    def _opened(self) -> list[RawWorkbook]:
        others = [
            replace(b, sheets=tuple(s for s in b.sheets if self._shows(b, s.title))) for b in self._all(self._others)
        ]
        opened = [*self._all(self._own), *others]
        self._open = True
        return opened

    def _shows(self, book: RawWorkbook, title: str) -> bool:
        return (book.file, title) in self._cited

    def _all(self, workbooks: Mapping[str, Path]) -> Iterator[RawWorkbook]:
        opened = (self._opening(path, name) for name, path in workbooks.items())
        return (book for book in opened if isinstance(book, RawWorkbook))

    def __len__(self) -> int:
        return len(self._opened)

    @overload
    def __getitem__(self, place: int) -> RawWorkbook: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RawWorkbook]: ...
    def __getitem__(self, place: int | slice) -> RawWorkbook | Sequence[RawWorkbook]:
        return self._opened[place]


NO_BOOKS = SubmittedBooks({}, {}, ())
