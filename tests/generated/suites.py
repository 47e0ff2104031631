"""Whole suites of any size: so many sections, submitted numbers and workbooks of an invented commune.

Made for measuring: the rows are sound but for a few percentages that are off, and like reports that there are: totals
with their parts, plans, the year before, printed percentages, events, notes of their own at the foot of the page. A
suite's bytes depend on its size, its seed and its unit alone. Units of one seed submit the same tables with other
numbers, as the communes of a province do.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

from generated import values
from generated.units import document, unit
from generated.words import Words
from thidua.prepare.blank import BlankSheet, Given, Heading, write_blank
from thidua.settings.period import Period

PERIOD = "2031-H1"
ROOT = Path(__file__).parents[2]
# Front matter, summary and signature are the repository's own.
_SUMMARY, _FRONT, _BACK = "00_tom_tat", "01_mo_dau", "90_noi_nhan_ky"
_TITLES = ("Chỉ tiêu", "Sự kiện")
_UNITS = ("ha", "hộ", "người", "triệu đồng", "tấn", "công trình")
_KINDS = ("Diện tích", "Quy mô", "Kết quả", "Khối lượng", "Mức")
# Numbers of a row: done, planned, last year's, printed percentage.
_NUMBERS = 4
# Rows of a section that its sentences and its chart tell; its table has them all.
_TOLD = 4
# Each first of so many rows is the total of the next two.
_FAMILY = 5
_UNDER_A_HEADING = 20

Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How large a suite is: its sections besides front matter, submitted numbers, workbooks.

    ``submitters`` sub-units submit one more table, each in a workbook of its own; ``slips`` percentages are off.
    """

    sections: int = 20
    figures: int = 500
    workbooks: int = 10
    submitters: int = 0
    slips: int = 2


@dataclass
class Suite:
    """What a suite consists of before it is written: params, rows by form by workbook, codes by section."""

    size: Size
    params: dict[str, Any]
    books: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=dict)


def suite(size: Size, seed: int = 1, number: int = 0) -> Suite:
    """The suite of a seed for the unit of a number; the tables are the seed's, names and values the unit's."""
    return _Maker(size, random.Random(seed), random.Random(f"{seed} {number}")).suite(number)


def write_suite(made: Suite, folder: Path) -> Path:
    """Write a suite as a folder of reports: params, notebooks, workbooks as a department saves them."""
    for part in ("params", "notebooks", f"data/raw/{PERIOD}"):
        (folder / part).mkdir(parents=True)
    text = yaml.safe_dump(made.params, allow_unicode=True, sort_keys=False, width=110)
    (folder / "params" / f"{PERIOD}.yaml").write_text(text, encoding="utf-8")
    for name in (_SUMMARY, _FRONT, _BACK):
        shutil.copyfile(ROOT / "notebooks" / f"{name}.ipynb", folder / "notebooks" / f"{name}.ipynb")
    for name, codes in made.sections.items():
        written = json.dumps(_notebook(name, codes), ensure_ascii=False, indent=1) + "\n"
        (folder / "notebooks" / f"{name}.ipynb").write_text(written, encoding="utf-8")
    who = _who(made.params)
    for file, forms in made.books.items():
        path = folder / "data" / "raw" / PERIOD / file
        path.parent.mkdir(exist_ok=True)
        heading = Heading(who[file], made.params["unit"]["name"], Period.parse(PERIOD), path.name)
        write_blank(path, heading, [BlankSheet(t, [_given(r) for r in rows], room=0) for t, rows in forms.items()])
    return folder


