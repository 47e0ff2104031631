"""Where sealed runs of the units below lie: in folders that params name, or at storages, whose runs are fetched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from thidua.archive.comparison.sealed import SealedRun, sealed_run
from thidua.archive.locate import is_run, runs_in
from thidua.archive.storage.object_store import is_address
from thidua.archive.storage.sending import fetch, stored
from thidua.archive.storage.shared_register import Line
from thidua.errors import ArchiveError, InputError, NotAsSent, Problem
from thidua.language.text import first_of, fold
from thidua.settings.params import Params
from thidua.settings.period import Period
from thidua.settings.typed_unit import TypedUnit, typed_unit

_NAMED = 3


@dataclass(frozen=True)
class Candidate:
    """A sealed run that says it is a unit's: where it lies, its period, when it was made, whose its params say it is.

    ``gathers`` says whether it is itself made from the runs of units below it. ``home`` is the storage that it was
    fetched from, empty where it lies in a folder; ``broken`` says in words that it is not there as it was sent.
    """

    path: Path
    period: str
    made: datetime
    unit: TypedUnit
    gathers: bool
    home: str = ""
    broken: str = ""


@dataclass(frozen=True)
class StoredRun:
    """A run that a storage's register tells of."""

    url: str
    line: Line

    @property
    def period(self) -> str:
        """The period by the run's name."""
        return self.line.run.rpartition("-")[0]


def stored_runs(addresses: Sequence[str]) -> tuple[list[StoredRun], list[str]]:
    """All that storages have, in the order in which it was sent to each, and why there may be more, in words.

    StorageError where one refuses.
    """
    found: list[StoredRun] = []
    doubts = []
    for url in addresses:
        lines, problems = stored(url)
        found += [StoredRun(url, line) for line in lines]
        if problems:
            told = first_of(problems, _NAMED, "chỗ")
            doubts.append(f"sổ đăng ký của kho {url} không còn nguyên vẹn, có thể thiếu lần chạy đã gửi: {told}")
    return found, doubts


def latest(runs: Sequence[StoredRun], unit: str, period: str) -> StoredRun | None:
    """The one that was sent last of a unit's runs of a period; None without one."""
    own = [run for run in runs if fold(run.line.unit_name) == fold(unit) and run.period == period]
    return max(own, key=lambda run: (run.line.when, run.line.number), default=None)


@contextmanager
def fetched(sent: StoredRun | None) -> Iterator[list[Candidate]]:
    """A run of a storage, here for as long as it is needed; the storage may have it otherwise than it was sent."""
    if sent is None:
        yield []
        return
    line = sent.line
    with tempfile.TemporaryDirectory(prefix="thidua-") as aside:
        try:
            folder = fetch(f"{sent.url}/{line.run}", Path(aside) / "output")
            found = [replace(candidate, home=sent.url) for candidate in _candidate(folder)]
        except NotAsSent as error:
            when = datetime.fromisoformat(line.when).astimezone(UTC)
            unit = TypedUnit(line.unit_name, "", "")
            found = [
                Candidate(Path(line.run), sent.period, when, unit, gathers=False, home=sent.url, broken=error.what)
            ]
        yield found


def _places(root: Path, params: Params) -> list[Path]:
    assert params.gathered is not None
    found = []
    for pattern in params.gathered.runs:
        if is_address(pattern):
            continue
        path = Path(pattern).expanduser()
        base, steps = (Path(path.anchor), path.parts[1:]) if path.is_absolute() else (root, path.parts)
        found += sorted(p for p in _matching(base, steps) if p.is_dir())
    if not found and not any(map(is_address, params.gathered.runs)):
        file, where = f"{params.period}.yaml", ", ".join(params.gathered.runs)
        expected = "thư mục có thật chứa lần chạy đã niêm phong của các đơn vị, tính từ thư mục của bộ báo cáo"
        raise InputError([Problem(file, "", "", f"tham số «gathered.runs»: không có thư mục nào là {where}", expected)])
    return list(dict.fromkeys(found))


def _matching(base: Path, steps: tuple[str, ...]) -> Iterator[Path]:
    """The folders that a pattern names from ``base`` on; «..» leads up."""
    if not steps:
        yield base
    elif any(c in steps[0] for c in "*?["):
        for path in sorted(base.glob(steps[0])) if base.is_dir() else ():
            yield from _matching(path, steps[1:])
    else:
        yield from _matching(base / steps[0], steps[1:])


def candidates(root: Path, params: Params) -> list[Candidate]:
    """The runs in the folders of runs; a zip whose folder stands beside it is the same run.

    InputError where no folder is where params say.
    """
    found: list[Candidate] = []
    for place in _places(root, params):
        runs = [place] if is_run(place) else runs_in(place)
        folders = {p.name for p in runs if p.is_dir()}
        for path in runs:
            if path.is_dir() or path.stem not in folders:
                found += _candidate(path)
    return found


def _candidate(path: Path) -> Iterator[Candidate]:
    try:
        with sealed_run(path) as run:
            if Period.is_id(run.period):
                yield Candidate(path, run.period, _made(run), typed_unit(run.params), "gathered" in run.params)
    except (ArchiveError, OSError, RecursionError, ValueError, yaml.YAMLError):
        return  # whose it is cannot be told


def _made(run: SealedRun) -> datetime:
    """When it was made; the latest time there is where it does not say, so that a damaged run is not passed over."""
    try:
        action = next(e for e in run.crate if e["@type"] == "CreateAction")
        return datetime.fromisoformat(action["endTime"]).astimezone(UTC)
    except (ArchiveError, KeyError, StopIteration, TypeError, ValueError):
        return datetime.max.replace(tzinfo=UTC)
