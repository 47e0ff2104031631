"""The register of rules: each is listed with what must hold, finds what breaks it, and lets alone what does not."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from checks.periods import (
    Row,
    award,
    declare,
    earlier,
    findings,
    indicator,
    listed,
    named,
    rules_of,
    second_department,
    small_root,
    submitted_apart,
    units_below,
)
from thidua.checks import list_of_rules
from thidua.checks.finding import SEVERITY_NAMES, Finding
from thidua.checks.rulebook import FINDERS, FOLLOWERS, IDENTITIES, RULES, VALUES
from thidua.cli import main
from thidua.contracts import Place
from thidua.inputs import Inputs
from thidua.intake.unit_runs import UnitFinding, UnitRun
from workbooks import EMPTY_NOTEBOOK, inputs, params


@dataclass(frozen=True)
class Case:
    """A period: rows by kind of form, and what it has besides."""

    sheets: dict[str, list[Row]] = field(default_factory=dict)
    params: Row = field(default_factory=dict)
    declared: Row = field(default_factory=dict)
    earlier: tuple[str, list[Row]] | None = None
    elsewhere: list[Row] = field(default_factory=list)
    apart: tuple[list[Row], ...] = ()
    below: dict[str, list[Row]] = field(default_factory=dict)
    units: tuple[UnitRun, ...] = ()
    heading: str = ""
    banner: str = ""

    def read(self, folder: Path) -> Inputs:
        sheets = self.sheets or indicators(indicator("a", 10))
        root = small_root(folder, params=self.params, banner=self.banner, **sheets)
        declare(root, self.declared)
        if self.elsewhere:
            second_department(root, *self.elsewhere)
        if self.apart:
            submitted_apart(root, *self.apart)
        if self.below or self.units:
            units_below(root, *self.units, **self.below)
        if self.earlier:
            earlier(root, self.earlier[0], *self.earlier[1])
        if self.heading:
            cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"# {self.heading}"}
            notebook = json.dumps({**EMPTY_NOTEBOOK, "cells": [cell]})
            (root / "notebooks" / "01_mo_dau.ipynb").write_text(notebook, encoding="utf-8")
        return inputs(root)


def indicators(*rows: Row) -> dict[str, list[Row]]:
    return {"indicators": list(rows)}


def fit_unit(finding: bool = False, accepted_by: str = "") -> Case:
    """A unit below of which there is nothing to say, or in whose own run a finding of its own rules stands."""
    cells = (Place(file="xã C/kinh-te.xlsx", sheet="Chỉ tiêu", cell="D2"),)
    own = UnitFinding(id="x", rule="quy-tac-rieng", severity="error", message="Số sai", cells=cells)
    findings = (own.model_copy(update={"accepted_by": accepted_by}),) if finding else ()
    return Case(below={"C": [indicator("b", 5)]}, units=(UnitRun(name="xã C", state="fit", findings=findings),))


def of(kind: str, *rows: Row) -> Case:
    return Case({kind: list(rows)})


def total(whole: int, *parts: int) -> list[Row]:
    rows = [indicator(f"p{n}", value, parent="tong", relation="gồm") for n, value in enumerate(parts)]
    return [indicator("tong", whole), *rows]


def document(**changes: Any) -> Row:
    return {"document": {**params()["document"], **changes}}


def basis(title: str) -> Row:
    return named("115/SNV-TĐ", "10/6/2031", type="Công văn", title=title, topic="can_cu_bao_cao")


def event(content: str, date: str = "") -> Row:
    return {"topic": "hop", "content": f"{content} {date}".strip()}


def named_alike(code: str, value: Any, unit: str) -> Row:
    return {**indicator(code, value, unit), "name": "Vốn giải ngân"}


def role_model(low: int, high: int) -> Row:
    return {"name": "Bà An", "field": "kinh_te", "income_from": low, "income_to": high}


def register(*rows: tuple[str, str]) -> list[Row]:
    return [listed(number, date, "Kế hoạch", str(n)) for n, (number, date) in enumerate(rows, 1)]


FILLED, COPIED = ([indicator(f"c{n}", 107 + 31 * n + changed, "lượt") for n in range(12)] for changed in (5, 0))
ACCEPTED: Row = {"id": "ty-le-00000000", "who": "Trần Văn Mẫu", "why": "đã hỏi đơn vị"}
ANNIVERSARY: Row = {"anniversaries": [{"name": "Quốc khánh", "year": 1945}]}
TOPICS: Row = {"register": {"topics": ["nhom"]}}

# What breaks a rule, and what comes near it and does not.
EXAMPLES: dict[str, tuple[Case, Case]] = {
    "ty-le": (
        of("indicators", indicator("a", 10, plan=20, printed_to_plan=60)),
        of("indicators", indicator("a", 10, plan=20, printed_to_plan=50)),
    ),
    "ke-hoach-hai-cap": (
        of("indicators", indicator("a", 10, plan=20, plan_upper=25)),
        of("indicators", indicator("a", 10, plan=25, plan_upper=25)),
    ),
    "mau-so-ngam": (
        of("indicators", indicator("a", 3, printed_to_plan=65)),
        of("indicators", indicator("a", 3, printed_to_plan=60)),
    ),
    "cach-tinh": (
        of("indicators", indicator("a", 4), indicator("b", 3), indicator("c", 8, formula="a + b")),
        of("indicators", indicator("a", 4), indicator("b", 3), indicator("c", 7, formula="a + b")),
    ),
    "phan-vuot-tong": (
        of("indicators", indicator("a", 5), indicator("b", 6, parent="a", relation="trong đó")),
        of("indicators", indicator("a", 6), indicator("b", 6, parent="a", relation="trong đó")),
    ),
    "tong-cac-phan": (of("indicators", *total(10, 4, 7)), of("indicators", *total(11, 4, 7))),
    "luy-ke": (
        of("indicators", indicator("a", 60, cumulative=50)),
        of("indicators", indicator("a", 50, cumulative=50)),
    ),
    "so-cung-ky": (
        Case(indicators(indicator("a", 20, last=15)), earlier=("2030-Q2", [indicator("a", 18)])),
        Case(indicators(indicator("a", 20, last=18)), earlier=("2030-Q2", [indicator("a", 18)])),
    ),
    "cong-don": (
        Case(indicators(indicator("a", 20, cumulative=55)), earlier=("2031-Q1", [indicator("a", 30)])),
        Case(indicators(indicator("a", 20, cumulative=50)), earlier=("2031-Q1", [indicator("a", 30)])),
    ),
    "so-dau-ky": (
        Case(indicators(indicator("a", 66, opens="b"), indicator("b", 5)), earlier=("2031-Q1", [indicator("b", 71)])),
        Case(indicators(indicator("a", 71, opens="b"), indicator("b", 5)), earlier=("2031-Q1", [indicator("b", 71)])),
    ),
    "ke-hoach-doi": (
        Case(indicators(indicator("a", 20, plan=80)), earlier=("2031-Q1", [indicator("a", 9, plan=90)])),
        Case(
            indicators(indicator("a", 20, plan=80, note="Kế hoạch điều chỉnh tháng 5")),
            earlier=("2031-Q1", [indicator("a", 9, plan=90)]),
        ),
    ),
    "gap-nghin-lan": (
        of("indicators", indicator("a", 3807, "tỷ đồng", last="3,5")),
        of("indicators", indicator("a", "3,807", "tỷ đồng", last="3,5")),
    ),
    "tang-giam-bat-thuong": (
        Case(indicators(indicator("a", 900, "ha")), earlier=("2030-Q2", [indicator("a", 90, "ha")])),
        Case(indicators(indicator("a", 200, "ha")), earlier=("2030-Q2", [indicator("a", 90, "ha")])),
    ),
    "doi-don-vi-tinh": (
        Case(indicators(indicator("a", 92, "m2")), earlier=("2030-Q2", [indicator("a", 90, "ha")])),
        Case(indicators(indicator("a", 920_000, "m²")), earlier=("2030-Q2", [indicator("a", 90, "ha")])),
    ),
    "thieu-phan": (
        of("indicators", *total(11, 4, 7), indicator("p2", parent="tong", relation="gồm")),
        of("indicators", *total(11, 4, 7), indicator("p2", 0, parent="tong", relation="gồm")),
    ),
    "khong-co-thuc-hien": (
        of("indicators", indicator("a", plan=80), indicator("b", 3)),
        of("indicators", indicator("a", 0, plan=80)),
    ),
    "mat-dong": (
        Case(
            indicators(indicator("a", 20), indicator("b", 9)),
            earlier=("2030-Q2", [indicator("a", 18), indicator("b", 8), indicator("c", 7)]),
        ),
        Case(
            indicators(indicator("a", 20), indicator("b", 9), indicator("c", 0)),
            earlier=("2030-Q2", [indicator("a", 18), indicator("b", 8), indicator("c", 7)]),
        ),
    ),
    "lap-dong": (
        of("events", event("Họp", "10/5/2031"), event("Họp", "10/5/2031")),
        of("events", event("Họp", "10/5/2031"), event("Họp", "11/5/2031")),
    ),
    "mot-ten-hai-so": (
        Case(indicators(named_alike("a", 1_200, "triệu đồng")), elsewhere=[named_alike("b", "1,3", "tỷ đồng")]),
        Case(indicators(named_alike("a", 1_200, "triệu đồng")), elsewhere=[named_alike("b", "1,2", "tỷ đồng")]),
    ),
    "nam-khong-the": (
        of("events", event("Hội nghị ngày 31/4/2031")),
        of("events", event("Công bố quy hoạch đến năm 2050")),
    ),
    "gop-ty-le": (
        Case(apart=([indicator("a", 5, "tạ/ha")], [indicator("a", 6, "tạ/ha")])),
        Case(apart=([indicator("a", 5, "tạ/ha", combine="mới nhất")], [indicator("a", 6, "tạ/ha")])),
    ),
    "gop-thieu": (
        Case(apart=([indicator("a", 5), indicator("b", 6)], [indicator("a"), indicator("b", 7)])),
        Case(apart=([indicator("a", 5), indicator("b", 6)], [indicator("a", 0), indicator("b", 7)])),
    ),
    "gop-don-vi-tinh": (
        Case(below={"A": [indicator("b", 5, "tấn")], "B": [indicator("b", 6, "con")]}),
        Case(below={"A": [indicator("b", 5, "tấn")], "B": [indicator("b", 6000, "kg")]}),
    ),
    "gop-rieng-cap": (
        Case(
            below={"xã A": [indicator("b", 5, name="Hồ sơ cấp xã")], "xã B": [indicator("b", 6, name="Hồ sơ cấp xã")]}
        ),
        Case(below={"xã A": [indicator("b", 5, name="Trợ cấp xã hội")], "xã B": [indicator("b", 6)]}),
    ),
    "gop-khac-so": (
        Case(below={"A": [indicator("a", 5)], "B": [indicator("a", 6)]}),
        Case(below={"A": [indicator("a", 5)], "B": [indicator("a", 5)]}),
    ),
    "don-vi-chua-co": (Case(units=(UnitRun(name="xã C", state="missing", why="chưa có"),)), fit_unit()),
    "don-vi-du-thao": (Case(units=(UnitRun(name="xã C", state="draft", errors=2),)), fit_unit()),
    "don-vi-chua-ro": (Case(units=(UnitRun(name="xã C", state="fit", doubtful=("hai thư mục",)),)), fit_unit()),
    "don-vi-khac-mau": (Case(units=(UnitRun(name="xã C", state="fit", unlike=("cột lạ",)),)), fit_unit()),
    "don-vi-con-loi": (fit_unit(finding=True), fit_unit(finding=True, accepted_by="Chủ tịch")),
    "chua-nop": (
        of("indicators", {"code": "a", "name": "Chỉ tiêu a", "unit": "lượt", "plan": 20, "last": 15}),
        of("indicators", indicator("a", 0, plan=20, last=15)),
    ),
    "so-am": (
        of("indicators", indicator("a", -5)),
        of("indicators", {**indicator("a", -5), "name": "Hộ nghèo giảm so với năm trước"}),
    ),
    "so-dem-le": (of("indicators", indicator("a", "3,5")), of("indicators", indicator("a", "3,5", "ha"))),
    "ty-le-qua-100": (
        of("indicators", {**indicator("a", 104, "%"), "name": "Tỷ lệ hộ có nước sạch"}),
        of("indicators", {**indicator("a", 104, "%"), "name": "Tỷ lệ so với kế hoạch"}),
    ),
    "ty-le-bat-thuong": (
        of("indicators", indicator("a", 5, "ha", printed_to_plan=965)),
        of("indicators", indicator("a", 5, "ha", printed_to_plan="96,5")),
    ),
    "thieu-so-thuc-hien": (
        of("indicators", indicator("a", printed_to_plan="65,3", unit="%")),
        of("indicators", indicator("a", "65,3", unit="%")),
    ),
    "khoang-nguoc": (of("role_models", role_model(300, 250)), of("role_models", role_model(250, 300))),
    "thieu-dong": (of("indicators", *total(11, 4, 7)[1:]), of("indicators", *total(11, 4, 7))),
    "sai-doi-tuong": (
        of("awards", award("cstd", "Chiến sĩ thi đua cơ sở", collective=19)),
        of("awards", award("cstd", "Chiến sĩ thi đua cơ sở", individual=19)),
    ),
    "thieu-tong-so": (
        of("awards", award("gk", "Giấy khen", base_individual=9)),
        of("awards", award("gk", "Giấy khen", individual=9, base_individual=9)),
    ),
    "ngay-van-ban": (
        of("documents", named("27/2029/NQ-HĐND", "9/12/2030", issuer="HĐND tỉnh Đông Hà")),
        of("documents", named("27/2030/NQ-HĐND", "9/12/2030", issuer="HĐND tỉnh Đông Hà")),
    ),
    "ngoai-ky": (
        of("register", *register(("12/KH-UBND", "6/1/2031"))),
        of("register", *register(("12/KH-UBND", "8/4/2031"))),
    ),
    "som-hon-noi-dung": (
        of("documents", named("9/KH-UBND", "8/4/2030", type="Kế hoạch", title="Kế hoạch thi đua năm 2031")),
        of("documents", named("9/KH-UBND", "9/7/2030", type="Kế hoạch", title="Kế hoạch thi đua năm 2031")),
    ),
    "hai-ngay": (
        of("documents", named("12/KH-UBND", "8/4/2031"), named("12/KH-UBND", "9/4/2031", code="vb2")),
        of("documents", named("12/KH-UBND", "8/4/2031"), named("12/KH-UBND", "8/4/2031", code="vb2")),
    ),
    "ngay-nghi": (
        of("documents", named("5/CT-UBND", "1/5/2031", type="Chỉ thị")),
        of("documents", named("5/CT-UBND", "2/5/2031", type="Chỉ thị")),
    ),
    "loai-ky-hieu": (
        of("documents", named("16/KH-UBND", "8/4/2031", type="Quyết định")),
        of("documents", named("16/QĐ-UBND", "8/4/2031", type="Quyết định")),
    ),
    "ky-hieu": (
        of("documents", named("85/2030/NĐCP", "9/4/2030", issuer="Chính phủ")),
        of("documents", named("85/2030/NĐ-CP", "9/4/2030", issuer="Chính phủ")),
    ),
    "so-thu-tu": (
        of("register", listed("1/UBND-NV", "1/4/2031", tt="1"), listed("2/UBND-NV", "2/4/2031", tt="3")),
        of("register", listed("1/UBND-NV", "1/4/2031", tt="1"), listed("2/UBND-NV", "2/4/2031", tt="2")),
    ),
    "thu-tu-ngay": (
        of("register", *register(("9/QĐ-UBND", "16/5/2031"), ("20/KH-UBND", "8/5/2031"))),
        of("register", *register(("9/QĐ-UBND", "8/5/2031"), ("20/KH-UBND", "16/5/2031"))),
    ),
    "trung-so": (
        of("register", *register(("3/KH-UBND", "3/4/2031"), ("3/KH-UBND", "3/4/2031"))),
        of("register", *register(("3/KH-UBND", "3/4/2031"), ("4/KH-UBND", "3/4/2031"))),
    ),
    "so-nguoc-ngay": (
        of("register", *register(("25/KH-UBND", "8/4/2031"), ("12/KH-UBND", "15/4/2031"))),
        of("register", *register(("12/KH-UBND", "8/4/2031"), ("25/KH-UBND", "15/4/2031"))),
    ),
    "ngoai-danh-muc": (
        Case(
            {"register": register(("12/KH-UBND", "8/4/2031")), "documents": [named("40/KH-UBND", "9/4/2031")]},
            declared=TOPICS,
        ),
        Case(
            {"register": register(("12/KH-UBND", "8/4/2031")), "documents": [named("12/KH-UBND", "8/4/2031")]},
            declared=TOPICS,
        ),
    ),
    "ky-trong-tham-so": (
        Case(params=document(title="Sơ kết phong trào quý I năm 2031")),
        Case(params=document(title="Sơ kết phong trào {{ period.name }}")),
    ),
    "ky-trong-bieu": (Case(banner="Quý I năm 2031"), Case(banner="Quý II năm 2031")),
    "van-ban-can-cu": (
        of("documents", basis("Báo cáo sơ kết quý I năm 2031")),
        of("documents", basis("Báo cáo sơ kết quý II năm 2031")),
    ),
    "thoi-gian-ngoai-ky": (
        of("events", event("Họp", "quý I năm 2031")),
        of("events", event("Họp", "quý II năm 2031")),
    ),
    "ngay-bao-cao": (Case(params=document(date="2031-03-14")), Case(params=document(date="2031-06-16"))),
    "ky-trong-notebook": (Case(heading="Kết quả quý I năm 2031"), Case(heading="Kết quả quý II năm 2031")),
    "ky-niem": (
        Case({"events": [event("Kỷ niệm 85 năm Ngày Quốc khánh")]}, declared=ANNIVERSARY),
        Case({"events": [event("Kỷ niệm 86 năm Ngày Quốc khánh")]}, declared=ANNIVERSARY),
    ),
    "nam-so-sanh": (
        of("indicators", indicator("a", 5, note="tăng 2% so với năm 2028")),
        of("indicators", indicator("a", 5, note="tăng 2% so với năm 2030")),
    ),
    "khoang-ghi-chu": (
        of("indicators", indicator("a", 50, "%", note="Giá tăng từ 5 đến 10%")),
        of("indicators", indicator("a", 5, "%", note="Giá tăng từ 5 đến 10%")),
    ),
    "trung-gia-tri": (
        of("indicators", indicator("a", "25,9", "ha"), indicator("b", "25,9", "ha")),
        of("indicators", indicator("a", "25,9", "ha"), indicator("b", "25,8", "ha")),
    ),
    "chua-thay-so": (
        Case(indicators(*COPIED), earlier=("2031-Q1", COPIED)),
        Case(indicators(*FILLED), earlier=("2031-Q1", COPIED)),
    ),
    "chap-nhan-cu": (Case(params={"accepted": [ACCEPTED]}), Case(params={"accepted": []})),
}


def test_every_registered_rule_has_examples_and_each_id_is_one_rule_s() -> None:
    ids = [rule.id for rule in RULES]
    assert sorted(EXAMPLES) == sorted(ids)
    assert len(RULES) == len({*IDENTITIES, *VALUES, *FINDERS, *FOLLOWERS})


@pytest.mark.parametrize("id", EXAMPLES)
def test_a_rule_finds_what_breaks_it_as_gravely_as_it_says_and_nothing_else(tmp_path: Path, id: str) -> None:
    (rule,) = [r for r in RULES if r.id == id]
    broken, sound = EXAMPLES[id]
    found = _of(id, broken.read(tmp_path / "broken"))
    assert found
    assert {f.severity for f in found} <= set(rule.severities)
    assert _of(id, sound.read(tmp_path / "sound")) == []


def _of(id: str, given: Inputs) -> list[Finding]:
    return [f for f in findings(given) if f.rule == id]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_says_in_a_sentence_what_must_hold(rule: Any) -> None:
    assert rule.holds[0].isupper()
    assert len(rule.holds.split()) > 4
    assert not rule.holds.endswith(".")
    assert set(rule.severities) <= set(SEVERITY_NAMES)
    assert len(rule.severities) == len(set(rule.severities)) > 0


def test_the_list_names_every_rule_and_those_that_the_officer_declared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_root(tmp_path, rules=rules_of("a = b", scope="phạm vi khác nhau"), indicators=[indicator("a", 1)])
    assert main(["rules", "--root", str(root), "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert [r["id"] for r in content["rules"]] == [r.id for r in RULES]
    declared = {"id": "quy-tac", "statement": "Hai số phải như nhau", "severities": ["warning"], "basis": None}
    assert content["declared"] == [declared]


@pytest.mark.parametrize("width", [80, 160])
def test_the_list_in_the_terminal_shows_every_id_whole_with_its_legal_basis(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int
) -> None:
    console = Console(width=width, record=True, file=io.StringIO())
    monkeypatch.setattr(list_of_rules, "Console", lambda: console)
    assert main(["rules", "--root", str(tmp_path)]) == 0
    shown = console.export_text()
    assert all(rule.id in shown for rule in RULES)
    assert "Bộ luật Lao động, Điều 112" in " ".join(shown.split())


def test_findings_are_the_same_whether_or_not_the_tables_were_kept(tmp_path: Path) -> None:
    """Two workbooks' kinds stand in another order in the tables than in the workbooks."""
    sheets = {"events": [event(f"Họp lần thứ {n}") for n in range(12)], **indicators(*COPIED)}
    given = Case(sheets, earlier=("2031-Q1", COPIED)).read(tmp_path)
    assert findings(given) == findings(inputs(given.root)) != []
