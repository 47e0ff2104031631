"""Blank workbooks filled in in LibreOffice, well and badly: read back as typed, or refused with cell and reason."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from once import once
from prepare.begun import NEXT, TITLE, begun, path
from prepare.by_hand import Hand
from prepare.filled import table
from thidua.errors import InputError, Problem
from thidua.forms.schema import Column, SheetSchema, schemas
from thidua.inputs import read_inputs
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.prepare.blank import BlankSheet, Heading, write_blank
from thidua.settings.period import Period
from workbooks import FILE, PERIOD, UNIT, department, raw, records, write_root

EVERY_FORM = "moi-mau"
Fill = Callable[[Hand, dict[str, str], int], object]

# What is typed into a column, by its type, and what it means.
TYPED: dict[str, tuple[str, Any]] = {
    "text": ("Chữ có «ngoặc», dấu chấm; 5/2 và 50%", None),
    "number": ("1.234,5", Decimal("1234.5")),
    "percent": ("96,18", Decimal("96.18")),
    "date": ("5/2/2032", dt.date(2032, 2, 5)),
    "slug": ("ma_xa_dau", None),
    "slugs": ("nhom_xa_mot, nhom_hai", None),
    "formula": ("ma_mot / ma_xa_hai", None),
}


def _typed(column: Column) -> tuple[str, Any]:
    text, value = (column.choices[0], None) if column.choices else TYPED[column.type]
    return text, text if value is None else value


# Each on a copy of the same blank workbook, with the letters of its columns and the row of the rice.
CASES: dict[str, Fill] = {
    "chua-dien": lambda hand, at, row: None,
    "dung": lambda hand, at, row: (
        hand.type(TITLE, f"{at['actual']}{row}", "130,5"),
        hand.type(TITLE, f"{at['name']}{row}", "Diện tích lúa đã cấy xong"),
        hand.type(TITLE, f"{at['code']}{row}", "ma_khac"),
    ),
    "dong-moi": lambda hand, at, row: [
        hand.type(TITLE, f"{at[key]}{row + 2}", text)
        for key, text in {"code": "che", "name": "Chè", "unit": "ha", "actual": "36"}.items()
    ],
    "chu-trong-o-so": lambda hand, at, row: hand.type(TITLE, f"{at['actual']}{row}", "khoảng 130 ha"),
    "khong-ma": lambda hand, at, row: [
        hand.type(TITLE, f"{at[key]}{row + 2}", text) for key, text in {"name": "Chè", "actual": "36"}.items()
    ],
    "chen-dong": lambda hand, at, row: [
        hand.unprotect(TITLE),
        hand.insert_row(TITLE, f"A{row + 1}"),
        *(
            hand.type(TITLE, f"{at[key]}{row + 1}", text)
            for key, text in {"code": "ngo", "name": "Ngô", "unit": "ha", "actual": "80"}.items()
        ),
        hand.type(TITLE, f"{at['actual']}{row + 2}", "14"),
    ],
    "xoa-cot": lambda hand, at, row: [
        hand.unprotect(TITLE),
        hand.type(TITLE, f"{at['cumulative']}{row}", "130"),
        hand.remove_column(TITLE, f"{at['actual']}{row}"),
    ],
    "xoa-cot-khong-dung": lambda hand, at, row: [
        hand.unprotect(TITLE),
        hand.type(TITLE, f"{at['actual']}{row}", "130"),
        hand.remove_column(TITLE, f"{at['cumulative']}{row}"),
    ],
    "doi-ten-trang": lambda hand, at, row: [
        hand.type(TITLE, f"{at['actual']}{row}", "130"),
        hand.rename(TITLE, "Chỉ tiêu (sửa)"),
    ],
    "con-loc": lambda hand, at, row: [
        hand.type(TITLE, f"{at['actual']}{row}", "130"),
        hand.unprotect(TITLE),
        hand.hide_row(TITLE, f"A{row + 1}"),
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report folders of all cases, filled in by one start of LibreOffice."""
    return once(tmp_path_factory, "dien-tay", _all)


def _all(folder: Path) -> Path:
    hand = Hand()
    _every_form(folder / EVERY_FORM, hand)
    blank = begun(folder)
    sheet = load_workbook(path(blank))[TITLE]
    assert isinstance(sheet, Worksheet)
    at, row = table(sheet, schemas()[TITLE])
    for name, fill in CASES.items():
        root = Path(shutil.copytree(blank, folder / name))
        hand.open(path(root))
        fill(hand, at, row)
        hand.save(path(root))
    hand.done(folder)
    return folder


