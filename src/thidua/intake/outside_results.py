"""Cells whose stored result rests on something outside the workbook, directly or through other cells.

What such a formula gave when the file was saved can be traced to no cell that was submitted, and gives another value
when the file is opened again: another workbook, the web, a server, the clock, chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from thidua.intake.xlsx.raw import MovedFormula, column_number, letters
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.language.text import clean

EXPECTED = "giá trị cố định (Copy, Paste Special > Values) hoặc công thức trong cùng tệp"
_FILE = "công thức lấy số liệu từ tệp khác, không truy được nguồn"

# «[1]Sheet1!A1», «[1]!name»; not «Table[Column]».
_OTHER_FILE = re.compile(r"(?<![\w\]])\[\d+\][\w.]*!|file:///", re.IGNORECASE)
# «'[1]Sheet 1'!A1», «'C:\khac.xlsx'!ten»: no sheet of this workbook may have such a name.
_QUOTED = re.compile(r"'((?:[^']|'')*)'(!?)")
_PATH = re.compile(r"[\[\\/]")
# «program|topic», where it stands in no sheet's name.
_OTHER_PROGRAM = re.compile(r"\w\|['\w]")
# Excel keeps no longer formula.
_MAX_FORMULA = 8_192
_TELLTALE = re.compile(r"[\[\]\\/|#]|\.xls|\.ods|://", re.IGNORECASE)
_STRING = re.compile(r'"(?:[^"]|"")*"')
_CALL = re.compile(r"(?<![\w.])([A-Za-z_][\w.]*)\s*\(")
_INDIRECT = re.compile(r'INDIRECT\s*\(\s*("(?:[^"]|"")*")\s*(?:,[^()]*)?\)', re.IGNORECASE)
_ANY_INDIRECT = re.compile(r"\bINDIRECT\s*\(", re.IGNORECASE)
# Google Sheets exports what Excel does not know under this name, with the result of the day behind it.
_GOOGLE = "DUMMYFUNCTION"

_FROM_FILES = frozenset({"IMPORTRANGE", "DDE", "RTD", "SQL.REQUEST", "CALL", "REGISTER.ID"})
_FROM_WEB = frozenset(
    {"IMPORTDATA", "IMPORTFEED", "IMPORTHTML", "IMPORTXML", "GOOGLEFINANCE", "GOOGLETRANSLATE", "WEBSERVICE", "IMAGE"}
    | {"STOCKHISTORY", "FIELDVALUE", "TRANSLATE", "DETECTLANGUAGE", "COPILOT", "LABS.GENERATIVEAI", "AI", "PY"}
)
_PASSING = frozenset({"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "RANDBETWEEN.NV", "RAND.NV"})

_SHEET = r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!"
_CORNER = r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})"
_REFERENCE = re.compile(
    rf"(?:{_SHEET})?(?<![\w.$])(?:{_CORNER}(?::{_CORNER})?"
    r"|\$?([A-Z]{1,3}):\$?([A-Z]{1,3})|\$?(\d{1,7}):\$?(\d{1,7}))(?![\w.(!])",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w.!'])[^\W\d][\w.\\]*(?![\w.(!'\[])")
_FAR = 2**31
# More looking than any real workbook needs; what is left then counts as untraceable.
_STEPS = 1_000_000

_Area = tuple[str, int, int, int, int]
# Why a cell's value cannot be traced within the workbook, by sheet title, row and column.
ForeignCells = dict[tuple[str, int, int], str]


def foreign(formula: str) -> str:
    """Why a formula's result cannot be traced within its workbook, in Vietnamese; empty where it can."""
    if len(formula) > _MAX_FORMULA:
        return f"công thức dài trên {_MAX_FORMULA} ký tự, không truy được nguồn"
    bare = _STRING.sub('""', formula)
    called = {_own_name(name) for name in _CALL.findall(bare)}
    if _GOOGLE in called:
        inside = sorted({_own_name(name) for name in _CALL.findall(formula)} & (_FROM_FILES | _FROM_WEB))
        if inside:
            return f"công thức {inside[0]} của Google Sheets lấy số liệu từ tệp khác, không truy được nguồn"
        return "công thức chỉ có ở Google Sheets, giá trị là bản chép lại, không truy được nguồn"
    named = any(mark and _PATH.search(name) for name, mark in _QUOTED.findall(bare))
    if named or _OTHER_FILE.search(bare) or _OTHER_PROGRAM.search(_QUOTED.sub("''", bare)):
        return _FILE
    if files := sorted(name for name in called if name in _FROM_FILES or name.startswith("CUBE")):
        return f"công thức {files[0]} lấy số liệu từ tệp hoặc máy chủ khác, không truy được nguồn"
    if web := sorted(called & _FROM_WEB):
        return f"công thức {web[0]} lấy số liệu từ mạng, không truy được nguồn"
    if passing := sorted(called & _PASSING):
        return f"công thức {passing[0]} cho kết quả khác đi mỗi lần mở tệp"
    if "INDIRECT" in called and not _stays_inside(formula):
        return "công thức INDIRECT có thể lấy số liệu từ tệp khác, không truy được nguồn"
    return ""


