"""Workbooks of tests, saved in a third of the time: hundreds of tests write one, and few have more than cells."""

from __future__ import annotations

import io
from functools import cache
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.xml.functions import tostring

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


class Book(Workbook):
    """A workbook that openpyxl writes, without what nobody asks a form for: theme, properties, who made it when."""

    def save(self, filename: Any) -> None:
        """Write it to a path or a stream."""
        book: Any = self
        for number, sheet in enumerate(book.worksheets, 1):
            sheet._id = number  # its part is called by it
        sheets = {sheet.path.lstrip("/"): xml for sheet in book.worksheets if (xml := _sheet(sheet))}
        if len(sheets) < len(book.worksheets) or book.chartsheets:
            super().save(filename)
            return
        plain = len(book._cell_styles) == 1 and not book._differential_styles.styles
        writer: Any = WorkbookWriter(book)
        parts = {"_rels/.rels": _ROOT, "xl/workbook.xml": writer.write(), **sheets}
        parts["xl/styles.xml"] = _plain_styles() if plain else tostring(write_stylesheet(self))
        writer.rels.append(Relationship("", type="styles", Target="styles.xml"))
        parts["xl/_rels/workbook.xml.rels"] = tostring(writer.rels.to_tree())
        with ZipFile(filename, "w", ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _types(tuple(sheets)))
            for name, content in parts.items():
                archive.writestr(name, content)


def _sheet(sheet: Any) -> bytes:
    """A sheet as it stands in the package; nothing where it needs further parts: remarks, links, pictures, tables."""
    if sheet._charts or sheet._images or sheet._pivots or sheet._tables or sheet.legacy_drawing:
        return b""
    stream = io.BytesIO()
    writer: Any = WorksheetWriter(sheet, stream)
    writer.write()
    return b"" if sheet._comments or writer._rels else stream.getvalue()


@cache
def _plain_styles() -> bytes:
    return bytes(tostring(write_stylesheet(Workbook())))


@cache
def _types(sheets: tuple[str, ...]) -> str:
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", **dict.fromkeys(sheets, "worksheet")}
    own = "".join(f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in kinds.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{relations}{own}</Types>'