def _every_form(root: Path, hand: Hand) -> None:
    """A workbook with every form, each with one row that is typed into whole."""
    write_root(root, {FILE: None}, departments=[department(FILE, *schemas())])
    heading = Heading("Phòng Kinh tế", UNIT, Period.parse(PERIOD), FILE)
    write_blank(raw(root), heading, [BlankSheet(title) for title in schemas()])
    book = load_workbook(raw(root))
    hand.open(raw(root))
    for title, schema in schemas().items():
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        at, row = table(sheet, schema)
        assert set(at) == set(schema.keys)
        for column in schema.columns:
            hand.type(title, f"{at[column.key]}{row}", _typed(column)[0])
    hand.save(raw(root))


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda s: s.kind)
def test_every_column_of_every_form_is_read_back_as_typed(folder: Path, schema: SheetSchema) -> None:
    (record,) = (r for r in records(folder / EVERY_FORM) if r.kind == schema.kind)
    found = {key: v.value if isinstance(v, Number) else v for key, v in record.values.items()}
    assert found == {column.key: _typed(column)[1] for column in schema.columns}


def of(folder: Path, case: str) -> dict[str, Record]:
    """The indicators of a case by code."""
    root = folder / case
    data = read_inputs(root, root / "params" / f"{NEXT}.yaml").data
    return {r.text("code"): r for r in data.records if r.kind == "indicators"}


def refused(folder: Path, case: str) -> list[Problem]:
    with pytest.raises(InputError) as error:
        of(folder, case)
    return error.value.problems


def value(record: Record, key: str) -> Any:
    found = record.values.get(key)
    return found.value if isinstance(found, Number) else found


def test_what_was_only_opened_and_saved_is_not_submitted(folder: Path) -> None:
    assert of(folder, "chua-dien") == {}


def test_a_reworded_name_is_found_by_its_code_which_nobody_can_type_over(folder: Path) -> None:
    rice = of(folder, "dung")["lua"]
    assert (value(rice, "actual"), value(rice, "last")) == (Decimal("130.5"), Decimal(120))
    assert rice.text("name") == "Diện tích lúa đã cấy xong"


def test_a_new_indicator_of_the_unit_s_own_is_read(folder: Path) -> None:
    assert value(of(folder, "dong-moi")["che"], "actual") == 36


def test_rows_put_in_between_do_not_shift_what_belongs_to_others(folder: Path) -> None:
    found = of(folder, "chen-dong")
    assert [(code, value(r, "actual")) for code, r in found.items()] == [("lua", None), ("ngo", 80), ("rau", 14)]
    assert value(found["rau"], "last") == 31


def test_a_column_that_the_form_can_do_without_may_go(folder: Path) -> None:
    assert value(of(folder, "xoa-cot-khong-dung")["lua"], "actual") == 130


@pytest.mark.parametrize(
    ("case", "found", "expected"),
    [
        ("chu-trong-o-so", "giá trị «khoảng 130 ha»", "một con số"),
        ("khong-ma", "ô «Mã chỉ tiêu» để trống", "một giá trị"),
        ("xoa-cot", "thiếu cột «Trong kỳ»", "cột này bắt buộc"),
        ("doi-ten-trang", "thiếu trang này", "gần nhất trong tệp là «Chỉ tiêu (sửa)»"),
        ("con-loc", "đang bị ẩn hoặc bị lọc", "bỏ lọc"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused_with_its_place(
    folder: Path, case: str, found: str, expected: str
) -> None:
    problems = refused(folder, case)
    assert any(found in p.found and expected in p.expected for p in problems), [str(p) for p in problems]


def test_a_filled_copy_under_another_name_beside_the_blank_one_is_told(tmp_path: Path) -> None:
    root = begun(tmp_path)
    shutil.copyfile(path(root), path(root).with_name("kinh-te (1).xlsx"))
    with pytest.raises(InputError) as error:
        read_inputs(root, root / "params" / f"{NEXT}.yaml")
    (problem,) = error.value.problems
    assert problem.file == "kinh-te (1).xlsx" and "giữ tệp đúng với tên ấy" in problem.expected
