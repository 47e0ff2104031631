"""Several sub-units submit one table, each for itself: the report states what is put together of them, cell by cell."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from IPython.lib.pretty import pretty
from openpyxl import Workbook

from checks.periods import findings, small_root, units_below
from thidua.cli import main
from thidua.figures import Figure
from thidua.report import open_report
from workbooks import (
    FILE,
    PERIOD,
    RICE,
    add_form,
    indicators,
    inputs,
    new_book,
    only_problem,
    params_file,
    problems,
    write_root,
)

Row = dict[str, Any]
COMMUNES = {"xa-a.xlsx": "xã A", "xa-b.xlsx": "xã B", "xa-c.xlsx": "xã C"}
RATE: Row = {"code": "nang_suat", "name": "Năng suất lúa", "unit": "tạ/ha"}


def root_of(folder: Path, books: Mapping[str, Workbook | list[Row]], **department: Any) -> Path:
    """A report folder whose one department has the communes' workbooks in its folder."""
    submitters = [{"file": file, "name": name} for file, name in COMMUNES.items()]
    declared = {"file": FILE, "name": "Phòng Kinh tế", "sheets": ["Chỉ tiêu"], "submitters": submitters, **department}
    root = write_root(folder / "root", {FILE: None}, departments=[declared])
    own = root / "data" / "raw" / PERIOD / "kinh-te"
    own.mkdir()
    for file, book in books.items():
        (book if isinstance(book, Workbook) else indicators(*book)).save(own / file)
    return root


def stated(root: Path, code: str) -> Figure:
    return inputs(root).data.indicators[code].done


def rice(actual: Any, **more: Any) -> Row:
    return {**RICE, "actual": actual, **more}


def test_counts_are_added_up_down_to_each_commune_s_cell(tmp_path: Path) -> None:
    root = root_of(tmp_path, {f: [rice(n)] for f, n in zip(COMMUNES, (120, "80,5", 10), strict=True)})
    lua = stated(root, "lua")
    assert (lua.value, lua.unit, lua.id) == (Decimal("210.5"), "ha", "lua.actual")
    cells = [str(f.cell) for f in lua.walk() if f.cell]
    assert cells == [f"kinh-te/{file} › Chỉ tiêu › D2" for file in COMMUNES]


def test_numbers_of_one_row_and_of_several_put_together_are_the_same_to_a_notebook(tmp_path: Path) -> None:
    alone = {**RICE, "code": "ngo", "name": "Ngô"}
    data = inputs(root_of(tmp_path, {"xa-a.xlsx": [rice(120), alone], "xa-b.xlsx": [rice(10)]})).data
    for found in (data.indicators["ngo"], data.indicators["lua"]):
        numbers: Any = found.values
        own = numbers.copy()
        own["actual"] = own["plan"]
        assert own == numbers | {"actual": found.plan} and {"actual": found.plan} | numbers == numbers
        assert [*reversed(numbers)][-1] == "actual" and "actual" in numbers and numbers == {**numbers}
        assert pretty(numbers).startswith("{'actual': 1") and copy.deepcopy(found) == found
        assert pickle.loads(pickle.dumps(found)).name.cell == found.name.cell  # type: ignore[attr-defined]
        with pytest.raises(TypeError):
            numbers["actual"] = found.plan


def test_the_latest_is_that_of_the_last_in_params_that_states_one(tmp_path: Path) -> None:
    books = {"xa-a.xlsx": [rice(7, combine="mới nhất")], "xa-b.xlsx": [rice(9, combine="mới nhất")]}
    assert stated(root_of(tmp_path, books), "lua").value == 9


def test_a_mean_is_weighed_and_never_one_of_percentages(tmp_path: Path) -> None:
    weighed = {**RATE, "combine": "bình quân", "weight": "lua"}
    books = {"xa-a.xlsx": [rice(30), {**weighed, "actual": 50}], "xa-b.xlsx": [rice(10), {**weighed, "actual": 60}]}
    assert stated(root_of(tmp_path, books), "nang_suat").value == Decimal("52.5")


def test_a_rate_without_a_way_has_no_value_and_is_found(tmp_path: Path) -> None:
    books = {"xa-a.xlsx": [{**RATE, "actual": 50}], "xa-b.xlsx": [{**RATE, "actual": 60}], "xa-c.xlsx": [rice(1)]}
    root = root_of(tmp_path, books)
    assert stated(root, "nang_suat").missing
    (found,) = [f for f in findings(inputs(root)) if f.rule == "gop-ty-le"]
    assert "Năng suất lúa" in found.message and len(found.cells) == 2


