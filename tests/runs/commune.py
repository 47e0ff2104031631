"""The data set of another unit: an invented commune, a quarter, few departments, indicators and groups of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checks.periods import merge_awards
from plain_yaml import dumped
from workbooks import add_form, new_book

PERIOD = "2025-Q3"
UNIT = "xã Suối Mơ"
Row = dict[str, Any]

_OWN = "UBND xã Suối Mơ"


def _indicator(code: str, name: str, unit: str, actual: Any = None, **more: Any) -> Row:
    row = {"code": code, "name": name, "unit": unit, **more}
    return row if actual is None else {**row, "actual": actual}


def _events(**topics: str) -> list[Row]:
    return [{"topic": topic, "content": text} for topic, text in topics.items()]


def _document(number: str | None, date: str, kind: str, title: str, topic: str, issuer: str = _OWN) -> Row:
    row = {"number": number, "date": date, "type": kind, "issuer": issuer, "title": title, "topic": topic}
    return {key: value for key, value in row.items() if value is not None}


def _award(tt: str, code: str, name: str, *numbers: int | None) -> Row:
    keys = ("collective", "individual", "base_collective", "base_individual")
    return {"tt": tt, "code": code, "name": name} | {k: n for k, n in zip(keys, numbers, strict=False) if n is not None}


BOOKS: dict[str, tuple[str, dict[str, list[Row]]]] = {
    "kinh-te.xlsx": (
        "Phòng Kinh tế",
        {
            "Chỉ tiêu": [
                _indicator(
                    "lua_mua",
                    "Diện tích lúa mùa đã cấy",
                    "ha",
                    "142,5",
                    plan=140,
                    last="138,2",
                    group="cay_trong, cay_luong_thuc",
                ),
                _indicator("che", "Diện tích chè", "ha", 36, plan=40, printed_to_plan=90, group="cay_trong"),
                _indicator("rau", "Diện tích rau các loại", "ha", "12,75", plan=40, cumulative=31, group="cay_trong"),
                _indicator("dan_trau", "Đàn trâu", "con", 412, plan=430, last=405, group="vat_nuoi"),
                _indicator("dan_ga", "Đàn gà", "con", 18500, plan=20000, group="vat_nuoi"),
                _indicator(
                    "thu_ngan_sach",
                    "Tổng thu ngân sách",
                    "triệu đồng",
                    1250,
                    cumulative=3480,
                    plan=4200,
                    group="thu_chi_ngan_sach",
                ),
                _indicator(
                    "chi_ngan_sach",
                    "Tổng chi ngân sách",
                    "triệu đồng",
                    2110,
                    cumulative=6020,
                    plan=9000,
                    group="thu_chi_ngan_sach",
                ),
                _indicator("duong_ngo_xom", "Đường ngõ xóm được đổ bê tông", "m", 860, plan=1200),
            ],
            "Sự kiện": _events(trong_trot="hướng dẫn Nhân dân chăm sóc lúa mùa", duong_lang="đổ bê tông ngõ xóm"),
        },
    ),
    "van-hoa-xa-hoi.xlsx": (
        "Phòng Văn hóa - Xã hội",
        {
            "Chỉ tiêu": [
                _indicator("ho_ngheo", "Hộ nghèo", "hộ", 47),
                _indicator("ty_le_ho_ngheo", "Tỷ lệ hộ nghèo", "%", "3,92"),
                _indicator("kham_benh_xa", "Lượt khám bệnh tại trạm y tế", "lượt", 1320, plan=4800, last=1275),
                _indicator("lop_hoc_he", "Lớp sinh hoạt hè", "lớp", 6),
            ],
            "Sự kiện": _events(
                giao_duc="Các trường đã khai giảng năm học mới",
                tuyen_truyen="UBND xã đã tuyên truyền Ngày Quốc khánh và bảo hiểm y tế",
            ),
        },
    ),
    "phuc-vu-hanh-chinh-cong.xlsx": (
        "Trung tâm Phục vụ hành chính công",
        {
            "Chỉ tiêu": [
                _indicator("ho_so", "Hồ sơ tiếp nhận", "hồ sơ", 956, formula="ho_so_moi + ho_so_ky_truoc"),
                _indicator("ho_so_moi", "Hồ sơ tiếp nhận mới", "hồ sơ", 921),
                _indicator("ho_so_ky_truoc", "Hồ sơ kỳ trước chuyển sang", "hồ sơ", 35),
                _indicator("ho_so_xong", "Hồ sơ đã giải quyết", "hồ sơ", 918, parent="ho_so", relation="gồm"),
                _indicator("ho_so_dang", "Hồ sơ đang giải quyết", "hồ sơ", 38, parent="ho_so", relation="gồm"),
            ]
        },
    ),
    "van-phong.xlsx": (
        "Văn phòng HĐND và UBND",
        {
            "Chỉ tiêu": [
                _indicator("giay_khen_tap_the", "Giấy khen, tập thể", "tập thể", 4, group="khen_don_vi"),
                _indicator("giay_khen_ca_nhan", "Giấy khen, cá nhân", "cá nhân", 19, group="khen_don_vi"),
            ],
            "Văn bản": [
                _document("12/KH-UBND", "08/7/2025", "Kế hoạch", "Phát động thi đua quý III", "van_ban_chi_dao"),
                _document("31/KH-UBND", "02/8/2025", "Kế hoạch", "Thi đua chào mừng Quốc khánh", "van_ban_trien_khai"),
                _document(
                    "7/HD-SNV", "04/9/2025", "Hướng dẫn", "Báo cáo thi đua quý III", "can_cu_bao_cao", "Sở Nội vụ"
                ),
            ],
            "Khen thưởng": [
                {"tt": "I", "name": "Khen thưởng cấp xã"},
                _award("1", "giay_khen_thuong_xuyen", "Giấy khen thường xuyên", 4, 19, 3, 12),
            ],
            "Danh mục văn bản": [
                {"tt": "1", "number": "12/KH-UBND", "date": "08/7/2025", "title": "Kế hoạch phát động thi đua quý III"},
            ],
            "Phong trào thi đua": [
                {"code": "ngo_xom", "name": "Sáng đường, sạch ngõ", "result": "Đổ bê tông thêm nhiều ngõ xóm"}
            ],
            "Đánh giá": [{"topic": "uu_diem", "content": "Phong trào được các thôn hưởng ứng"}],
            "Nhiệm vụ": [{"topic": "nhiem_vu", "content": "Tổng kết phong trào thi đua năm 2025"}],
        },
    ),
}


def write_commune(root: Path, sections: Any) -> None:
    """Put the commune's params and workbooks into a report folder that has the notebooks of ``sections``."""
    params = {
        "period": PERIOD,
        "unit": {
            "name": UNIT,
            "short_name": "Suối Mơ",
            "level": "xã",
            "issuer": _OWN,
            "issuer_full": "Ủy ban nhân dân xã Suối Mơ",
            "superior": "UBND tỉnh Bắc Sơn",
            "place": "Suối Mơ",
            "lower_units": "các thôn",
        },
        "document": {
            "symbol": "BC-UBND",
            "title": "Phong trào thi đua và công tác khen thưởng quý III năm 2025",
            "author": _OWN,
            "recipients": ["Sở Nội vụ", "Lưu: VT"],
            "signer": {"title": "CHỦ TỊCH", "name": "Lê Thị Mẫu"},
        },
        "departments": [{"file": f, "name": name, "sheets": list(forms)} for f, (name, forms) in BOOKS.items()],
        "sections": sections,
    }
    text = dumped(params)
    (root / "params" / f"{PERIOD}.yaml").write_text(text, encoding="utf-8")
    folder = root / "data" / "raw" / PERIOD
    folder.mkdir(parents=True)
    for file, (_, forms) in BOOKS.items():
        book = new_book(UNIT, PERIOD)
        for title, rows in forms.items():
            merge_awards(add_form(book, title, rows), "awards" if title == "Khen thưởng" else "")
        book.save(folder / file)
