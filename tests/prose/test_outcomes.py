"""Events as sentences, names in one breath, and counts whose unit opens their name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from prose.told import told
from tables.shown import report
from thidua.document.block import List
from thidua.prose.render import render
from thidua.report import Report

COUNTS: list[dict[str, Any]] = [
    {"code": "tro_cap", "name": "Quyết định trợ cấp hằng tháng", "unit": "quyết định", "actual": 226},
    {"code": "thoi_huong", "name": "Quyết định thôi hưởng", "unit": "quyết định", "actual": 0},
    {"code": "chinh", "name": "Quyết định điều chỉnh", "unit": "quyết định", "actual": 3},
    {"code": "ho_tich", "name": "Cải chính hộ tịch", "unit": "trường hợp", "actual": 34},
    {"code": "chay", "name": "Vụ cháy rừng", "unit": "vụ", "actual": 0},
    {"code": "co_so", "name": "Cơ sở được kiểm tra", "unit": "cơ sở", "actual": 5},
    {"code": "nha_thuoc", "name": "Nhà thuốc được kiểm tra", "unit": "cơ sở", "parent": "co_so", "actual": 2},
    {"code": "quay_thuoc", "name": "Quầy thuốc được kiểm tra", "unit": "cơ sở", "parent": "co_so", "actual": 3},
    {"code": "trong_xa", "name": "Người tham gia bảo hiểm do xã quản lý", "unit": "người", "actual": 900},
    {"code": "ngoai_xa", "name": "Người tham gia bảo hiểm ngoài xã", "unit": "người", "actual": 40},
    {"code": "y_duoc", "name": "Cơ sở hành nghề y, dược", "unit": "cơ sở", "actual": 0},
    {"code": "dot", "name": "Hộ đăng ký đợt 2", "unit": "thôn", "actual": 98, "quality": "ước"},
    {"code": "sung", "name": "Súng hơi vận động thu hồi", "unit": "súng", "actual": 1},
    {"code": "vien_dan", "name": "Đạn các loại vận động thu hồi", "unit": "viên", "actual": 174},
]
EVENTS: list[dict[str, Any]] = [
    {"topic": "day", "content": "UBND xã đã lập kế hoạch tiêm phòng."},
    {"topic": "day", "link": "đồng thời", "content": "UBND xã đã hướng dẫn các thôn thực hiện"},
    {"topic": "thuy_loi", "content": "Kênh mương được nạo vét"},
    {"topic": "mo_dau", "link": "Tuy nhiên", "content": "Hội thi được tổ chức"},
    {"topic": "day", "link": "nhờ đó", "content": "Dịch bệnh không phát sinh;"},
    {"topic": "day", "link": "tuy nhiên", "content": "Một số hộ chưa hợp tác"},
    {"topic": "day", "content": "Công tác thủy lợi được quan tâm"},
    {"topic": "day", "link": "và", "content": "Công tác thủy lợi được bố trí kinh phí"},
    {"topic": "chuan_bi", "content": "Công tác chuẩn bị hội thi được quan tâm"},
    {"topic": "chuan_bi", "link": "nhờ đó", "content": "Công tác chuẩn bị hội trại hoàn thành sớm"},
    {"topic": "mot_ben", "content": "UBND xã đã rà soát các tuyến đường"},
    {"topic": "mot_ben", "link": "đồng thời", "content": "UBND xã chỉ đạo các thôn phát quang"},
    {"topic": "them_ai", "content": "UBND xã đã rà soát các tuyến đường"},
    {"topic": "them_ai", "link": "đồng thời", "content": "UBND xã và các thôn phát quang"},
    {"topic": "ten", "content": "Hội thi"},
    {"topic": "ten", "content": "Hội diễn"},
    {"topic": "ten", "content": "UBND xã"},
    {"topic": "dai", "content": "Hội thao, hội trại"},
]


def _report(folder: Path) -> Report:
    return report(folder / "xa", ("Chỉ tiêu", COUNTS), ("Sự kiện", EVENTS))


def _text(folder: Path, source: str) -> str:
    return told(_report(folder), source)


def test_events_are_told_as_sentences_tied_as_their_rows_say(tmp_path: Path) -> None:
    assert _text(tmp_path, "Trong kỳ, {kể day}. Hết.") == (
        "Trong kỳ, UBND xã đã lập kế hoạch tiêm phòng, đồng thời hướng dẫn các thôn thực hiện, nhờ đó dịch bệnh không "
        "phát sinh. Tuy nhiên, một số hộ chưa hợp tác. Công tác thủy lợi được quan tâm và được bố trí kinh phí. Hết."
    )


def test_a_subject_is_left_out_whole_or_not_at_all(tmp_path: Path) -> None:
    assert _text(tmp_path, "{kể chuan_bi}.") == (
        "Công tác chuẩn bị hội thi được quan tâm, nhờ đó công tác chuẩn bị hội trại hoàn thành sớm."
    )


def test_a_body_that_acts_twice_is_named_once_where_one_clause_shows_that_its_name_ends(tmp_path: Path) -> None:
    opened = _report(tmp_path)
    assert told(opened, "{kể mot_ben}.") == (
        "UBND xã đã rà soát các tuyến đường, đồng thời chỉ đạo các thôn phát quang."
    )
    assert told(opened, "{kể them_ai}.") == (
        "UBND xã đã rà soát các tuyến đường, đồng thời UBND xã và các thôn phát quang."
    )


def test_the_word_that_ties_a_row_to_one_that_is_not_there_is_not_told(tmp_path: Path) -> None:
    assert _text(tmp_path, "{kể mo_dau}.") == "Hội thi được tổ chức."
    assert _text(tmp_path / "hai", "{kể thuy_loi, mo_dau}.") == "Kênh mương được nạo vét. Hội thi được tổ chức."


def test_names_are_listed_in_one_breath_and_parted_by_semicolons_where_one_has_a_comma(tmp_path: Path) -> None:
    assert _text(tmp_path, "Gồm {liệt kê ten}.") == "Gồm hội thi, hội diễn và UBND xã."
    assert _text(tmp_path / "hai", "Gồm {liệt kê ten, dai}.") == "Gồm hội thi; hội diễn; UBND xã; hội thao, hội trại."


def test_no_events_leave_no_sentence(tmp_path: Path) -> None:
    assert _text(tmp_path, "{kể khong_co}. {liệt kê khong_co}.") == ""


def test_tasks_are_numbered_and_one_alone_is_a_sentence(tmp_path: Path) -> None:
    several = render("Nhiệm vụ như sau:\n\n{đánh số ten}", _report(tmp_path))
    assert [b.numbered for b in several.blocks if isinstance(b, List)] == [True]
    assert several.text == "Nhiệm vụ như sau:\n- Hội thi.\n- Hội diễn.\n- UBND xã."
    assert _text(tmp_path / "mot", "Nhiệm vụ như sau:\n\n{đánh số dai}") == "Hội thao, hội trại."
    assert _text(tmp_path / "so", "Có {chinh} như sau:\n\n- {dan};\n- {kể dai}.") == (
        "Có 03 quyết định như sau.\nHội thao, hội trại."
    )


def test_a_count_runs_into_the_name_that_opens_with_its_unit(tmp_path: Path) -> None:
    assert _text(tmp_path, "Có {kê tro_cap, thoi_huong, khong_co, chinh, ho_tich}.") == (
        "Có 226 quyết định trợ cấp hằng tháng, 03 quyết định điều chỉnh và cải chính hộ tịch 34 trường hợp; "
        "không có quyết định thôi hưởng."
    )


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("nha_thuoc, quay_thuoc", "02 nhà thuốc và 03 quầy thuốc."),
        ("trong_xa, ngoai_xa", "900 người do xã quản lý và 40 người ngoài xã."),
        ("sung, vien_dan", "01 súng hơi và 174 viên đạn các loại."),
    ],
)
def test_counts_in_brief_leave_to_the_sentence_what_all_of_them_say(tmp_path: Path, codes: str, words: str) -> None:
    assert _text(tmp_path, f"Gồm {{kê {codes} | tên gọn}}.") == f"Gồm {words}"


def test_an_estimate_stands_apart_from_a_number_that_ends_a_name(tmp_path: Path) -> None:
    assert _text(tmp_path, "Có {khong_co}[, {dot}].") == "Hộ đăng ký đợt 2 ước là 98 thôn."


def test_what_there_is_none_of_is_told_in_one_breath_whatever_commas_names_have(tmp_path: Path) -> None:
    assert _text(tmp_path, "Có {y_duoc}, {chay}.") == "Không có cơ sở hành nghề y, dược cũng như vụ cháy rừng."


@pytest.mark.parametrize(
    ("code", "words"), [("chay", "Không có vụ cháy rừng nào."), ("khong_co", ""), ("chinh", "03 quyết định cháy rừng.")]
)
def test_a_count_says_of_what(tmp_path: Path, code: str, words: str) -> None:
    assert _text(tmp_path, f"{{đếm {code} | cháy rừng}}.") == words


def test_a_sentence_behind_a_bracket_starts_with_a_capital(tmp_path: Path) -> None:
    assert _text(tmp_path, "Dạy học tốt (Bảng). {liệt kê ten}.") == "Dạy học tốt (Bảng). Hội thi, hội diễn và UBND xã."
