"""The cells of a workbook as they stand: value, stored result of a formula, number format, merged ranges.

Read straight from the parts of the package (ECMA-376 Part 1, SpreadsheetML), in one pass: openpyxl needs a pass for
the values and another for the formulas, calamine knows no number formats, and neither can stop in the middle of a
sheet with a million rows. The tests hold it against openpyxl cell by cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from thidua.intake.xlsx.formats import BUILTIN, GENERAL, is_date
from thidua.intake.xlsx.package import Package, Refused, damaged
from thidua.intake.xlsx.raw import RawCell, RawSheet, StoredText, column_number, letters
from thidua.text import clean

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 300_000
MAX_ELEMENTS = 2_000_000
# Excel itself keeps no longer text in a cell.
MAX_TEXT = 32_767
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")
_CONTROL = re.compile(r"[\x01-\x0f]")
_LAST_SERIAL = 2_958_466


def read_sheets(package: Package) -> Iterator[RawSheet]:
    """The worksheets in their order. Raises Refused for what is damaged, unsafe or larger than any real form."""
    workbook = _workbook_part(package)
    relations = package.relations(workbook)
    parts = {kind: target for kind, target in relations.values() if kind in ("sharedStrings", "styles")}
    strings = _shared_strings(package, parts["sharedStrings"]) if parts.get("sharedStrings") in package.names else []
    formats = _cell_formats(package, parts["styles"]) if parts.get("styles") in package.names else []
    sheets: list[dict[str, str]] = []
    epoch = [dt.datetime(1899, 12, 30)]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.append(attributes)
        elif tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch[0] = dt.datetime(1904, 1, 1)

    package.parse(workbook, start)
    if not sheets:
        raise damaged()
    room = _Room()
    for sheet in sheets:
        kind, target = relations.get(sheet.get("id", ""), ("", ""))
        if kind == "worksheet":
            reader = _SheetReader(clean(sheet.get("name", "")), strings, formats, epoch[0], room)
            package.parse(target, reader.start, reader.end, reader.text)
            yield reader.sheet(sheet.get("state", "visible"))


def defined_names(package: Package) -> dict[str, str]:
    """What each name of the workbook stands for, by the name in small letters; equal names of sheets are joined."""
    found: dict[str, list[str]] = {}
    current: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "definedName":
            found.setdefault(attributes.get("name", "").casefold(), []).append("")
            current[:] = [attributes.get("name", "").casefold()]

    def end(tag: str) -> None:
        if tag == "definedName":
            current.clear()

    def text(data: str) -> None:
        if current:
            found[current[0]][-1] += data

    package.parse(_workbook_part(package), start, end, text)
    return {name: ",".join(texts) for name, texts in found.items()}


def _workbook_part(package: Package) -> str:
    part = next((t for kind, t in package.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
    if part not in package.names:
        raise damaged()
    return part


@dataclass
class _Room:
    """What is left of the limits of a workbook."""

    cells: int = MAX_CELLS
    elements: int = MAX_ELEMENTS

    def take_element(self, sheet: str) -> None:
        self.elements -= 1
        if self.elements < 0:
            raise Refused("trang có quá nhiều ô", "xóa các dòng và cột thừa rồi lưu lại", sheet)

    def take_cell(self, sheet: str) -> None:
        self.cells -= 1
        if self.cells < 0:
            raise Refused(f"tệp có trên {MAX_CELLS} ô có nội dung", "chỉ các trang theo mẫu", sheet)


def _shared_strings(package: Package, name: str) -> list[str]:
    found: list[str] = []
    pieces: list[str] = []
    depth = {"t": 0, "rPh": 0}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag in depth:
            depth[tag] += 1

    def end(tag: str) -> None:
        if tag in depth:
            depth[tag] -= 1
        elif tag == "si":
            found.append(_string("".join(pieces)))
            pieces.clear()
            if len(found) > MAX_CELLS:
                raise Refused(f"tệp có trên {MAX_CELLS} đoạn chữ", "chỉ các trang theo mẫu")

    def text(data: str) -> None:
        # rPh holds how a word is read aloud, which is no part of the text.
        if depth["t"] and not depth["rPh"]:
            pieces.append(data)

    package.parse(name, start, end, text)
    return found


def _cell_formats(package: Package, name: str) -> list[str]:
    codes = dict(BUILTIN)
    used: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "xf" and inside["cellXfs"]:
            used.append(int(attributes.get("numFmtId", "0")))
        elif tag == "cellXfs":
            inside[tag] = True

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[tag] = False

    package.parse(name, start, end)
    return [codes.get(number, GENERAL) for number in used]


@dataclass
class _SheetReader:
    """Gathers the cells of one sheet while its part is parsed."""

    title: str
    strings: list[str]
    formats: list[str]
    epoch: dt.datetime
    room: _Room
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    taking: list[str] | None = None
    value: str | None = None
    inline: list[str] = field(default_factory=list)
    formula: str | None = None
    spoken: bool = False
    shared: str = ""
    shared_formulas: dict[str, str] = field(default_factory=dict)
    array: str = ""
    arrays: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.room.take_element(self.title)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self.spoken):
            self.taking = []
        elif tag == "f":
            self.taking = []
            self.shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""
            self.array = attributes.get("ref", "") if attributes.get("t") == "array" else ""
        elif tag == "rPh":
            self.spoken = True
        elif tag == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
            if self.row <= MAX_ROWS and _is_concealed(attributes, "ht"):
                self.hidden_rows.add(self.row)
        elif tag == "col" and _is_concealed(attributes, "width"):
            last = min(int(attributes["max"]), MAX_COLUMNS)
            self.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        if self.taking is not None:
            self.taking.append(data)

    def end(self, tag: str) -> None:
        taken = "".join(self.taking) if self.taking is not None else ""
        if tag == "v":
            self.value, self.taking = taken, None
        elif tag == "t" and self.taking is not None:
            self.inline.append(taken)
            self.taking = None
        elif tag == "f":
            self.formula, self.taking = taken, None
            # The cells that share a formula carry its number alone; only the first of them carries its text.
            if self.shared and taken:
                self.shared_formulas[self.shared] = taken
            if self.array:
                self.arrays.append((*_range(self.array), taken))
        elif tag == "rPh":
            self.spoken = False
        elif tag == "c":
            self._end_cell()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.attributes, self.value, self.formula, self.shared = attributes, None, None, ""
        self.array = ""
        self.inline.clear()
        if match := _ADDRESS.fullmatch(attributes.get("r", "")):
            self.column, self.row = column_number(match[1]), int(match[2])
        else:
            self.column += 1

    def _end_cell(self) -> None:
        kind = self.attributes.get("t", "n")
        if self.formula is None and not self.value and not self.inline:
            return
        number_format = self._format()
        # A formula without a result stores an empty number; one whose result is an empty text says that it is text.
        uncached = self.formula is not None and not self.value and kind == "n"
        value = None if uncached else self._value(kind, number_format)
        if value is None and not uncached:
            return
        if self.row > MAX_ROWS or self.column > MAX_COLUMNS:
            found = f"có nội dung ở ô {letters(self.column)}{self.row}, ngoài {MAX_ROWS} dòng và {MAX_COLUMNS} cột đầu"
            address = f"{letters(self.column)}{self.row}"
            raise Refused(found, "xóa các dòng và cột thừa rồi lưu lại", self.title, address)
        self.room.take_cell(self.title)
        formula = self.formula or self.shared_formulas.get(self.shared, "")
        place = (self.row, self.column)
        self.cells[place] = RawCell(*place, value, number_format, kind == "e", uncached, formula)

    def _format(self) -> str:
        style = int(self.attributes.get("s", "0"))
        return self.formats[style] if 0 <= style < len(self.formats) else GENERAL

    def _value(self, kind: str, number_format: str) -> Any:
        raw = self.value or ""
        if kind == "s":
            return self.strings[int(raw)] or None
        if kind == "inlineStr":
            return _string("".join(self.inline)) or None
        if kind == "str":
            return _string(raw) or None
        if not raw:
            return None
        if kind == "b":
            return raw in ("1", "true")
        if kind == "e":
            return raw
        if kind == "d":
            return dt.datetime.fromisoformat(raw)
        number = float(raw) if set(raw) & set(".eEnN") else int(raw)
        return _date(number, self.epoch) if is_date(number_format) else number

    def _merge(self, reference: str) -> None:
        if len(self.merged) > MAX_ROWS:
            raise Refused("trang có quá nhiều ô gộp", "bỏ gộp các ô thừa rồi lưu lại", self.title)
        self.merged.append(_range(reference))

    def sheet(self, state: str) -> RawSheet:
        """What was gathered. Only the first cell of an array formula carries it; its results stand in all."""
        for top, left, bottom, right, formula in self.arrays:
            for row in range(top, min(bottom, MAX_ROWS) + 1):
                for column in range(left, min(right, MAX_COLUMNS) + 1):
                    self.room.take_element(self.title)
                    cell = self.cells.get((row, column))
                    if cell is not None and not cell.formula:
                        self.cells[row, column] = replace(cell, formula=formula)
        merged = tuple(sorted(self.merged))
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return RawSheet(self.title, self.cells, merged, state, *hidden)


def _range(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of «B2:C5»."""
    first, _, last = reference.partition(":")
    start, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last or first)
    if not start or not end:
        raise damaged()
    return int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1])


def _is_concealed(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is not shown: hidden by hand or by a filter, or given no size."""
    return attributes.get("hidden") in _TRUE or (size in attributes and float(attributes[size]) == 0)


def _string(raw: str) -> str:
    # Far more than a cell can hold is not worth cleaning; what is left of it is refused when the cell is read.
    text = raw[: 4 * MAX_TEXT]
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    found = clean(text)
    if _CONTROL.search(text) is None:
        return found
    kept = StoredText(found)
    kept.stored = text
    return kept


def _date(number: int | float, epoch: dt.datetime) -> Any:
    """A serial number as date or time; itself where it is none."""
    if not 0 <= number < _LAST_SERIAL:
        return number
    # In the 1900 system day 60 is a 29 February that never was.
    shift = 1 if epoch.year == 1899 and 0 < number < 60 else 0
    moment = epoch + dt.timedelta(days=shift, milliseconds=round(number * 86_400_000))
    return moment.time() if number < 1 else moment
