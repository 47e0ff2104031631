"""A province collects its communes' sealed runs: which run is taken, what is named that is not, what is passed on."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from archive.folders import unlocked
from checks.periods import findings
from plain_yaml import dumped, loaded
from runs.province import COMMUNES, Row, change_params, commune_of, seal_commune, write_province
from thidua.archive.collecting import as_collected, collect
from thidua.archive.packing import pack
from thidua.archive.storage.sending import push
from thidua.checks.engine import check
from thidua.checks.finding import Finding
from thidua.cli import main
from thidua.contracts import FigureRecord, Place
from thidua.document.disputes import COMPILERS, who_answers
from thidua.errors import InputError
from thidua.figures import Figure
from thidua.inputs import Inputs, read_inputs
from thidua.intake.unit_runs import UnitRun, read_units
from workbooks import FILE, PERIOD

MO, LAP, CAO = COMMUNES


def lua(actual: Any, **more: Any) -> Row:
    return {"code": "lua", "name": "Diện tích lúa", "unit": "ha", "actual": actual, **more}


def part(code: str, actual: int) -> Row:
    return {"code": code, "name": f"Diện tích {code}", "unit": "ha", "actual": actual, "parent": "lua",
            "relation": "gồm"}  # fmt: skip


WRONG_TOTAL = [lua(100), part("lua_lai", 40), part("lua_thuan", 50)]


def collected(root: Path) -> Inputs:
    return read_inputs(root, root / "params" / f"{PERIOD}.yaml", units=collect)


def rice(given: Inputs) -> Figure:
    """The province's rice as its report prints it."""
    return check(given.data, given.params, given.rules, given.past).printed.indicators.lua.done


def _gathered() -> Row:
    return {"runs": "../../*/output", "units": list(COMMUNES)}


def of_rule(given: Inputs, rule: str) -> list[Finding]:
    return [f for f in findings(given) if f.rule == rule]


def answers(finding: Finding, given: Inputs) -> str:
    return who_answers(finding.record, {file.casefold(): who for file, who in given.submitters.items()})


def state(given: Inputs, name: str) -> UnitRun:
    return next(unit for unit in given.data.units if unit.name == name)


def test_the_newest_run_of_each_unit_is_put_together_cell_by_cell(tmp_path: Path) -> None:
    seal_commune(tmp_path, MO, [lua(90)], made="2031-07-02T08:00:00+00:00")
    latest = seal_commune(tmp_path, MO, [lua(120)], made="2031-07-02T09:00:00+07:00").name
    newest = seal_commune(tmp_path, MO, [lua(110)], made="2031-07-03T08:00:00+00:00")
    seal_commune(tmp_path, LAP, [lua("80,5")])
    packed = seal_commune(tmp_path, CAO, [lua(1)])
    pack(packed)
    shutil.rmtree(packed)
    given = collected(write_province(tmp_path))
    assert rice(given).value == Decimal("191.5")
    assert [str(cell) for cell in rice(given).cells] == [f"{name}/{FILE} › Chỉ tiêu › D2" for name in COMMUNES]
    assert state(given, MO).run == newest.name != latest
    assert {f.rule for f in findings(given)} == set()


