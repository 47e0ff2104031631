"""Groups of indicators: a table asks for a group, so that a unit's own rows appear in it without an edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from prose.told import told
from thidua.report import Report
from thidua.settings.params_file import load
from workbooks import FILE, add_form, department, inputs, new_book, only_problem, params_file, write_root


def crop(code: str, group: Any = "cay_trong", **cells: Any) -> dict[str, Any]:
    return {"code": code, "name": f"Diện tích {code}", "unit": "ha", "actual": 10, "plan": 20, "group": group, **cells}


def root_of(folder: Path, *books: list[dict[str, Any]]) -> Path:
    """A folder with a workbook for each list of indicators."""
    files = [FILE, *(f"phong-{n}.xlsx" for n in range(1, len(books)))]
    made = {}
    for file, rows in zip(files, books, strict=True):
        made[file] = new_book()
        add_form(made[file], "Chỉ tiêu", rows)
    return write_root(folder / "root", dict(made), departments=[department(file) for file in files])


def report(folder: Path, *books: list[dict[str, Any]]) -> Report:
    root = root_of(folder, *books)
    return Report(load(params_file(root)), inputs(root).data)


def test_a_group_gives_its_rows_in_the_order_of_the_workbooks(tmp_path: Path) -> None:
    found = report(tmp_path, [crop("ngo"), crop("lua")], [crop("che"), crop("bo", group="vat_nuoi")])
    assert [i.code for i in found.group("cay_trong")] == ["ngo", "lua", "che"]


@pytest.mark.parametrize("typed", ["cay_trong, tong_quan", "tong_quan;cay_trong"])
def test_a_row_may_belong_to_several_groups(tmp_path: Path, typed: str) -> None:
    found = report(tmp_path, [crop("lua", group=typed), crop("ngo")])
    assert [i.code for i in found.group("tong_quan")] == ["lua"]
    assert [i.code for i in found.group("cay_trong")] == ["lua", "ngo"]


def test_a_group_that_nobody_reports_is_empty_and_one_that_is_misspelt_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, [crop("lua")])
    assert found.group("thuy_san") == []
    assert found.data.slips == []
    assert found.group("cay_trog") == []
    assert found.data.slips == ["không có chỉ tiêu nào thuộc nhóm «cay_trog»; gần nhất là «cay_trong»"]


def test_a_group_that_is_no_code_is_refused_with_its_cell(tmp_path: Path) -> None:
    problem = only_problem(root_of(tmp_path, [crop("lua", group="Cây trồng")]))
    assert (problem.found, "cay_trong" in problem.expected) == ("mã «Cây trồng»", True)


def test_prose_tells_a_group_where_it_takes_several_codes(tmp_path: Path) -> None:
    found = report(tmp_path, [crop("lua"), crop("ngo", actual=20)])
    assert told(found, "Gieo trồng: {kể tiến độ cay_trong}.") == (
        "Gieo trồng: diện tích lua đạt 10 ha, bằng 50,00% kế hoạch (20 ha); "
        "diện tích ngo đạt 20 ha, bằng 100,00% kế hoạch (20 ha)."
    )
    assert told(found, "{nếu có cay_trong}Có cây trồng. {nếu có thuy_san}Có thủy sản.") == "Có cây trồng."
