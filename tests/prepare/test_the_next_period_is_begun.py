"""``thidua new``: the next period's params and blank workbooks, from a period that there is, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from prepare.begun import NEXT, OLD, begun, cell, given, old_root, path, row_of, rows, sealed
from thidua.checks.engine import check
from thidua.checks.finding import Finding
from thidua.cli import main
from thidua.inputs import read_inputs
from thidua.prepare.offered import offered_in
from thidua.settings.params_file import load
from thidua.settings.period import Period
from workbooks import FILE


def new(root: Path, period: str = NEXT, old: str = OLD, *more: str) -> int:
    return main(["new", period, "--from", old, "--root", str(root), *more])


def test_params_keep_their_text_but_for_what_is_of_one_period(tmp_path: Path) -> None:
    root = begun(tmp_path)
    old, text = ((root / "params" / f"{p}.yaml").read_text(encoding="utf-8") for p in (OLD, NEXT))
    gone = [line for line in old.splitlines() if line not in text.splitlines()]
    assert [line.split("#")[0].strip() for line in gone] == [
        f"period: {OLD}",
        "number: 12",
        "date: 2031-07-05",
        '- {id: so-am-1, who: Chánh Văn phòng, why: đúng là giảm, values: {lua.actual: "-1"}}',
    ]
    params = load(file := root / "params" / f"{NEXT}.yaml")
    assert (params.period, params.document.number, params.document.date, params.accepted) == (NEXT, None, None, ())
    line = "  - {id: so-am-2, who: Chánh Văn phòng, why: đúng là giảm, values: {}}"
    file.write_text(text.replace("accepted:", f"accepted:\n{line}"), encoding="utf-8")
    assert [a.id for a in load(file).accepted] == ["so-am-2"]
    assert params.document.title.endswith(Period.parse(NEXT).name)
    assert "# ghi khi vào sổ" in text and "# cuối tệp" in text


def test_a_row_keeps_what_it_is_and_loses_what_was_said_of_it(tmp_path: Path) -> None:
    rice = row_of(begun(tmp_path), "lua")
    kept = {"code": "lua", "name": "Lúa", "unit": "ha", "group": "cay_trong", "place": "mục 2"}
    assert {k: v for k, v in rice.items() if v is not None} == kept | {"last": 120}


def test_a_plan_stays_within_its_year(tmp_path: Path) -> None:
    root = begun(tmp_path, "2031-FY")
    assert new(root) == 0
    assert row_of(root, "lua", "2031-FY")["plan"] == 150
    assert row_of(root, "lua")["plan"] is None


def test_last_year_is_what_was_stated_then_with_where_it_stands(tmp_path: Path) -> None:
    root = begun(tmp_path)
    assert row_of(root, "rau")["last"] == 31, "cumulative, as the report stated it"
    comment = cell(root, "rau", "last").comment
    assert comment is not None and f"biểu kỳ {OLD}, {FILE} › Chỉ tiêu › " in comment.text


def test_last_year_comes_from_the_sealed_run_and_not_from_what_was_changed_since(tmp_path: Path) -> None:
    root = old_root(tmp_path)
    run = sealed(root, OLD)
    given(root, OLD, actual=999)
    assert new(root) == 0
    comment = cell(root, "lua", "last").comment
    assert row_of(root, "lua")["last"] == 120
    assert comment is not None and run.name in comment.text


def test_a_number_that_was_in_doubt_then_says_so(tmp_path: Path) -> None:
    root = old_root(tmp_path)
    rice = read_inputs(root, root / "params" / f"{OLD}.yaml").data.indicators["lua"].actual.cell
    assert rice is not None
    found = Finding("ty-le", "error", "Sai", "", "", (rice,), ("lua",))
    sealed(root, OLD, found.as_dict())
    assert new(root) == 0
    doubted, greens = cell(root, "lua", "last").comment, cell(root, "rau", "last").comment
    assert doubted and f"Khi ấy còn lỗi chưa xử lý liên quan đến ô này ({found.id})" in doubted.text
    assert greens and "lỗi" not in greens.text


def test_a_damaged_run_is_told_and_not_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = old_root(tmp_path)
    run = sealed(root, OLD)
    book = run / "data" / "inputs" / "raw" / FILE
    book.chmod(0o644)
    book.write_bytes(b"x")
    assert new(root) == 0
    assert f"lần chạy {run.name} vì lần chạy không còn nguyên vẹn" in capsys.readouterr().out
    assert row_of(root, "lua")["last"] == 120


def test_a_number_in_another_unit_is_not_carried_as_last_year_s(tmp_path: Path) -> None:
    root = old_root(tmp_path)
    sealed(root, OLD)
    given(root, OLD, unit="m2")
    assert new(root) == 0
    assert row_of(root, "lua")["last"] is None


def test_what_was_not_reported_last_year_is_left_open(tmp_path: Path) -> None:
    assert row_of(begun(tmp_path, "2031-9M"), "lua", "2031-9M")["last"] is None


def test_movements_go_on_until_their_years_are_over(tmp_path: Path) -> None:
    root = old_root(tmp_path)
    assert new(root, "2031-FY") == 0 and new(root, "2032-H1") == 0
    assert [r.text("code") for r in rows(root, "Phong trào thi đua", "2031-FY")] == ["ngo_xom", "mua_he"]
    assert [r.text("code") for r in rows(root, "Phong trào thi đua", "2032-H1")] == ["ngo_xom"]


def test_texts_of_the_old_period_do_not_come_along(tmp_path: Path) -> None:
    root = begun(tmp_path)
    assert rows(root, "Sự kiện") == []
    texts = [v for r in rows(root, "Phong trào thi đua") for v in r.values.values()]
    assert "Đổ bê tông thêm nhiều ngõ xóm" not in texts


def test_blank_workbooks_are_not_submitted_and_state_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = begun(tmp_path)
    assert read_inputs(root, root / "params" / f"{NEXT}.yaml").data.records == []
    capsys.readouterr()
    assert main(["check", NEXT, "--root", str(root), "--json"]) == 1
    told = capsys.readouterr()
    (finding,) = [f for f in json.loads(told.out)["findings"] if f["rule"] == "chua-nop"]
    assert finding["severity"] == "error" and "Phòng Kinh tế chưa nộp" in finding["message"]
    assert "1/1 đơn vị chưa nộp biểu có điền: Phòng Kinh tế" in told.err


def test_a_workbook_that_nobody_filled_in_asks_the_same_again(tmp_path: Path) -> None:
    root = begun(tmp_path)
    assert new(root, "2033-H1", NEXT) == 0
    assert [(r.text("code"), r.text("name")) for r in rows(root, "Chỉ tiêu", "2033-H1")] == [
        ("lua", "Lúa"),
        ("rau", "Rau trồng năm 2031"),
    ]
    assert row_of(root, "lua", "2033-H1")["last"] is None, "of a workbook that states nothing"
    assert offered_in(path(root, "2033-H1")) == {
        ("Chỉ tiêu", "group"): ("cay_trong",),
        ("Sự kiện", "topic"): ("trong_trot",),
    }


def test_what_was_carried_over_and_what_was_not_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = old_root(tmp_path)
    assert new(root) == 0
    told = capsys.readouterr().out
    for line in (
        "tham số document.number: 12",
        "tham số accepted: so-am-1 (Chánh Văn phòng: đúng là giảm)",
        f"{FILE}: Chỉ tiêu 2 dòng, 2 số cùng kỳ; Phong trào thi đua 1 dòng",
        "«Trong kỳ» 2 ô",
        "Sự kiện 1 dòng (việc của một kỳ)",
        "tham số heading ghi thẳng một kỳ khác: «Kết quả 6 tháng đầu năm 2031»",
        "«Rau trồng năm 2031»: tên còn ghi «năm 2031»",
    ):
        assert line in told, line


def test_programs_are_told_cell_by_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = old_root(tmp_path)
    assert new(root, NEXT, OLD, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    (book,) = told["workbooks"]
    assert {"sheet": "Chỉ tiêu", "cell": "D2", "column": "Trong kỳ"} in book["not_carried"]
    assert book["carried"][0]["cells"]["last"]["value"] == "120"
    assert {c["name"] for c in told["params"]["cleared"]} == {"document.number", "document.date", "accepted"}


def test_nothing_that_exists_is_written_over_and_all_of_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = begun(tmp_path)
    capsys.readouterr()
    before = {p: p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    assert new(root) == 2
    told = capsys.readouterr().err
    assert f"params/{NEXT}.yaml" in told and f"data/raw/{NEXT}/{FILE}" in told
    assert {p: p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()} == before


def test_a_lone_workbook_that_a_department_sent_early_is_left_alone(tmp_path: Path) -> None:
    root = old_root(tmp_path)
    early = root / "data" / "raw" / NEXT / "khac.xlsx"
    early.parent.mkdir()
    early.write_bytes(b"x")
    assert new(root) == 2
    assert [p.name for p in early.parent.iterdir()] == ["khac.xlsx"]
    assert not (root / "params" / f"{NEXT}.yaml").exists()


@pytest.mark.parametrize(
    ("period", "old", "told"),
    [
        ("2032-H3", OLD, "«2032-H3» không phải một kỳ báo cáo"),
        (NEXT, "2031-h1", "ghi là «2031-H1»"),
        (NEXT, "2029-H1", "Kỳ 2029-H1 chưa có tệp tham số params/2029-H1.yaml. Cần: một kỳ đã có: 2031-H1."),
        (OLD, OLD, "Kỳ mới và kỳ cũ đều là"),
    ],
)
def test_periods_that_cannot_be_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], period: str, old: str, told: str
) -> None:
    root = old_root(tmp_path)
    assert new(root, period, old) == 2
    assert told in capsys.readouterr().err


def test_everything_that_cannot_be_read_of_the_old_period_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = old_root(tmp_path)
    given(root, OLD, actual="nhiều", plan="không rõ")
    (root / "data" / "raw" / NEXT).mkdir()
    (root / "data" / "raw" / NEXT / FILE).write_bytes(b"x")
    assert new(root) == 2
    told = capsys.readouterr().err
    assert "«nhiều»" in told and "«không rõ»" in told and f"data/raw/{NEXT}/{FILE}" in told
    assert not list((root / "data").glob(".new-*"))


def test_params_written_on_one_line_lose_their_acceptances_too(tmp_path: Path) -> None:
    root = old_root(tmp_path)
    file = root / "params" / f"{OLD}.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content["document"]["date"] = "2031-07-05"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert new(root) == 0
    assert load(root / "params" / f"{NEXT}.yaml").accepted == ()


@pytest.mark.parametrize("period", ["2031-H2", "2031-9M", "2031-Q3", "2031-M07", "2031-FY", "2032-FY"])
def test_any_period_may_follow_and_its_workbooks_name_it(tmp_path: Path, period: str) -> None:
    root = begun(tmp_path, period)
    given(root, period, actual=7)
    inputs = read_inputs(root, root / "params" / f"{period}.yaml")
    checked = check(inputs.data, inputs.params, inputs.rules, inputs.past, inputs.headings)
    assert [r.text("code") for r in inputs.data.records if r.kind == "indicators"] == ["lua", "rau"]
    assert not [f for f in checked.findings if f.rule in ("ky-trong-bieu", "chua-nop")]
    banners = {r.text("text") for r in inputs.data.banners}
    assert Period.parse(period).name in banners and Period.parse(OLD).name not in banners
