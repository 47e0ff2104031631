"""Codes such as «thon_xa_moi» in a workbook, written so that every program shows them whole.

LibreOffice takes «_xa_» for the escape of a line break, though an escape has four digits. An underscore that is itself
written as an escape is one everywhere.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

_TEXTS = "xl/sharedStrings.xml"
_TAKEN = re.compile(rb"_(?=x[0-9a-fA-F]{1,3}_)")


def write_escaped(content: io.BytesIO, path: Path) -> None:
    """Write a workbook that XlsxWriter made, with such underscores in its texts escaped; entries stay as they are."""
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in made.infolist():
            data = made.read(entry)
            written.writestr(entry, _TAKEN.sub(b"_x005F_", data) if entry.filename == _TEXTS else data)
