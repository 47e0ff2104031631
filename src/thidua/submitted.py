"""A period's records, read once and kept as tidy tables."""

from __future__ import annotations

from pathlib import Path

from thidua.intake.folder import submitted_files
from thidua.intake.period_folder import read_period
from thidua.intake.records import Record
from thidua.intake.tidy import in_order, inputs_hash, read_tables, write_tables
from thidua.intake.unit_runs import UnitRun, read_units, unit_files, unit_records, unit_workbooks
from thidua.settings.params import Params


def load_records(root: Path, params: Params, params_file: Path, *, fresh: bool = False) -> list[Record]:
    """The period's records, from the tidy tables where they came from these very inputs, else by intake.

    Those of the departments come first, then what was collected of the units below. With ``fresh`` every workbook is
    read again.
    """
    tidy = root / "data" / "processed" / params.period
    stamp = _stamp(root, params, params_file)
    records = read_tables(tidy, stamp) if stamp and not fresh else None
    if records is None:
        records = read_period(root, params.submission, fresh=fresh)
        records = in_order([*records, *records_below(root, params)])
        # What was saved while it was read is not what the tables would say that they came from.
        if stamp and stamp == _stamp(root, params, params_file):
            write_tables(records, tidy, stamp)
    return records


def units_of(root: Path, params: Params) -> tuple[UnitRun, ...]:
    """The runs that were collected of the units below; none where params name none."""
    return read_units(root, params.period) if params.gathered else ()


def records_below(root: Path, params: Params) -> list[Record]:
    """The numbers that the units below state; none where params name none."""
    below = unit_workbooks(unit_files(root, params.period)) if params.gathered else {}
    return unit_records(units_of(root, params), below)


def _stamp(root: Path, params: Params, params_file: Path) -> str | None:
    files, problems = submitted_files(root, params.period)
    below = unit_files(root, params.period) if params.gathered else {}
    return None if problems else inputs_hash([*files.values(), *below.values(), params_file])
