"""The register of a storage that many send to: one small file a line, each holding the hashes of the lines before.

No storage locks a file for two senders, and few add to one. So every line is a file of its own, named by its number,
its run and its hash: two senders at once write two files and lose nothing. Lines that were written at the same time
have the same number and the same lines before them; the next line holds the hashes of both. A line that is changed
shows by its name, one that is taken out by the lines behind it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from thidua.archive.origin import Basis
from thidua.archive.storage.object_store import ObjectStore
from thidua.archive.who import user
from thidua.errors import StorageError

REGISTER = "register"
_SHOWN = 16


class Line(BaseModel, frozen=True):
    """One run that was sent: its number, what it is, the hashes of its manifest, its file and the lines before.

    ``unit`` is whose report it is in full, ``unit_name`` as its params name it. ``basis`` is there where the run says
    that it follows from its inputs alone. ``stamp`` is what the storage said of the file when it had arrived.
    """

    number: int
    run: str
    unit: str
    open_errors: int | None
    accepted: int | None
    manifest: str
    package: str
    previous: tuple[str, ...] = ()
    when: str
    who: str
    unit_name: str = ""
    basis: Basis | None = None
    stamp: str = ""

    @property
    def inputs(self) -> str:
        """The name that params, workbooks, notebooks and library alone give the run: that of a run is known later."""
        return self.basis.inputs if self.basis else self.run

    @property
    def file(self) -> str:
        """The name of the run's file at the storage."""
        return f"runs/{self.run}.{self.package[:_SHOWN]}.zip"

    def as_dict(self) -> dict[str, Any]:
        """For JSON: all that the line says."""
        return self.model_dump()


class SharedRegister:
    """The register at a storage, for reading and for adding to. StorageError where the storage refuses."""

    def __init__(self, store: ObjectStore):
        self._store = store

    def read(self) -> tuple[list[Line], list[str]]:
        """The lines in their order, each sealed run once, and in words everything wrong with the register."""
        names = self._store.names(REGISTER)
        lines = self._lines(names)
        problems = [f"dòng «{name}» bị sửa hoặc không đọc được" for name in names if name not in lines]
        known = {_hash_in(name): line.number for name, line in lines.items()}
        for name, line in lines.items():
            before = [known.get(hash) for hash in line.previous]
            if None in before:
                problems.append(f"dòng «{name}» nối với một dòng không còn: có dòng bị sửa hoặc bị xóa")
            elif line.number != 1 + max((n for n in before if n is not None), default=0):
                problems.append(f"dòng «{name}» không nối với dòng trước")
        return _once(lines.values()), problems

    def current(self, run: str) -> Line | None:
        """The latest line of a run; None where it was never sent. StorageError where its lines were changed."""
        names = [name for name in self._store.names(REGISTER) if _run_in(name) == run]
        lines = list(self._lines(names).values())
        if names and not lines:
            what = f"dòng của «{run}» trong sổ đăng ký bị sửa; hãy nhờ nơi gửi chạy lại lệnh push"
            raise StorageError(self._store.url, what)
        return lines[-1] if lines else None

    def made_of(self, inputs: str) -> list[Line]:
        """The lines of runs whose params, workbooks, notebooks and library give this name, the latest first."""
        names = [name for name in self._store.names(REGISTER) if inputs in (_run_in(name), _inputs_in(name))]
        return list(reversed(self._lines(names).values()))

    def length(self) -> int:
        """The number of the last line: what comes later has a higher one."""
        return max(map(_number_in, self._store.names(REGISTER)), default=0)

    def has(self, line: Line) -> bool:
        """Whether the file of a line is there as it was sent, by all that the storage says of it unread."""
        stamp = self._store.stamp(line.file)
        return stamp == line.stamp if line.stamp else stamp != ""

    def runs(self) -> list[str]:
        """The names of all runs that were sent, by their names in the register alone."""
        return sorted({_run_in(name) for name in self._store.names(REGISTER)})

    def enter(self, line: Line) -> None:
        """Add a line behind those that are there, unless one tells of the same sealed run.

        ``number`` and ``previous`` of what is given do not count: they are worked out here. A line that was changed
        stops nobody from adding another.
        """
        names = self._store.names(REGISTER)
        own = self._lines(name for name in names if _run_in(name) == line.run)
        if any(known.package == line.package for known in own.values()):
            return
        top = max(map(_number_in, names), default=0)
        # A line that was written at the same time as the last but one may not be held by any yet.
        late = [name for name in names if _number_in(name) >= top - 1]
        held = {hash for known in self._lines(late).values() for hash in known.previous}
        before = tuple(hash for name in late if (hash := _hash_in(name)) not in held)
        content = line.model_copy(update={"number": top + 1, "previous": before}).model_dump_json().encode() + b"\n"
        with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
            path = Path(folder) / "dong.json"
            path.write_bytes(content)
            inputs = "" if line.inputs == line.run else f".{line.inputs}"
            self._store.add(f"{REGISTER}/{top + 1:06d}-{line.run}-{_hash(content)}{inputs}.json", path)

    def _lines(self, names: Iterable[str]) -> dict[str, Line]:
        """The lines by their names, without those that are not what their names say."""
        read = sorted(self._store.read(names).items())
        return {name: line for name, content in read if (line := _line(name, content)) is not None}


def now_by_me(**told: object) -> Line:
    """A line of this moment and this user, yet without its place in a register."""
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Line.model_validate({"number": 0, "when": when, "who": user(), **told})


def _once(lines: Iterable[Line]) -> list[Line]:
    """Each sealed run once: two that sent it at the same moment each wrote a line."""
    kept: dict[tuple[str, str], Line] = {}
    for line in lines:
        kept.setdefault((line.run, line.package), line)
    return list(kept.values())


def _line(name: str, content: bytes) -> Line | None:
    if _hash(content) != _hash_in(name):
        return None
    try:
        line = Line.model_validate_json(content)
    except ValidationError:
        return None
    told = (line.number, line.run, line.inputs)
    return line if told == (_number_in(name), _run_in(name), _inputs_in(name) or line.run) else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHOWN]


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".json")


def _number_in(name: str) -> int:
    number = _stem(name).partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _run_in(name: str) -> str:
    return _stem(name).partition(".")[0].partition("-")[2].rpartition("-")[0]


def _hash_in(name: str) -> str:
    return _stem(name).partition(".")[0].rpartition("-")[2]


def _inputs_in(name: str) -> str:
    return _stem(name).partition(".")[2]
