"""A unit of its own from nothing: what is made, that it can be used at once, and that it says nothing false."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from checks.periods import ROOT
from generated.asked import asked
from generated.documents import faults_of, season_faults
from generated.reports import executed_over
from generated.units import FOREIGN
from thidua.checks.engine import check
from thidua.cli import main
from thidua.document.document import Document
from thidua.document.lines import text_of
from thidua.document.stitch import stitch
from thidua.errors import InputError
from thidua.inputs import read_inputs
from thidua.prepare.catalogue import Words, blank_sheets, catalogue
from thidua.prepare.init import found
from thidua.publish.outputs import shown
from thidua.report import Report, open_report
from thidua.run.outline import parts_of, properties_of
from thidua.settings.acceptance_line import NOTHING_ACCEPTED
from thidua.settings.levels import levels, offices
from thidua.settings.params import Unit
from thidua.settings.params_file import load
from thidua.settings.period import Period
from workbooks import PARAMS

UNITS = {"xã": ("Suối Mơ", "2025-Q3"), "phường": ("5", "2026-FY"), "tỉnh": ("Đông Giang", "2026-M02")}


def words_of(level: str) -> Words:
    given = {k: v for k, v in PARAMS["unit"].items() if k not in ("lower_units", "superior")}
    return Unit.model_validate({**given, "level": level}).model_dump()


def document_of(report: Report) -> Document:
    executed = {name: executed_over(report, name) for name in report.params.notebooks}
    return stitch(
        parts_of(report.params, {n: shown(node) for n, node in executed.items()}), properties_of(report.params, "x-0")
    )


@pytest.mark.slow
@pytest.mark.parametrize("level", UNITS)
def test_a_new_unit_is_checked_and_reported_at_once_and_says_nothing_of_what_is_missing(
    level: str, tmp_path: Path
) -> None:
    name, period = UNITS[level]
    founded = found(ROOT, tmp_path / "unit", level, f"{level} {name}", period)
    given = read_inputs(founded.folder, founded.folder / "params" / f"{period}.yaml")
    checked = check(given.data, given.params, given.rules, given.past, given.headings)
    assert {f.rule for f in checked.findings} == {"chua-nop"}
    assert len(checked.findings) == len(founded.departments), "each department is told to be missing"
    document = document_of(open_report(period, founded.folder))
    when = Period.parse(period)
    years = {when.year - 1, when.year, when.next.year}
    faults = [*faults_of(document, years=years, foreign=FOREIGN[level]), *season_faults(document, when)]
    assert faults == []
    told = text_of(document.blocks())
    assert f"UBND {level} {name}" in told and when.name in told
    assert not any(line.startswith(("Bảng", "Biểu đồ", "Phụ lục")) for line in told.splitlines())


def test_lines_of_accepted_findings_are_put_at_the_end_of_the_params(tmp_path: Path) -> None:
    folder = found(ROOT, tmp_path / "goc", "xã", "xã Ba", "2031-H1").folder
    file = folder / "params" / "2031-H1.yaml"
    assert file.read_text(encoding="utf-8").count(NOTHING_ACCEPTED) == 1
    with file.open("a", encoding="utf-8") as end:
        end.write("  - {id: chua-nop-1, who: Chủ tịch, why: không phải nộp, values: {}}\n")
    assert [a.id for a in load(file).accepted] == ["chua-nop-1"]


def test_a_province_uncomments_where_its_units_runs_lie_and_a_commune_is_not_asked(tmp_path: Path) -> None:
    file = found(ROOT, tmp_path / "tinh", "tỉnh", "tỉnh Ba", "2031-H1").folder / "params" / "2031-H1.yaml"
    assert load(file).gathered is None
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("# gathered:")
    opened = [line.removeprefix("# ") for line in lines[start : start + 4]]
    file.write_text("\n".join([*lines[:start], *opened, *lines[start + 4 :]]), encoding="utf-8")
    gathered = load(file).gathered
    assert gathered is not None and gathered.units == ("xã …",)
    commune = found(ROOT, tmp_path / "xa", "xã", "xã Ba", "2031-H1").folder / "params" / "2031-H1.yaml"
    assert "gathered" not in commune.read_text(encoding="utf-8")


def test_a_unit_s_name_gives_the_others(tmp_path: Path) -> None:
    unit = found(ROOT, tmp_path / "unit", "Phường", "Phường 5", "2026-FY").unit
    assert (unit.name, unit.short_name, unit.place) == ("phường 5", "5", "Phường 5")
    assert (unit.issuer, unit.issuer_full) == ("UBND phường 5", "Ủy ban nhân dân phường 5")
    assert found(ROOT, tmp_path / "other", "xã", "Suối Mơ", "2026-FY").unit.name == "xã Suối Mơ"


def test_a_ward_of_a_city_is_asked_for_the_city_s_awards(tmp_path: Path) -> None:
    founded = found(ROOT, tmp_path / "unit", "phường", "phường 5", "2026-FY", "UBND thành phố Bình Minh")
    assert founded.unit.province_level == "thành phố"
    book = load_workbook(founded.folder / "data" / "raw" / "2026-FY" / "van-phong.xlsx")
    names = [str(cell.value) for row in book["Khen thưởng"].iter_rows() for cell in row if cell.value]
    assert "Khen thưởng cấp thành phố" in names and not [n for n in names if "tỉnh" in n]


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "unit"
    folder.mkdir()
    (folder / "bao-cao.docx").write_text("")
    arguments = ["--level", "phuongg", "--name", "xã A", "--period", "2026"]
    assert main(["init", str(folder), *arguments, "--root", str(ROOT)]) == 2
    told = capsys.readouterr().err
    for said in ("Không có cấp «phuongg»", "gần nhất là «phường»", "«2026» không phải một kỳ", "đã có nội dung"):
        assert said in told
    assert [p.name for p in tmp_path.rglob("*")] == ["unit", "bao-cao.docx"]


@pytest.mark.parametrize(("level", "name"), [("xã", "phường An Bình"), ("xã", "xã"), ("đặc khu", "đặc khu")])
def test_a_name_must_be_one_of_its_level(level: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        found(ROOT, tmp_path / "unit", level, name, "2026-FY")


def test_a_level_that_was_done_away_with_has_no_later_periods(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="quý III năm 2025 không còn cấp «huyện»: cấp này hết vào ngày 30/06/2025"):
        found(ROOT, tmp_path / "unit", "huyện", "huyện An Bình", "2025-Q3")
    assert found(ROOT, tmp_path / "unit", "huyện", "huyện An Bình", "2025-Q2").unit.level == "huyện"


def test_a_source_without_notebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--root"):
        found(tmp_path, tmp_path / "unit", "xã", "xã Suối Mơ", "2026-FY")


def test_workbooks_offer_the_groups_of_their_office_and_rules_begin_with_none(tmp_path: Path) -> None:
    folder = found(ROOT, tmp_path / "unit", "xã", "xã Suối Mơ", "2026-FY").folder
    text = (folder / "params" / "rules.yaml").read_text(encoding="utf-8")
    assert text.startswith("#") and yaml.safe_load(text) == {"rules": []}
    book = load_workbook(folder / "data" / "raw" / "2026-FY" / "y-te.xlsx")
    offered = {cell.value for row in book["Danh mục"].iter_rows() for cell in row}
    assert "an_toan_thuc_pham" in offered and "giao_duc" not in offered


def test_two_rungs_that_are_one_for_a_province_stand_under_one_heading() -> None:
    def rungs(level: str) -> list[str]:
        (sheet,) = blank_sheets(["khen_thuong"], words_of(level))[1:]
        return [str(row["name"].value) for row in sheet.rows if "code" not in row]

    assert rungs("tỉnh") == ["Khen thưởng cấp Nhà nước", "Khen thưởng cấp tỉnh"]
    assert rungs("xã") == ["Khen thưởng cấp Nhà nước", "Khen thưởng cấp tỉnh", "Khen thưởng cấp xã"]


@pytest.mark.parametrize("level", levels())
def test_every_level_has_offices_whose_workbooks_hang_together(level: str) -> None:
    words = words_of(level)
    rows = [
        {key: str(given.value) for key, given in row.items()}
        for office in offices(level)
        for sheet in blank_sheets(office.themes, words)
        if sheet.title == "Chỉ tiêu"
        for row in sheet.rows
    ]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) > 50
    named = {code for row in rows for key in ("parent", "opens") if (code := row.get(key, ""))}
    named |= {code for row in rows for code in re.findall(r"[a-z]\w+", row.get("formula", ""))}
    assert named <= set(codes)
    assert not [row["name"] for row in rows if "{" in row["name"] or "None" in row["name"]]


def test_the_catalogue_has_the_names_that_notebooks_ask_for() -> None:
    """A row that no notebook tells, by its code or by its group, would be filled in for nothing."""
    words = asked()
    groups = {*words.of("groups"), *words.of("indicators"), *words.of("rows")}
    for name, theme in catalogue().themes.items():
        for row in theme.indicators:
            told = row.code in words.of("indicators") or groups & {g.strip() for g in row.group.split(",")}
            assert told, f"{name}: {row.code}"
        assert {*theme.documents} <= {*words.of("documents")}, name
        assert {*theme.movements} <= {*words.of("movements")}, name
        assert {*theme.events, *theme.assessments, *theme.tasks} <= {*words.of("rows")}, name
