"""The parts of an .xlsx package, handed out as a stream that is looked at first.

A workbook from outside is hostile until it is read. Nothing is unpacked before the sizes that the package declares
are known to be small (zipfile never unpacks more than is declared), nothing is ever written to a disk, and what reads
a part gets no piece of it before the piece has passed here: a document type, the door to XML entities, is refused at
its line, and so is a part with more elements than any form has.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO
from xml.parsers import expat

MAX_PARTS = 2_000
MAX_XML_BYTES = 48 * 2**20
MAX_UNPACKED_BYTES = 200 * 2**20
# A row is held whole while it is read, so that its own elements are limited as well.
MAX_ELEMENTS = 2_000_000
MAX_ELEMENTS_OF_A_ROW = 100_000
MAX_ELEMENTS_BELOW = 150_000
XLSX = "một workbook Excel dạng .xlsx, không đặt mật khẩu"
RESAVE = f"{XLSX}; mở bằng Excel hoặc LibreOffice rồi lưu lại"
_CHUNK = 64 * 1024
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_FAULTS = (
    *(KeyError, ValueError, IndexError, OverflowError, EOFError, OSError, RuntimeError, NotImplementedError),
    *(struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile),
)
# The strict form of the format differs from the other in its names' addresses alone; openpyxl knows only the other.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"),
    (b"openxmlformats.org/officeDocument/relationships", b"openxmlformats.org/officeDocument/2006/relationships"),
)


class Refused(Exception):
    """A package that cannot be used: what was found and what is expected, in Vietnamese."""

    def __init__(self, found: str, expected: str, sheet: str = "", cell: str = ""):
        super().__init__(found, expected, sheet, cell)
        self.found, self.expected, self.sheet, self.cell = found, expected, sheet, cell


def damaged(reason: str = "") -> Refused:
    """The refusal of a file that is not whole."""
    detail = f" ({' '.join(reason.split())[:120]})" if reason else ""
    return Refused(f"tệp bị hỏng hoặc thiếu nội dung, không đọc được{detail}", RESAVE)


class Package:
    """An open package. Raises Refused from every method for what is damaged or unsafe."""

    def __init__(self, content: bytes):
        _check_directory(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _FAULTS:
            raise damaged("danh mục của gói .xlsx sai") from None
        parts = self._zip.infolist()
        self.names = frozenset(entry.filename for entry in parts)
        _check_size("nội dung giải nén", sum(entry.file_size for entry in parts), MAX_UNPACKED_BYTES)
        xml = sum(entry.file_size for entry in parts if entry.filename.endswith((".xml", ".rels", ".vml")))
        _check_size("phần bảng tính sau khi giải nén", xml, MAX_XML_BYTES)

    def open(self, name: str, *, in_rows: bool = False) -> Part:
        """A part as a stream. ``in_rows`` for a sheet, whose rows are read one by one."""
        if name not in self.names:
            raise damaged(f"thiếu phần {name}")
        try:
            return Part(name, self._zip.open(name), MAX_ELEMENTS_OF_A_ROW if in_rows else MAX_ELEMENTS)
        except _FAULTS:
            raise damaged(f"không mở được phần {name}") from None

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part piece by piece, for a look that parses nothing; none where it cannot be unpacked."""
        with suppress(*_FAULTS), self._zip.open(name) as stream:
            yield from iter(lambda: stream.read(_CHUNK), b"")

    def read(self, name: str) -> bytes:
        """A part whole."""
        with self.open(name) as part:
            return part.read()


class Part:
    """A part that is read as a stream. ``read`` raises Refused before it hands out a piece that is not allowed."""

    def __init__(self, name: str, stream: IO[bytes], elements_of_a_row: int):
        self._name, self._stream, self._limit = name, stream, elements_of_a_row
        self._guard = expat.ParserCreate()
        self._guard.StartDoctypeDeclHandler = _refuse_doctype
        self._begun = False
        self._elements = self._row = 0

    def __enter__(self) -> Part:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def read(self, size: int = -1) -> bytes:
        """The next piece, at least of ``size`` at the start, or all that is left."""
        try:
            piece = self._stream.read() if size < 0 else self._stream.read(size if self._begun else _CHUNK)
            self._guard.Parse(piece, size < 0 or not piece)
        except expat.ExpatError as error:
            reason = f"phần {self._name} sai cú pháp XML ở dòng {error.lineno}, cột {error.offset + 1}"
            raise damaged(reason) from None
        except _FAULTS:
            raise damaged(f"phần {self._name} không giải nén được") from None
        self._count(piece)
        if not self._begun:
            self._begun = True
            for strict, known in _STRICT:
                piece = piece.replace(strict, known)
        return piece

    def _count(self, piece: bytes) -> None:
        if _ROWS_END.search(piece):
            self._limit = MAX_ELEMENTS_BELOW
        started, closed = _started(piece), piece.rfind(b"row>")
        self._elements += started
        self._row = started + self._row if closed < 0 else _started(piece[closed:])
        if self._elements > MAX_ELEMENTS or self._row > self._limit:
            raise Refused("trang có quá nhiều ô", "xóa các dòng và cột thừa rồi lưu lại")


def _started(piece: bytes) -> int:
    return piece.count(b"<") - piece.count(b"</")


def _refuse_doctype(*_declaration: object) -> None:
    raise Refused("tệp chứa khai báo DOCTYPE/ENTITY, không phải do Excel hay LibreOffice tạo ra", RESAVE)


def _check_directory(content: bytes) -> None:
    """Refuse a package whose list of parts alone is huge, before zipfile reads it."""
    position = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if position < 0 or len(content) < position + 22:
        raise damaged("thiếu phần cuối của gói .xlsx, có lẽ tệp chưa tải hết")
    _, _, _, parts, size, _ = struct.unpack("<4H2L", content[position + 4 : position + 20])
    # All ones say that the number stands in the 64-bit form, which small packages may have too; readers look for it
    # where it is said to be or right before.
    claims = [(parts % 0xFFFF, size % 0xFFFFFFFF)]
    locator = content[max(0, position - 20) : position]
    if locator.startswith(b"PK\x06\x07"):
        for start in (struct.unpack("<Q", locator[8:16])[0], position - 20 - 56):
            record = content[start : start + 56] if 0 <= start < len(content) else b""
            if record.startswith(b"PK\x06\x06") and len(record) == 56:
                claims.append(struct.unpack("<2Q", record[32:48]))
    if any(parts > MAX_PARTS or size > MAX_PARTS * 512 for parts, size in claims):
        raise Refused(f"tệp có quá nhiều thành phần (trên {MAX_PARTS})", RESAVE)


def _check_size(what: str, size: int, limit: int) -> None:
    if size > limit:
        expected = f"không quá {limit // 2**20} MB; xóa ảnh, trang và dòng thừa rồi lưu lại"
        raise Refused(f"{what} lớn {-(-size // 2**20)} MB", expected)