def test_who_is_missing_in_draft_altered_or_not_of_the_province_is_named_and_the_others_are_added_up(
    tmp_path: Path,
) -> None:
    seal_commune(tmp_path, MO, [lua(100)])
    seal_commune(tmp_path, LAP, [lua(20), {**lua(-5), "code": "khac", "name": "Cây khác"}])
    raw = seal_commune(tmp_path, CAO, [lua(7)]) / "data" / "inputs" / "raw" / FILE
    raw.chmod(0o644)
    raw.write_bytes(raw.read_bytes() + b"\0")
    seal_commune(tmp_path, "xã Kỳ Trước", [lua(1)], period="2031-Q1")
    seal_commune(tmp_path, "xã Tỉnh Khác", [lua(1)], unit={"superior": "UBND tỉnh Đông Hà"})
    seal_commune(tmp_path, "xã Cao Quá", [lua(1)], unit={"level": "thành phố"})
    root = write_province(tmp_path)
    names = [MO, LAP, CAO, "xã Kỳ Trước", "xã Tỉnh Khác", "xã Cao Quá", "xã Chưa Có"]
    change_params(root, gathered={"runs": ["../*/output"], "units": names})
    given = collected(root)
    assert rice(given).value == 120
    assert any("5/7 đơn vị cấp dưới chưa có báo cáo lấy được" in note for note in given.notes)
    (draft,) = of_rule(given, "don-vi-du-thao")
    assert LAP in draft.message and "1 lỗi" in draft.message and draft.severity == "warning"
    told = {f.codes[0]: f.message for f in of_rule(given, "don-vi-chua-co")}
    missing = next(f for f in of_rule(given, "don-vi-chua-co") if f.codes[0] == "xã Chưa Có")
    assert list(told) == sorted(names[2:], key=lambda name: told[name])
    assert f"tệp bị sửa: inputs/raw/{FILE}" in told[CAO]
    assert "mới có lần chạy của kỳ 2031-Q1" in told["xã Kỳ Trước"]
    assert "«UBND tỉnh Đông Hà»" in told["xã Tỉnh Khác"]
    assert "«thành phố»" in told["xã Cao Quá"]
    assert "không có lần chạy nào" in told["xã Chưa Có"]
    change_params(root, accepted=[{"id": missing.id, "who": "Chánh Văn phòng", "why": "Đang chia tách", "values": {}}])
    assert [f.codes[0] for f in findings(collected(root)) if f.accepted] == ["xã Chưa Có"]
    seal_commune(tmp_path, "xã Chưa Có", [lua(1)], unit={"superior": "UBND tỉnh Đông Hà"})
    assert not any(f.accepted for f in findings(collected(root))), "that it is another province's was not accepted"


def test_a_unit_whose_total_disagrees_with_its_parts_is_named_and_not_the_sum_of_all(tmp_path: Path) -> None:
    """Only one commune has the parts: the whole's total is not held against them."""
    seal_commune(tmp_path, MO, [lua(500)])
    seal_commune(tmp_path, LAP, WRONG_TOTAL)
    seal_commune(tmp_path, CAO, [lua(7)])
    (found,) = of_rule(given := collected(write_province(tmp_path)), "tong-cac-phan")
    assert LAP in found.message and {cell.file for cell in found.cells} == {f"{LAP}/{FILE}"}
    assert answers(found, given) == LAP
    assert given.data.indicators.lua_lai.done.value == 40


def test_what_a_unit_withholds_is_withheld_and_what_it_accepted_is_accepted(tmp_path: Path) -> None:
    doubtful = [lua(60, plan=100, printed_to_plan=150), part("lua_lai", 100), part("lua_thuan", 50)]
    seal_commune(tmp_path, MO, [lua(500)])
    draft = seal_commune(tmp_path, LAP, doubtful)
    seal_commune(tmp_path, CAO, [lua(7)])
    root = write_province(tmp_path)
    given = collected(root)
    assert rice(given).withheld
    assert any(LAP in f.message and "Diện tích lúa, trong kỳ" in f.withheld for f in findings(given))
    own = [f for f in state(given, LAP).findings if f.severity == "error"]
    shutil.rmtree(draft)
    values = {f.id: f.values for f in _own_findings(tmp_path, doubtful)}
    accepted = [{"id": f.id, "who": "Chủ tịch", "why": "Đã đối chiếu", "values": values[f.id]} for f in own]
    seal_commune(tmp_path, LAP, doubtful, accepted=accepted)
    given = collected(root)
    assert state(given, LAP).state == "fit"
    assert rice(given).value == 567
    theirs = [f for f in findings(given) if f.accepted]
    assert theirs and {f.accepted_by for f in theirs} == {f"Chủ tịch ({LAP})"}


def test_what_a_unit_only_noted_withholds_no_sum(tmp_path: Path) -> None:
    alike = [lua("25,9", plan=30), {**lua("25,9"), "code": "ngo", "name": "Diện tích ngô"}]
    for name in COMMUNES:
        seal_commune(tmp_path, name, alike if name == LAP else [lua(100, plan=200), {**alike[1], "actual": 10}])
    given = collected(write_province(tmp_path))
    found = check(given.data, given.params, given.rules, given.past)
    assert [f.rule for f in found.findings] == ["trung-gia-tri"]
    assert found.printed.indicators.ngo.done.value == Decimal("45.9")