def foreign_cells(book: RawWorkbook) -> ForeignCells:
    """The cells of a workbook whose values cannot be traced within it, each with the reason."""
    names = {name: foreign(text) for name, text in book.names.items()}
    formulas = {
        (sheet.title, row, column): cell.formula
        for sheet in book.sheets
        for (row, column), cell in sheet.cells.items()
        if cell.formula
    }
    reasons: dict[str, str] = {}
    found: ForeignCells = {}
    for place, formula in formulas.items():
        if formula not in reasons:
            used = (names.get(name.casefold(), "") for name in _NAME.findall(formula)) if any(names.values()) else ()
            reasons[formula] = foreign(formula) or next((why for why in used if why), "")
        if reasons[formula]:
            found[place] = reasons[formula]
    if found:
        _add_dependents(book, formulas, found)
    return found


def _own_name(called: str) -> str:
    """A function's name without the prefixes under which files store the younger ones."""
    name = re.sub(r"^(?:_+xl\w+\.)+", "", called, flags=re.IGNORECASE)
    return re.sub(r"^_xldudf_", "", name, flags=re.IGNORECASE).lstrip("_").upper()


def _stays_inside(formula: str) -> bool:
    """Whether every INDIRECT of a formula names its place in plain words, within the workbook."""
    spelled = _INDIRECT.findall(formula)
    return len(spelled) == len(_ANY_INDIRECT.findall(formula)) and not any(_TELLTALE.search(s) for s in spelled)


def _add_dependents(book: RawWorkbook, formulas: ForeignCells, found: ForeignCells) -> None:
    """Add the cells whose formulas use a cell that was found, until there are no more."""
    sheets = {sheet.title.casefold(): sheet.title for sheet in book.sheets}
    areas = {
        place: list(_areas(formula, place[0], sheets, book.names))
        for place, formula in formulas.items()
        if place not in found
    }
    steps = _STEPS
    fresh = list(found)
    while fresh:
        by_sheet: dict[str, list[tuple[str, int, int]]] = {}
        for place in fresh:
            by_sheet.setdefault(place[0], []).append(place)
        fresh = []
        for place in [p for p in areas if p not in found]:
            for title, top, left, bottom, right in areas[place]:
                candidates = by_sheet.get(title, ())
                steps -= 1 + len(candidates)
                if steps < 0:
                    found.update({p: "công thức quá rối, không truy được nguồn" for p in areas if p not in found})
                    return
                hit = next((c for c in candidates if top <= c[1] <= bottom and left <= c[2] <= right), None)
                if hit is not None:
                    where = f"{letters(hit[2])}{hit[1]}" + (f" trang «{hit[0]}»" if hit[0] != place[0] else "")
                    found[place] = f"công thức dựa vào ô {where}: {found[hit].rpartition(': ')[2]}"
                    fresh.append(place)
                    break


def _areas(formula: str, title: str, sheets: Mapping[str, str], names: Mapping[str, str]) -> Iterator[_Area]:
    """The areas that a formula on the sheet ``title`` uses, itself or by a name."""
    moved = (formula.rows, formula.columns) if isinstance(formula, MovedFormula) else (0, 0)
    texts = [_STRING.sub("", formula)]
    seen: set[str] = set()
    while texts:
        text = texts.pop()
        for match in _REFERENCE.finditer(text):
            sheet = title
            if named := (match[1] or "").replace("''", "'") or match[2]:
                sheet = sheets.get(clean(named).casefold(), "")
            if match[4]:
                corners = [_corner(match.groups()[2:6], moved)]
                corners += [_corner(match.groups()[6:10], moved)] if match[8] else []
            elif match[11]:
                corners = [(1, column_number(match[11].upper())), (_FAR, column_number(match[12].upper()))]
            else:
                corners = [(int(match[13]), 1), (int(match[14]), _FAR)]
            rows, columns = zip(*corners, strict=True)
            yield sheet, min(rows), min(columns), max(rows), max(columns)
        for name in {n.casefold() for n in _NAME.findall(text)} - seen:
            if name in names:
                seen.add(name)
                texts.append(_STRING.sub("", names[name]))


def _corner(pieces: Sequence[str], moved: tuple[int, int]) -> tuple[int, int]:
    """Row and column of «$B2», moved as far as its formula where no dollar holds them."""
    fixed_column, column, fixed_row, row = pieces
    return (
        int(row) + (0 if fixed_row else moved[0]),
        column_number(column.upper()) + (0 if fixed_column else moved[1]),
    )
