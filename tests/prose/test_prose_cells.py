"""``%%prose`` in a real IPython shell, as a notebook runs it, and what JupyterLab offers while it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import RichOutput, capture_output
from IPython.utils.tokenutil import token_at_cursor

from workbooks import FILE, RICE, indicators, write_root

OTHER = {"code": "lua_nuong", "name": "Lúa nương", "unit": "ha", "actual": 2, "plan": 4, "printed_to_plan": 90}


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[InteractiveShell]:
    root = write_root(tmp_path, {FILE: indicators({**RICE, "plan": 150}, OTHER)})
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


def offered(shell: InteractiveShell, source: str) -> list[str]:
    """The cell's text with each completion put in, in the order of the offers."""
    with provisionalcompleter():
        found = list(shell.Completer.completions(source, len(source)))
    return [source[: c.start] + c.text for c in found]


def plain(output: RichOutput) -> str:
    return str(output.data["text/plain"]).replace("\u00a0", " ")


def told(shell: InteractiveShell, source: str, at: str) -> str:
    """What Shift-Tab tells with the cursor behind a text, as the kernel asks for it."""
    name = token_at_cursor(source, source.index(at) + len(at))
    shown = dict(shell.object_inspect_mime(name))
    del shown["text/html"]  # as the kernel does before it answers
    return str(shown["text/markdown"])


def test_a_prose_cell_shows_its_sentence_with_the_figures_behind_it(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    outputs, _, err, result = run(shell, "%%prose\nLúa {tiến độ lua}, tại {unit.name}.")
    result.raise_error()
    assert err == ""
    (output,) = outputs
    assert plain(output) == "Lúa đạt 120 ha, bằng 80,00% kế hoạch (150 ha), tại xã Bình An."
    carried = next(json.loads(v) for k, v in output.data.items() if k.startswith("application/"))
    assert [f["id"] for f in carried["figures"]] == ["lua.actual", "lua.plan", "lua.to_plan"]


def test_a_cell_sees_what_cells_before_it_made(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)\nlua = report.indicators.lua\ncon_lai = lua.plan - lua.done")
    outputs, *_ = run(shell, "%%prose\nCòn {con_lai}, tức {= lua.plan - lua.done =}.")
    assert plain(outputs[0]) == "Còn 30 ha, tức 30 ha."


def test_a_cell_of_which_nothing_is_left_shows_only_why(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    (output,), _, err, _ = run(shell, "%%prose\nNgô {tiến độ ngo}.")
    assert plain(output) == ""
    assert "Ngô {tiến độ ngo}. (ngo: mã không có trong số liệu của kỳ: «ngo»)" in output.data["text/html"]
    assert err == "Lưu ý: mã không có trong số liệu của kỳ: ngo\n"


def test_a_mistake_shows_its_place_and_no_traceback(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    _, out, err, result = run(shell, "%%prose\n\nLúa {tiến dộ lua}.")
    assert type(result.error_in_exec).__name__ == "ProseError"
    shown = out + err
    # Lines are counted as JupyterLab does, from the one of the magic.
    assert "dòng 3, cột 5: không có từ dẫn «tiến dộ»; gần nhất là «tiến độ»" in shown
    assert "    Lúa {tiến dộ lua}.\n        ^" in shown
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


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("{lu", ["{lua", "{lua_nuong"]),
        ("{nuong", ["{lua_nuong"]),
        ("{vien", ["{viện dẫn", "{viện dẫn đủ", "{viện dẫn ở chú thích"]),
        ("{so cùng kỳ lua_", ["{so cùng kỳ lua_nuong"]),
        ("[, {kê lua, lua_", ["[, {kê lua, lua_nuong"]),
        ("{kê x | t", ["{kê x | tên gọn"]),
        ("{mỗi phong", ["{mỗi phong_trao"]),
        ("{unit.le", ["{unit.level"]),
        ("{period.next.n", ["{period.next.name"]),
        ("{con_", ["{con_lai"]),
        ("Xem {bảng ", ["Xem {bảng dien_tich"]),
        ("Lúa lu", []),
        ("{lua} lu", []),
    ],
)
def test_tab_completes_verbs_codes_options_and_parameters(
    shell: InteractiveShell, typed: str, offers: list[str]
) -> None:
    run(shell, "report = open_report('2031-Q2', root)\ncon_lai = report.indicators.lua.plan\n# key=\"dien_tich\"")
    shell.user_ns["In"] = ["", '# key="dien_tich"']
    found = offered(shell, f"%%prose\n\nTốt. {typed}")
    assert found == [f"%%prose\n\nTốt. {o}" for o in offers]


def test_tab_elsewhere_is_what_it_always_is(shell: InteractiveShell) -> None:
    assert offered(shell, "open_repo") == ["open_report"]


def test_shift_tab_tells_value_source_and_finding_of_a_code(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    source = "%%prose\nVề “lúa”: {đạt lua_nuong | dự toán}, {gạch lua}."
    shown = told(shell, source, "{đạt lua_n")
    assert "**Lúa nương** (`lua_nuong`)" in shown
    assert "Lúa nương, trong kỳ: **2 ha** — kinh-te.xlsx › Chỉ tiêu › D3" in shown
    assert "Lỗi: " in shown and "90" in shown
    assert "Lỗi" not in told(shell, source, "{gạch lu")


def test_shift_tab_on_what_is_no_code_finds_nothing(shell: InteractiveShell) -> None:
    run(shell, "report = open_report('2031-Q2', root)")
    with pytest.raises(KeyError):
        told(shell, "%%prose\nkhong_ma", "khong")
    assert "open_report" in str(shell.object_inspect_mime("open_report")["text/plain"])
