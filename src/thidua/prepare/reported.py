"""What was reported of a period: in its last sealed run, else what its workbooks say that are still kept."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from thidua.archive.bag import PAYLOAD, faults, name_of
from thidua.archive.contents import FOLDER, RAW, UNITS
from thidua.archive.locate import runs_in
from thidua.archive.packing import opened
from thidua.archive.runs_register import FILE, Register
from thidua.contracts import Place, open_errors, read_findings
from thidua.dataset import Dataset
from thidua.errors import ArchiveError, InputError
from thidua.intake.folder import raw_folder
from thidua.intake.period_folder import read_period
from thidua.intake.records import Record
from thidua.intake.tidy import in_order
from thidua.intake.unit_runs import units_folder
from thidua.language.text import fold
from thidua.prepare.carried_over import Reported
from thidua.settings.params import Params
from thidua.settings.params_file import load
from thidua.settings.period import Period
from thidua.submitted import load_records, records_below, units_of


def reported(root: Path, output: Path, period: Period, unit: str) -> tuple[Reported | None, list[str]]:
    """What a unit reported of a period; and, in words, why what is kept of it could not be used."""
    notes = []
    for path in _runs(output, period):
        try:
            with opened(path) as run:
                if faults(run):
                    notes.append(f"Không lấy số cùng kỳ từ lần chạy {name_of(run)} vì lần chạy không còn nguyên vẹn")
                    continue
                with restored(run, period) as place:
                    found = _of_root(place, period, unit, f"lần chạy {name_of(run)}", _read_once)
                doubted = _doubted(run / PAYLOAD / "checks.json")
        except (ArchiveError, InputError, OSError, ValueError) as error:
            notes.append(f"Không lấy được số cùng kỳ từ lần chạy {path.name}: {_first(error)}")
            continue
        if found is not None:
            return replace(found, doubted=doubted), notes
    if not (root / "params" / f"{period.id}.yaml").is_file() or not raw_folder(root, period.id).is_dir():
        return None, notes
    try:
        return _of_root(root, period, unit, f"biểu kỳ {period.id}"), notes
    except InputError as error:
        return None, [*notes, f"Không lấy được số cùng kỳ từ biểu kỳ {period.id}: {_first(error)}"]


@contextmanager
def restored(run: Path, period: Period) -> Iterator[Path]:
    """A report folder with the params and workbooks of its period that a sealed run was made from."""
    archived = run / PAYLOAD / FOLDER
    with tempfile.TemporaryDirectory(prefix="thidua-") as folder:
        root = Path(folder)
        raw = raw_folder(root, period.id)
        raw.mkdir(parents=True)
        (root / "params").mkdir()
        for path in (run / PAYLOAD / RAW).iterdir():
            if path.is_file():
                shutil.copyfile(path, raw / path.name)
            elif not Period.is_id(path.name):  # what is of other periods stands in folders of their names
                shutil.copytree(path, raw / path.name, copy_function=shutil.copyfile)
        if (below := run / PAYLOAD / UNITS).is_dir():
            shutil.copytree(below, units_folder(root, period.id), copy_function=shutil.copyfile)
        name = f"{period.id}.yaml"
        shutil.copyfile(archived / name, root / "params" / name)
        yield root


def _doubted(checks: Path) -> dict[Place, str]:
    """The cells in which errors were found that nobody let stand, with one finding of each."""
    errors = open_errors(read_findings(checks))
    return {cell: finding.id for finding in reversed(errors) for cell in finding.cells}


def _runs(output: Path, period: Period) -> list[Path]:
    """The period's sealed runs, the newest first; those that no register knows come last."""
    order = {entry.run: n for n, entry in enumerate(Register(output / FILE).read()[0], 1)} if output.is_dir() else {}
    found = [p for p in runs_in(output) if p.name.startswith(f"{period.id}-")]
    return sorted(found, key=lambda p: (-order.get(p.name.removesuffix(".zip"), 0), p.is_file(), p.name))


def _of_root(
    root: Path, period: Period, unit: str, where: str, read: Callable[[Path, Params, Path], list[Record]] = load_records
) -> Reported | None:
    """None where the params are another unit's."""
    file = root / "params" / f"{period.id}.yaml"
    params = load(file)
    if fold(params.unit.name) != fold(unit):
        return None
    return Reported(period, Dataset(read(root, params, file), units=units_of(root, params)), where)


def _read_once(root: Path, params: Params, _file: Path) -> list[Record]:
    """The records in the order of the tidy tables, which a folder that is thrown away does not need."""
    return in_order([*read_period(root, params.submission), *records_below(root, params)])


def _first(error: Exception) -> str:
    return str(error.problems[0]) if isinstance(error, InputError) else str(error)
