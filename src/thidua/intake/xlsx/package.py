"""The parts of an .xlsx package, unpacked and parsed as a stream.

A workbook from outside is hostile until it is read. Nothing is unpacked before the sizes that the package declares
are known to be small (zipfile never unpacks more than is declared), only the parts that hold cells are parsed at all,
and a part with a document type, the door to XML entities, is refused at that line.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

MAX_PARTS = 2_000
MAX_XML_BYTES = 48 * 2**20
MAX_UNPACKED_BYTES = 200 * 2**20
XLSX = "một workbook Excel dạng .xlsx, không đặt mật khẩu"
_RESAVE = f"{XLSX}; mở bằng Excel hoặc LibreOffice rồi lưu lại"
_CHUNK = 64 * 1024

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Refused(Exception):
    """A package that cannot be used: what was found and what is expected, in Vietnamese."""

    def __init__(self, found: str, expected: str, sheet: str = "", cell: str = ""):
        super().__init__(found, expected, sheet, cell)
        self.found, self.expected, self.sheet, self.cell = found, expected, sheet, cell


def damaged() -> Refused:
    return Refused("tệp bị hỏng hoặc thiếu nội dung, không đọc được", _RESAVE)


class Package:
    """An open package. Raises Refused from every method for what is damaged or unsafe."""

    def __init__(self, content: bytes):
        _check_directory(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, UnicodeError):
            raise damaged() from None
        self.names = frozenset(self._zip.namelist())
        sizes = {entry.filename: entry.file_size for entry in self._zip.infolist()}
        _check_size("nội dung giải nén", sum(sizes.values()), MAX_UNPACKED_BYTES)
        xml = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels", ".vml")))
        _check_size("phần bảng tính sau khi giải nén", xml, MAX_XML_BYTES)

    def parse(self, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Parse a part. ``start`` takes an element's local name and attributes, likewise by their local names."""
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        local = _LocalNames()

        def started(tag: str, attributes: dict[str, str]) -> None:
            start(local[tag], {local[key]: value for key, value in attributes.items()} if attributes else attributes)

        parser.StartElementHandler = started
        if end is not None:
            finish = end
            parser.EndElementHandler = lambda tag: finish(local[tag])
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (KeyError, zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, RuntimeError):
            raise damaged() from None
        except (NotImplementedError, ValueError, IndexError, OverflowError, struct.error):
            raise damaged() from None

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part («» for the package's own): by id, the last piece of their type and the target."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

        if part in self.names:
            self.parse(part, start)
        return found


class _LocalNames(dict[str, str]):
    """Names without their namespace: the transitional and the strict form of the format differ in nothing else."""

    def __missing__(self, name: str) -> str:
        self[name] = found = name.rpartition("\n")[2]
        return found


def _refuse_doctype(*_declaration: object) -> None:
    raise Refused("tệp chứa khai báo DOCTYPE/ENTITY, không phải do Excel hay LibreOffice tạo ra", _RESAVE)


def _check_directory(content: bytes) -> None:
    """Refuse a package whose list of parts alone is huge, before zipfile reads it."""
    position = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if position < 0 or len(content) < position + 22:
        raise damaged()
    _, _, _, parts, size, _ = struct.unpack("<4H2L", content[position + 4 : position + 20])
    # A package under the size limit never needs the 64-bit form, whose own counts would be read instead of these.
    wide = content[max(0, position - 20) : position].startswith(b"PK\x06\x07")
    if wide or parts > MAX_PARTS or size > MAX_PARTS * 512:
        raise Refused(f"tệp có quá nhiều thành phần (trên {MAX_PARTS})", _RESAVE)


def _check_size(what: str, size: int, limit: int) -> None:
    if size > limit:
        expected = f"không quá {limit // 2**20} MB; xóa ảnh, trang và dòng thừa rồi lưu lại"
        raise Refused(f"{what} lớn {-(-size // 2**20)} MB", expected)
