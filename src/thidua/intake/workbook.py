"""Opening a submitted workbook: is it one at all, and is it safe to read.

openpyxl reads it, not the faster calamine, because the number format of a cell tells a percentage from a share and
how many decimals the department prints.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msoffcrypto
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from thidua.errors import Problem
from thidua.text import clean

MAX_FILE_BYTES = 20 * 2**20
MAX_UNPACKED_BYTES = 100 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 200
_OLE = b"\xd0\xcf\x11\xe0"
_EXCEL_XLSX = "một workbook Excel dạng .xlsx không đặt mật khẩu"


@dataclass(frozen=True)
class RawCell:
    """A cell as it stands: value, number format, and whether it holds a formula without a stored result."""

    row: int
    column: int
    value: Any
    number_format: str
    is_error: bool = False
    uncached: bool = False

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class RawSheet:
    """A sheet's filled cells by (row, column), and its merged ranges as (top, left, bottom, right)."""

    title: str
    cells: dict[tuple[int, int], RawCell]
    merged: tuple[tuple[int, int, int, int], ...]

    @property
    def last_row(self) -> int:
        return max((r for r, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((c for _, c in self.cells), default=0)


@dataclass(frozen=True)
class RawWorkbook:
    """A submitted workbook: file name, SHA-256, sheets in their order."""

    file: str
    sha256: str
    sheets: tuple[RawSheet, ...]


def open_workbook(path: Path) -> RawWorkbook | Problem:
    """Read a workbook whole, or say why it cannot be used."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return _problem(path, f"tệp lớn {size:,} byte", f"tệp không quá {MAX_FILE_BYTES:,} byte")
        content = path.read_bytes()
    except OSError as error:
        return _problem(path, f"không mở được tệp ({error.strerror})", "một tệp đọc được")
    if content.startswith(_OLE):
        return _ole_problem(path, content)
    refused = _unsafe(path, content)
    if refused:
        return refused
    try:
        values = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(content), keep_links=False) if _has_formulas(content) else None
        sheets = []
        for sheet in values.worksheets:
            if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
                return Problem(
                    path.name,
                    sheet.title,
                    "",
                    f"trang có {sheet.max_row} dòng và {sheet.max_column} cột",
                    f"không quá {MAX_ROWS} dòng và {MAX_COLUMNS} cột",
                )
            sheets.append(_read_sheet(sheet, formulas[sheet.title] if formulas else None))
    except Exception:  # openpyxl raises whatever its parsers raise on a damaged package
        return _problem(path, "tệp bị hỏng, không đọc được nội dung", _EXCEL_XLSX)
    return RawWorkbook(path.name, hashlib.sha256(content).hexdigest(), tuple(sheets))


def _read_sheet(sheet: Any, formulas: Any | None) -> RawSheet:
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            formula = formulas.cell(cell.row, cell.column).data_type == "f" if formulas is not None else False
            value = clean(cell.value) or None if isinstance(cell.value, str) else cell.value
            if value is None and not formula:
                continue
            cells[cell.row, cell.column] = RawCell(
                cell.row,
                cell.column,
                value,
                cell.number_format or "General",
                is_error=cell.data_type == "e",
                uncached=formula and value is None,
            )
    merged = tuple(sorted((r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges))
    return RawSheet(clean(sheet.title), cells, merged)


def _unsafe(path: Path, content: bytes) -> Problem | None:
    """Refuse what is no package, or one that unpacks to more than any real table would."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            unpacked = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return _problem(path, "tệp không phải là workbook Excel hoặc đã bị hỏng", _EXCEL_XLSX)
    if "xl/workbook.xml" not in names:
        return _problem(path, "tệp không phải là workbook Excel", _EXCEL_XLSX)
    if unpacked > MAX_UNPACKED_BYTES:
        return _problem(
            path, f"nội dung giải nén lớn {unpacked:,} byte", f"nội dung giải nén không quá {MAX_UNPACKED_BYTES:,} byte"
        )
    return None


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
        return any(b"<f>" in data or b"<f " in data or b"<f/" in data for data in map(package.read, sheets))


def _ole_problem(path: Path, content: bytes) -> Problem:
    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    except Exception:  # any failure to parse means that it is no readable office file
        encrypted = False
    if encrypted:
        return _problem(path, "tệp được đặt mật khẩu", "tệp đã gỡ mật khẩu, lưu lại dạng .xlsx")
    return _problem(path, "tệp ở dạng Excel cũ (.xls)", "tệp lưu lại dạng .xlsx bằng Excel hoặc LibreOffice")


def _problem(path: Path, found: str, expected: str) -> Problem:
    return Problem(path.name, "", "", found, expected)
