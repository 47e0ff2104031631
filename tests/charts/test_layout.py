"""Texts fit, whatever the names, the number of rows and the values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from charts.drawn import LONG, Drawn, rows, shown
from thidua.charts.kinds import change_chart, compare_chart, composition_chart, progress_chart
from thidua.charts.theme import THEME
from thidua.fonts.typeset_width import evenly_wrapped, width, wrap
from thidua.settings.page import page_form

pytestmark = pytest.mark.usefixtures("few_bars")

# How wide charts print, in points, and the least that letters measure there.
FORM = page_form()
PDF = (210 - FORM.margins.left - FORM.margins.right) / 25.4 * 72
WORD = 160 / 25.4 * 72
LEAST = 8
VALUES = {
    "two rows": [96.19, 50],
    "nought": [0, 0, 50],
    "negative": [-12, 160, 80],
    "far beyond": [96, 104, 1234567],
    "twenty": [60 + 4.5 * n for n in range(20)],
    "forty": [60 + 4.5 * n for n in range(40)],
}


def given(values: list[float]) -> list[dict[str, Any]]:
    """Rows with these values, every second one with a name of several lines."""
    names = [LONG[n // 2 % len(LONG)] if n % 2 == 0 else f"lúa {n}" for n in range(len(values))]
    return [
        {"name": name, "actual": round(value, 2), "plan": 100, "plan_upper": 90, "last": 80}
        for name, value in zip(names, values, strict=True)
    ]


def fits(chart: Drawn) -> None:
    """Nothing is clipped, nothing collides, on the page and on a phone, and the smallest letters can be read there."""
    for drawn, wide in ((chart, THEME.width), (chart.on_a_phone, THEME.narrow)):
        assert drawn.clipped == []
        assert drawn.colliding == []
        assert float(drawn.svg.get("width", 0)) == wide
    smallest = min(text.size for text in chart.boxes)
    assert min(PDF, WORD) / THEME.width * smallest >= LEAST
    # A phone's page leaves a chart some 300 pixels of its own; letters of 10 are the least there.
    assert 300 / THEME.narrow * min(text.size for text in chart.on_a_phone.boxes) >= 10


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("word", [progress_chart, change_chart, compare_chart])
def test_no_text_is_clipped_or_runs_into_another(tmp_path: Path, word: Any, values: list[float]) -> None:
    fits(shown(word, rows(tmp_path, *given(values))))


@pytest.mark.parametrize("number", [1, 3, 5, 6, 20])
def test_no_part_of_a_composition_runs_into_another(tmp_path: Path, number: int) -> None:
    parts = ["Trước hạn", "Đúng hạn", "Chậm hạn", "Đang giải quyết trong hạn", "Đang giải quyết quá hạn"]
    counts = [{"unit": "hồ sơ", "actual": v} for n in range(number) for v in (5621 + n, 1890, n % 3, 321, 3)]
    read = rows(tmp_path, *counts)
    levels = {f"{LONG[0][:40]} {n}": read[5 * n : 5 * n + 5] for n in range(number)}
    fits(shown(composition_chart, levels, parts=parts))


def test_parts_that_crowd_at_one_end_keep_apart(tmp_path: Path) -> None:
    counts = rows(tmp_path, *({"unit": "hồ sơ", "actual": v} for v in (98765, 1, 1, 1)))
    fits(shown(composition_chart, {"Cấp xã": counts}, parts=["Trước hạn", "Đúng hạn", "Chậm hạn", "Đang xem xét"]))


@pytest.mark.parametrize("word", [progress_chart, change_chart])
def test_up_to_twenty_five_rows_fit_a_page(tmp_path: Path, word: Any) -> None:
    chart = shown(word, rows(tmp_path, *({"actual": 90 + n, "plan": 100, "last": 100} for n in range(25))))
    assert float(chart.svg.get("height", 0)) <= THEME.page_height


def test_twenty_rows_of_three_measures_fit_a_page(tmp_path: Path) -> None:
    chart = shown(compare_chart, rows(tmp_path, *({"actual": 90 + n, "plan": 100, "last": 100} for n in range(20))))
    assert float(chart.svg.get("height", 0)) <= THEME.page_height


def test_two_rows_do_not_take_the_height_of_many(tmp_path: Path) -> None:
    chart = shown(progress_chart, rows(tmp_path, *[{"actual": 9, "plan": 10}] * 2))
    assert float(chart.svg.get("height", 0)) < 100


def test_lines_are_broken_between_words_within_the_width() -> None:
    lines = wrap(LONG[0], 200, 14)
    assert " ".join(lines) == LONG[0]
    assert all(width(line, 14) <= 200 for line in lines)


def test_even_lines_leave_no_word_alone() -> None:
    lines = evenly_wrapped(LONG[1], 250, 14)
    assert len(lines) == len(wrap(LONG[1], 250, 14))
    assert min(width(line, 14) for line in lines) > 100


def test_a_word_wider_than_the_line_stays_whole() -> None:
    assert wrap("a supercalifragilistic b", 20, 14) == ["a", "supercalifragilistic", "b"]


def test_every_vietnamese_letter_has_a_width_of_its_own() -> None:
    letters = "ăâđêôơưĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    missing = width("\uffff", 14)
    assert all(0 < width(letter, 14) != missing for letter in letters)