def _own_findings(folder: Path, rows: list[Row]) -> list[Finding]:
    from workbooks import add_form, new_book, write_root

    book = new_book(LAP)
    add_form(book, "Chỉ tiêu", rows)
    root = write_root(folder / "rieng", {FILE: book}, unit=commune_of(LAP))
    return findings(read_inputs(root, root / "params" / f"{PERIOD}.yaml"))


def test_a_department_s_number_stands_and_is_held_against_what_the_units_come_to(tmp_path: Path) -> None:
    for name, area in zip(COMMUNES, (100, 20, 7), strict=True):
        seal_commune(tmp_path, name, [lua(area, plan=50)])
    given = collected(write_province(tmp_path, {FILE: [lua(130)]}))
    row = given.data.indicators.lua
    assert (row.done.value, row.plan.value) == (Decimal(130), Decimal(150))
    (found,) = of_rule(given, "gop-khac-so")
    planned = collected(write_province(tmp_path / "giao", {FILE: [lua("-", plan=500)]}, gathered=_gathered()))
    row = planned.data.indicators.lua
    assert (row.done.value, row.plan.value, row.to_plan.value) == (Decimal(127), Decimal(500), Decimal("25.4"))
    assert of_rule(planned, "chua-nop") == []
    # A plan for all is not held against what only some have done.
    shutil.rmtree(tmp_path / CAO)
    row = collected(tmp_path / "giao" / "tinh").data.indicators.lua
    assert (row.done.value, row.plan.value, row.to_plan.missing) == (Decimal(120), Decimal(500), True)
    assert row.to_plan.why == f"chưa tính được vì có số còn thiếu phần của {CAO}"
    assert found.message.startswith("Diện tích lúa: ghi 130 ha, các đơn vị cộng lại được 127 ha (100 + 20 + 7), ")


def test_what_is_of_each_office_alone_is_not_added_up_and_is_the_department_s_where_it_states_it(
    tmp_path: Path,
) -> None:
    council = {"code": "hoi_dong", "name": "Thành viên Hội đồng", "unit": "người", "combine": "không gộp"}
    for name in COMMUNES:
        seal_commune(tmp_path, name, [lua(1), {**council, "actual": 15}])
    alone = collected(write_province(tmp_path))
    assert alone.data.indicators.hoi_dong.done.missing and "không gộp" in alone.data.indicators.hoi_dong.done.why
    assert not {f.rule for f in findings(alone)} & {"gop-ty-le", "gop-thieu", "gop-khac-so"}
    own = write_province(tmp_path / "so", {FILE: [{**council, "combine": None, "actual": 21}]}, gathered=_gathered())
    assert collected(own).data.indicators.hoi_dong.done.value == 21
    assert of_rule(collected(own), "gop-khac-so") == []


def test_a_name_that_names_the_unit_s_own_level_is_asked_about_not_added_up_unless_a_department_says_so(
    tmp_path: Path,
) -> None:
    for name in COMMUNES:
        files = {"code": "ho_so", "name": f"Hồ sơ cấp {name.partition(' ')[0]} đã giải quyết", "unit": "hồ sơ"}
        flag = {"tt": "1", "code": "co", "name": "Cờ thi đua", "collective": 2}
        own = {"tt": "1", "code": "giay_khen", "name": f"Giấy khen của Chủ tịch UBND {name}", "collective": 3}
        head: Row = {"tt": "I", "name": "Khen thưởng cấp " + name.partition(" ")[0]}
        kind = {"tt": "-", "code": "giay_khen_dot_xuat", "name": "Khen đột xuất", "collective": 3}
        seal_commune(
            tmp_path,
            name,
            [lua(1), {**files, "actual": 40}],
            awards=[flag, own, kind, head, {**flag, "code": "tien_tien"}],
        )
    given = collected(write_province(tmp_path))
    assert given.data.indicators.ho_so.done.missing and given.data.indicators.lua.done.value == 3
    values = {a.code: a.collective.value for a in given.data.awards if a.code}
    assert values == {"co": 6, "giay_khen": None, "giay_khen_dot_xuat": None, "tien_tien": None}
    asked, noted = of_rule(given, "gop-rieng-cap")
    assert asked.severity == "warning" and "«Hồ sơ cấp xã đã giải quyết»" in asked.message
    assert answers(asked, given) == COMPILERS
    assert noted.severity == "note" and "Giấy khen" in noted.message
    summed = {"code": "ho_so", "name": "Hồ sơ các xã, phường đã giải quyết", "unit": "hồ sơ", "combine": "cộng"}
    root = write_province(tmp_path / "so", {FILE: [summed, {**lua(3), "code": "che"}]}, gathered=_gathered())
    assert collected(root).data.indicators.ho_so.done.value == 120


