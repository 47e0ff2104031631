"""What the drop-downs of a workbook offer: the codes that its sender could choose from, chosen or not."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

from thidua.forms.schema import schemas
from thidua.language.text import fold
from thidua.prepare.blank import LISTS

Offered = dict[tuple[str, str], tuple[str, ...]]


def offered_in(path: Path) -> Offered:
    """The codes on offer in a workbook that intake has read, by sheet and column key."""
    found: Offered = {}
    if LISTS not in _sheet_names(path):
        return found
    book = load_workbook(path)
    for sheet in book.worksheets:
        schema = schemas().get(sheet.title)
        for rule in sheet.data_validations.dataValidation if schema else ():
            name, _, area = str(rule.formula1 or "").lstrip("=").rpartition("!")
            if not schema or name.strip("'") != LISTS:
                continue
            column = min(r.min_col for r in rule.sqref.ranges)
            above = {fold(str(c.value)) for (c,) in sheet.iter_rows(min_col=column, max_col=column) if c.value}
            codes = [str(c.value) for line in book[LISTS][area.replace("$", "")] for c in line if c.value]
            found |= {(sheet.title, c.key): tuple(codes) for c in schema.columns if above & set(map(fold, c.header))}
    return found


def _sheet_names(path: Path) -> list[str]:
    """The names alone: all cells, which most workbooks hold and no lists, take many times as long."""
    with closing(load_workbook(path, read_only=True)) as book:
        return book.sheetnames
