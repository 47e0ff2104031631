"""Workbooks that somebody has open now: what is not saved there is not in the report, and nobody sees it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from thidua.intake.folder import raw_folder

_LIBREOFFICE = re.compile(r"\.~lock\.(?P<book>.+)#")
_EXCEL = re.compile(r"~\$(?P<book>.+)")
# A lock of Excel: a name of up to 54 bytes with its length before it; then in UTF-16, so many letters of two bytes.
_IN_LETTERS = 55
_MOST_BYTES = 4096


def opened_books(root: Path, period: str) -> Iterator[str]:
    """A sentence on each workbook in data/raw/<period> beside which a program that has opened it put its lock."""
    folder = raw_folder(root, period)
    with suppress(OSError):
        for lock in sorted(p for pattern in ("*", "*/*") for p in folder.glob(pattern)):
            for kind, program in ((_LIBREOFFICE, "LibreOffice"), (_EXCEL, "Excel")):
                match = kind.fullmatch(lock.name)
                if match and (lock.parent / match["book"]).is_file():
                    name = (lock.parent / match["book"]).relative_to(folder).as_posix()
                    yield _sentence(unicodedata.normalize("NFC", name), program, _who(lock, program), lock.name)


def _sentence(name: str, program: str, who: str, lock: str) -> str:
    opened = f"{who} đang mở biểu «{name}» bằng {program}" if who else f"biểu «{name}» đang mở bằng {program}"
    return f"{opened}: thay đổi chưa lưu không có trong số liệu; nếu không còn ai mở thì xóa tệp «{lock}» cạnh nó"


def _who(lock: Path, program: str) -> str:
    """Whom a lock names, as far as it can be read; empty where it names nobody."""
    try:
        with lock.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError:  # Windows lets nobody read what Excel holds
        return ""
    return _in_excels(content) if program == "Excel" else _in_libreoffices(content)


def _in_libreoffices(content: bytes) -> str:
    """«name,login,computer,time,profile;», a comma within a part behind a backslash."""
    parts = re.split(r"(?<!\\),", content.decode("utf-8", "replace"))
    name, login, computer = (_clean(part) for part in [*parts, "", "", ""][:3])
    return ", máy ".join(filter(None, (name or login, computer)))


def _in_excels(content: bytes) -> str:
    count = int.from_bytes(content[_IN_LETTERS : _IN_LETTERS + 2], "little")
    letters = content[_IN_LETTERS + 2 : _IN_LETTERS + 2 + 2 * count]
    if 0 < count <= 54 and len(letters) == 2 * count:
        return _clean(letters.decode("utf-16-le", "replace"))
    return _clean(content[1 : 1 + min(content[0], 54)].decode("ascii", "replace")) if content else ""


def _clean(text: str) -> str:
    """A name in one line; empty where it is none."""
    bare = " ".join(text.replace("\\,", ",").split())
    return bare if bare.isprintable() and "\ufffd" not in bare else ""
