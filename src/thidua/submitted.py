"""A period's records, read once and kept as tidy tables."""

from __future__ import annotations

from pathlib import Path

from thidua.intake.folder import submitted_files
from thidua.intake.period_folder import read_period
from thidua.intake.records import Record
from thidua.intake.tidy import in_order, inputs_hash, read_tables, write_tables
from thidua.settings.params import Params


def load_records(root: Path, params: Params, params_file: Path, *, fresh: bool = False) -> list[Record]:
    """The period's records, from the tidy tables where they came from these very inputs, else by intake.

    With ``fresh`` every workbook is read again.
    """
    tidy = root / "data" / "processed" / params.period
    stamp = _stamp(root, params, params_file)
    records = read_tables(tidy, stamp) if stamp and not fresh else None
    if records is None:
        records = in_order(read_period(root, params.submission, fresh=fresh))
        # What was saved while it was read is not what the tables would say that they came from.
        if stamp and stamp == _stamp(root, params, params_file):
            write_tables(records, tidy, stamp)
    return records


def _stamp(root: Path, params: Params, params_file: Path) -> str | None:
    files, problems = submitted_files(root, params.period)
    return None if problems else inputs_hash([*files.values(), params_file])
