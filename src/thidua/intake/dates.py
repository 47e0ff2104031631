"""Dates that a spreadsheet program stored with day and month exchanged.

A program set to American English takes 4/6 for the sixth of April, and leaves 16/5, which is no date to it, a text. A
column where every date that it could exchange is stored as one and every other is a text tells that this happened.
"""

from __future__ import annotations

import datetime as dt

from thidua.errors import Problem
from thidua.forms.schema import Column
from thidua.intake.cells import seen
from thidua.intake.xlsx.raw import RawCell, RawSheet, letters
from thidua.language.text import read_date

# As many dates with a day of twelve or less are seldom chance: one in forty.
_ENOUGH = 4


def exchanged_dates(
    file: str, sheet: RawSheet, columns: dict[str, int], form: dict[str, Column], rows: list[int]
) -> list[Problem]:
    """One problem for each date column of the ``rows`` whose stored dates a program has exchanged."""
    problems = []
    for key, column in columns.items():
        if form[key].type != "date":
            continue
        cells = [cell for row in rows if (cell := sheet.cells.get((row, column))) is not None]
        stored = [cell for cell in cells if isinstance(cell.value, dt.date)]
        typed = [(cell, date) for cell in cells if isinstance(cell.value, str) and (date := _read(cell)) is not None]
        apart = [cell for cell in stored if cell.value.day != cell.value.month]
        left = typed and all(date.day > 12 for _, date in typed)
        if not left or len(apart) < _ENOUGH or any(cell.value.day > 12 for cell in stored):
            continue
        text = typed[0][0]
        found = (
            f"{len(stored)} ngày của cột {letters(column)}, như {seen(apart[0])}, có dấu hiệu bị đảo ngày và tháng: "
            f"không ngày nào quá 12, còn ngày quá 12 thì nằm dạng chữ («{seen(text)}» ở {text.address})"
        )
        expected = "ngày đúng ở mọi ô của cột; gõ lại dạng năm-tháng-ngày (2030-05-16), máy nào cũng hiểu như nhau"
        problems.append(Problem(file, sheet.title, apart[0].address, found, expected))
    return problems


def _read(cell: RawCell) -> dt.date | None:
    try:
        return read_date(cell.value)
    except ValueError:
        return None
