"""Tidy tables in data/processed/: one CSV a kind, one row a record, beside each value the cell it stands in.

Plain CSV: an officer can open it, a diff can show it, and exact decimals survive it as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
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
# What is quoted besides a comma.
_QUOTED = re.compile(r'["\r\n]')


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
    tables = zip(_tables(), contents, strict=True)
    return [record for schema, content in tables for record in _records(content.decode(), schema)]


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _table(records: list[Record], schema: SheetSchema) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_header(schema))
    columns = [(column.key, column.type in ("number", "percent")) for column in schema.columns]
    for record in records:
        row = _row(record, columns)
        line = ",".join(row)
        # Of tens of thousands of rows few have what must be quoted, and csv looks for it letter by letter.
        if line.count(",") == len(row) - 1 and not _QUOTED.search(line):
            text.write(f"{line}\n")
        else:
            table.writerow(row)
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


def _row(record: Record, columns: list[tuple[str, bool]]) -> list[str]:
    """A row of the table; each of the form's columns with whether it holds numbers."""
    row = [record.file, record.sheet, str(record.row), record.sha256]
    values, cells = record.values, record.cells
    for key, of_numbers in columns:
        value = values.get(key, "")
        decimals = ""
        if isinstance(value, Number):
            text = f"{value.value:f}"
            decimals = "" if value.decimals is None else str(value.decimals)
        elif isinstance(value, dt.date):
            text = value.isoformat()
        else:
            text = f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
        row += (text, decimals) if of_numbers else (text,)
        row.append(cells.get(key, ""))
    return row


def _records(text: str, schema: SheetSchema) -> Iterator[Record]:
    lines = csv.reader(io.StringIO(text, newline=""))
    next(lines)
    columns = []
    position = len(_PLACE)
    for column in schema.columns:
        of_numbers = column.type in ("number", "percent")
        columns.append((column.key, column.type, position, position + 1 + of_numbers))
        position += 2 + of_numbers
    for row in lines:
        values: dict[str, Number | dt.date | str] = {}
        cells: dict[str, str] = {}
        for key, type_, at, cell_at in columns:
            if cell := row[cell_at]:
                cells[key] = cell
            text = row[at]
            if not text:
                continue
            if type_ in ("number", "percent"):
                decimals = row[at + 1]
                values[key] = Number(Decimal(text), int(decimals) if decimals else None)
            elif type_ == "date":
                values[key] = dt.date.fromisoformat(text)
            else:
                values[key] = text.removeprefix("'")
        yield Record(schema.kind, row[0], row[1], int(row[2]), row[3], values, cells)


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
