"""The appendices in their notebooks: what stands in which cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tables.shown import Table, outputs, report, table
from thidua.document.block import Cell, Formula, Number, Text, plain
from thidua.tables.awards import appendix_awards
from thidua.tables.register import appendix_register

PROVINCE = {"tt": "I", "name": "Khen thưởng cấp tỉnh"}
COMMUNE = {"tt": "II", "name": "Khen thưởng cấp xã"}
FLAG = {"tt": "1", "code": "co", "name": "Cờ thi đua", "collective": 8, "base_collective": 7}
MEDAL = {"tt": "2", "code": "huan_chuong", "name": "Huân chương"}
ARTIST = {"code": "nghe_nhan", "name": "Nghệ nhân ưu tú", "individual": 2, "base_individual": 1}
LETTER = {"tt": "1", "code": "giay", "name": "Giấy khen"}
LETTER_YEARLY = {
    "tt": "-",
    "code": "giay_nam",
    "name": "Khen thường xuyên",
    "collective": 53,
    "individual": 91,
    "base_collective": 53,
    "base_individual": 69,
}
LETTER_SPECIAL = {"tt": "-", "code": "giay_cd", "name": "Khen chuyên đề", "individual": 9, "base_individual": 3}


def awards(folder: Path, *rows: dict[str, Any]) -> Table:
    return table(appendix_awards, report(folder, ("Khen thưởng", list(rows))).awards)


def number(cell: Cell) -> Number:
    """The number of a cell that holds nothing else."""
    (run,) = cell.runs
    assert isinstance(run, Number)
    return run


def test_the_awards_have_the_form_s_merged_header(tmp_path: Path) -> None:
    shown = awards(tmp_path, PROVINCE, FLAG)
    assert shown.merged[:4] == [
        ("TT", 3, 1),
        ("Danh hiệu thi đua và hình thức khen thưởng", 3, 1),
        ("Số lượng", 1, 3),
        ("Trong đó đối tượng ở cơ sở, lao động trực tiếp", 1, 4),
    ]
    assert shown.merged[4:9] == [
        ("Tập thể", 2, 1),
        ("Cá nhân", 2, 1),
        ("Gia đình", 2, 1),
        ("Tập thể", 1, 2),
        ("Cá nhân", 1, 2),
    ]
    assert [text for text, _, _ in shown.merged[9:]] == ["SL", "%", "SL", "%"]
    spans = [(int(th.get("rowspan", 1)), int(th.get("colspan", 1))) for th in shown.page.select("thead th")]
    assert spans == [(rows, columns) for _, rows, columns in shown.merged]


def test_shares_are_worked_out_anew_and_empty_cells_stay_empty(tmp_path: Path) -> None:
    shown = awards(tmp_path, PROVINCE, {**FLAG, "printed_share_collective": "88,5"}, MEDAL)
    assert shown.rows[1] == ["1", "Cờ thi đua", "08", "", "", "07", "87,5", "", ""]
    assert shown.rows[2] == ["2", "Huân chương", "", "", "", "", "", "", ""]
    assert shown.figures["awards.co.share_collective"].inputs == (
        "awards.co.base_collective",
        "awards.co.collective",
    )


def test_levels_titles_and_kinds_differ_in_style(tmp_path: Path) -> None:
    shown = awards(tmp_path, PROVINCE, FLAG, ARTIST, COMMUNE, LETTER, LETTER_YEARLY)
    assert shown.styles == ["group", "row", "row", "group", "row", "sub"]


def test_the_form_s_rows_stand_as_submitted_and_no_total_is_made_up(tmp_path: Path) -> None:
    shown = awards(tmp_path, PROVINCE, FLAG, COMMUNE, LETTER, LETTER_YEARLY, LETTER_SPECIAL)
    assert [row[1] for row in shown.rows] == [
        "Khen thưởng cấp tỉnh",
        "Cờ thi đua",
        "Khen thưởng cấp xã",
        "Giấy khen",
        "Khen thường xuyên",
        "Khen chuyên đề",
    ]
    assert [shown.rows[n][2:] for n in (0, 2, 3)] == [[""] * 7] * 3


def test_a_total_that_the_department_submitted_is_shown(tmp_path: Path) -> None:
    level = {**COMMUNE, "individual": 100, "base_individual": 72}
    shown = awards(tmp_path, level, LETTER, LETTER_YEARLY, LETTER_SPECIAL)
    assert shown.rows[0] == ["II", "Khen thưởng cấp xã", "", "100", "", "", "", "72", "72,00"]


def test_a_printed_share_whose_whole_stands_in_another_column_is_shown_as_submitted(tmp_path: Path) -> None:
    lost = {"tt": "2", "code": "cstd", "name": "Chiến sĩ thi đua cơ sở", "collective": 19, "base_individual": 9}
    shown = awards(tmp_path, COMMUNE, {**lost, "printed_share_individual": "47,37"})
    assert shown.rows[1] == ["2", "Chiến sĩ thi đua cơ sở", "19", "", "", "", "", "09", "47,37"]
    assert shown.figures["awards.cstd.printed_share_individual"].source


def test_a_share_of_a_whole_that_is_in_doubt_is_withheld_and_the_note_says_so(tmp_path: Path) -> None:
    shown = awards(tmp_path, COMMUNE, {**LETTER, "collective": 5, "base_collective": 6})
    assert shown.rows[1] == ["1", "Giấy khen", "05", "", "", "06", "…", "", ""]
    assert shown.note == (
        "Ghi chú: (…) chưa tính vì số liệu gốc cần xem lại: Giấy khen, tỷ lệ cơ sở, lao động trực tiếp."
    )
    assert [p.get_text() for p in shown.page.select("p.note")] == [shown.note]
    assert [p.get_text() for p in shown.notebook.select("p.note")] == [shown.note]


def test_nothing_is_shown_for_an_empty_form(tmp_path: Path) -> None:
    assert outputs(appendix_awards, report(tmp_path, ("Khen thưởng", [])).awards) == []


def test_each_cell_says_what_it_is_to_whoever_writes_a_workbook(tmp_path: Path) -> None:
    shown = awards(tmp_path, PROVINCE, FLAG)
    title = shown.block.body[1].cells
    assert (plain(title[1].runs), title[1].decimals) == ("Cờ thi đua", None)
    collective, share = number(title[2]), title[6]
    assert (collective.figure, collective.value, title[2].count) == ("awards.co.collective", "8", True)
    assert (share.formula, share.decimals, share.count) == (Formula(share=(5, 2)), 2, False)
    printed = [r for row in shown.block.body for c in row.cells for r in c.runs if isinstance(r, Number)]
    assert {run.figure for run in printed if run.value} <= set(shown.figures)


def test_the_register_lists_number_date_and_title_in_the_order_submitted(tmp_path: Path) -> None:
    rows = [
        {"tt": "01", "number": "9/KH-UBND", "date": "16/05/2031", "title": "Kế hoạch thi đua"},
        {"tt": "02", "number": "2/QĐ-UBND", "date": "03/01/2031", "title": "Quyết định <b>", "note": "mật"},
    ]
    shown = table(appendix_register, report(tmp_path, ("Danh mục văn bản", rows)).register)
    assert shown.rows == [
        ["01", "9/KH-UBND ngày 16/5/2031", "Kế hoạch thi đua", ""],
        ["02", "2/QĐ-UBND ngày 03/01/2031", "Quyết định <b>", "mật"],
    ]
    traced = [r.source for c in shown.block.body[0].cells for r in c.runs if isinstance(r, Text) and r.source]
    assert len(traced) == 2
    assert len(shown.page.select("tbody tr")[0].select(".txt[data-src]")) == 2
