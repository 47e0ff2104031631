"""The periods that the checks are tried on: the real one, and small ones of a few rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from plain_yaml import dumped, loaded
from thidua.checks.declared.declarations import Rules
from thidua.checks.engine import Checked, check
from thidua.checks.finding import Finding
from thidua.dataset import Dataset
from thidua.inputs import Inputs, read_inputs
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.intake.unit_runs import UnitRun, units_folder, written
from workbooks import FILE, PERIOD, UNIT, add_form, department, inputs, new_book, params, write_root
from workbooks import indicators as workbook

ROOT = Path(__file__).parents[2]
Row = dict[str, Any]


@cache
def real() -> Inputs:
    """The period that the repository carries, as submitted."""
    return read_inputs(ROOT, ROOT / "params" / "2024-H1.yaml")


@cache
def real_checked() -> Checked:
    return judged(real(), real().data.records)


def judged(given: Inputs, records: list[Record]) -> Checked:
    return check(Dataset(records), given.params, given.rules, given.past)


def with_number(records: list[Record], row: int, key: str, number: Number) -> list[Record]:
    """The records with one number changed."""
    changed = replace(records[row], values={**records[row].values, key: number})
    return [*records[:row], changed, *records[row + 1 :]]


def small(folder: Path, **content: Any) -> Inputs:
    """An invented period as read, of the content that ``small_root`` wants."""
    return inputs(small_root(folder, **content))


def small_root(
    folder: Path, *, rules: list[Row] | None = None, params: Row | None = None, banner: str = "", **sheets: list[Row]
) -> Path:
    """An invented period: rows by kind of form (indicators, awards, register, documents, events), under a banner."""
    book = new_book()
    titles = [_TITLES[kind] for kind in sheets]
    for kind, rows in sheets.items():
        merge_awards(add_form(book, _TITLES[kind], rows, heading=banner), kind)
    root = write_root(folder / "root", {FILE: book}, departments=[department(FILE, *titles)], **(params or {}))
    declare(root, {"rules": rules or []})
    return root


def declare(root: Path, content: Row) -> None:
    """Write the officer's rules."""
    (root / "params" / "rules.yaml").write_text(dumped(content, sort_keys=True), encoding="utf-8")


def findings(given: Inputs) -> list[Finding]:
    return check(given.data, given.params, given.rules, given.past, given.headings).findings


def only(given: Inputs) -> Finding:
    found = findings(given)
    assert len(found) == 1, [f.message for f in found]
    return found[0]


def rules_of(*lines: str, **more: Any) -> list[Row]:
    return [{"id": "quy-tac", "statement": "Hai số phải như nhau", "identity": list(lines), **more}]


def no_rules() -> Rules:
    return Rules()


def indicator(code: str, actual: Any = None, unit: str = "người", **more: Any) -> Row:
    row = {"code": code, "name": f"Chỉ tiêu {code}", "unit": unit, **more}
    return row if actual is None else {**row, "actual": actual}


def award(code: str, name: str, tt: str = "1", **more: Any) -> Row:
    return {"tt": tt, "code": code, "name": name, **more}


def listed(number: str, date: str, title: str = "V/v báo cáo", tt: str = "1") -> Row:
    day, month, year = map(int, date.split("/"))
    return {"tt": tt, "number": number, "date": dt.datetime(year, month, day), "title": title}


def named(number: str, date: str = "", **more: Any) -> Row:
    row = {"code": "vb", "number": number, "issuer": "UBND xã Bình An", "title": "Nội dung", "topic": "nhom", **more}
    if date:
        day, month, year = map(int, date.split("/"))
        row["date"] = dt.datetime(year, month, day)
    return row


def earlier(root: Path, period: str, *rows: Row, unit: str = UNIT) -> None:
    """Keep an earlier period of these indicators beside the current one."""
    settings = params(period=period, departments=[department(FILE)])
    settings["unit"]["name"] = unit
    text = dumped(settings, sort_keys=True)
    (root / "params" / f"{period}.yaml").write_text(text, encoding="utf-8")
    book = new_book(unit, period)
    add_form(book, "Chỉ tiêu", list(rows))
    (root / "data" / "raw" / period).mkdir(parents=True)
    book.save(root / "data" / "raw" / period / FILE)


def second_department(root: Path, *rows: Row) -> None:
    """Have another department submit these indicators too."""
    file = root / "params" / f"{PERIOD}.yaml"
    settings = loaded(file.read_text(encoding="utf-8"))
    settings["departments"].append(department("xay-dung.xlsx"))
    file.write_text(dumped(settings, sort_keys=True), encoding="utf-8")
    workbook(*rows).save(root / "data" / "raw" / PERIOD / "xay-dung.xlsx")


def units_below(root: Path, *units: UnitRun, **rows: list[Row]) -> None:
    """Have units below whose runs were collected: ``rows`` by the names A, B, …, each of a sealed run fit to sign.

    ``units`` are further ones, or stand in place of those.
    """
    runs = {name: UnitRun(name=f"xã {name}", state="fit", run=f"{PERIOD}-{name}") for name in rows}
    runs |= {unit.name: unit for unit in units}
    collected = list({unit.name: unit for unit in runs.values()}.values())
    file = root / "params" / f"{PERIOD}.yaml"
    settings = loaded(file.read_text(encoding="utf-8"))
    settings["gathered"] = {"runs": "../*/output", "units": [unit.name for unit in collected]}
    file.write_text(dumped(settings, sort_keys=True), encoding="utf-8")
    for name, own in rows.items():
        raw = units_folder(root, PERIOD) / f"xã {name}" / "data" / "inputs" / "raw"
        raw.mkdir(parents=True)
        workbook(*own).save(raw / FILE)
    units_folder(root, PERIOD).mkdir(parents=True, exist_ok=True)
    (units_folder(root, PERIOD) / "units.json").write_text(written(collected), encoding="utf-8")


_TITLES = {
    "indicators": "Chỉ tiêu",
    "awards": "Khen thưởng",
    "register": "Danh mục văn bản",
    "documents": "Văn bản",
    "events": "Sự kiện",
    "tasks": "Nhiệm vụ",
    "role_models": "Điển hình tiên tiến",
}


def merge_awards(sheet: Any, kind: str) -> None:
    """The two levels of the awards table's header, as its form has them."""
    if kind != "awards":
        return
    starts: dict[int, str] = {}
    for cell in sheet[1]:
        if cell.value is not None:
            starts[cell.column] = str(cell.value)
    columns = sorted(starts)
    for first, following in zip(columns, [*columns[1:], sheet.max_column + 1], strict=True):
        if following - first > 1:
            sheet.merge_cells(start_row=1, start_column=first, end_row=1, end_column=following - 1)


def submitted_apart(root: Path, *tables: list[Row]) -> None:
    """Have sub-units of the first department submit its table, each in a workbook of its own."""
    names = [f"don-vi-{n}.xlsx" for n in range(1, len(tables) + 1)]
    file = root / "params" / f"{PERIOD}.yaml"
    settings = loaded(file.read_text(encoding="utf-8"))
    settings["departments"][0]["submitters"] = [{"file": name, "name": name.partition(".")[0]} for name in names]
    file.write_text(dumped(settings), encoding="utf-8")
    raw = root / "data" / "raw" / PERIOD
    (raw / FILE).unlink()
    folder = raw / FILE.partition(".")[0]
    folder.mkdir()
    for name, rows in zip(names, tables, strict=True):
        workbook(*rows).save(folder / name)
