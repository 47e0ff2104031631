"""Events told by what came of them, and counts whose unit opens their name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tables.shown import report
from thidua.prose.template import render

COUNTS: list[dict[str, Any]] = [
    {"code": "tro_cap", "name": "Quyết định trợ cấp hằng tháng", "unit": "quyết định", "actual": 226},
    {"code": "thoi_huong", "name": "Quyết định thôi hưởng", "unit": "quyết định", "actual": 0},
    {"code": "chinh", "name": "Quyết định điều chỉnh", "unit": "quyết định", "actual": 3},
    {"code": "chay", "name": "Vụ cháy rừng", "unit": "vụ", "actual": 0},
]
EVENTS: list[dict[str, Any]] = [
    {"topic": "day", "content": "Dạy học", "result": "Được thực hiện tốt"},
    {"topic": "day", "content": "Chọn sách", "result": "Tiếp tục được triển khai"},
    {"topic": "day", "content": "Kiểm tra", "result": "Được thực hiện tốt"},
    {"topic": "day", "content": "Thi đua", "result": "Được thực hiện tốt"},
    {"topic": "khac", "content": "Hội thi"},
]


def _text(folder: Path, source: str) -> str:
    names = report(folder / "xa", ("Chỉ tiêu", COUNTS), ("Sự kiện", EVENTS)).names
    return str(BeautifulSoup(render(source, names).html, "html.parser").get_text()).replace("\u00a0", " ").strip()


def test_events_with_one_result_are_told_together(tmp_path: Path) -> None:
    told = _text(tmp_path, '{{ events("day") | outcomes }}.')
    assert told == "Dạy học, kiểm tra và thi đua được thực hiện tốt; chọn sách tiếp tục được triển khai."


def test_events_without_a_result_are_named_alone(tmp_path: Path) -> None:
    assert _text(tmp_path, '{{ events("khac") | outcomes }}.') == "Hội thi."


def test_no_events_leave_no_sentence(tmp_path: Path) -> None:
    assert _text(tmp_path, '[[{{ events("khong_co") | outcomes }}.]]') == ""


def test_a_count_runs_into_the_name_that_opens_with_its_unit(tmp_path: Path) -> None:
    told = _text(tmp_path, 'Có {{ ind.pick("tro_cap", "thoi_huong", "khong_co", "chinh") | counted }}.')
    assert told == "Có 226 quyết định trợ cấp hằng tháng; 03 quyết định điều chỉnh."


@pytest.mark.parametrize(
    ("code", "told"), [("chay", "Không có vụ cháy rừng nào."), ("khong_co", ""), ("chinh", "03 quyết định cháy rừng.")]
)
def test_a_count_says_of_what(tmp_path: Path, code: str, told: str) -> None:
    assert _text(tmp_path, f'[[{{{{ ind.{code}.done | count("cháy rừng") }}}}.]]') == told


def test_a_sentence_behind_a_bracket_starts_with_a_capital(tmp_path: Path) -> None:
    told = _text(tmp_path, 'Dạy học tốt (Bảng). {{ events("khac") | outcomes }}.')
    assert told == "Dạy học tốt (Bảng). Hội thi."
