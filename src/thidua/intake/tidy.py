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
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path

from thidua.errors import ThiduaError
from thidua.forms.schema import BANNERS, SheetSchema, schemas
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.xlsx.workbook import MAX_FILE_BYTES
from thidua.machine.file_hash import files_hash
from thidua.machine.process import uninterrupted

_PLACE = ("file", "sheet", "row", "sha256")
STAMP = "inputs.sha256"
# What a reading passes through.
_ROOMS = ("errors", "figures", "forms", "intake", "language", "settings")
# A spreadsheet program that opens the CSV would compute a text that starts so; a quote keeps it text.
_FORMULA_SIGNS = ("=", "+", "-", "@", "'")


def inputs_hash(paths: Iterable[Path]) -> str | None:
    """SHA-256 over the names and contents of files and over the intake's own code, whatever the files' order.

    None where a file is too large to be a workbook or cannot be read: intake says so.
    """
    files = sorted(paths)
    try:
        if any(path.stat().st_size > MAX_FILE_BYTES for path in files):
            return None
        return files_hash(((f"{path.parent.name}/{path.name}", path) for path in files), code_hash())
    except OSError:
        return None


@cache
def code_hash() -> str:
    """What another version of the forms or of their reading made of a workbook is not what it states."""
    package = Path(__file__).parents[1]
    own = (p for room in _ROOMS for p in [package / room, *(package / room).rglob("*")] if p.suffix in (".py", ".yaml"))
    return files_hash(((path.relative_to(package).as_posix(), path) for path in sorted(own)), version("openpyxl"))


def in_order(records: Iterable[Record]) -> list[Record]:
    """The records in the order in which the tables give them, so that it is the same whether or not they were kept."""
    kinds = [schema.kind for schema in _tables()]
    return sorted(records, key=lambda r: kinds.index(r.kind))


def write_tables(records: list[Record], folder: Path, stamp: str) -> None:
    """Write the tidy tables of a period; the stamp, written last, says which inputs they came from and what they are.

    ThiduaError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STAMP).unlink(missing_ok=True)
        of_kind: dict[str, list[Record]] = {}
        for record in records:
            of_kind.setdefault(record.kind, []).append(record)
        texts = [_table(of_kind.get(schema.kind, []), schema) for schema in _tables()]
        for schema, text in zip(_tables(), texts, strict=True):
            replace_file(folder / f"{schema.kind}.csv", text)
        replace_file(folder / STAMP, f"{stamp}\n{_digest(text.encode() for text in texts)}\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ThiduaError(f"Không ghi được bảng số liệu vào {folder}: {reason}. Cần: thư mục ghi được.") from None


def read_tables(folder: Path, stamp: str) -> list[Record] | None:
    """The records of a period; None where the tables are absent, came from other inputs, or were changed since.

    Another run may be writing its own tables meanwhile: then they are not what the stamp says either.
    """
    try:
        kept = (folder / STAMP).read_text().split()
        if kept[:1] != [stamp]:
            return None
        contents = [(folder / f"{schema.kind}.csv").read_bytes() for schema in _tables()]
    except OSError:
        return None
    if kept[1:] != [_digest(contents)]:
        return None
    lines = (
        (schema, io.StringIO(content.decode(), newline="")) for schema, content in zip(_tables(), contents, strict=True)
    )
    return [_record(row, schema) for schema, file in lines for row in csv.DictReader(file)]


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _table(records: list[Record], schema: SheetSchema) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_header(schema))
    table.writerows(_row(record, schema) for record in records)
    return text.getvalue()


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


def _row(record: Record, schema: SheetSchema) -> list[str | int]:
    row: list[str | int] = [record.file, record.sheet, record.row, record.sha256]
    for column in schema.columns:
        text, decimals = _plain(record.values.get(column.key, ""))
        row += (text, decimals) if column.type in ("number", "percent") else (text,)
        row.append(record.cells.get(column.key, ""))
    return row


def _plain(value: Number | dt.date | str) -> tuple[str, str]:
    """A value as text, and how many decimals it has."""
    if isinstance(value, Number):
        return f"{value.value:f}", "" if value.decimals is None else str(value.decimals)
    if isinstance(value, dt.date):
        return value.isoformat(), ""
    return (f"'{value}" if value.startswith(_FORMULA_SIGNS) else value), ""


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
