"""The summary: what was reached, what fell short, what changed, of any unit and period, each number traced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checks.periods import earlier, small_root, units_below
from tables.shown import carried, outputs
from thidua.document.block import Block, Paragraph, plain
from thidua.document.block import Table as TableBlock
from thidua.document.bundled import Shown
from thidua.forms.roles import indicator_form
from thidua.report import open_report
from thidua.tables.summary import summary
from workbooks import PERIOD

Rows = list[dict[str, Any]]


def row(code: str, name: str, actual: Any = None, unit: str = "ha", **more: Any) -> dict[str, Any]:
    given = {"code": code, "name": name, "unit": unit, "group": "tong_quan_chung", **more}
    return given if actual is None else {**given, "actual": actual}


def told(folder: Path, *rows: dict[str, Any], **periods: Rows) -> Shown:
    """The summary of the second quarter of 2031, with earlier periods by id, «y2030_Q2»."""
    root = small_root(folder, indicators=list(rows))
    for name, then in periods.items():
        earlier(root, name[1:].replace("_", "-"), *then)
    (output,) = outputs(summary, open_report(PERIOD, root))
    return carried(output)


def sentences(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(b.runs).replace("\u00a0", " ") for b in blocks if isinstance(b, Paragraph)]


def lines(blocks: tuple[Block, ...]) -> list[list[str]]:
    """The rows of the tables, what their headers name first."""
    tables = [b for b in blocks if isinstance(b, TableBlock)]
    rows = [row for table in tables for row in (*table.header, *(r.cells for r in table.body))]
    return [[plain(c.runs).replace("\u00a0", " ") for c in cells] for cells in rows]


TIEN_DO = (
    row("lua", "Diện tích lúa", 120, plan=100),
    row("ngo", "Diện tích ngô", 80, plan=100, last=100),
    row("san", "Diện tích sắn", 4, cumulative=10, plan=100, last=8),
    row("rung", "Rừng trồng mới", 9, cumulative=45, plan=100),
    row("che", "Tỷ lệ che phủ rừng", 65, unit="%"),
)


def test_what_was_reached_and_what_fell_short_stands_in_order_with_plan_and_last_year_beside(tmp_path: Path) -> None:
    blocks = told(tmp_path, *TIEN_DO).blocks
    assert sentences(blocks) == [
        "So với kế hoạch, 01/04 chỉ tiêu đạt hoặc vượt mức, 03 chỉ tiêu chưa đạt mức đề ra, trong đó 02 chỉ tiêu còn "
        "dưới mức bình quân theo thời gian của năm (50%), thấp nhất là diện tích sắn (10,00%).",
        "So với cùng kỳ năm trước, diện tích sắn tăng 25,00%, diện tích ngô giảm 20,00%.",
    ]
    assert lines(blocks) == [
        ["Chỉ tiêu", "Thực hiện", "So với kế hoạch", "So với cùng kỳ năm trước"],
        ["Đạt, vượt kế hoạch (01 chỉ tiêu)"],
        ["Diện tích lúa", "120 ha", "120,00% của 100 ha", ""],
        ["Mới đạt dưới 50% kế hoạch (02 chỉ tiêu)"],
        ["Diện tích sắn", "10 ha", "10,00% của 100 ha", "tăng 25,00% (từ 8 ha)"],
        ["Rừng trồng mới", "45 ha", "45,00% của 100 ha", ""],
        ["Các chỉ tiêu khác chưa đạt kế hoạch (01 chỉ tiêu)"],
        ["Diện tích ngô", "80 ha", "80,00% của 100 ha", "giảm 20,00% (từ 100 ha)"],
        ["Chỉ tiêu", "Kết quả"],
        ["Tỷ lệ che phủ rừng", "65%"],
    ]


def test_what_one_part_of_the_year_added_is_not_held_against_the_time_since_the_year_began(tmp_path: Path) -> None:
    blocks = told(tmp_path, row("kham", "Lượt khám bệnh", 20, unit="lượt", plan=100)).blocks
    assert lines(blocks)[1:] == [
        ["Chưa đạt kế hoạch (01 chỉ tiêu)"],
        ["Lượt khám bệnh", "20 lượt", "20,00% của 100 lượt"],
    ]


def test_every_number_of_it_is_traced_to_its_cells(tmp_path: Path) -> None:
    shown = told(tmp_path, *TIEN_DO)
    found = {record.id: record for record in shown.figures}
    assert found["san.to_plan"].inputs == ("san.cumulative", "san.plan")
    assert {"ngo.growth", "ngo.last", "che.actual"} <= set(found)


def test_only_those_of_the_groups_that_the_form_names_are_told_and_without_any_all_that_are_compared(
    tmp_path: Path,
) -> None:
    beside = row("xoai", "Diện tích xoài", 5, plan=9, group="cay_trong")
    assert "xoài" not in str(lines(told(tmp_path / "a", *TIEN_DO, beside).blocks))
    alone = {key: value for key, value in TIEN_DO[4].items() if key != "group"}
    part = row("dua", "Trong đó dừa", 2, plan=4, group="cay_trong", parent="xoai", relation="trong đó")
    table = lines(told(tmp_path / "b", beside, part, alone).blocks)
    assert [cells[0] for cells in table[1:]] == ["Chưa đạt kế hoạch (01 chỉ tiêu)", "Diện tích xoài"]


def test_last_year_and_the_period_before_are_taken_from_the_kept_periods(tmp_path: Path) -> None:
    now = (
        row("thu", "Thu ngân sách", 30, unit="tỷ đồng", cumulative=50),
        row("ngheo", "Tỷ lệ hộ nghèo", "3,5", unit="%"),
    )
    last = row("thu", "Thu ngân sách", 18000, unit="triệu đồng", cumulative=40000), row("ngheo", "x", 5, unit="%")
    before = row("thu", "Thu ngân sách", 20, unit="tỷ đồng", cumulative=20), row("ngheo", "x", "3,5", unit="%")
    blocks = told(tmp_path, *now, y2030_Q2=[*last], y2031_Q1=[*before]).blocks
    assert lines(blocks)[0] == ["Chỉ tiêu", "Thực hiện", "So với cùng kỳ năm trước", "So với quý I năm 2031"]
    assert lines(blocks)[2:] == [
        # What counts from the year's start is compared by what each period added.
        ["Thu ngân sách", "50 tỷ đồng", "tăng 25,00% (từ 40,00 tỷ đồng)", "tăng 50,00% (từ 20 tỷ đồng)"],
        ["Tỷ lệ hộ nghèo", "3,5%", "giảm 1,5 điểm phần trăm (từ 5%)", "không thay đổi"],
    ]
    assert sentences(blocks) == [
        "So với cùng kỳ năm trước, thu ngân sách tăng 25,00%, tỷ lệ hộ nghèo giảm 1,5 điểm phần trăm.",
        "So với quý I năm 2031, thu ngân sách tăng 50,00%.",
    ]


def test_of_three_comparisons_each_may_go_on_in_a_second_line_before_its_unit(tmp_path: Path) -> None:
    money = "triệu đồng"
    now = row("a", "Thu ngân sách", 90000, money, plan=412000, last=80000)
    wide, narrow = (
        next(b for b in told(tmp_path / name, now, **periods).blocks if isinstance(b, TableBlock))
        for name, periods in (("hai", {}), ("ba", {"y2031_Q1": [row("a", "Thu ngân sách", 60000, money)]}))
    )
    assert [len(table.header[0]) for table in (wide, narrow)] == [4, 5]
    said = [["".join(plain(c.runs) for c in r.cells[2:]) for r in table.body[1:]] for table in (wide, narrow)]
    assert all("\u00a0" in text for text in said[0]) and not any("\u00a0" in text for text in said[1])


def test_of_what_is_to_fall_a_number_below_its_plan_has_kept_it(tmp_path: Path) -> None:
    rows = row("ngheo", "Tỷ lệ hộ nghèo", 3, unit="%", plan=4), row("tai_nan", "Số vụ tai nạn", 9, unit="vụ", plan=6)
    table = lines(told(tmp_path, *rows).blocks)
    assert table[1:] == [
        ["Đạt, vượt kế hoạch (01 chỉ tiêu)"],
        ["Tỷ lệ hộ nghèo", "3%", "kế hoạch 4%"],
        ["Cao hơn mức kế hoạch cần giữ (01 chỉ tiêu)"],
        ["Số vụ tai nạn", "09 vụ", "kế hoạch 06 vụ"],
    ]


@pytest.mark.parametrize(("name", "to_fall"), [
    ("Hộ nghèo", True), ("Tỷ lệ hộ cận nghèo", True), ("Số vụ tai nạn giao thông", True),
    ("Diện tích rừng bị cháy", True),
    ("Hộ nghèo được hỗ trợ nhà ở", False), ("Hộ nghèo giảm", False), ("Số hộ thoát nghèo", False), ("Đàn bò", False),
])  # fmt: skip
def test_the_form_says_of_which_names_less_is_better(name: str, to_fall: bool) -> None:
    assert indicator_form().headline.fewer.covers(name) is to_fall


def test_what_rests_on_a_number_in_doubt_or_was_not_submitted_is_said_to_be_so(tmp_path: Path) -> None:
    doubtful = (
        row("kham", "Khám bệnh", 23300, plan=43880, unit="lượt", printed_to_plan="53,1"),
        row("noi_tru", "Điều trị nội trú", 2800, plan=43880, unit="lượt", printed_to_plan="33,9"),
    )
    blocks = told(tmp_path, *doubtful, row("trong", "Chưa có", plan=5)).blocks
    assert "Còn 01 chỉ tiêu chưa so được với kế hoạch vì số liệu còn phải làm rõ." in sentences(blocks)[0]
    assert "Còn 01 chỉ tiêu chưa có số liệu." in sentences(blocks)[0]
    assert lines(blocks)[-1] == ["Điều trị nội trú", "2.800 lượt", "chưa tính vì số liệu gốc cần xem lại"]


def test_a_period_without_anything_to_compare_shows_nothing(tmp_path: Path) -> None:
    root = small_root(tmp_path, indicators=[{"code": "lua", "name": "Lúa", "unit": "ha", "actual": 1}])
    assert outputs(summary, open_report(PERIOD, root)) == []


def test_where_nobody_chose_a_group_shows_its_first_rows_and_says_how_many_more_there_are(tmp_path: Path) -> None:
    many = [row(f"cay_{n}", f"Diện tích cây thứ {n}", 100 + n, plan=100, group="trong_trot") for n in range(57)]
    shown = told(tmp_path / "a", *many)
    assert sentences(shown.blocks)[0] == "So với kế hoạch, cả 57 chỉ tiêu đều đạt hoặc vượt mức."
    found = [names[0] for names in lines(shown.blocks)[1:]]
    first = [f"Diện tích cây thứ {n}" for n in range(56, 16, -1)]
    assert found == ["Đạt, vượt kế hoạch (57 chỉ tiêu)", *first, "và 17 chỉ tiêu khác"]
    assert {f.id.partition(".")[0] for f in shown.figures} >= {"cay_56", "cay_17"}
    assert "cay_16.actual" not in {f.id for f in shown.figures}
    chosen = told(tmp_path / "b", *({**given, "group": "tong_quan_trong_trot"} for given in many))
    assert len(lines(chosen.blocks)) == 2 + 57
    # A line that says of one more would take that one's room.
    assert lines(told(tmp_path / "c", *many[:41]).blocks)[-1][0] == "Diện tích cây thứ 0"


def test_what_one_of_many_units_below_names_for_a_summary_chooses_nothing_for_the_whole(tmp_path: Path) -> None:
    many = [row(f"cay_{n}", f"Diện tích cây thứ {n}", 100 + n, plan=100, group="trong_trot") for n in range(43)]
    root = small_root(tmp_path, indicators=[row("dat", "Đất", 5, group="")])
    units_below(root, A=[row("dua", "Dừa", 4, plan=4), *many], B=many, C=many)
    (output,) = outputs(summary, open_report(PERIOD, root))
    assert lines(carried(output).blocks)[-1] == ["và 03 chỉ tiêu khác"]
