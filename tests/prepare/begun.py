"""A small unit with a finished period, and the next period that is begun from it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from thidua.archive.bag import seal
from thidua.archive.workspace import place, workspace
from thidua.cli import main
from thidua.forms.schema import SheetSchema, schemas
from thidua.intake.outside_results import foreign_cells
from thidua.intake.records import Record, read_sheet
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from workbooks import EMPTY_NOTEBOOK, FILE, UNIT, add_form, new_book

OLD, NEXT = "2031-H1", "2032-H1"
TITLE = "Chỉ tiêu"
# As an officer keeps it: with remarks, a number, a date, a finding that was let stand.
PARAMS = f"""# Tham số của xã
period: {OLD}   # kỳ

unit:
  name: {UNIT}
  short_name: Bình An
  level: xã
  issuer: UBND xã Bình An
  issuer_full: Ủy ban nhân dân xã Bình An
  place: Bình An

document:
  number: 12     # ghi khi vào sổ
  symbol: BC-UBND
  date: 2031-07-05
  title: >-
    {{{{ period.summing_up }}}} phong trào thi đua
    {{{{ period.name }}}}
  author: UBND xã Bình An
  recipients: [Sở Nội vụ]
  signer: {{title: CHỦ TỊCH, name: Trần Văn Mẫu}}

departments:
  - {{file: {FILE}, name: Phòng Kinh tế, sheets: [{TITLE}, Sự kiện, Phong trào thi đua]}}

accepted:
  - {{id: so-am-1, who: Chánh Văn phòng, why: đúng là giảm, values: {{lua.actual: "-1"}}}}

# phần mục lục
sections:
  - heading: Kết quả 6 tháng đầu năm 2031
    sections: [{{notebook: 01_mo_dau}}]
# cuối tệp
"""
_PLACE = {"group": "cay_trong", "place": "mục 2"}
ROWS: dict[str, list[dict[str, Any]]] = {
    TITLE: [
        {"code": "lua", "name": "Lúa", "unit": "ha", "actual": 120, "plan": 150, "last": 100, **_PLACE},
        {"code": "rau", "name": "Rau trồng năm 2031", "unit": "ha", "actual": 12, "cumulative": 31, "note": "Tăng"},
    ],
    "Sự kiện": [{"topic": "trong_trot", "content": "hướng dẫn gieo cấy"}],
    "Phong trào thi đua": [
        {"code": "ngo_xom", "name": "Sáng đường, sạch ngõ", "result": "Đổ bê tông thêm nhiều ngõ xóm"},
        {"code": "mua_he", "name": "Mùa hè xanh", "phase": "2029 - 2031"},
    ],
}


def old_root(folder: Path) -> Path:
    """A report folder with the finished period."""
    root = folder / "root"
    for name in ("params", "notebooks", f"data/raw/{OLD}"):
        (root / name).mkdir(parents=True)
    (root / "params" / f"{OLD}.yaml").write_text(PARAMS, encoding="utf-8")
    (root / "notebooks" / "01_mo_dau.ipynb").write_text(json.dumps(EMPTY_NOTEBOOK), encoding="utf-8")
    book = new_book(period=OLD)
    for title, rows in ROWS.items():
        add_form(book, title, rows)
    book.save(path(root, OLD))
    return root


def begun(folder: Path, period: str = NEXT) -> Path:
    """The same with the next period begun."""
    root = old_root(folder)
    assert main(["new", period, "--from", OLD, "--root", str(root)]) == 0
    return root


def path(root: Path, period: str = NEXT) -> Path:
    return root / "data" / "raw" / period / FILE


def sealed(root: Path, period: str, *findings: dict[str, Any]) -> Path:
    """A sealed run of a period, with its inputs and findings alone."""
    with workspace(root / "output", period) as folder:
        archived = folder / "inputs"
        shutil.copytree(root / "data" / "raw" / period, archived / "raw")
        shutil.copyfile(root / "params" / f"{period}.yaml", archived / f"{period}.yaml")
        (folder / "checks.json").write_text(json.dumps(findings), encoding="utf-8")
        seal(folder, f"{period}-0123456789ab", "thidua")
        return place(folder, root / "output", f"{period}-0123456789ab")


def given(root: Path, period: str, **values: Any) -> None:
    """Change the first indicator of a period's workbook."""
    book = load_workbook(path(root, period))
    for key, value in values.items():
        _at(_sheet(book), "lua", key).value = value
    book.save(path(root, period))


def cell(root: Path, code: str, key: str, period: str = NEXT) -> Cell:
    """The cell of an indicator's column."""
    return _at(_sheet(load_workbook(path(root, period))), code, key)


def row_of(root: Path, code: str, period: str = NEXT) -> dict[str, Any]:
    """The row of an indicator as it stands in a period's workbook, by column key."""
    sheet = _sheet(load_workbook(path(root, period)))
    return {c.key: _at(sheet, code, c.key).value for c in schemas()[TITLE].columns if _has(sheet, c.key)}


def rows(root: Path, sheet: str, period: str = NEXT) -> list[Record]:
    """The rows of a sheet of a period's workbook, filled in or not."""
    book = open_workbook(path(root, period), FILE)
    assert isinstance(book, RawWorkbook)
    found = next(s for s in book.sheets if s.title == sheet)
    records, faults = read_sheet(book, found, foreign_cells(book))
    assert faults == []
    return [r for r in records if r.kind != "banners"]


def _sheet(book: Any) -> Worksheet:
    sheet = book[TITLE]
    assert isinstance(sheet, Worksheet)
    return sheet


def _has(sheet: Worksheet, key: str) -> bool:
    return _header(schemas()[TITLE], key) in _heads(sheet)


def _heads(sheet: Worksheet) -> dict[str, Cell]:
    return {str(c.value): c for line in sheet.iter_rows(max_row=8) for c in line if isinstance(c, Cell) and c.value}


def _header(schema: SheetSchema, key: str) -> str:
    return schema.column(key).header[0]


def _at(sheet: Worksheet, code: str, key: str) -> Cell:
    heads = _heads(sheet)
    line = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, heads["Mã chỉ tiêu"].column).value == code)
    found = sheet.cell(line, heads[_header(schemas()[TITLE], key)].column)
    assert isinstance(found, Cell)
    return found
