"""The first letter of a text that moves into a sentence: lower case unless it starts a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.language.capitals import uncapitalised


@pytest.mark.parametrize(
    "name",
    [
        "Lễ hội Chùa Bắc Nga",
        "Lễ hội Đền Mẫu",
        "Tết Nguyên đán",
        "Tết Giáp Thìn",
        "Đảng bộ Công ty",
        "Đảng",
        "Đảng ủy xã",
        "Huyện uỷ",
        "Quốc lộ 1A",
        "Quốc lộ",
        "Quốc hội khóa XV",
        "Nhà nước",
        "Ủy ban nhân dân xã",
        "Uỷ ban nhân dân xã",
        "UBND xã",
        "HĐND xã",
        "Ban Chỉ đạo",
        "Ban CHQS xã",
        "Phòng Nội vụ",
        "Sở Tài chính",
        "Hội Nông dân",
        "Hội đồng Thi đua",
        "Trường THCS Bình An",
        "Trường Tiểu học Bình An",
        "Trung tâm GDTX",
        "Ngân hàng Chính sách xã hội",
        "Huân chương kháng chiến",
        "Huân chương Độc lập",
        "Quyết định số 12/QĐ-UBND",
        "Bình An",
        "Tân Thành",
        "Nguyễn Văn A",
        "100 ngày đêm",
        "“Dân vận khéo”",
        "iPhone",
        "",
    ],
)
def test_a_name_keeps_its_capital(name: str) -> None:
    assert uncapitalised(name) == name


@pytest.mark.parametrize(
    "text",
    [
        "Lễ hội truyền thống",
        "Xã Bình An",
        "Thôn Nà Lùng, xã Bình An",
        "Thị trấn Đồng Mỏ",
        "Ông Nguyễn Văn A",
        "Bà Trần Thị B",
        "Ban hành Quyết định",
        "Phòng cháy, chữa cháy",
        "Hội nghị tổng kết",
        "Hội thi “Hương sắc”",
        "Đoàn kiểm tra",
        "Bộ phận một cửa",
        "Trường hợp vi phạm",
        "Vụ cháy rừng",
        "Quyết định trợ cấp",
        "Kế hoạch bảo đảm",
        "Xây dựng Kế hoạch",
        "Tuyên truyền Luật Giao thông",
        "Triển khai Nghị quyết",
        "Khen UBND xã",
        "Trình Ban Thường vụ",
        "Mừng Đảng, mừng Xuân",
        "Giải Nhất",
        "Cờ Thi đua",
        "Ngày Quốc tế Lao động",
        "Thu NSNN",
        "Tốt",
        "Ổn định",
        "Đàn lợn",
    ],
)
def test_any_other_text_starts_in_lower_case(text: str) -> None:
    assert uncapitalised(text) == text[0].lower() + text[1:]


@given(st.text(max_size=30))
def test_only_the_first_letter_ever_changes(text: str) -> None:
    found = uncapitalised(text)
    assert found == text or (found[1:] == text[1:] or found.casefold() == text.casefold())


def test_a_name_in_decomposed_form_keeps_its_capital_too() -> None:
    assert uncapitalised(unicodedata.normalize("NFD", "Đảng bộ xã")).startswith("Đ")
