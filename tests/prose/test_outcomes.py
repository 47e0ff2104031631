"""Events told by what came of them, and counts whose unit opens their name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from prose.told import told
from tables.shown import report

COUNTS: list[dict[str, Any]] = [
    {"code": "tro_cap", "name": "Quyết định trợ cấp hằng tháng", "unit": "quyết định", "actual": 226},
    {"code": "thoi_huong", "name": "Quyết định thôi hưởng", "unit": "quyết định", "actual": 0},
    {"code": "chinh", "name": "Quyết định điều chỉnh", "unit": "quyết định", "actual": 3},
    {"code": "ho_tich", "name": "Cải chính hộ tịch", "unit": "trường hợp", "actual": 34},
    {"code": "chay", "name": "Vụ cháy rừng", "unit": "vụ", "actual": 0},
]
EVENTS: list[dict[str, Any]] = [
    {"topic": "day", "content": "Dạy học", "result": "Được thực hiện tốt"},
    {"topic": "day", "content": "Chọn sách", "result": "Tiếp tục được triển khai"},
    {"topic": "day", "content": "Kiểm tra", "result": "Được thực hiện tốt"},
    {"topic": "day", "content": "Thi đua", "result": "Được thực hiện tốt"},
    {"topic": "giai", "content": "Trường Tiểu học Bình An", "result": "Giải nhất"},
    {"topic": "khac", "content": "Hội thi"},
    {"topic": "khac", "content": "Hội diễn"},
]


def _text(folder: Path, source: str) -> str:
    return told(report(folder / "xa", ("Chỉ tiêu", COUNTS), ("Sự kiện", EVENTS)), source)


def test_events_with_one_result_are_told_together(tmp_path: Path) -> None:
    assert _text(tmp_path, "{nêu day}.") == (
        "Dạy học, kiểm tra và thi đua được thực hiện tốt; chọn sách tiếp tục được triển khai."
    )


def test_a_word_may_stand_between_an_event_and_its_result(tmp_path: Path) -> None:
    assert _text(tmp_path, "{nêu giai | đạt}.") == "Trường Tiểu học Bình An đạt giải nhất."


def test_events_without_a_result_are_named_one_by_one(tmp_path: Path) -> None:
    assert _text(tmp_path, "{nêu khac}.") == "Hội thi; hội diễn."


def test_no_events_leave_no_sentence(tmp_path: Path) -> None:
    assert _text(tmp_path, "{nêu khong_co}.") == ""


def test_a_count_runs_into_the_name_that_opens_with_its_unit(tmp_path: Path) -> None:
    assert _text(tmp_path, "Có {kê tro_cap, thoi_huong, khong_co, chinh, ho_tich}.") == (
        "Có 226 quyết định trợ cấp hằng tháng; 03 quyết định điều chỉnh; cải chính hộ tịch 34 trường hợp; "
        "không có quyết định thôi hưởng."
    )


@pytest.mark.parametrize(
    ("code", "words"), [("chay", "Không có vụ cháy rừng nào."), ("khong_co", ""), ("chinh", "03 quyết định cháy rừng.")]
)
def test_a_count_says_of_what(tmp_path: Path, code: str, words: str) -> None:
    assert _text(tmp_path, f"{{đếm {code} | cháy rừng}}.") == words


def test_a_sentence_behind_a_bracket_starts_with_a_capital(tmp_path: Path) -> None:
    assert _text(tmp_path, "Dạy học tốt (Bảng). {liệt kê khac}.") == "Dạy học tốt (Bảng). Hội thi; hội diễn."