def test_a_row_with_a_formula_follows_from_what_is_added_up(tmp_path: Path) -> None:
    rest = {**RATE, "code": "con_lai", "unit": "tạ/ha", "formula": "san_luong / lua"}
    rows = [
        [rest, {**RICE, "code": "san_luong", "unit": "tạ", "actual": tonnes}, rice(area)]
        for tonnes, area in ((500, 10), (2400, 40))
    ]
    root = root_of(tmp_path, dict(zip(COMMUNES, rows, strict=False)))
    assert stated(root, "con_lai").value == Decimal(58)


def test_no_ratio_is_made_of_the_parts_of_some_and_the_parts_of_others(tmp_path: Path) -> None:
    rest = {**RATE, "code": "con_lai", "formula": "san_luong / lua"}
    yields = [{**RICE, "code": "san_luong", "unit": "tạ", "actual": tonnes} for tonnes in (500, 2400)]
    books = {
        "xa-a.xlsx": [rest, yields[0], rice(10, last=8, plan=20)],
        "xa-b.xlsx": [rest, yields[1], rice(40, last=32)],
        "xa-c.xlsx": [rice(30, last="")],
    }
    found = inputs(root_of(tmp_path, books)).data.indicators
    assert [f.value for f in (found.lua.done, found.lua.last, found.lua.plan)] == [80, 40, 20]
    for lacking in (found.lua.growth, found.lua.to_last, found.lua.to_plan, found.con_lai.done):
        assert lacking.missing
    assert found.lua.growth.why == "chưa tính được vì có số còn thiếu phần của kinh-te/xa-c.xlsx"
    del books["xa-c.xlsx"]
    found = inputs(root_of(tmp_path / "hai", books)).data.indicators
    assert [f.value for f in (found.lua.growth, found.con_lai.done)] == [25, 58]
    assert found.lua.to_plan.missing


def test_texts_and_awards_of_all_are_there(tmp_path: Path) -> None:
    books: dict[str, Workbook | list[Row]] = {}
    for number, file in enumerate(COMMUNES, 1):
        book = new_book()
        add_form(book, "Sự kiện", [{"topic": "trong_trot", "content": f"Làm việc {number}"}])
        row = {"tt": "1", "code": "giay_khen", "name": "Giấy khen", "collective": number, "individual": 10}
        add_form(book, "Khen thưởng", [{"tt": "I", "name": "Cấp xã"}, row])
        books[file] = book
    data = inputs(root_of(tmp_path, books, sheets=["Sự kiện", "Khen thưởng"])).data
    assert [str(e.content) for e in data.events("trong_trot")] == ["Làm việc 1", "Làm việc 2", "Làm việc 3"]
    assert [(a.tt, a.name) for a in data.awards] == [("I", "Cấp xã"), ("1", "Giấy khen")]
    award = data.awards.giay_khen
    assert [award.collective.value, award.individual.value] == [Decimal(6), Decimal(30)]


def test_who_has_not_submitted_is_named_and_the_draft_is_made_of_the_others(tmp_path: Path) -> None:
    given = inputs(root_of(tmp_path, {"xa-a.xlsx": [rice(120)], "xa-c.xlsx": [rice(1)]}))
    assert given.data.indicators.lua.done.value == 121
    (found,) = [f for f in findings(given) if f.rule == "chua-nop"]
    assert (found.severity, found.message) == (
        "error",
        "Phòng Kinh tế, xã B chưa nộp: chưa có biểu kinh-te/xa-b.xlsx",
    )


def test_a_part_left_empty_is_found(tmp_path: Path) -> None:
    books = {"xa-a.xlsx": [rice(120)], "xa-b.xlsx": [rice(None), {**RICE, "code": "ngo", "actual": 2}]}
    (found,) = [f for f in findings(inputs(root_of(tmp_path, books))) if f.rule == "gop-thieu"]
    assert "xã B để trống số mà đơn vị khác có" in found.message and "«Lúa»" in found.message


def test_each_commune_s_own_mistake_is_found_in_its_own_cells(tmp_path: Path) -> None:
    wrong = rice(120, plan=100, printed_to_plan=210)
    right = rice(50, plan=100, printed_to_plan=50)
    given = inputs(root_of(tmp_path, {"xa-a.xlsx": [wrong], "xa-b.xlsx": [wrong], "xa-c.xlsx": [right]}))
    found = [f for f in findings(given) if f.rule == "ty-le"]
    assert sorted({c.file for f in found for c in f.cells}) == ["kinh-te/xa-a.xlsx", "kinh-te/xa-b.xlsx"]
    assert len({f.id for f in findings(given)}) == len(findings(given))
    assert given.data.indicators.lua.to_plan.printed == "96,67"


