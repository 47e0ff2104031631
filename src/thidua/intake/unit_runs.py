"""The sealed runs of the units below, as they were collected: what state each is in, and what its workbooks state.

They stand in data/units/<period>/: units.json, and of each run, in a folder of the unit's name, its manifests and those
files of its payload that are needed, where they stand in the run. archive.collecting puts them there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from thidua.contracts import Contract, Place
from thidua.errors import InputError, Problem
from thidua.forms.schema import schema_titled
from thidua.frozen import record
from thidua.intake.outside_results import foreign_cells
from thidua.intake.records import Record, read_sheet
from thidua.intake.xlsx.raw import RawSheet
from thidua.intake.xlsx.workbook import open_workbook
from thidua.settings.params import unit_of

FILE = "units.json"
# What of a unit's report can be put together: numbers that each row names by a code.
TAKEN = ("indicators", "awards")
_RAW = "data/inputs/raw"

State = Literal["fit", "draft", "missing", "altered", "other"]


@record
class UnitFinding(Contract):
    """A finding of a unit's own run that concerns what is taken from it; ``doubts`` are the cells that it withholds."""

    id: str
    rule: str
    severity: Literal["error", "warning", "note"]
    message: str
    accepted_by: str = ""
    accepted_why: str = ""
    cells: tuple[Place, ...]
    doubts: tuple[Place, ...] = ()


@record
class UnitRun(Contract):
    """The run that was taken of a unit, or why none was.

    ``manifest`` is the SHA-256 of its tag manifest, which stands for the whole run. ``why`` says what was found where
    nothing could be taken. ``errors`` counts the open errors of the unit's report; ``unlike`` tells what of it this
    version of the forms reads otherwise than the unit's own, ``doubtful`` what else speaks against its being all that
    there is, ``spoilt`` the storages of which it cannot be told whether they have more of it, with what is wrong there.
    """

    name: str
    state: State
    run: str = ""
    manifest: str = ""
    why: str = ""
    errors: int = 0
    unlike: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()
    findings: tuple[UnitFinding, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether its numbers are put together with the others'."""
        return self.state in ("fit", "draft")

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why there may be more of it, or another one, than was taken: of the run itself, then of where it lay."""
        return (*self.doubtful, *self.spoilt)


def units_folder(root: Path, period: str) -> Path:
    """Where the runs of the units below are collected for a period."""
    return root / "data" / "units" / period


def read_units(root: Path, period: str) -> tuple[UnitRun, ...]:
    """What was collected for a period, in the order of the params. InputError where nothing was, or it is damaged."""
    file = units_folder(root, period) / FILE
    try:
        return TypeAdapter(tuple[UnitRun, ...]).validate_json(file.read_bytes())
    except FileNotFoundError:
        found = "chưa lấy lần chạy của các đơn vị khai ở gathered"
    except (OSError, ValidationError) as error:
        found = f"không đọc được ({type(error).__name__})"
    expected = f"chạy: thidua check {period}, để lấy lại lần chạy của các đơn vị"
    raise InputError([Problem(f"data/units/{period}/{FILE}", "", "", found, expected)])


def written(units: Iterable[UnitRun]) -> str:
    """The text of units.json."""
    content = [unit.model_dump(mode="json", exclude_defaults=True) for unit in units]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def unit_files(root: Path, period: str) -> dict[str, Path]:
    """Every file that was collected, by its path within the folder: what a run of the province carries."""
    folder = units_folder(root, period)
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {name: p for p in files if not (name := p.relative_to(folder).as_posix()).startswith(".")}


def unit_workbooks(files: Mapping[str, Path]) -> dict[str, Path]:
    """The units' workbooks among collected files, by the names that cells give them: «xã Suối Mơ/kinh-te.xlsx».

    Those of an earlier period, in a folder of its name, have it before the unit's.
    """
    found = {}
    for name, path in files.items():
        unit, raw, file = name.partition(f"/{_RAW}/")
        if raw:
            found[f"{unit}/{file}"] = path
    return found


def unit_records(units: Iterable[UnitRun], workbooks: dict[str, Path]) -> list[Record]:
    """The numbers of the units' workbooks, unit by unit in their order.

    What cannot be read was told when it was collected: ``unlike`` has it.
    """
    found = []
    for unit in units:
        for name, path in workbooks.items():
            if unit.taken and unit_of(name, (unit.name,)):
                found += read_taken(name, path)[0]
    return found


def read_taken(name: str, path: Path) -> tuple[list[Record], list[Problem]]:
    """The rows with numbers of a unit's workbook, and whatever this version of the forms does not take in it."""
    book = open_workbook(path, name)
    if isinstance(book, Problem):
        return [], [book]
    records, problems = [], []
    foreign = foreign_cells(book)
    for sheet in book.sheets:
        if is_taken(sheet) and not sheet.hidden:
            found, faults = read_sheet(book, sheet, foreign)
            records += [r for r in found if r.kind in TAKEN]
            problems += faults
    return records, problems


def is_taken(sheet: RawSheet) -> bool:
    """Whether numbers of a unit's sheet are put together with the others'."""
    schema = schema_titled(sheet.title)
    return schema is not None and schema.kind in TAKEN
