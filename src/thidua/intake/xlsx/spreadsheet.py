"""The sheets of a workbook as openpyxl reads them, row by row and no further than any real form goes.

openpyxl tells the parts of a workbook and what stands in a cell. Its read-only sheets would give neither merged ranges
nor hidden rows, would cut off what lies outside the range that a sheet claims to have, would need a second pass for
formulas, and would end at the first odd cell; so the parser of rows that stands behind them is driven here: an odd
cell is kept as odd, and the few things beside the cells are picked up on the way. Numbers stay numbers until the cell's
own format says that they show a date.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, cast
from xml.etree.ElementTree import Element

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.packaging.workbook import WorkbookPackage
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.worksheet._reader import (
    CELL_TAG,
    COL_TAG,
    FORMULA_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.functions import fromstring

from thidua.intake.xlsx.dated import dated
from thidua.intake.xlsx.number_format import GENERAL
from thidua.intake.xlsx.parts import (
    IN_ROWS,
    MAX_CELLS,
    NAME,
    ODD,
    cell_formats,
    cleaned,
    elements,
    refusing,
    shared_strings,
    whole_number,
    words,
)
from thidua.intake.xlsx.raw import MovedFormula, Range, RawCell, RawSheet
from thidua.intake.xlsx.zip_package import Package, Refused, damaged
from thidua.language.text import clean

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_SHEET, _MERGED = f"{NAME}worksheet", f"{NAME}mergeCell"
_BOOLEANS = {"true": True, "false": False}
_KINDS = ("n", "s", "str", "inlineStr", "b", "e", "d")
_ROW = re.compile(r"[1-9]\d{0,6}(?:\.0+)?")
# Less than two tenths of a point high or of a character wide.
_NOTHING = re.compile(r"(?=.)0*(?:\.(?:[01]\d*)?)?")
# A cell with a value as Excel and LibreOffice write it, in a row whose number has five digits or more.
_FAR_DOWN = re.compile(rb'<c r="([A-Z]{1,3}(\d{5,7}))"[^>/]*><v>[^<]')


def read_workbook(package: Package) -> tuple[list[RawSheet], dict[str, str]]:
    """The worksheets in their order, and what each name stands for, by the name in small letters.

    Equal names of several sheets are joined. Raises Refused for what is damaged, unsafe or larger than any real form.
    """
    with refusing("danh sách trang của workbook"):
        start = get_dependents(cast(Any, package), "_rels/.rels")
        workbook = next((r.target for r in start if r.Type.endswith("/officeDocument")), "xl/workbook.xml")
        # openpyxl's own reader would begin a workbook of its own with all its styles, for longer than the rest takes.
        book = cast(Any, WorkbookPackage).from_tree(fromstring(package.read(workbook)))
        relations = cast(Any, get_dependents)(package, cast(Any, get_rels_path)(workbook)).to_dict()
        listed = [(clean(s.name or ""), s.state or "visible", relations[s.id]) for s in book.sheets if s.id]
        parts = {relation.Type.rpartition("/")[2]: relation.target for relation in relations.values()}
        names: dict[str, list[str]] = {}
        for name in book.definedNames.definedName if book.definedNames else ():
            names.setdefault(name.name.casefold(), []).append(name.attr_text or "")
        epoch = CALENDAR_MAC_1904 if book.properties.date1904 else CALENDAR_WINDOWS_1900
    if not listed:
        raise damaged("không có trang nào")
    strings = shared_strings(package, parts["sharedStrings"]) if parts.get("sharedStrings") in package.names else []
    formats = cell_formats(package, parts["styles"]) if parts.get("styles") in package.names else []
    room = _Room()
    sheets = [
        _SheetReader(title, strings, formats, epoch, room).read(package, relation.target, state)
        for title, state, relation in listed
        if relation.Type.endswith("/worksheet")
    ]
    return sheets, {name: ",".join(texts) for name, texts in names.items()}


@dataclass
class _Room:
    """What is left of the limit of a workbook."""

    cells: int = MAX_CELLS

    def take(self, cells: int = 1) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise Refused(f"tệp có trên {MAX_CELLS} ô có nội dung", "chỉ các trang theo mẫu")


class _SheetReader(WorkSheetParser):
    """Gathers what one sheet has while openpyxl reads its rows."""

    def __init__(self, title: str, strings: list[str], formats: list[str], epoch: dt.datetime, room: _Room):
        # No format is a date's for openpyxl: whether it is depends on the value too.
        super().__init__(cast(Any, None), strings, data_only=True, epoch=epoch)
        self._title, self._formats, self._room = title, formats, room
        self._cells: dict[tuple[int, int], RawCell] = {}
        self._merged: set[Range] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._shared_texts: dict[str, str] = {}
        self._shared_from: dict[str, tuple[int, int]] = {}
        self._spilling: list[tuple[Range, str]] = []

    def read(self, package: Package, part: str, state: str) -> RawSheet:
        try:
            self._look_far_down(package, part)
            for element in elements(package, part, _SHEET, IN_ROWS, in_rows=True):
                if element.tag == ROW_TAG:
                    self._take_row(element)
                elif element.tag == _MERGED:
                    self._take_merged(element)
                elif element.tag == COL_TAG and _is_hidden(element, "width"):
                    first, last = whole_number(element.get("min")), whole_number(element.get("max"))
                    self._hidden_columns.update(range(max(first, 1), min(last, MAX_COLUMNS) + 1))
            self._spill()
        except Refused as refused:
            raise Refused(refused.found, refused.expected, refused.sheet or self._title, refused.cell) from None
        hidden = frozenset(self._hidden_rows), frozenset(self._hidden_columns)
        return RawSheet(self._title, self._cells, tuple(sorted(self._merged)), state, *hidden)

    def _look_far_down(self, package: Package, part: str) -> None:
        # At sight, before all that stands above is read; what is written in an unusual way is refused when it is.
        end = b""
        for piece in package.pieces(part):
            for address, row in _FAR_DOWN.findall(end + piece):
                if int(row) > MAX_ROWS:
                    raise self._outside(address.decode())
            end = piece[-200:]

    def _outside(self, address: str) -> Refused:
        found = f"có nội dung ở ô {address}, ngoài {MAX_ROWS} dòng và {MAX_COLUMNS} cột đầu"
        return Refused(found, "xóa các dòng và cột thừa rồi lưu lại", self._title, address)

    def _spill(self) -> None:
        """Only the first cell of an array formula carries it; its results stand in all."""
        for (top, left, bottom, right), formula in self._spilling:
            bottom, right = min(bottom, MAX_ROWS), min(right, MAX_COLUMNS)
            self._room.take(max(0, (bottom - top + 1) * (right - left + 1)))
            for place in product(range(top, bottom + 1), range(left, right + 1)):
                cell = self._cells.get(place)
                if cell is not None and not cell.formula:
                    self._cells[place] = replace(cell, formula=formula)

    def _take_row(self, element: Element) -> None:
        if not _ROW.fullmatch(element.get("r", "1")):
            del element.attrib["r"]  # a row that nobody can number comes after the one before
        row, cells = cast("tuple[int, list[RawCell | None]]", self.parse_row(cast(Any, element)))
        if row <= MAX_ROWS and _is_hidden(element, "ht"):
            self._hidden_rows.add(row)
        self._cells |= {(cell.row, cell.column): cell for cell in cells if cell is not None}

    def _take_merged(self, element: Element) -> None:
        if (merged := _range(element)) is not None:
            self._merged.add(merged)
        if len(self._merged) > MAX_ROWS:
            raise Refused("trang có quá nhiều ô gộp", "bỏ gộp các ô thừa rồi lưu lại")

    def parse_cell(self, element: Element) -> RawCell | None:  # type: ignore[override]
        """A cell that has something in it. What openpyxl cannot read is the fault of this cell alone."""
        if element.tag != CELL_TAG:
            return None
        kind, raw = element.get("t", "n"), element.findtext(VALUE_TAG) or ""
        formula = self._formula(element.find(FORMULA_TAG))
        code = self._format(element.attrib.pop("s", ""))
        before = self.col_counter
        try:
            row, column, value = self._read(element, kind, raw)
            value = dated(value, code, self.epoch)
            odd = "" if code or isinstance(value, str) else "định dạng của ô không có trong tệp"
        except ODD:
            row, column, value = *self._place(element, before), raw
            odd = f"«{raw[:40]}» không phải là giá trị kiểu «{kind}»"
        formula = self._moved(element.find(FORMULA_TAG), formula, row, column)
        # A formula without a result stores an empty number; one whose result is an empty text says that it is text.
        uncached = formula is not None and not raw and kind == "n"
        if isinstance(value, str) and not odd and kind != "e":
            value = cleaned(value) if kind != "s" else value
        if value in (None, "") and not uncached and not odd:
            return None
        cell = RawCell(row, column, value, code or GENERAL, kind == "e", uncached, formula or "", odd)
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise self._outside(cell.address)
        self._room.take()
        return cell

    def _read(self, element: Element, kind: str, raw: str) -> tuple[int, int, Any]:
        """Row, column and value as openpyxl tells them. Raises one of ODD for what makes no sense."""
        inline = None
        if kind == "inlineStr":
            inline = words(element)
            element.set("t", "str")  # openpyxl would build an object of each piece of it
        elif kind == "b" and raw in _BOOLEANS:
            return *self._place(element, self.col_counter), _BOOLEANS[raw]
        elif kind not in _KINDS or (kind == "s" and raw.startswith("-")):
            raise ValueError
        found = super().parse_cell(element)
        if found["row"] < 1:
            raise ValueError
        return found["row"], found["column"], found["value"] if inline is None else inline

    def _place(self, element: Element, before: int) -> tuple[int, int]:
        """Where a cell stands: where it says, or after the one before."""
        self.col_counter = before + 1
        try:
            row, column = coordinate_to_tuple(element.get("r") or "?")
            if row > 0:
                self.col_counter = column
                return row, column
        except ODD:
            pass
        return max(1, self.row_counter), self.col_counter

    def _formula(self, element: Element | None) -> str | None:
        if element is None:
            return None
        text = element.text or ""
        # The cells that share a formula carry its number alone; only the first of them carries its text.
        if element.get("t") == "shared" and (number := element.get("si")):
            text = self._shared_texts.setdefault(number, text) if text else self._shared_texts.get(number, "")
        elif element.get("t") == "array" and (area := _range(element)) is not None:
            self._spilling.append((area, text))
        return text

    def _moved(self, element: Element | None, text: str | None, row: int, column: int) -> str | None:
        """A shared formula with how far its cell is from the one that carries its text."""
        if not text or element is None or element.get("t") != "shared":
            return text
        top, left = self._shared_from.setdefault(element.get("si", ""), (row, column))
        return text if (row, column) == (top, left) else MovedFormula(text, row - top, column - left)

    def _format(self, style: str) -> str:
        """The code of a style; empty where the workbook has no such style."""
        number = whole_number(style or "0")
        if number == 0 and not self._formats:
            return GENERAL
        return self._formats[number] if 0 <= number < len(self._formats) else ""


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden or has no height or width to speak of."""
    return element.get("hidden") in ("1", "true") or _NOTHING.fullmatch(element.get(size, "")) is not None


def _range(element: Element) -> Range | None:
    """The range that an element names; None where it is none."""
    try:
        left, top, right, bottom = map(_whole, range_boundaries(element.get("ref", "")))
        return top, left, bottom, right
    except ODD:
        return None


def _whole(bound: int | None) -> int:
    if bound is None:
        raise ValueError
    return bound
