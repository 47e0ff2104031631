"""``%%prose`` in a real IPython shell, as a notebook runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import RichOutput, capture_output

from thidua.figures.record import MIME
from workbooks import FILE, RICE, indicators, write_root


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[InteractiveShell]:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "plan": 150})})
    InteractiveShell.clear_instance()
    found = InteractiveShell.instance()
    found.run_cell("%load_ext thidua\nfrom thidua import open_report").raise_error()
    found.user_ns["root"] = str(root)
    yield found
    InteractiveShell.clear_instance()


def run(shell: InteractiveShell, source: str) -> tuple[list[RichOutput], str, str, Any]:
    with capture_output() as captured:
        result = shell.run_cell(source)
    return captured.outputs, captured.stdout, captured.stderr, result


def test_a_prose_cell_shows_its_sentence_with_the_figures_behind_it(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    outputs, _, err, result = run(shell, "%%prose\nLúa {{ ind.lua | progress }}, tại {{ unit.name }}.")
    result.raise_error()
    assert err == ""
    (output,) = outputs
    assert output.data["text/plain"] == "Lúa 120/150\u00a0ha, đạt 80,00% kế hoạch, tại xã Bình An."
    assert output.data["text/html"].startswith('<div class="prose">')
    bundle = output.data[MIME]
    assert bundle["printed"] == ["lua.actual", "lua.plan", "lua.to_plan"]
    assert [f["id"] for f in bundle["figures"]] == ["lua.actual", "lua.plan", "lua.to_plan"]


def test_a_cell_sees_what_cells_before_it_made(shell: InteractiveShell) -> None:
    run(
        shell,
        "report = open_report('2031-Q2', root)\nlua = report.indicators.lua\ncon_lai = lua.plan - lua.done",
    )
    outputs, *_ = run(shell, "%%prose\nCòn {{ con_lai | with_unit }}.")
    assert outputs[0].data["text/plain"] == "Còn 30\u00a0ha."


def test_a_cell_of_which_nothing_is_left_shows_nothing(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    outputs, _, err, _ = run(shell, "%%prose\n[[Ngô {{ ind.ngo | progress }}.]]")
    assert outputs == []
    assert err == "Lưu ý: mã không có trong số liệu của kỳ: «ngo»\n"


def test_a_mistake_shows_its_sentence_and_no_traceback(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    _, out, err, result = run(shell, "%%prose\n{{ ind.lua | progres }}")
    assert type(result.error_in_exec).__name__ == "ProseError"
    shown = out + err
    assert "không có bộ lọc «progres»; gần nhất là «progress»" in shown
    assert "Traceback" not in shown


def test_a_cell_before_the_report_is_opened_says_what_to_run(shell: InteractiveShell) -> None:
    _, out, err, _ = run(shell, "%%prose\nLúa.")
    assert "chưa mở báo cáo: hãy chạy ô có report = open_report(period) trước" in out + err


def test_a_figure_shows_its_value_its_formula_and_its_source(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    _, out, _, result = run(shell, "report.indicators.lua.to_plan")
    shown = out + repr(result.result)
    assert "80,00 %" in shown
    assert "100 × lua.actual ÷ lua.plan" in shown
    _, out, _, result = run(shell, "report.indicators.lua.plan")
    assert "kinh-te.xlsx › Chỉ tiêu › E2" in out + repr(result.result)
