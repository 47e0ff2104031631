"""The table of the units below, by what each states, and what prose says of who has reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checks.periods import units_below
from tables.shown import outputs, table
from thidua.document.repeated import Origins, repeated_exhibits
from thidua.figures.figure_record import records
from thidua.intake.unit_runs import UnitRun
from thidua.prose.render import render
from thidua.report import Report, open_report
from thidua.tables.summary import summary
from thidua.tables.units_table import units_table
from workbooks import PERIOD, write_root

MISSING = tuple(UnitRun(name=f"xã X{n}", state="missing", why="chưa có") for n in range(12))


def rice(actual: Any, **more: Any) -> dict[str, Any]:
    return {"code": "thoc", "name": "Sản lượng thóc", "unit": "tấn", "actual": actual, **more}


def opened(folder: Path, *units: UnitRun, **rows: list[dict[str, Any]]) -> Report:
    root = write_root(folder)
    units_below(root, *units, **rows)
    return open_report(PERIOD, root)


def shown(report: Report, **more: Any) -> list[dict[str, Any]]:
    return outputs(units_table, report, [report.indicators.thoc], title="Bảng", key="bang", **more)


def test_units_stand_by_what_they_state_with_the_whole_below_them(tmp_path: Path) -> None:
    own = {"A": [rice(5, plan=10)], "B": [rice(12000, unit="kg", plan=10000)], "C": [rice(7)], "D": [rice(None)]}
    report = opened(tmp_path, **own)
    found = table(units_table, report, [report.indicators.thoc], title="Bảng", key="bang")
    assert found.rows == [["Xã B", "12"], ["Xã C", "7"], ["Xã A", "5"], ["Xã Bình An", "24"]]
    assert found.block.title == "Bảng: nhiều nhất là xã B (12 tấn)"
    assert found.block.remark == (
        "Ghi chú: không xếp xã D, chưa có số để so với các đơn vị khác; «Xã Bình An» chưa có số liệu của xã D."
    )
    prose = render("Thu được {thoc}.", report, {})
    figures = [*records(prose.figures), *found.figures.values()]
    assert repeated_exhibits([*prose.blocks, found.block], Origins(figures)) == set(), "a sum tells of no unit"


def test_where_units_do_not_differ_or_are_few_there_is_no_table(tmp_path: Path) -> None:
    assert shown(opened(tmp_path / "few", A=[rice(5)], B=[rice(6)])) == []
    assert shown(opened(tmp_path / "same", A=[rice(5)], B=[rice(5)], C=[rice(5)])) == []
    compared = opened(tmp_path / "no", A=[rice(5)], B=[rice(6)], C=[rice(7)])
    assert shown(compared, measure="to_plan") == []


def test_of_many_units_the_first_and_the_last_are_told(tmp_path: Path) -> None:
    report = opened(tmp_path, **{f"U{n:02d}": [rice(n)] for n in range(1, 25)})
    found = table(units_table, report, [report.indicators.thoc], title="Bảng", key="bang")
    names = [row[0] for row in found.rows]
    assert names[9:12] == ["Xã U15", "Còn 04 đơn vị ở giữa không kê ở đây", "Xã U10"]
    assert len(names) == 22


def test_prose_tells_who_has_reported_and_falls_away_where_nobody_is_asked(tmp_path: Path) -> None:
    line = "Có {gathered.reported}/{gathered.count} đơn vị báo cáo[; chưa có {gathered.missing}]."

    def said(report: Report) -> list[str]:
        return [run.text for block in render(line, report, {}).blocks for run in getattr(block, "runs", ())]

    report = opened(tmp_path / "some", *MISSING, A=[rice(5)])
    assert "".join(said(report)).startswith("Có 01/13 đơn vị báo cáo; chưa có xã X0, xã X1, ")
    assert "".join(said(report)).endswith("xã X9 và 02 đơn vị khác.")
    assert outputs(summary, report)[0]["text/plain"].startswith("Chưa có báo cáo của xã X0, ")
    every = opened(tmp_path / "all", A=[rice(5)])
    assert "".join(said(every)) == "Có 01/01 đơn vị báo cáo."
    alone = open_report(PERIOD, write_root(tmp_path / "alone"))
    assert said(alone) == []


def test_who_states_a_number_in_another_way_is_not_ranked_among_the_others(tmp_path: Path) -> None:
    whole = {name: [rice(1, cumulative=n, plan=100)] for n, name in enumerate("ABC", 5)}
    report = opened(tmp_path, **whole, D=[rice(99, plan=100)])
    for measure in ("done", "to_plan"):
        found = table(units_table, report, [report.indicators.thoc], title="Bảng", key="bang", measure=measure)
        assert [row[0] for row in found.rows] == ["Xã C", "Xã B", "Xã A", "Xã Bình An"]
        assert "không xếp xã D" in found.block.remark
