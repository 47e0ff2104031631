"""Small real report folders for tests: an invented commune, its params, a notebook and the departments' workbooks."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plain_yaml import dumped
from saved_book import Book
from thidua.errors import InputError, Problem
from thidua.forms.schema import SheetSchema, schemas
from thidua.inputs import Inputs, read_inputs
from thidua.intake.cells import Number
from thidua.intake.records import Record

UNIT = "xã Bình An"
PERIOD = "2031-Q2"
FILE = "kinh-te.xlsx"

PARAMS: dict[str, Any] = {
    "period": PERIOD,
    "unit": {
        "name": UNIT,
        "short_name": "Bình An",
        "level": "xã",
        "issuer": "UBND xã Bình An",
        "issuer_full": "Ủy ban nhân dân xã Bình An",
        "superior": "UBND tỉnh Đông Hà",
        "place": "Bình An",
        "lower_units": "các thôn",
    },
    "document": {
        "symbol": "BC-UBND",
        "title": "Sơ kết phong trào thi đua quý II năm 2031",
        "author": "UBND xã Bình An",
        "recipients": ["Sở Nội vụ", "Lưu: VT"],
        "signer": {"title": "CHỦ TỊCH", "name": "Trần Văn Mẫu"},
    },
    "departments": [{"file": FILE, "name": "Phòng Kinh tế", "sheets": ["Chỉ tiêu"]}],
    "sections": [{"notebook": "01_mo_dau", "kind": "front"}],
}

RICE: dict[str, Any] = {"code": "lua", "name": "Lúa", "unit": "ha", "actual": 120}


def params(**changes: Any) -> dict[str, Any]:
    """The params with some of the top-level ones changed."""
    return {**copy.deepcopy(PARAMS), **changes}


def department(file: str, *sheets: str) -> dict[str, Any]:
    return {"file": file, "name": f"Phòng {Path(file).stem}", "sheets": list(sheets or ("Chỉ tiêu",))}


def new_book(unit: Any = UNIT, period: Any = PERIOD, office: str = "phòng, ban gửi biểu") -> Workbook:
    """A workbook with nothing but its information sheet."""
    book = Book()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Thông tin"
    for row in (("THÔNG TIN BIỂU BÁO CÁO",), (), ("Đơn vị lập", office), ("Địa bàn", unit)):
        sheet.append(row)
    sheet.append(("Kỳ báo cáo", period))
    return book


def add_form(
    book: Workbook, title: str, rows: list[dict[str, Any]], *, top: int = 1, left: int = 1, heading: str = ""
) -> Worksheet:
    """A form's sheet as departments fill it in: an optional heading, one or two header rows, the rows by column key."""
    sheet: Worksheet = book.create_sheet(title)
    schema = schemas()[title]
    keys = columns_of(schema, rows)
    if heading:
        sheet.cell(top, left, heading)
        sheet.merge_cells(start_row=top, start_column=left, end_row=top, end_column=left + len(keys) - 1)
        top += 2
    depth = max(len(_header(schema, key)) for key in keys)
    for position, key in enumerate(keys, left):
        pieces = _header(schema, key)
        for offset, piece in enumerate(pieces):
            sheet.cell(top + offset, position, piece)
        if len(pieces) < depth:
            sheet.merge_cells(start_row=top, start_column=position, end_row=top + depth - 1, end_column=position)
    for offset, row in enumerate(rows):
        for position, key in enumerate(keys, left):
            if key in row:
                sheet.cell(top + depth + offset, position, row[key])
    return sheet


def columns_of(schema: SheetSchema, rows: list[dict[str, Any]]) -> list[str]:
    """The columns that a form needs or that the rows fill, in the form's order."""
    return [c.key for c in schema.columns if c.must_exist or any(c.key in row for row in rows)]


def _header(schema: SheetSchema, key: str) -> list[str]:
    return next(c for c in schema.columns if c.key == key).header[0].split(" / ")


def indicators(*rows: dict[str, Any], office: str = "phòng, ban gửi biểu", **place: Any) -> Workbook:
    """A workbook with an indicator table of these rows."""
    book = new_book(office=office)
    add_form(book, "Chỉ tiêu", list(rows), **place)
    return book


def write_root(folder: Path, books: Mapping[str, Workbook | bytes | None] | None = None, **changes: Any) -> Path:
    """A report folder: params (with changes), the notebooks that they name, the workbooks (None: left out)."""
    settings = params(**changes)
    (folder / "params").mkdir(parents=True)
    text = dumped(settings)
    (folder / "params" / f"{PERIOD}.yaml").write_text(text, encoding="utf-8")
    (folder / "notebooks").mkdir()
    for name in _notebooks(settings["sections"]):
        (folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(EMPTY_NOTEBOOK), encoding="utf-8")
    raw = folder / "data" / "raw" / PERIOD
    raw.mkdir(parents=True)
    for file, book in (books or {FILE: indicators(RICE)}).items():
        if isinstance(book, bytes):
            (raw / file).write_bytes(book)
        elif book is not None:
            book.save(raw / file)
    return folder


EMPTY_NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _notebooks(sections: Any) -> list[str]:
    if not isinstance(sections, list):
        return []
    own = [s["notebook"] for s in sections if isinstance(s, dict) and "notebook" in s]
    return own + [n for s in sections if isinstance(s, dict) for n in _notebooks(s.get("sections"))]


def raw(root: Path, file: str = FILE) -> Path:
    return root / "data" / "raw" / PERIOD / file


def params_file(root: Path) -> Path:
    return root / "params" / f"{PERIOD}.yaml"


def inputs(root: Path) -> Inputs:
    return read_inputs(root, params_file(root))


def records(root: Path) -> list[Record]:
    return inputs(root).data.records


def number(record: Record, key: str) -> Number:
    """The number in a column of a record."""
    found = record.values[key]
    assert isinstance(found, Number)
    return found


def problems(root: Path) -> list[Problem]:
    """What the folder is refused for; empty where it is accepted."""
    try:
        inputs(root)
    except InputError as error:
        return error.problems
    return []


def only_problem(root: Path) -> Problem:
    found = problems(root)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]
