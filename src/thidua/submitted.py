"""A period's records, read once and kept as tidy tables."""

from __future__ import annotations

from pathlib import Path

from thidua.intake.folder import submitted_files
from thidua.intake.period_folder import read_period
from thidua.intake.records import Record
from thidua.intake.tidy import STAMP, in_order, inputs_hash, read_tables, write_tables
from thidua.settings.params import Params


def load_records(root: Path, params: Params, params_file: Path) -> list[Record]:
    """The period's records, from the tidy tables where they came from these very inputs, else by intake."""
    files, problems = submitted_files(root, params.period)
    tidy = root / "data" / "processed" / params.period
    stamp = None if problems else inputs_hash([*files.values(), params_file])
    records = read_tables(tidy, stamp) if stamp else None
    if records is None:
        records = in_order(read_period(root, params.submission))
        if stamp:
            write_tables(records, tidy, stamp)
    return records


def forget_records(root: Path, params: Params) -> None:
    """Drop the period's tidy tables, so that the workbooks are read again."""
    (root / "data" / "processed" / params.period / STAMP).unlink(missing_ok=True)
