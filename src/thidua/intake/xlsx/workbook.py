"""Opening a submitted workbook: is it one at all, and is it safe to read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from thidua.errors import Problem
from thidua.intake.xlsx.raw import RawCell, RawSheet
from thidua.intake.xlsx.zip_package import XLSX, Package, Refused

__all__ = ["MAX_FILE_BYTES", "RawCell", "RawSheet", "RawWorkbook", "open_workbook"]

MAX_FILE_BYTES = 20 * 2**20
_OLE = b"\xd0\xcf\x11\xe0"
_RESAVE = "mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx"
# What a package is by a part that it has.
_OTHER_KINDS = {
    "mimetype": "tệp ở dạng OpenDocument (.ods), chỉ mang đuôi .xlsx",
    "xl/workbook.bin": "tệp ở dạng Excel nhị phân (.xlsb), chỉ mang đuôi .xlsx",
    "word/document.xml": "tệp là văn bản Word, chỉ mang đuôi .xlsx",
}


@dataclass(frozen=True)
class RawWorkbook:
    """A submitted workbook: file name, SHA-256, sheets in their order, and the formula that each name stands for."""

    file: str
    sha256: str
    sheets: tuple[RawSheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def open_workbook(path: Path, name: str | None = None) -> RawWorkbook | Problem:
    """Read a workbook whole, or say why it cannot be used. ``name`` is how problems and sources call it."""
    file = name or path.name
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = f"tệp không quá {MAX_FILE_BYTES // 2**20} MB; xóa ảnh và trang thừa rồi lưu lại"
            return Problem(file, "", "", f"tệp lớn {-(-size // 2**20)} MB", limit)
        content = path.read_bytes()
    except OSError as error:
        return Problem(file, "", "", f"không mở được tệp ({error.strerror})", "một tệp đọc được")
    # It brings openpyxl, which is not needed while the period's tables are as they were read.
    from thidua.intake.xlsx.spreadsheet import read_workbook

    try:
        _check_kind(content)
        package = Package(content)
        for part, kind in _OTHER_KINDS.items():
            if part in package.names:
                raise Refused(kind, _RESAVE)
        sheets, names = read_workbook(package)
    except Refused as refused:
        return Problem(file, refused.sheet, refused.cell, refused.found, refused.expected)
    return RawWorkbook(file, hashlib.sha256(content).hexdigest(), tuple(sheets), names)


def _check_kind(content: bytes) -> None:
    """Say what the file is where it is no package of a workbook."""
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content:
        raise Refused("tệp rỗng (0 byte)", f"{XLSX} có số liệu; lưu lại hoặc gửi lại tệp")
    if content.startswith(_OLE):
        raise _ole(content)
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise Refused("tệp thực chất là trang web hoặc XML, chỉ mang đuôi .xlsx", _RESAVE)
    if not content.startswith(b"PK"):
        text = b"\0" not in content[:512]
        kind = "tệp thực chất là văn bản hoặc .csv, chỉ mang đuôi .xlsx" if text else "tệp không phải là workbook Excel"
        raise Refused(kind, _RESAVE if text else XLSX)


def _ole(content: bytes) -> Refused:
    # Rarely needed, and it brings a large library.
    import msoffcrypto

    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    except Exception:  # any failure to parse means that it is no readable office file
        encrypted = False
    if encrypted:
        return Refused("tệp được đặt mật khẩu", "gỡ mật khẩu (File > Info > Protect Workbook) rồi lưu lại dạng .xlsx")
    return Refused("tệp ở dạng Excel cũ (.xls)", _RESAVE)
