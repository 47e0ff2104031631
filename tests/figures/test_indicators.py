"""Indicators: what can be said of a row, from what was submitted or else from what its department printed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from IPython.lib.pretty import pretty

from thidua.figures import Indicator
from workbooks import FILE, RICE, indicators, inputs, write_root


def indicator(folder: Path, **cells: Any) -> Indicator:
    row = {"code": "lua", "name": "Lúa", "unit": "ha", **cells}
    return inputs(write_root(folder / "root", {FILE: indicators(row)})).data.indicators.lua


def test_ratios_follow_from_the_values_and_print_as_the_department_prints(tmp_path: Path) -> None:
    found = indicator(tmp_path, actual=35.1, plan=61.2, last=30, printed_to_plan="96,3")
    assert found.to_plan.printed == "57,4"
    assert found.growth.printed == "17,00"
    assert found.to_last.printed == "117,00"
    assert found.printed_to_plan.value == Decimal("96.3")


def test_the_cumulative_value_is_what_the_report_states(tmp_path: Path) -> None:
    found = indicator(tmp_path, actual=10, cumulative=40, plan=50)
    assert (found.done.id, found.to_plan.value) == ("lua.cumulative", Decimal(80))


def test_without_the_base_the_departments_percentage_stands(tmp_path: Path) -> None:
    found = indicator(tmp_path, actual=10, printed_to_plan="80,5", printed_change="-3,2")
    assert (found.to_plan.id, found.to_plan.printed) == ("lua.printed_to_plan", "80,5")
    assert (found.growth.id, found.growth.printed) == ("lua.printed_change", "-3,2")
    assert (found.to_last.id, found.to_last.printed) == ("lua.to_last", "96,8")


def test_growth_follows_from_the_level_where_only_that_was_submitted(tmp_path: Path) -> None:
    found = indicator(tmp_path, actual=10, printed_to_last="98,2")
    assert (found.growth.printed, found.growth.unit) == ("-1,8", "%")


@pytest.mark.parametrize("cells", [{}, {"actual": 5}, {"actual": 5, "plan": 0}, {"plan": 5}, {"actual": 5, "last": 0}])
def test_what_cannot_be_said_is_missing_and_says_why(tmp_path: Path, cells: dict[str, Any]) -> None:
    found = indicator(tmp_path, **cells)
    assert found.to_plan.missing
    assert found.growth.missing
    assert found.to_plan.why
    assert found.growth.why


def test_every_figure_knows_its_cell(tmp_path: Path) -> None:
    found = indicator(tmp_path, **{k: v for k, v in RICE.items() if k == "actual"}, plan=130)
    assert str(found.plan.cell) == "kinh-te.xlsx › Chỉ tiêu › E2"
    assert found.plan.cell is not None
    assert len(found.plan.cell.sha256) == 64


def test_the_numbers_of_a_row_show_each_with_its_cell_on_a_line(tmp_path: Path) -> None:
    lines = pretty(indicator(tmp_path, actual=5, plan=130).values).splitlines()
    assert lines[0] == "{'actual': 5 ha — kinh-te.xlsx › Chỉ tiêu › D2,"
    assert " 'plan': 130 ha — kinh-te.xlsx › Chỉ tiêu › E2," in lines


def test_a_code_that_no_row_has_is_missing_and_names_the_nearest(tmp_path: Path) -> None:
    data = inputs(write_root(tmp_path)).data
    assert data.indicators.luaa.done.missing
    assert data.slips == ["mã không có trong số liệu của kỳ: «luaa»; gần nhất là «lua»"]