@dataclass
class _Maker:
    size: Size
    chance: random.Random  # of the tables, the same for all units
    own: random.Random  # of the unit
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.chance)

    def suite(self, number: int) -> Suite:
        unit_ = unit(self.own, Words(self.own), "xã")
        if number:  # two units may draw one name
            unit_ = {k: v.replace(unit_["short_name"], f"{unit_['short_name']} {number}") for k, v in unit_.items()}
        made = Suite(self.size, {"period": PERIOD, "unit": unit_})
        names = [f"muc_{n:04d}" for n in range(1, self.size.sections + 1)]
        rows = max(len(names), self.size.figures // _NUMBERS)
        files = [f"phong-{n:03d}.xlsx" for n in range(1, self.size.workbooks + 1)]
        made.books = {file: {title: [] for title in _TITLES} for file in files}
        placed = self._indicators(names, rows)
        for at, row in enumerate(placed):
            made.books[files[at * len(files) // len(placed)]]["Chỉ tiêu"].append(row)
            codes = made.sections.setdefault(row["group"], [])
            if not codes:
                event = {"topic": row["group"], "content": self.words.happened()}
                made.books[files[at * len(files) // len(placed)]]["Sự kiện"].append(event)
            codes.append(row["code"])
        departments = [{"file": f, "name": f"Phòng {self.words.name()}", "sheets": list(_TITLES)} for f in files]
        if self.size.submitters:
            departments.append(self._submitted(made))
        for row in self.own.sample(placed, min(self.size.slips, len(placed))):
            row["printed_to_plan"] += 7
        made.params |= {
            "document": document(self.own, Words(self.own), unit_["issuer"]),
            "departments": departments,
            "sections": self._outline(list(made.sections)),
        }
        return made

    def _indicators(self, names: list[str], count: int) -> list[Row]:
        """The rows of all sections, those of one section next to each other."""
        rows: list[Row] = []
        of_section = [names[at * len(names) // count] for at in range(count)]
        family: list[Row] = []
        for at, group in enumerate(of_section):
            if at % _FAMILY == 0 or (family and family[0]["group"] != group):
                family = []
            row: Row = {"code": f"chi_tieu_{at + 1}", "name": f"{self.chance.choice(_KINDS)} {self.words.name()}"}
            row |= {"unit": family[0]["unit"] if family else self.chance.choice(_UNITS), "group": group}
            row |= self._values(row["unit"])
            if 1 <= len(family) <= 2:
                row |= {"parent": family[0]["code"], "relation": "gồm"}
            family.append(row)
            rows.append(row)
            if len(family) == 3:
                for key in ("actual", "plan", "last"):
                    family[0][key] = family[1][key] + family[2][key]
                family[0]["printed_to_plan"] = _percent(family[0])
            elif len(family) == 2:  # the section may end here
                family[0] |= {key: row[key] for key in ("actual", "plan", "last", "printed_to_plan")}
        return rows

    def _values(self, unit_: str) -> Row:
        actual = 10 + abs(values.value(self.own, unit_, "as they come")) % 90_000
        row = {"actual": actual.quantize(Decimal(1))}
        row |= {key: max(Decimal(1), values.near(self.own, row["actual"], "hộ")) for key in ("plan", "last")}
        return row | {"printed_to_plan": _percent(row)}

    def _submitted(self, made: Suite) -> dict[str, Any]:
        """The table that sub-units submit, a workbook each."""
        table = [
            {"code": f"cua_thon_{n}", **{key: row[key] for key in ("name", "unit", "group")}}
            for n, row in enumerate(self._indicators(["cac_thon"], 12), 1)
        ]
        made.sections["cac_thon"] = [row["code"] for row in table]
        submitters = []
        for number in range(1, self.size.submitters + 1):
            rows = [row | self._values(row["unit"]) for row in table]
            made.books[f"cac-thon/thon-{number:03d}.xlsx"] = {"Chỉ tiêu": rows}
            submitters.append({"file": f"thon-{number:03d}.xlsx", "name": f"thôn {self.words.name()}"})
        return {"file": "cac-thon.xlsx", "name": "Các thôn", "sheets": ["Chỉ tiêu"], "submitters": submitters}

    def _outline(self, names: list[str]) -> list[dict[str, Any]]:
        parts = [names[at : at + _UNDER_A_HEADING] for at in range(0, len(names), _UNDER_A_HEADING)]
        return [
            {"notebook": _SUMMARY, "kind": "summary"},
            {"notebook": _FRONT, "kind": "front"},
            *(
                {"heading": f"Lĩnh vực {self.words.name()}", "sections": [{"notebook": name} for name in part]}
                for part in parts
            ),
            {"notebook": _BACK, "kind": "back"},
        ]


def _percent(row: Mapping[str, Decimal]) -> Decimal:
    return (100 * row["actual"] / row["plan"]).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _given(row: Row) -> dict[str, Given]:
    return {key: Given(value) for key, value in row.items()}


def _who(params: Mapping[str, Any]) -> dict[str, str]:
    """Who submits each workbook."""
    found = {}
    for department in params["departments"]:
        name, folder = department["name"], department["file"].removesuffix(".xlsx")
        found[department["file"]] = name
        found |= {f"{folder}/{s['file']}": f"{name}, {s['name']}" for s in department.get("submitters", ())}
    return found


def _notebook(name: str, codes: list[str]) -> dict[str, Any]:
    """A section as the repository's are: sentences with notes, a table of all, a chart of the first."""
    cells = [_cell(number, *cell) for number, cell in enumerate(_cells(name, codes), 1)]
    cells[1]["metadata"] = {"tags": ["parameters"]}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cells(name: str, codes: list[str]) -> Iterator[tuple[str, str]]:
    told = codes[:_TOLD]
    title = name.replace("_", " ").replace("muc", "Mục").replace("cac", "Các")
    yield "markdown", f"# {title}"
    yield "code", "period = None"
    imports = "from thidua.notebook import open_report, progress_chart, progress_table"
    yield "code", f"%load_ext thidua\n{imports}\n\nreport = open_report(period)"
    sentences = [f"Toàn {{unit.level}} {{kể tiến độ {told[0]}}}."]
    sentences += [
        f"{{tên {code}}} là {{{code}}}[, {{so cùng kỳ {code}}}]^[Kế hoạch: {{kế hoạch {code}}}.]." for code in told[1:]
    ]
    yield "code", "%%prose\n" + "\n".join([*sentences, f"{{kể {name}}}. Cả mục được nêu tại {{bảng {name}}}."])
    # A chart behind a table of the same numbers would be left out.
    chart = f'progress_chart(rows[:{_TOLD}], title="Tiến độ của {title}", key="{name}_hinh")'
    yield "code", f'rows = report.group("{name}")\n{chart}'
    yield "code", f'progress_table(rows, title="Kết quả của {title}", key="{name}")'


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"o-{number:02d}", "metadata": {}}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return {**cell, "source": source.splitlines(keepends=True)}
