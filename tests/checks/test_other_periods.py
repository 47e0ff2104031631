"""A period begun with the files of the one before is never handed in under the old one's name."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from checks.periods import findings, indicator, only, small
from thidua.checks.engine import check
from thidua.checks.finding import Finding
from workbooks import EMPTY_NOTEBOOK, FILE, add_form, indicators, inputs, new_book, params, params_file, write_root

ROW = indicator("a", 10)
OWN = "Sơ kết phong trào thi đua {{ period.name }}; nhiệm vụ {{ period.next.name }}"


def document(**changes: Any) -> dict[str, Any]:
    return {"document": {**params()["document"], **changes}}


def basis(**more: Any) -> dict[str, Any]:
    row = {"number": "115/CTĐ-NV", "date": dt.datetime(2031, 6, 10), "type": "Công văn", "issuer": "UBND tỉnh Đông Hà"}
    return {"title": "Báo cáo công tác thi đua", "topic": "can_cu_bao_cao", **row, **more}


def with_banner(folder: Path, *lines: str) -> list[Finding]:
    book = new_book()
    sheet = add_form(book, "Chỉ tiêu", [ROW], top=len(lines) + 2)
    for row, line in enumerate(lines, 1):
        sheet.cell(row, 1, line)
    return findings(inputs(write_root(folder, {FILE: book})))


def test_a_title_of_another_period_is_an_error_that_names_the_parameter(tmp_path: Path) -> None:
    finding = only(small(tmp_path, indicators=[ROW], params=document(title="Sơ kết phong trào quý I năm 2031")))
    assert (finding.rule, finding.severity) == ("ky-trong-tham-so", "error")
    assert "document.title" in finding.message
    assert "quý II năm 2031" in finding.message


def test_a_title_that_names_the_period_by_itself_is_right_in_every_period(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[ROW], params=document(title=OWN))
    assert given.params.document.title == "Sơ kết phong trào thi đua quý II năm 2031; nhiệm vụ quý III năm 2031"
    assert findings(given) == []


def test_a_heading_of_another_period_is_an_error(tmp_path: Path) -> None:
    sections = [
        {"heading": "Kết quả {{ period.name }}", "sections": [{"notebook": "01_mo_dau"}]},
        {"heading": "Kết quả quý I năm 2031", "sections": [{"notebook": "02"}]},
    ]
    finding = only(small(tmp_path, indicators=[ROW], params={"sections": sections}))
    assert "Kết quả quý I năm 2031" in finding.message
    assert "Kết quả quý II" not in finding.message


def test_a_period_typed_into_a_notebook_s_heading_is_an_error(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[ROW])
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Kết quả quý I năm 2031"},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": "%%prose\n## Kết quả {{ period.name }}"},
    ]
    (given.root / "notebooks" / "01_mo_dau.ipynb").write_text(json.dumps({**EMPTY_NOTEBOOK, "cells": cells}))
    finding = only(given)
    assert (finding.rule, finding.severity) == ("ky-trong-notebook", "error")
    assert "01_mo_dau: «Kết quả quý I năm 2031»" in finding.message


@pytest.mark.parametrize("line", ["QUÝ I NĂM 2031", "Quý II/2030", "6 tháng đầu năm 2031", "2031-Q1"])
def test_a_banner_of_another_period_is_an_error_with_its_cell(tmp_path: Path, line: str) -> None:
    (finding,) = with_banner(tmp_path / "root", "PHÒNG KINH TẾ", "BIỂU CHỈ TIÊU", line)
    assert (finding.rule, finding.severity) == ("ky-trong-bieu", "error")
    assert [str(c) for c in finding.cells] == [f"{FILE} › Chỉ tiêu › A3"]


@pytest.mark.parametrize(
    "lines",
    [
        ["QUÝ II NĂM 2031"],
        ["Quý II/2031, so với cùng kỳ năm 2030"],
        ["BIỂU CHỈ TIÊU NĂM 2031"],
        ["NHIỆM VỤ QUÝ III NĂM 2031"],
        ["Quý II năm 2031", "và ước quý III năm 2031"],
        ["PHÒNG KINH TẾ"],
    ],
)
def test_a_banner_that_may_stand_above_the_period_s_table_is_silent(tmp_path: Path, lines: list[str]) -> None:
    assert with_banner(tmp_path / "root", *lines) == []


def test_another_year_above_a_table_in_a_part_of_a_year_is_asked_about(tmp_path: Path) -> None:
    (finding,) = with_banner(tmp_path / "root", "Danh hiệu thi đua năm 2030")
    assert finding.severity == "warning"


def test_old_banners_on_all_sheets_are_one_finding(tmp_path: Path) -> None:
    book = new_book()
    for title, row in (("Chỉ tiêu", ROW), ("Sự kiện", {"topic": "hop", "content": "Họp"})):
        add_form(book, title, [row], heading="Quý I năm 2031")
    (finding,) = findings(inputs(write_root(tmp_path / "root", {FILE: book})))
    assert [c.sheet for c in finding.cells] == ["Chỉ tiêu", "Sự kiện"]


def test_banners_are_told_again_when_the_tables_come_from_the_cache(tmp_path: Path) -> None:
    root = write_root(tmp_path / "root", {FILE: indicators(ROW, heading="Quý I năm 2031")})
    assert [f.id for f in findings(inputs(root))] == [f.id for f in findings(inputs(root))] != []


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (basis(), None),
        (basis(title="Báo cáo sơ kết quý II năm 2031"), None),
        (basis(title="Báo cáo sơ kết quý I năm 2031"), "error"),
        (basis(title="Hướng dẫn thi đua năm 2029"), "warning"),
        (basis(date=dt.datetime(2031, 3, 10)), "warning"),
        (basis(number="9/KH-UBND", type="Kế hoạch", date=dt.datetime(2030, 12, 10)), None),
        (basis(number="9/KH-UBND", type="Kế hoạch", date=dt.datetime(2029, 12, 10)), "warning"),
        (basis(number="06/2022/QH15", type="Luật", issuer="Quốc hội", date=dt.datetime(2022, 6, 15)), None),
    ],
)
def test_the_document_that_the_report_rests_on_belongs_to_the_period(
    tmp_path: Path, row: dict[str, Any], severity: str | None
) -> None:
    found = findings(small(tmp_path, documents=[row]))
    assert [(f.rule, f.severity) for f in found] == ([("van-ban-can-cu", severity)] if severity else [])


def test_documents_that_are_only_named_may_be_of_any_period(tmp_path: Path) -> None:
    row = basis(title="Kết quả quý I năm 2031", topic="van_ban_chi_dao")
    assert findings(small(tmp_path, documents=[row])) == []


@pytest.mark.parametrize(
    ("date", "severity"),
    [
        ("2031-06-14", None),
        ("2031-08-30", None),
        ("2031-03-14", "error"),
        ("2031-04-10", "error"),
        ("2030-06-14", "error"),
        ("2031-12-14", "warning"),
        ("2033-06-14", "error"),
    ],
)
def test_a_report_is_signed_about_the_end_of_its_period(tmp_path: Path, date: str, severity: str | None) -> None:
    found = findings(small(tmp_path, indicators=[ROW], params=document(date=date)))
    assert [(f.rule, f.severity) for f in found] == ([("ngay-bao-cao", severity)] if severity else [])


def test_events_of_a_part_of_the_year_outside_the_period_are_one_finding(tmp_path: Path) -> None:
    times = ["quý I năm 2031", "Quý IV/2030", "quý II năm 2031", "tháng 5/2031", "Năm 2031", "từ quý I năm 2031", "Hè"]
    events = [{"topic": "hop", "content": f"Họp {n} {time}"} for n, time in enumerate(times)]
    finding = only(small(tmp_path, events=events))
    assert (finding.rule, finding.severity) == ("thoi-gian-ngoai-ky", "warning")
    assert [c.address for c in finding.cells] == ["B2", "B3"]


def test_params_copied_to_the_next_period_with_only_the_period_changed_are_never_silent(tmp_path: Path) -> None:
    title = "Sơ kết phong trào thi đua quý I năm 2031; phương hướng, nhiệm vụ quý II năm 2031"
    given = small(tmp_path, indicators=[ROW], params=document(title=title, date="2031-03-20"))
    assert [f.rule for f in findings(given) if f.severity == "error"] == ["ky-trong-tham-so", "ngay-bao-cao"]
    checked = check(given.data, given.params, given.rules)
    assert all(f.cells == () for f in checked.findings)
    assert params_file(given.root).name in " ".join(f.message for f in checked.findings)
