"""Blank workbooks for departments to fill in, made from the forms.

The first sheet says whose workbook it is and how to fill it in; then comes a sheet for each form. What is to be filled
in is coloured and open, everything else is protected, without a password.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from thidua.forms.schema import INFO_SHEET, schemas
from thidua.prepare.blank_form import FormSheet
from thidua.prepare.blank_guide import guide_lines
from thidua.prepare.escaped import write_escaped
from thidua.prepare.looks import LINE, SIZE, Looks, base, protected
from thidua.settings.period import Period
from thidua.tables.measure import line_count

# A sheet that nobody sees holds what the drop-downs offer.
LISTS = "Danh mục"
_NAMES, _TEXTS = 22, 88


@dataclass(frozen=True)
class Heading:
    """For whom and for when a workbook is filled in. ``file`` is the name under which it is to come back."""

    department: str
    unit: str
    period: Period
    file: str


@dataclass(frozen=True)
class Given:
    """What a cell holds before anybody fills it in; ``remark`` says where it comes from."""

    value: str | Decimal
    remark: str = ""


@dataclass(frozen=True)
class BlankSheet:
    """The sheet of a form: the rows that it already has, by column key, and how many empty ones follow.

    ``offered`` are the codes that the drop-down of a column offers; others may be written all the same.
    """

    title: str
    rows: Sequence[Mapping[str, Given]] = ()
    room: int = 30
    offered: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_blank(path: Path, heading: Heading, sheets: Sequence[BlankSheet]) -> None:
    """Write the workbook of a department. Its bytes depend on the arguments alone.

    A department without anything to carry over gets empty forms:

        write_blank(path, heading, [BlankSheet(title) for title in department.sheets])
    """
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {**as_text, **base(), "in_memory": True})
    book.set_properties(
        {
            "title": f"{heading.department}, {heading.period.name}",
            "company": heading.unit,
            "created": dt.datetime(2000, 1, 1),
        }
    )
    looks = Looks(book)
    _write_info(book, looks, heading, sheets)
    offers = _Offers()
    for blank in sheets:
        FormSheet(book, looks, schemas()[blank.title], blank.rows, blank.room).write(
            heading.department, heading.period.name, {k: offers.add(v) for k, v in blank.offered.items() if v}
        )
    offers.write(book)
    book.close()
    write_escaped(content, path)


class _Offers:
    """The lists of the drop-downs, a column each; equal ones stand once."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def add(self, codes: Sequence[str]) -> str:
        """The range that will hold these codes."""
        column = self._columns.setdefault(tuple(codes), len(self._columns))
        letters = xl_col_to_name(column, True)
        return f"='{LISTS}'!{letters}$1:{letters}${len(codes)}"

    def write(self, book: Any) -> None:
        if not self._columns:
            return
        sheet = book.add_worksheet(LISTS)
        for codes, column in self._columns.items():
            for row, code in enumerate(codes):
                sheet.write_string(row, column, code)
        sheet.hide()


def _write_info(book: Any, looks: Looks, heading: Heading, sheets: Sequence[BlankSheet]) -> None:
    sheet = book.add_worksheet(INFO_SHEET)
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, 1, _TEXTS)
    sheet.write_string(0, 0, f"BIỂU SỐ LIỆU {heading.period.name.upper()}", looks.title)
    facts = {"Đơn vị lập": heading.department, "Địa bàn": heading.unit, "Kỳ báo cáo": heading.period.name}
    for row, (name, value) in enumerate(facts.items(), 2):
        sheet.write_string(row, 0, name, looks.fact_name)
        sheet.write_string(row, 1, value, looks.fact)
    row = len(facts) + 3
    sheet.write_string(row, 0, "MÀU Ô", looks.title)
    for look, meaning in looks.legend:
        row += 1
        sheet.write_string(row, 0, meaning, look)
    row += 2
    sheet.write_string(row, 0, "CÁC TRANG", looks.title)
    for blank in sheets:
        row += 1
        sheet.write_string(row, 0, blank.title, looks.fact_name)
        sheet.write_string(row, 1, schemas()[blank.title].about, looks.plain)
    row += 2
    sheet.write_string(row, 0, "CÁCH ĐIỀN", looks.title)
    given = any(blank.rows for blank in sheets)
    for number, line in enumerate(guide_lines([schemas()[b.title] for b in sheets], heading.file, given), 1):
        row += 1
        told = f"{number}. {line}"
        sheet.merge_range(row, 0, row, 1, told, looks.line)
        sheet.set_row(row, LINE * line_count(told, _NAMES + _TEXTS, SIZE))
    protected(sheet)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