def test_a_department_s_number_of_the_period_is_not_set_beside_the_cumulative_one_of_units(tmp_path: Path) -> None:
    for name in COMMUNES:
        seal_commune(tmp_path, name, [lua(1, cumulative=3, plan=5)])
    row = collected(write_province(tmp_path, {FILE: [lua(14)]})).data.indicators.lua
    assert (row.done.value, row.cumulative.missing, row.plan.value) == (Decimal(14), True, Decimal(15))


def test_units_of_measure_are_turned_into_each_other_and_nought_is_not_nothing(tmp_path: Path) -> None:
    harvest = {"code": "thoc", "name": "Sản lượng thóc", "unit": "tấn"}
    seal_commune(tmp_path, MO, [{**harvest, "actual": "12,5"}])
    seal_commune(tmp_path, LAP, [{**harvest, "unit": "kg", "actual": 1500}])
    seal_commune(tmp_path, CAO, [{**harvest, "actual": 0}])
    root = write_province(tmp_path)
    grain = collected(root).data.indicators.thoc.done
    assert (grain.value, grain.unit, grain.printed) == (Decimal(14), "tấn", "14,0")
    assert [f.id for f in grain.inputs][1] == f"{LAP}/kinh-te/thoc.actual.quy_doi"
    assert of_rule(collected(root), "gop-thieu") == []
    seal_commune(tmp_path, CAO, [harvest], made="2031-08-01T08:00:00+00:00")
    given = collected(root)
    assert given.data.indicators.thoc.done.value == 14
    assert CAO in of_rule(given, "gop-thieu")[0].message


def test_a_mean_is_weighed_across_a_unit_s_workbooks_and_a_rate_is_never_added_up(tmp_path: Path) -> None:
    rate = {"code": "nang_suat", "name": "Năng suất", "unit": "tạ/ha", "combine": "bình quân", "weight": "lua"}
    share = {"code": "ty_le", "name": "Tỷ lệ hộ nghèo", "unit": "%"}
    for name, area, tonnes, poor in zip(COMMUNES, (30, 10, 10), (50, 60, 70), (4, 5, 6), strict=True):
        rows = [lua(area), {**rate, "actual": tonnes}, {**share, "actual": poor}]
        seal_commune(tmp_path, name, rows)
    given = collected(write_province(tmp_path))
    assert given.data.indicators.nang_suat.done.value == 56
    assert given.data.indicators.ty_le.done.missing
    (found,) = of_rule(given, "gop-ty-le")
    assert answers(found, given) == COMPILERS, "it is no unit's own fault"


def test_what_was_collected_stays_until_it_is_collected_again_and_cannot_be_altered(tmp_path: Path) -> None:
    for name in COMMUNES:
        seal_commune(tmp_path, name, [lua(10)])
    root = write_province(tmp_path)
    collected(root)
    seal_commune(tmp_path, MO, [lua(99)], made="2031-09-01T08:00:00+00:00")
    file = root / "params" / f"{PERIOD}.yaml"
    assert rice(read_inputs(root, file, units=as_collected)).value == 30
    assert rice(collected(root)).value == 119
    book = next((root / "data" / "units").rglob(f"{LAP}/**/{FILE}"))
    book.write_bytes(book.read_bytes() + b"\0")
    with pytest.raises(InputError, match="--collected"):
        read_inputs(root, file, units=as_collected)
    assert rice(collected(root)).value == 119


def test_a_folder_of_runs_that_is_not_there_is_told_with_all_else_that_is_wrong(tmp_path: Path) -> None:
    root = write_province(tmp_path)
    change_params(root, gathered={"runs": "../khong-co/*", "units": [MO]}, sections=[{"notebook": "khong_co"}])
    with pytest.raises(InputError) as caught:
        collected(root)
    told = [problem.found for problem in caught.value.problems]
    assert any("../khong-co/*" in found for found in told) and any("khong_co" in found for found in told)


