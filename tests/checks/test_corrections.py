"""What the report prints otherwise than submitted is known, value by value."""

from __future__ import annotations

from pathlib import Path

from checks.periods import award, indicator, small
from thidua.checks.corrections import corrections
from thidua.checks.engine import check


def test_a_value_worked_out_anew_is_told_with_the_submitted_one_and_its_cell(tmp_path: Path) -> None:
    rows = [
        indicator("a", 10, plan=20, printed_to_plan=60),
        indicator("b", 10, plan=20, printed_to_plan=50),
        indicator("tiet_kiem", 206, unit="triệu đồng", formula="de_nghi - phe_duyet"),
        indicator("de_nghi", 68194, unit="triệu đồng"),
        indicator("phe_duyet", 67998, unit="triệu đồng"),
    ]
    titles = [award("bk", "Bằng khen", collective=8, base_collective=7, printed_share_collective="88,5")]
    given = small(tmp_path, indicators=rows, awards=titles)
    found = list(corrections(check(given.data, given.params, given.rules).printed))
    assert [(c.figure, c.submitted, c.printed, c.working, c.cell.cell) for c in found] == [
        ("a.to_plan", "60%", "50%", "10 ÷ 20", "G2"),
        ("tiet_kiem.computed", "206 triệu đồng", "196 triệu đồng", "68.194 − 67.998", "E4"),
        ("awards.bk.share_collective", "88,5%", "87,5%", "7 ÷ 8", "G3"),
    ]


def test_whatever_way_a_ratio_is_told_in_is_known(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[indicator("a", 10, last=8, printed_to_last=120)])
    (found,) = corrections(check(given.data, given.params, given.rules).printed)
    assert {"a.to_last", "a.growth", "abs(a.growth)", "a.to_last.excess"} <= set(found.figures)
