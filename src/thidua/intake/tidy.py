"""Tidy tables in data/processed/: one CSV a kind, one row a record, beside each value the cell it stands in.

Plain CSV: an officer can open it, a diff can show it, and exact decimals survive it as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.schema import SheetSchema, schemas

_PLACE = ("file", "sheet", "row", "sha256")
STAMP = "inputs.sha256"


def inputs_hash(folder: Path, *others: Path) -> str:
    """SHA-256 over the names and contents of a raw folder's files and of further files, whatever their order."""
    digest = hashlib.sha256()
    for path in [*sorted(p for p in folder.glob("*") if p.is_file()), *sorted(others)]:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def write_tables(records: list[Record], folder: Path, stamp: str) -> None:
    """Write the tidy tables of a period; the stamp, written last, says which inputs they came from."""
    folder.mkdir(parents=True, exist_ok=True)
    for schema in schemas().values():
        rows = [_row(r, schema) for r in records if r.kind == schema.kind]
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=_header(schema), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        _replace(folder / f"{schema.kind}.csv", text.getvalue())
    _replace(folder / STAMP, stamp + "\n")


def read_tables(folder: Path, stamp: str) -> list[Record] | None:
    """The records of a period, or None where the tables are absent or came from other inputs."""
    try:
        if (folder / STAMP).read_text().strip() != stamp:
            return None
        records = []
        for schema in schemas().values():
            with (folder / f"{schema.kind}.csv").open(encoding="utf-8", newline="") as file:
                records += [_record(row, schema) for row in csv.DictReader(file)]
    except FileNotFoundError:
        return None
    return records


def _header(schema: SheetSchema) -> list[str]:
    names = list(_PLACE)
    for column in schema.columns:
        names.append(column.key)
        if column.type in ("number", "percent"):
            names.append(f"{column.key}_decimals")
        names.append(f"{column.key}_cell")
    return names


def _row(record: Record, schema: SheetSchema) -> dict[str, Any]:
    row: dict[str, Any] = {
        "file": record.file,
        "sheet": record.sheet,
        "row": record.row,
        "sha256": record.sha256,
    }
    for key in schema.keys:
        value = record.values.get(key)
        if isinstance(value, Number):
            row[key] = f"{value.value:f}"
            row[f"{key}_decimals"] = "" if value.decimals is None else value.decimals
        elif isinstance(value, dt.date):
            row[key] = value.isoformat()
        elif value is not None:
            row[key] = value
        row[f"{key}_cell"] = record.cells.get(key, "")
    return row


def _record(row: dict[str, str], schema: SheetSchema) -> Record:
    values: dict[str, Number | dt.date | str] = {}
    for column in schema.columns:
        text = row[column.key]
        if not text:
            continue
        if column.type in ("number", "percent"):
            decimals = row[f"{column.key}_decimals"]
            values[column.key] = Number(Decimal(text), int(decimals) if decimals else None)
        elif column.type == "date":
            values[column.key] = dt.date.fromisoformat(text)
        else:
            values[column.key] = text
    cells = {key: row[f"{key}_cell"] for key in schema.keys if row[f"{key}_cell"]}
    return Record(schema.kind, row["file"], row["sheet"], int(row["row"]), row["sha256"], values, cells)


def _replace(path: Path, text: str) -> None:
    """Write beside and rename, so that a notebook that reads at the same moment sees the old or the new file whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