def test_one_unit_s_broken_or_hostile_run_hurts_nobody_else(tmp_path: Path) -> None:
    seal_commune(tmp_path, MO, [lua(10)], spoilt={f"inputs/raw/{FILE}": b"PK\x03\x04" + b"\0" * 99})
    seal_commune(tmp_path, LAP, [lua(20)], spoilt={"checks.json": b"{" * 3000})
    seal_commune(tmp_path, CAO, [lua(7)], spoilt={f"inputs/{PERIOD}.yaml": b"unit: &a [*a, " + b"[" * 5000})
    seal_commune(tmp_path, "xã Lành", [lua(5)])
    root = write_province(tmp_path)
    change_params(root, gathered={"runs": "../*/output", "units": [*COMMUNES, "xã Lành"]})
    given = collected(root)
    assert rice(given).value == 5
    assert [(state(given, name).state) for name in COMMUNES] == ["fit", "other", "missing"]
    assert MO in of_rule(given, "don-vi-khac-mau")[0].message
    assert "checks.json" in state(given, LAP).why


def test_two_units_of_one_name_and_one_that_adds_up_others_itself_are_told(tmp_path: Path) -> None:
    seal_commune(tmp_path / "bac", MO, [lua(10)])
    seal_commune(tmp_path / "nam", MO, [lua(20)], made="2031-07-05T08:00:00+00:00")
    seal_commune(tmp_path / "nam", LAP, [lua(1)])
    root = write_province(tmp_path)
    change_params(root, gathered={"runs": ["../bac/*/output", "../nam/*/output"], "units": [MO, LAP]})
    (found,) = of_rule(collected(root), "don-vi-chua-ro")
    assert f"../bac/{MO}/output; ../nam/{MO}/output" in found.message and found.severity == "warning"
    assert rice(collected(root)).value == 21


def test_awards_are_added_up_under_the_headings_of_the_first_unit(tmp_path: Path) -> None:
    for name, number in zip(COMMUNES, (3, 4, 5), strict=True):
        row = {"tt": "1", "code": "bang_khen", "name": "Bằng khen", "collective": number}
        seal_commune(tmp_path, name, [lua(1)], awards=[{"tt": "I", "name": "Cấp tỉnh"}, row])
    awards = collected(write_province(tmp_path)).data.awards
    assert [(a.tt, a.name) for a in awards] == [("I", "Cấp tỉnh"), ("1", "Bằng khen")]
    assert awards.bang_khen.collective.value == 12


def test_received_tells_of_the_units_and_the_next_year_is_asked_beside_what_they_came_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, area in zip(COMMUNES[:2], (30, 12), strict=True):
        seal_commune(tmp_path, name, [lua(area)])
    root = write_province(tmp_path, {FILE: [lua(None, plan=50), {**lua(9), "code": "che"}]})
    assert main(["received", PERIOD, "--root", str(root)]) == 1
    assert "2/3 đơn vị cấp dưới đã có báo cáo." in capsys.readouterr().out
    assert main(["new", "2032-Q2", "--from", PERIOD, "--root", str(root)]) == 0
    sheet = load_workbook(root / "data" / "raw" / "2032-Q2" / FILE)["Chỉ tiêu"]
    assert 42 in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_number_that_is_read_otherwise_than_the_unit_s_report_states_it_is_named(tmp_path: Path) -> None:
    source = Place(file=FILE, sheet="Chỉ tiêu", cell="D2")
    stated = {"id": "lua.actual", "label": "", "value": "11", "printed": "11", "unit": "ha", "formula": None}
    figure = FigureRecord.model_validate({**stated, "operator": None, "inputs": (), "source": source, "why": None})
    seal_commune(tmp_path, MO, [lua(10)], spoilt={"figures.json": f"[{figure.model_dump_json()}]".encode()})
    root = write_province(tmp_path)
    change_params(root, gathered={"runs": "../*/output", "units": [MO]})
    (found,) = of_rule(collected(root), "don-vi-khac-mau")
    assert f"{MO}/{FILE} › Chỉ tiêu › D2: lần chạy của đơn vị nêu 11, nay đọc được 10" in found.message


