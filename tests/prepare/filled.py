"""A whole period's blank workbooks filled in: each number twice what it was, the texts that name no time told again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from prepare.by_hand import Hand
from thidua.forms.schema import SheetSchema, schemas
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.settings.named_periods import named_periods
from thidua.settings.params_file import load
from thidua.settings.period import Period
from thidua.submitted import load_records

_FACTOR = 2
# The row of a blank sheet that its header begins in.
_HEADER = 6
_TIME = re.compile(r"\d{4}|tháng|quý|ngày|vụ đông|xuân|năm")


def fill_in(hand: Hand, root: Path, old: str, new: str) -> None:
    """Have a hand fill in data/raw/<new> from what data/raw/<old> says, and save it where it lies."""
    file = root / "params" / f"{old}.yaml"
    records = [r for r in load_records(root, load(file), file) if r.kind != "banners"]
    years = Period.parse(new).year - Period.parse(old).year
    for path in sorted((root / "data" / "raw" / new).glob("*.xlsx")):
        hand.open(path)
        book = load_workbook(path)
        for title, schema in schemas().items():
            own = [r for r in records if r.kind == schema.kind and r.file == path.name]
            if title in book.sheetnames and own:
                sheet = book[title]
                assert isinstance(sheet, Worksheet)
                for cell, text in _entries(sheet, schema, own, years):
                    hand.type(title, cell, text)
        hand.save(path)


def _entries(sheet: Worksheet, schema: SheetSchema, records: list[Record], years: int) -> Iterator[tuple[str, str]]:
    """The cells and what is typed into them."""
    columns, first = table(sheet, schema)
    if not schema.keeps:
        for row, record in enumerate(_told_again(records), first):
            for key, value in record.values.items():
                if key in columns and (text := _typed(key, value)):
                    yield f"{columns[key]}{row}", text
        return
    by_name = {(r.text("code"), r.text("name")): r for r in records}
    for row in range(first, sheet.max_row + 1):
        code, name = (str(sheet[f"{columns[key]}{row}"].value or "") for key in ("code", "name"))
        if (code, name) not in by_name:
            continue
        known = by_name[code, name]
        if named_periods(name) and (later := _years_later(name, years)):
            yield f"{columns['name']}{row}", later
        percent = known.text("unit") == "%"
        for column in schema.columns:
            number = known.values.get(column.key)
            stated = column.role in ("actual", "cumulative") or (column.unit and column.type == "number")
            if isinstance(number, Number) and stated:
                yield f"{columns[column.key]}{row}", _number(number.value * (1 if percent else _FACTOR))


def table(sheet: Worksheet, schema: SheetSchema) -> tuple[dict[str, str], int]:
    """The letters of the columns of a blank sheet by key, and the first row below the header."""
    keys = {tuple(c.header[0].split(" / ")): c.key for c in schema.columns}
    over = {(r, c): sheet.cell(a.min_row, a.min_col).value for a in sheet.merged_cells.ranges for r, c in a.cells}
    rows = range(_HEADER, _HEADER + max(map(len, keys)))
    letters = {}
    for column in range(1, sheet.max_column + 1):
        texts = (over.get((row, column), sheet.cell(row, column).value) for row in rows)
        path = tuple(dict.fromkeys(str(text) for text in texts if text))
        if path in keys:
            letters[keys[path]] = get_column_letter(column)
    return letters, rows.stop


def _told_again(records: Iterable[Record]) -> list[Record]:
    return [r for r in records if not any(_TIME.search(str(v).lower()) for k, v in r.values.items() if k != "place")]


def _typed(key: str, value: object) -> str:
    if isinstance(value, Number):
        return _number(value.value)
    return "" if key == "place" else " ".join(str(value).split())


def _number(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _years_later(name: str, years: int) -> str:
    """A name for as many years later; empty where it names none."""
    later = re.sub(r"\b20\d\d\b", lambda m: str(int(m[0]) + years), name)
    return later if later != name else ""
