"""What a library is asked whose indicator form has a column «Kế hoạch điều chỉnh» and a column «Ước cả năm»."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

import thidua
from checks.periods import findings, small
from prose.told import told
from tables.shown import carried, indicators, outputs, table
from thidua.document.walking import printed
from thidua.forms.schema import schemas
from thidua.notebook import progress_chart, progress_table
from thidua.prepare.blank import BlankSheet, Given, Heading, write_blank
from thidua.report import open_report
from thidua.settings.period import Period
from workbooks import FILE, PERIOD, UNIT, params_file, raw

RICE: dict[str, Any] = {"code": "lua", "name": "lúa", "unit": "ha", "actual": 55, "plan_adjusted": 110, "year": 105}


def answer(folder: str) -> None:
    """Print what it says, as JSON."""
    place = Path(folder)
    report = indicators(place / "told", RICE)
    phrase = "Giao {kế hoạch điều chỉnh lua}, {đạt kế hoạch điều chỉnh lua}; ước cả năm {ước cả năm lua}."
    chart, _ = outputs(
        progress_chart, [*report.indicators] * 4, title="Tiến độ", key="tien_do", against="plan_adjusted"
    )
    found = {
        "library": str(Path(thidua.__file__).parent),
        "prose": told(report, phrase),
        "table": table(progress_table, report.indicators, title="Lúa", key="lua").header,
        "chart": sorted(printed(carried(chart).blocks)),
        "checks": sorted(f.message for f in findings(small(place / "checked", indicators=_wrong()))),
        **_blank(place),
    }
    tables = place / "told" / "data" / "processed" / PERIOD
    found["tidy"] = (tables / "indicators.csv").read_text(encoding="utf-8").split("\n")[0].split(",")
    print(json.dumps(found, ensure_ascii=False))


def _wrong() -> list[dict[str, Any]]:
    part = {"unit": "ha", "parent": "tong", "relation": "gồm"}
    return [
        {"code": "a", "name": "Chỉ tiêu a", "unit": "ha", "actual": 5, "plan_adjusted": -5},
        {**RICE, "name": "Chỉ tiêu lua", "printed_to_adjusted": 60},
        {"code": "tong", "name": "Chỉ tiêu tong", "unit": "ha", "actual": 20, "year": 100},
        {"code": "mot", "name": "Chỉ tiêu mot", "actual": 10, "year": 50, **part},
        {"code": "hai", "name": "Chỉ tiêu hai", "actual": 10, "year": 40, **part},
    ]


def _blank(place: Path) -> dict[str, Any]:
    """The header of the blank workbook, and what is read from it once it is filled in."""
    root = place / "told"
    rows = [{key: Given(RICE[key]) for key in ("code", "name", "unit")}]
    write_blank(raw(root), Heading("Phòng Kinh tế", UNIT, Period.parse(PERIOD), FILE), [BlankSheet("Chỉ tiêu", rows)])
    book = load_workbook(raw(root))
    sheet = book["Chỉ tiêu"]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    keys = {c.header[0].rpartition(" / ")[2]: c.key for c in schemas()["Chỉ tiêu"].columns}
    code = next(cell for row in sheet.iter_rows() for cell in row if cell.value == RICE["code"])
    for head, column in heads.items():
        if keys.get(head) in ("actual", "plan_adjusted", "year"):
            sheet.cell(code.row, column, RICE[keys[head]])
    book.save(raw(root))
    assert params_file(root).is_file() and raw(root).name == FILE
    lua = open_report(PERIOD, root).indicators.lua
    return {"blank": list(heads), "filled": [lua.plan_adjusted.printed, lua.year.printed]}