def test_runs_at_a_storage_are_taken_as_those_of_folders_and_each_is_fetched_once(tmp_path: Path) -> None:
    for name, area in zip((MO, LAP), (120, 80), strict=True):
        seal_commune(tmp_path / "xa", name, [lua(area)])
    storage = tmp_path / "kho"
    storage.mkdir()
    for run in sorted((tmp_path / "xa").glob(f"*/output/{PERIOD}-*")):
        push(run, str(storage))
    root = write_province(tmp_path, gathered={"runs": f"file://{storage}", "units": [MO, LAP, CAO]})
    there = collected(root)
    assert rice(there).value == Decimal(200)
    states = [(unit.name, unit.state) for unit in read_units(root, PERIOD)]
    assert states == [(MO, "fit"), (LAP, "fit"), (CAO, "missing")]
    change_params(root, gathered={"runs": "../xa/*/output", "units": [MO, LAP, CAO]})
    assert collected(root).data.units == there.data.units
    seal_commune(tmp_path / "xa", CAO, [lua(10)])
    change_params(root, gathered={"runs": [f"file://{storage}", "../xa/*/output"], "units": [LAP, CAO]})
    assert rice(collected(root)).value == Decimal(90)
    change_params(root, gathered={"runs": f"file://{storage}", "units": [MO, LAP, CAO]})
    assert rice(collected(root)).value == Decimal(200)
    shutil.rmtree(storage / "runs")
    assert collected(root).data.units == there.data.units


def test_a_unit_s_run_that_is_damaged_at_a_storage_is_named_and_the_others_are_added_up(tmp_path: Path) -> None:
    storage = tmp_path / "kho"
    storage.mkdir()
    for name, area in ((MO, 120), (LAP, 80)):
        push(seal_commune(tmp_path / "xa", name, [lua(area)]), str(storage))
    gone, cut = sorted((unlocked(storage) / "runs").iterdir())
    root = write_province(tmp_path, gathered={"runs": f"file://{storage}", "units": [MO, LAP, CAO]})
    gone.unlink()
    cut.write_bytes(cut.read_bytes()[:-1])
    push(seal_commune(tmp_path / "xa", CAO, [lua(7)]), str(storage))
    there = collected(root)
    assert [state(there, name).state for name in (MO, LAP, CAO)] == ["altered", "altered", "fit"]
    assert rice(there).value == 7
    told = [state(there, name).why for name in (MO, LAP)]
    assert any("đã mất" in why for why in told) and any("không còn đúng bản đã gửi" in why for why in told)


def test_a_run_that_a_changed_register_of_a_storage_may_hide_is_not_passed_over_unseen(
    tmp_path: Path,
) -> None:
    storage = tmp_path / "kho"
    storage.mkdir()
    push(seal_commune(tmp_path / "xa", MO, [lua(120)]), str(storage))
    root = write_province(tmp_path, gathered={"runs": f"file://{storage}", "units": [MO, LAP, CAO]})
    assert of_rule(collected(root), "don-vi-chua-ro") == []
    for name, area in ((MO, 125), (LAP, 80)):
        push(seal_commune(tmp_path / "xa", name, [lua(area)]), str(storage))
    newest = sorted((unlocked(storage) / "register").iterdir())[1]
    sent = newest.read_text(encoding="utf-8")
    newest.write_text(sent.replace(MO, "xã Khác"), encoding="utf-8")
    given = collected(root)
    assert rice(given).value == 200  # of what was sent before
    (found,) = of_rule(given, "don-vi-chua-ro")
    assert found.message.startswith(f"{MO}, {LAP} và {CAO}: sổ đăng ký của kho file://{storage} không còn nguyên vẹn")
    assert f"dòng «register/{newest.name}» bị sửa" in found.message
    newest.write_text(sent, encoding="utf-8")
    given = collected(root)
    assert rice(given).value == 205 and of_rule(given, "don-vi-chua-ro") == []


