"""What one submitted workbook states, and everything wrong with it: the work of intake that needs no other workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from thidua.errors import Problem
from thidua.forms.schema import BANNERS, INFO_SHEET
from thidua.intake.filled_in import is_filled_in
from thidua.intake.old_letters import old_letters_problem
from thidua.intake.outside_results import foreign_cells
from thidua.intake.records import Record, read_sheet
from thidua.intake.sheets import check_sheets, is_info
from thidua.intake.xlsx.raw import RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.language.text import fold
from thidua.settings.period import Period

_UNIT, _PERIOD = "Địa bàn", "Kỳ báo cáo"
DEPARTMENT = "Đơn vị lập"


@dataclass(frozen=True)
class Wanted:
    """What params want of a workbook: the sheets of its department, the period's id, the unit's name if it is known."""

    sheets: tuple[str, ...]
    period: str
    unit: str


@dataclass(frozen=True)
class Signed:
    """Who a workbook says that it comes from, and where it says so; all empty where it does not."""

    who: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Reading:
    """What a workbook of this SHA-256 states and what is wrong with it; none where it could not be opened.

    Of a blank one, only what stands above its tables.
    """

    sha256: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    signed: Signed = Signed()


def read_book(path: Path, name: str, wanted: Wanted) -> Reading:
    """Read a workbook; ``name`` is how records and problems call it."""
    book = open_workbook(path, name)
    if isinstance(book, Problem):
        return Reading("", (), (book,))
    problems = check_sheets(book, wanted.sheets)
    info = _check_info(book, wanted)
    foreign = foreign_cells(book)
    records: list[Record] = []
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        found, faults = read_sheet(book, sheet, foreign)
        faults += info if is_info(sheet) else []
        garbled = old_letters_problem(book.file, sheet)
        if garbled is not None:
            # That no header and no label was found follows from it.
            faults = [garbled, *(p for p in faults if p.cell)]
        records += found
        problems += faults
    if not any(is_info(s) and not s.hidden for s in book.sheets):
        problems += info
    return Reading(book.sha256, tuple(_stated(records)), tuple(problems), _signed(book))


def read_workbook(path: Path, name: str) -> list[Record]:
    """What a workbook states, as far as it can be read: nothing but what stands above its tables while it is blank."""
    return _stated(rows_in(path, name))


def rows_in(path: Path, name: str) -> list[Record]:
    """The rows of a workbook as far as they can be read, those of a blank one too, which state nothing."""
    book = open_workbook(path, name)
    if isinstance(book, Problem):
        return []
    foreign = foreign_cells(book)
    return [r for sheet in book.sheets if not sheet.hidden for r in read_sheet(book, sheet, foreign)[0]]


def signed_by(path: Path, name: str) -> str:
    """Who a workbook says that it comes from; empty where it does not, or cannot be opened."""
    book = open_workbook(path, name)
    return "" if isinstance(book, Problem) else _signed(book).who


def _stated(records: list[Record]) -> list[Record]:
    return records if is_filled_in(records) else [r for r in records if r.kind == BANNERS.kind]


def _signed(book: RawWorkbook) -> Signed:
    sheet = next((s for s in book.sheets if is_info(s)), None)
    if sheet is None:
        return Signed()
    cell, who = _value_beside(sheet, DEPARTMENT)
    return Signed(who, sheet.title, cell)


def _check_info(book: RawWorkbook, wanted: Wanted) -> list[Problem]:
    """The workbook says for which unit and period it was filled in; both must be the report's."""
    sheet = next((s for s in book.sheets if is_info(s)), None)
    if sheet is None:
        expected = f"trang «{INFO_SHEET}» có các dòng «{_UNIT}» và «{_PERIOD}»"
        return [Problem(book.file, INFO_SHEET, "", "thiếu trang này", expected)]
    labels = {_PERIOD: [wanted.period, Period.parse(wanted.period).name]}
    if wanted.unit:
        labels[_UNIT] = [wanted.unit]
    problems = []
    for label, values in labels.items():
        cell, value = _value_beside(sheet, label)
        expected = f"«{values[0]}» như trong params"
        if not cell:
            found = f"không có dòng «{label}»"
            problems.append(Problem(book.file, sheet.title, "", found, f"dòng «{label}» ghi {expected}"))
        elif not value:
            problems.append(Problem(book.file, sheet.title, cell, f"chưa ghi «{label}»", expected))
        elif fold(value) not in {fold(v) for v in values}:
            problems.append(Problem(book.file, sheet.title, cell, f"«{label}» là «{value}»", expected))
    return problems


def _value_beside(sheet: RawSheet, label: str) -> tuple[str, str]:
    """The text right of a label or behind its colon, with its address; no address where there is no such label."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if not isinstance(cell.value, str):
            continue
        name, colon, rest = cell.value.partition(":")
        if fold(name) != fold(label):
            continue
        if colon and rest.strip():
            return cell.address, rest.strip()
        beside = [c for (r, c) in sheet.cells if r == row and c > column]
        if not beside:
            return cell.address, ""
        value = sheet.cells[row, min(beside)]
        return value.address, "" if value.value is None else str(value.value)
    return "", ""
