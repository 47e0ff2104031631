"""A new column of the indicator form: its line in the form and its words, and everything else has it.

The library is copied, its forms alone are changed, and the copy is asked.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import thidua

pytestmark = pytest.mark.slow

PACKAGE = Path(thidua.__file__).parent
FORM = {
    "  - {key: last,": (
        "  - {key: plan_adjusted, header: [Kế hoạch điều chỉnh], type: number, role: plan}\n"
        "  - {key: year, header: [Ước cả năm], type: number, role: outlook}\n"
    ),
    "  - key: printed_to_last": (
        "  - {key: printed_to_adjusted, header: ['% so kế hoạch điều chỉnh'], type: percent,\n"
        "     printed: {ratio: plan_adjusted, gives: to_adjusted}}\n"
    ),
}
WORDS = "plan_adjusted: {phrase: kế hoạch điều chỉnh}\nyear: {phrase: ước cả năm}\n"


def changed(folder: Path) -> Path:
    """A copy of the library whose form has the two columns."""
    copy = folder / "thidua"
    shutil.copytree(PACKAGE, copy)  # with what is compiled of it already
    form = copy / "forms" / "indicators.yaml"
    text = form.read_text(encoding="utf-8")
    for before, lines in FORM.items():
        assert text.count(before) == 1
        text = text.replace(before, lines + before)
    form.write_text(text, encoding="utf-8")
    words = copy / "forms" / "words" / "indicators.yaml"
    words.write_text(words.read_text(encoding="utf-8") + WORDS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the changed library says; asked once, in a process of its own."""
    folder = tmp_path_factory.mktemp("changed")
    path = [str(changed(folder)), str(Path(__file__).parents[1])]
    script = f"import sys; sys.path[:0] = {path!r}; from forms.asked import answer; answer({str(folder / 'work')!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["library"] == str(folder / "thidua")
    return found


def test_a_phrase_tells_the_number_and_how_far_it_was_reached(answers: dict[str, Any]) -> None:
    assert answers["prose"] == "Giao 110 ha, đạt 50,00% kế hoạch điều chỉnh; ước cả năm 105 ha."


def test_the_tables_have_its_columns(answers: dict[str, Any]) -> None:
    assert answers["table"] == [
        "Chỉ tiêu",
        "Thực hiện (ha)",
        "Kế hoạch điều chỉnh (ha)",
        "So với kế hoạch điều chỉnh (%)",
        "Ước cả năm (ha)",
    ]


def test_the_charts_measure_against_it(answers: dict[str, Any]) -> None:
    assert answers["chart"] == ["lua.actual", "lua.plan_adjusted", "lua.to_adjusted"]


def test_the_checks_hold_it_against_the_other_numbers(answers: dict[str, Any]) -> None:
    assert answers["checks"] == [
        "Chỉ tiêu a, kế hoạch điều chỉnh: ghi -5 ha, số này không thể âm; chỉ dòng đếm mức tăng, giảm được ghi số âm",
        "Chỉ tiêu lua, tỷ lệ so với kế hoạch điều chỉnh ghi 60%, tính lại được 50% (55 ÷ 110)",
        "Chỉ tiêu tong, ước cả năm: ghi 100 ha, các phần cộng lại được 90 ha (50 + 40), "
        "còn 10 ha không rõ thuộc phần nào",
    ]


def test_the_blank_workbook_has_it_and_is_read_back(answers: dict[str, Any]) -> None:
    assert {"Kế hoạch điều chỉnh", "% so kế hoạch điều chỉnh", "Ước cả năm"} <= set(answers["blank"])
    assert answers["filled"] == ["110", "105"]


def test_the_tidy_table_has_it(answers: dict[str, Any]) -> None:
    assert {"plan_adjusted", "plan_adjusted_cell", "year", "printed_to_adjusted"} <= set(answers["tidy"])