def test_a_sum_names_whose_part_it_has_not_by_what_their_level_is_asked(tmp_path: Path) -> None:
    buffalo, tea = ({"code": code, "name": code, "unit": "con"} for code in ("trau", "che"))
    seal_commune(tmp_path, MO, [lua(10), {**buffalo, "actual": 5}, {**tea, "actual": 3}])
    seal_commune(tmp_path, LAP, [{**lua(20), "code": "lua_mua"}, {**buffalo, "actual": 6}])
    seal_commune(tmp_path, CAO, [lua(7)])
    seal_commune(tmp_path, "xã Ba", [lua(4), {**buffalo, "actual": 1}])
    root = write_province(tmp_path)
    change_params(root, gathered={"runs": "../*/output", "units": [*COMMUNES, "xã Ba", "xã Vắng"]})
    given = collected(root)
    stated = {code: given.data.indicators[code].done for code in ("lua", "trau", "che", "lua_mua")}
    assert stated["lua"].lacks == (LAP, "xã Vắng")
    assert stated["trau"].lacks == ("xã Vắng",), "wards have no buffaloes"
    assert (stated["che"].only, stated["lua_mua"].only) == ((MO,), (LAP,)), "what few state is not the whole's"
    (found,) = of_rule(given, "gop-thieu")
    assert found.message.startswith(LAP)
    assert found.message.endswith(": «Diện tích lúa» (có ở dòng mang mã khác: lua_mua)")
    assert of_rule(given, "mot-ten-hai-so") == []


def test_a_row_of_the_same_name_that_others_have_too_is_no_other_code_of_the_one_that_is_lacking(
    tmp_path: Path,
) -> None:
    of_two = [{"code": code, "name": "Trong đó: nữ", "unit": "người", "actual": 3} for code in ("nu_ho", "nu_can_bo")]
    for name in (MO, CAO, "xã Ba"):
        seal_commune(tmp_path, name, of_two)
    seal_commune(tmp_path, LAP, of_two[1:])
    root = write_province(tmp_path)
    change_params(root, gathered={"runs": "../*/output", "units": [*COMMUNES, "xã Ba"]})
    (found,) = of_rule(collected(root), "gop-thieu")
    assert found.message.startswith(LAP) and found.message.endswith(": «Trong đó: nữ»")


def test_what_is_stated_of_the_period_is_not_added_to_what_is_stated_since_the_year_began(tmp_path: Path) -> None:
    for name, more in zip(COMMUNES, ({"cumulative": 30}, {"cumulative": 40}, {}), strict=True):
        seal_commune(tmp_path, name, [lua(10, plan=50, **more)])
    root = write_province(tmp_path)
    row = collected(root).data.indicators.lua
    assert (row.done.value, row.done.lacks, row.to_plan.missing) == (Decimal(70), (CAO,), True)
    (found,) = of_rule(collected(root), "gop-thieu")
    assert found.message.endswith("«Diện tích lúa» (số lũy kế)") and CAO in found.message
    seal_commune(tmp_path, LAP, [lua(10, plan=50)], made="2031-08-01T08:00:00+00:00")
    row = collected(root).data.indicators.lua
    assert (row.done.value, row.done.lacks, row.to_plan.value) == (Decimal(30), (), Decimal(20)), (
        "most state the period alone"
    )


def test_a_period_before_is_held_beside_this_one_only_over_the_same_units(tmp_path: Path) -> None:
    before = "2031-Q1"
    for name, area in zip(COMMUNES, (10, 20, 30), strict=True):
        seal_commune(tmp_path, name, [lua(area, cumulative=area, plan=100)], period=before)
        seal_commune(tmp_path, name, [lua(area, cumulative=2 * area, plan=100)])
    root = write_province(tmp_path)
    file = root / "params" / f"{before}.yaml"
    change_params(root, period=before)
    shutil.move(root / "params" / f"{PERIOD}.yaml", file)
    book = load_workbook(root / "data" / "raw" / PERIOD / FILE)
    book["Thông tin"]["B5"] = before
    (root / "data" / "raw" / before).mkdir()
    book.save(root / "data" / "raw" / before / FILE)
    read_inputs(root, file, units=collect)
    settings = loaded(file.read_text(encoding="utf-8")) | {"period": PERIOD}
    (root / "params" / f"{PERIOD}.yaml").write_text(dumped(settings, sort_keys=True), encoding="utf-8")

    def then(given: Inputs) -> Figure | None:
        return given.past["previous"].as_today(given.data.indicators.lua)

    given = collected(root)
    earlier = then(given)
    assert earlier is not None and earlier.value == 60
    assert findings(given) == []
    shutil.rmtree(tmp_path / CAO)
    given = collected(root)
    assert then(given) is None
    assert {f.rule for f in findings(given)} == {"don-vi-chua-co"}, "60 less the 30 of one that is missing is no fault"
