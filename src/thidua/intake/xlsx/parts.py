"""The parts of a package, element by element: how they are read, the texts and number formats that cells refer to."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError, iterparse

from openpyxl.worksheet._reader import CELL_TAG, FORMULA_TAG, INLINE_STRING, VALUE_TAG
from openpyxl.xml.constants import SHEET_MAIN_NS

from thidua.intake.xlsx.number_format import BUILTIN, GENERAL
from thidua.intake.xlsx.raw import MAX_TEXT, StoredText
from thidua.intake.xlsx.zip_package import Package, Refused, damaged
from thidua.language.text import clean

MAX_CELLS = 300_000
# Excel itself keeps no longer text in a cell.
NAME = f"{{{SHEET_MAIN_NS}}}"
_STRING, _TEXT, _SPOKEN = (f"{NAME}{name}" for name in ("si", "t", "rPh"))
_STYLES, _FORMATS, _CELL_STYLES = (f"{NAME}{name}" for name in ("styleSheet", "numFmts", "cellXfs"))
# What a row or a text consists of is kept until it ends.
IN_ROWS = {CELL_TAG, VALUE_TAG, FORMULA_TAG, INLINE_STRING, _TEXT, _SPOKEN, f"{NAME}r"}
# What openpyxl raises for what it does not understand.
ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x01-\x0f]")


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Whatever openpyxl or the XML parser stumbles over is the file's fault, and told with their own reason."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Refused:
        raise
    except (*ODD, SyntaxError, OSError, RecursionError) as error:
        raise damaged(f"{what} không đúng chuẩn .xlsx: {error}") from None


def elements(package: Package, name: str, root: str, kept: set[str], *, in_rows: bool = False) -> Iterator[Element]:
    """The elements of a part as they end; those whose tags are not ``kept`` are emptied after their turn."""
    with package.open(name, in_rows=in_rows) as part:
        try:
            events = iterparse(cast(Any, part), events=("start", "end"))
            _, first = next(events)
            if first.tag != root:
                raise damaged(f"phần {name} không đúng chuẩn .xlsx")
            for event, element in events:
                if event == "end":
                    yield element
                    if element.tag not in kept:
                        element.clear()
        except (ParseError, StopIteration):
            raise damaged(f"phần {name} sai cú pháp XML") from None


def shared_strings(package: Package, name: str) -> list[str]:
    """The texts that cells refer to. openpyxl's own reading would undo half of their escapes."""
    found: list[str] = []
    for element in elements(package, name, f"{NAME}sst", IN_ROWS):
        if element.tag == _STRING:
            found.append(cleaned(words(element)))
            if len(found) > MAX_CELLS:
                raise Refused(f"tệp có trên {MAX_CELLS} đoạn chữ", "chỉ các trang theo mẫu")
    return found


def words(element: Element) -> str:
    """The text of a shared or inline string; rPh holds how a word is read aloud, which is no part of the text."""
    spoken = {t for phrase in element.iter(_SPOKEN) for t in phrase.iter(_TEXT)}
    return "".join(t.text or "" for t in element.iter(_TEXT) if t not in spoken)


def cell_formats(package: Package, name: str) -> list[str]:
    """The code of each cell format. Differential formats number their own, and openpyxl needs every colour right."""
    codes = dict(BUILTIN)
    used: list[str] = []
    kept = {f"{NAME}numFmt", f"{NAME}xf"}
    for element in elements(package, name, _STYLES, kept):
        if element.tag == _FORMATS:
            codes |= {whole_number(f.get("numFmtId")): f.get("formatCode") or GENERAL for f in element}
        elif element.tag == _CELL_STYLES:
            used = [xf.get("numFmtId") or "0" for xf in element]
    return [codes.get(whole_number(number), GENERAL) for number in used]


def whole_number(word: str | None) -> int:
    """The number that an attribute holds; -1 where it holds none that a workbook can mean."""
    return int(word) if word is not None and word.strip().isdecimal() and len(word) < 10 else -1


def cleaned(raw: str) -> str:
    """A text of the package as the officer sees it, its escapes resolved."""
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
