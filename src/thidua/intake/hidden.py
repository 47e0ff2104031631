"""What is hidden from whoever looks at a sheet: rows and columns of the table that are, by hand or by a filter.

Figures that the officer who sent them did not see are no figures that were submitted.
"""

from __future__ import annotations

from thidua.errors import Problem
from thidua.forms.schema import SheetSchema
from thidua.intake.layout import Layout
from thidua.intake.xlsx.raw import RawSheet, letters


def hidden_problems(
    file: str, sheet: RawSheet, layout: Layout, schema: SheetSchema, records: list[int]
) -> list[Problem]:
    """Hidden rows among the ``records``, those that follow each other as one, and hidden columns that hold anything."""
    problems = []
    for first, last in _runs([row for row in records if row in sheet.hidden_rows]):
        where = f"dòng {first}" if first == last else f"dòng {first} đến {last}"
        expected = "bỏ lọc (Data > Clear) hoặc bỏ ẩn dòng (Unhide) nếu là số liệu gửi, xóa dòng nếu không"
        problems.append(Problem(file, sheet.title, where, "có số liệu nhưng đang bị ẩn hoặc bị lọc", expected))
    headers = {column.key: column.header[0] for column in schema.columns}
    for key, column in layout.columns.items():
        if column in sheet.hidden_columns and any((row, column) in sheet.cells for row in records):
            expected = "bỏ ẩn cột (Unhide) nếu là số liệu gửi, xóa nội dung của cột nếu không"
            found = f"«{headers[key]}» có nội dung nhưng đang bị ẩn"
            problems.append(Problem(file, sheet.title, f"cột {letters(column)}", found, expected))
    return problems


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of the rows that follow each other."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
