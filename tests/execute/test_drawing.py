"""Charts that a run draws for its sections are the same, and wrong in the same words, as those they draw themselves."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from execute.written import executed, failure, notebook
from thidua.charts.picture import picture
from thidua.execute.drawing import drawing, drawn_at

_CHART: dict[str, Any] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"tên": "Lúa", "số": 1919.1}, {"tên": "Ngô", "số": 0.1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "số", "type": "quantitative"}, "y": {"field": "tên"}},
    "config": {"view": {}},  # the report's theme gives every chart one
}
_WRONG = {**_CHART, "data": {"url": "https://example.org/a.csv"}}


def test_a_chart_and_what_is_wrong_with_one_come_back_as_if_drawn_here(tmp_path: Path) -> None:
    address = tmp_path / "draw"
    with drawing(address):
        assert drawn_at(str(address), _CHART) == picture(_CHART)
        for wrong in (_WRONG, {"mark": 1}):
            with pytest.raises(ValueError) as here:
                picture(wrong)
            with pytest.raises(ValueError) as there:
                drawn_at(str(address), wrong)
            assert str(there.value) == str(here.value)


def test_who_asks_and_goes_away_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    address = tmp_path / "draw"
    with drawing(address):
        for said in (b"", b'{"mark', b"[]"):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(address))
                connection.sendall(said)
        assert drawn_at(str(address), _CHART).startswith(b"\x89PNG")


def test_where_nobody_draws_a_section_does(tmp_path: Path) -> None:
    assert drawn_at(str(tmp_path / "nobody"), _CHART) == picture(_CHART)


def test_a_chart_that_cannot_be_drawn_stops_its_section_at_its_cell(tmp_path: Path) -> None:
    cell = f"""
        from types import SimpleNamespace
        from thidua.notebook import show_chart
        chart = SimpleNamespace(to_dict=lambda **_: {_WRONG!r})
        show_chart(chart, [], title="T", key="k", alt="a")
    """
    stopped = failure(tmp_path, "print(1)", "\n".join(line.strip() for line in cell.splitlines()), "print(3)")
    assert stopped.cell == 3 and "không vẽ được biểu đồ «k»" in stopped.error


def test_a_section_draws_without_a_renderer_of_its_own(tmp_path: Path) -> None:
    cell = f"""
from types import SimpleNamespace
from thidua.notebook import show_chart
show_chart(SimpleNamespace(to_dict=lambda **_: {_CHART!r}), [], title="T", key="k", alt="a")
import sys
print("vl_convert" in sys.modules)
"""
    (outputs,) = (cell.outputs for cell in executed(tmp_path, muc=notebook(cell))["muc"].cells[2:])
    assert any("image/png" in o.get("data", {}) for o in outputs) and outputs[-1].text == "False\n"