def test_one_row_in_two_units_of_measure_is_refused_with_both_places(tmp_path: Path) -> None:
    problem = only_problem(root_of(tmp_path, {"xa-a.xlsx": [rice(120)], "xa-b.xlsx": [rice(80, unit="m2")]}))
    assert (problem.file, problem.cell) == ("kinh-te/xa-b.xlsx", "C2")
    assert problem.found == "«lua» tính bằng «m2», ở kinh-te/xa-a.xlsx tính bằng «ha»"


def test_a_unit_below_that_counts_in_another_unit_of_measure_is_named_and_stops_nothing(tmp_path: Path) -> None:
    def row(code: str, unit: str, **more: Any) -> Row:
        return {"code": code, "name": f"Chỉ tiêu {code}", "unit": unit, **more}

    root = small_root(tmp_path, indicators=[row("thoc", "kg", actual=90)])
    rates = row("nang_suat", "tấn/ha", actual=2, formula="thoc / lua", combine="bình quân", weight="lua")
    whole = [row("lua", "ha", actual=5), row("thoc", "tấn", actual=9), rates]
    units_below(root, A=whole, B=whole, C=[row("lua", "%", actual=5)])
    report = open_report(PERIOD, root)
    assert (report.indicators["lua"].done.value, report.indicators["lua"].done.lacks) == (10, ("xã C",))
    assert "cho đơn vị kg/ha, không phải tấn/ha" in str(report.indicators["nang_suat"].computed)
    assert "gop-don-vi-tinh" in {f.rule for f in findings(inputs(root))}


def test_a_folder_that_params_do_not_know_is_refused_and_not_lost(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root")
    own = root / "data" / "raw" / PERIOD / "kinh-te"
    own.mkdir()
    indicators(RICE).save(own / "xa-a.xlsx")
    problem = only_problem(root)
    assert problem.file == "kinh-te/xa-a.xlsx" and "submitters" in problem.found


def test_every_commune_s_faults_are_told_at_once(tmp_path: Path) -> None:
    books = {"xa-a.xlsx": [rice("nhiều")], "xa-b.xlsx": [rice(1)], "xa-c.xlsx": [rice("ít")]}
    found = problems(root_of(tmp_path, books))
    assert [(p.file, p.cell) for p in found] == [("kinh-te/xa-a.xlsx", "D2"), ("kinh-te/xa-c.xlsx", "D2")]


def test_received_tells_who_has_submitted_who_is_late_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = {"xa-a.xlsx": [rice(120)], "xa-b.xlsx": [rice("nhiều")]}
    root = root_of(tmp_path, books, due="2001-06-20")
    assert main(["received", PERIOD, "--root", str(root), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["workbooks"]
    assert [(w["who"], w["state"], w["late"]) for w in told] == [
        ("Phòng Kinh tế, xã A", "submitted", False),
        ("Phòng Kinh tế, xã B", "faulty", False),
        ("Phòng Kinh tế, xã C", "missing", True),
    ]
    assert main(["received", PERIOD, "--root", str(root)]) == 2
    said = capsys.readouterr().out
    assert "1/3 biểu đã nộp; 1 chưa nộp, trong đó 1 quá hạn; 1 có lỗi." in said
    assert "kinh-te/xa-b.xlsx, trang «Chỉ tiêu», ô D2: giá trị «nhiều»" in said


def test_received_ends_with_nought_only_when_all_is_there(tmp_path: Path) -> None:
    due = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    some = root_of(tmp_path / "some", {"xa-a.xlsx": [rice(1)]}, due=due)
    assert main(["received", PERIOD, "--root", str(some)]) == 1
    every = root_of(tmp_path / "every", {file: [rice(1)] for file in COMMUNES}, due=due)
    assert main(["received", PERIOD, "--root", str(every)]) == 0


def test_the_next_period_has_a_blank_workbook_for_each_commune(tmp_path: Path) -> None:
    root = root_of(tmp_path, {file: [rice(n, plan=200)] for n, file in enumerate(COMMUNES, 1)})
    assert main(["new", "2032-Q2", "--from", PERIOD, "--root", str(root)]) == 0
    made = root / "data" / "raw" / "2032-Q2"
    assert sorted(p.relative_to(made).as_posix() for p in made.rglob("*.xlsx")) == [f"kinh-te/{f}" for f in COMMUNES]
    assert yaml.safe_load((root / "params" / "2032-Q2.yaml").read_text("utf-8"))["departments"][0]["submitters"]
    assert main(["received", "2032-Q2", "--root", str(root)]) == 1
    assert params_file(root).is_file()
