"""Tables whose rows and columns nobody lists: they follow from the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tables.shown import Table, indicators, outputs, report, table
from tables.test_appendices import COMMUNE, FLAG, LETTER, LETTER_SPECIAL, LETTER_YEARLY, MEDAL, PROVINCE
from thidua.tables.award_shares import award_shares_table
from thidua.tables.cross_table import cross_table

CRIME: list[dict[str, Any]] = [
    {"code": "danh_bac_vu", "name": "Vụ đánh bạc", "unit": "vụ", "actual": 3},
    {"code": "danh_bac_doi_tuong", "name": "Đối tượng đánh bạc", "unit": "đối tượng", "actual": 15},
    {"code": "trom_cap_vu", "name": "Vụ trộm cắp", "unit": "vụ", "actual": 0},
    {"code": "buon_lau_doi_tuong", "name": "Đối tượng buôn lậu", "unit": "đối tượng", "actual": 2},
    {"code": "lua_dao_vu", "name": "Vụ lừa đảo", "unit": "vụ"},
]


def crossed(folder: Path, *rows: dict[str, Any]) -> Table:
    return table(cross_table, indicators(folder, *rows).indicators, title="Bảng", key="bang")


def shares(folder: Path, *rows: dict[str, Any]) -> Table:
    return table(award_shares_table, report(folder, ("Khen thưởng", list(rows))).awards, title="Tỷ lệ", key="ty_le")


def test_codes_that_end_in_their_units_share_a_row(tmp_path: Path) -> None:
    shown = crossed(tmp_path, *CRIME)
    assert shown.header == ["Nội dung", "Số vụ", "Số đối tượng"]
    assert shown.rows == [["Đánh bạc", "03", "15"], ["Trộm cắp", "0", ""], ["Buôn lậu", "", "02"]]


def test_codes_that_begin_with_their_units_are_rows_of_these(tmp_path: Path) -> None:
    shop, farm = "doanh nghiệp", "hợp tác xã"
    shown = crossed(
        tmp_path,
        {"code": "doanh_nghiep", "name": "Doanh nghiệp trên địa bàn", "unit": shop, "actual": 657},
        {"code": "doanh_nghiep_giai_the", "name": "Doanh nghiệp giải thể", "unit": shop, "actual": 8},
        {"code": "hop_tac_xa", "name": "Hợp tác xã trên địa bàn", "unit": farm, "actual": 56},
        {"code": "hop_tac_xa_moi", "name": "Hợp tác xã thành lập mới", "unit": farm, "actual": 5},
    )
    assert shown.header == ["Nội dung", "Trên địa bàn", "Giải thể", "Thành lập mới"]
    assert shown.rows == [["Doanh nghiệp", "657", "08", ""], ["Hợp tác xã", "56", "", "05"]]


def test_a_group_without_values_is_no_table(tmp_path: Path) -> None:
    assert outputs(cross_table, indicators(tmp_path, CRIME[-1]).indicators, title="Bảng", key="bang") == []


def test_the_shares_follow_the_rows_of_the_awards_sheet(tmp_path: Path) -> None:
    shown = shares(tmp_path, PROVINCE, FLAG, MEDAL, COMMUNE, LETTER, LETTER_YEARLY, LETTER_SPECIAL)
    assert shown.header == ["Danh hiệu, hình thức", "Tập thể (%)", "Cá nhân (%)"]
    assert shown.rows == [
        ["Khen thưởng cấp tỉnh"],
        ["Cờ thi đua", "87,50", ""],
        ["Khen thưởng cấp xã"],
        ["Giấy khen, khen thường xuyên", "100,00", "75,82"],
        ["Giấy khen, khen chuyên đề", "", "33,33"],
    ]


def test_levels_titles_and_columns_without_a_share_are_left_out(tmp_path: Path) -> None:
    shown = shares(tmp_path, PROVINCE, MEDAL, COMMUNE, LETTER, LETTER_SPECIAL)
    assert shown.header == ["Danh hiệu, hình thức", "Cá nhân (%)"]
    assert shown.rows == [["Khen thưởng cấp xã"], ["Giấy khen, khen chuyên đề", "33,33"]]
    empty = report(tmp_path / "empty", ("Khen thưởng", [PROVINCE, MEDAL]))
    assert outputs(award_shares_table, empty.awards, title="Tỷ lệ", key="ty_le") == []
