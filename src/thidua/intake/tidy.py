"""Tidy tables in data/processed/: one CSV a kind, one row a record, beside each value the cell it stands in.

Plain CSV: an officer can open it, a diff can show it, and exact decimals survive it as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from thidua.errors import ThiduaError
from thidua.forms.schema import BANNERS, SheetSchema, schemas
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.xlsx.workbook import MAX_FILE_BYTES
from thidua.machine.process import uninterrupted

_PLACE = ("file", "sheet", "row", "sha256")
STAMP = "inputs.sha256"
# A spreadsheet program that opens the CSV would compute a text that starts so; a quote keeps it text.
_FORMULA_SIGNS = ("=", "+", "-", "@", "'")


def inputs_hash(paths: Iterable[Path]) -> str | None:
    """SHA-256 over the names and contents of files and over the intake's own code, whatever the files' order.

    None where a file is too large to be a workbook or cannot be read: intake says so.
    """
    digest = hashlib.sha256(_code_hash().encode())
    try:
        for path in sorted(paths):
            if path.stat().st_size > MAX_FILE_BYTES:
                return None
            digest.update(
                f"{path.parent.name}/{path.name}".encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
            )
    except OSError:
        return None
    return digest.hexdigest()


@cache
def _code_hash() -> str:
    """Tables made by another version of the forms or of their reading are not these inputs' tables."""
    package = Path(__file__).parents[1]
    folders = (package / "forms", package / "intake")
    own = (p for folder in folders for p in folder.rglob("*") if p.suffix in (".py", ".yaml"))
    digest = hashlib.sha256()
    for path in [*sorted(own), package / "language" / "text.py"]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def in_order(records: Iterable[Record]) -> list[Record]:
    """The records in the order in which the tables give them, so that it is the same whether or not they were kept."""
    kinds = [schema.kind for schema in _tables()]
    return sorted(records, key=lambda r: kinds.index(r.kind))


def write_tables(records: list[Record], folder: Path, stamp: str) -> None:
    """Write the tidy tables of a period; the stamp, written last, says which inputs they came from.

    ThiduaError where the folder cannot be written.
    """
    import pandas as pd  # written once for a period's inputs: whoever only reads, every kernel, need not load it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STAMP).unlink(missing_ok=True)
        for schema in _tables():
            rows = [_row(r, schema) for r in records if r.kind == schema.kind]
            table = pd.DataFrame(rows, columns=_header(schema), dtype="object")
            replace_file(folder / f"{schema.kind}.csv", table.to_csv(index=False, lineterminator="\n"))
        replace_file(folder / STAMP, stamp + "\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ThiduaError(f"Không ghi được bảng số liệu vào {folder}: {reason}. Cần: thư mục ghi được.") from None


def read_tables(folder: Path, stamp: str) -> list[Record] | None:
    """The records of a period, or None where the tables are absent or came from other inputs."""
    records = []
    try:
        if (folder / STAMP).read_text().strip() != stamp:
            return None
        for schema in _tables():
            with (folder / f"{schema.kind}.csv").open(encoding="utf-8", newline="") as file:
                records += [_record(row, schema) for row in csv.DictReader(file)]
        # Another run may have begun to write its own tables meanwhile; it takes the stamp away first.
        if (folder / STAMP).read_text().strip() != stamp:
            return None
    except OSError:
        return None
    return records


def _tables() -> tuple[SheetSchema, ...]:
    return *schemas().values(), BANNERS


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
            row[key] = f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
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
            values[column.key] = text.removeprefix("'")
    cells = {key: row[f"{key}_cell"] for key in schema.keys if row[f"{key}_cell"]}
    return Record(schema.kind, row["file"], row["sheet"], int(row["row"]), row["sha256"], values, cells)


def replace_file(path: Path, text: str) -> None:
    """Write beside and rename, so that a notebook that reads at the same moment sees the old or the new file whole."""
    with uninterrupted():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
