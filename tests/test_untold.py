"""What was submitted and the report does not tell is listed, cell by cell, with the reason where it is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tables.shown import report
from thidua.figures.figure_record import records
from thidua.prose.render import render
from thidua.run.untold import Account, account

INDICATORS = [
    {"code": "lua", "name": "Lúa", "unit": "ha", "actual": 120, "plan": 150, "printed_to_plan": 80},
    {"code": "ngo", "name": "Ngô", "unit": "ha", "actual": 80.5},
]
EVENTS = [
    {"topic": "trong_trot", "content": "Việc chăm sóc cây vụ đông được thực hiện kịp thời"},
    {"topic": "khac", "content": "Làm đường liên thôn"},
]


def counted(folder: Path, prose: str) -> Account:
    opened = report(folder, ("Chỉ tiêu", INDICATORS), ("Sự kiện", EVENTS))
    shown = render(prose, opened, {})
    return account(opened.data.records, records(shown.figures), shown.blocks, [*map(str, shown.fallen)])


def values(told: Account) -> list[Any]:
    return [u.value for u in told.untold]


def test_a_report_that_tells_all_leaves_nothing(tmp_path: Path) -> None:
    told = counted(tmp_path, "Lúa {tiến độ lua}. Ngô {ngo}. {kể trong_trot}. {liệt kê khac}.")
    assert (told.submitted, told.untold) == (6, ())


def test_what_no_notebook_asks_for_is_listed_with_its_cell(tmp_path: Path) -> None:
    told = counted(tmp_path, "Lúa {tiến độ lua}. {kể trong_trot}.")
    assert values(told) == ["80.5", "Làm đường liên thôn"]
    assert told.untold[0].cell and told.untold[0].why == "chưa có notebook nào nêu «ngo»"
    where = "danh sách theo đơn vị ở trang thẩm định, mục «Chưa nêu»"
    assert told.sentences == (f"đã nộp 6 ô, chưa nêu 2 ô (có 2 dòng chưa nêu ô nào); {where}",)


def test_what_fell_with_its_clause_names_the_reason(tmp_path: Path) -> None:
    told = counted(tmp_path, "Lúa {tiến độ lua}. {kể trong_trot}. {liệt kê khac}. Ngô {ngo}, sắn {san}.")
    (ngo,) = told.untold
    assert ngo.value == "80.5"
    assert "câu, vế câu có nó đã mất" in ngo.why and "san" in ngo.why


def test_a_row_told_in_part_says_which_cell_is_not(tmp_path: Path) -> None:
    row = {"code": "van_hoa", "name": "Thi đua văn hóa", "result": "Được hưởng ứng"}
    opened = report(tmp_path, ("Phong trào thi đua", [row]))
    shown = render("Phong trào {gọi van_hoa}.", opened, {})
    (result,) = account(opened.data.records, records(shown.figures), shown.blocks, []).untold
    assert (result.value, result.why) == ("Được hưởng ứng", "dòng này đã nêu, riêng ô này thì chưa")


def test_a_ratio_of_the_department_is_told_by_the_growth_that_it_says_too(tmp_path: Path) -> None:
    row = {"code": "lua", "name": "Lúa", "unit": "ha", "actual": 120, "last": 100, "printed_to_last": 119}
    opened = report(tmp_path, ("Chỉ tiêu", [row]))
    shown = render("Lúa {lua}, {so cùng kỳ lua}.", opened, {})
    assert account(opened.data.records, records(shown.figures), shown.blocks, []).untold == ()


def test_an_award_that_nobody_got_has_nothing_to_tell(tmp_path: Path) -> None:
    rows = [{"tt": "I", "name": "Khen thưởng cấp xã"}, {"tt": "1", "code": "giay", "name": "Giấy khen"}]
    assert account(report(tmp_path, ("Khen thưởng", rows)).data.records, [], [], []).untold == ()


def test_a_remark_that_no_sentence_uses_is_listed_as_one(tmp_path: Path) -> None:
    lua = {"code": "lua", "name": "Lúa", "unit": "ha", "actual": 1204, "note": "Theo báo cáo của các xã"}
    opened = report(tmp_path, ("Chỉ tiêu", [lua]))
    for prose, untold in (("Lúa {lua}.", ["Theo báo cáo của các xã"]), ("Lúa {lua} ({ghi chú lua}).", [])):
        shown = render(prose, opened, {})
        told = account(opened.data.records, records(shown.figures), shown.blocks, [])
        assert values(told) == untold, prose
        assert ("1 ô ghi chú" in told.sentences[0]) == bool(untold)


def test_last_year_s_numbers_that_nothing_is_compared_with_are_counted_apart(tmp_path: Path) -> None:
    opened = report(tmp_path, ("Chỉ tiêu", [{"code": "lua", "name": "Lúa", "unit": "ha", "actual": 120, "last": 100}]))
    for prose, untold in (("Lúa {lua}.", ["100"]), ("Lúa {lua}, {so cùng kỳ lua}.", [])):
        shown = render(prose, opened, {})
        told = account(opened.data.records, records(shown.figures), shown.blocks, [])
        assert values(told) == untold, prose
        assert ("1 ô số cùng kỳ" in told.sentences[0]) == bool(untold)


def test_what_is_untold_stands_under_the_department_that_submitted_it(tmp_path: Path) -> None:
    told = counted(tmp_path, "Lúa {tiến độ lua}. {kể trong_trot}. {liệt kê khac}.")
    file = told.untold[0].file
    by_department = told.by_department({"khac.xlsx": "Văn phòng", file: "Phòng Kinh tế"})
    assert [(name, [u.what for u in untold]) for name, untold in by_department.items()] == [
        ("Phòng Kinh tế", ["Ngô, Trong kỳ"])
    ]


def test_a_document_that_a_text_cites_by_its_number_is_told(tmp_path: Path) -> None:
    law = {"number": "06/2022/QH15", "title": "Thi đua, khen thưởng", "type": "Luật"}
    tasks = [{"topic": "nhiem_vu", "content": "Triển khai Luật Thi đua, khen thưởng số 06/2022/QH15"}]
    opened = report(tmp_path, ("Văn bản", [law, {**law, "number": "6/2022/QH1"}]), ("Nhiệm vụ", tasks))
    shown = render("{liệt kê nhiem_vu}.", opened, {})
    told = account(opened.data.records, records(shown.figures), shown.blocks, [])
    assert told.rows == 1
    assert "6/2022/QH1" in values(told) and "06/2022/QH15" not in values(told)
