"""The runs of an output folder at a glance: what each is, in what state its findings are, whether it is intact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from thidua.archive.comparison.sealed import SealedRun, sealed_run
from thidua.archive.locate import runs_in
from thidua.archive.runs_register import FILE, Register
from thidua.archive.verify import Verdict, verify
from thidua.contracts import open_errors
from thidua.errors import ArchiveError
from thidua.settings.period import Period

_UNKNOWN = "không rõ"
# Wide enough for a row where nobody looks at a terminal: a script reads whole names.
_NO_TERMINAL = 200


@dataclass(frozen=True)
class Listed:
    """A run as a person looks for it. ``open_errors`` and ``accepted`` are None where its findings cannot be read."""

    run: str
    period: str
    time: datetime | None
    unit: str
    open_errors: int | None
    accepted: int | None
    verdict: Verdict

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the time in ISO form, null where the run does not tell; of the verdict whether it is intact."""
        return {
            "run": self.run,
            "period": self.period,
            "time": self.time.isoformat() if self.time else None,
            "unit": self.unit,
            "open_errors": self.open_errors,
            "accepted": self.accepted,
            "intact": self.verdict.intact,
        }


def runs_of(output: Path) -> list[Listed]:
    """The runs of a folder in the order in which they were made, those that the register alone still knows included.

    A zip whose folder stands beside it is not listed again.
    """
    found = {}
    for path in runs_in(output):
        name = path.stem if path.is_file() else path.name
        if name not in found:
            found[name] = listed(name, path, verify(path)[0])
    entries = Register(output / FILE).read()[0]
    for entry in entries:
        if entry.run not in found:
            found[entry.run] = _gone(entry.run, datetime.fromisoformat(entry.when), verify(output / entry.run)[0])
    placed = {entry.run: number for number, entry in enumerate(entries)}

    def order(run: Listed) -> tuple[Any, ...]:
        # Two runs of one second stand as the register has them.
        return run.time is None, run.time and int(run.time.timestamp()), placed.get(run.run, -1), run.run

    return sorted(found.values(), key=order)


def print_runs(runs: Iterable[Listed], console: Console) -> None:
    """The runs as a table, the newest last."""
    columns = ("Lần chạy", "Kỳ", "Lập lúc", "Đơn vị", "Lỗi số liệu", "Niêm phong")
    print_table(columns, map(_cells, runs), console)


def print_table(columns: Iterable[str], rows: Iterable[Iterable[str]], console: Console) -> None:
    """Rows under the names of their columns."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    if not console.is_terminal:
        console.width = _NO_TERMINAL
    console.print(table)


def _cells(run: Listed) -> Iterator[str]:
    yield run.run
    yield run.period
    yield time_told(run.time) if run.time else _UNKNOWN
    yield run.unit
    yield errors_told(run.open_errors, run.accepted)
    yield run.verdict.state


def time_told(when: datetime) -> str:
    """A time as a person reads it, of this place's clock."""
    return f"{when.astimezone():%d/%m/%Y %H:%M}"


def errors_told(open_errors: int | None, accepted: int | None) -> str:
    """How many errors in the data a run has, open and accepted."""
    if open_errors is None:
        return _UNKNOWN
    more = f", {accepted} đã chấp nhận" if accepted else ""
    return f"{open_errors} chưa xử lý{more}" if open_errors or accepted else "không"


def listed(name: str, path: Path, verdict: Verdict) -> Listed:
    """One run, folder or zip, on which ``verdict`` was given."""
    try:
        with sealed_run(path) as run:
            return _read(name, run, verdict)
    except (ArchiveError, KeyError, StopIteration, TypeError, ValueError):
        # Its own records are among what is damaged; the verdict says which.
        return _gone(name, None, verdict)


def _read(name: str, run: SealedRun, verdict: Verdict) -> Listed:
    action = next(e for e in run.crate if e["@type"] == "CreateAction")
    unit = next(e for e in run.crate if e["@id"] == "#don-vi")
    errors = [f for f in run.findings.values() if f.severity == "error"]
    opened = len(open_errors(errors))
    made = datetime.fromisoformat(action["endTime"])
    return Listed(name, period_of(run.name), made, unit["name"], opened, len(errors) - opened, verdict)


def _gone(name: str, when: datetime | None, verdict: Verdict) -> Listed:
    return Listed(name, period_of(name), when, _UNKNOWN, None, None, verdict)


def period_of(name: str) -> str:
    """The name of the period of a run, by the run's name."""
    try:
        return Period.parse(name.rpartition("-")[0]).name
    except ValueError:
        return _UNKNOWN
