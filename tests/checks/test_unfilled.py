"""Workbooks copied from an earlier period and not filled in are told; what stays the same with reason is not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checks.periods import findings, indicator, real
from plain_yaml import dumped
from thidua.checks.finding import Finding
from thidua.checks.past import past_of
from thidua.checks.rules.unfilled import NotFilledIn
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.settings.period import Period
from workbooks import FILE, add_form, department, inputs, new_book, params, write_root

SHEETS = ("Chỉ tiêu", "Sự kiện")
Rows = list[dict[str, Any]]


def numbers(count: int, off: int = 0, **more: Any) -> Rows:
    """Rows of an indicator table; the first ``off`` of them with other values."""
    return [indicator(f"c{n}", 107 + 31 * n + (5 if n < off else 0), "lượt", **more) for n in range(count)]


def events(count: int, word: str = "Họp") -> Rows:
    return [{"topic": "hop", "content": f"{word} lần thứ {n} có 20 người dự"} for n in range(count)]


def judged(folder: Path, now: dict[str, Rows], then: dict[str, Rows], period: str = "2031-Q1") -> list[Finding]:
    """The findings of a period with these sheets, beside an earlier period with those."""
    root = write_root(folder / "root", {FILE: _book(now)}, departments=[department(FILE, *now)])
    text = dumped(params(period=period, departments=[department(FILE, *then)]), sort_keys=True)
    (root / "params" / f"{period}.yaml").write_text(text, encoding="utf-8")
    (root / "data" / "raw" / period).mkdir(parents=True)
    _book(then, period).save(root / "data" / "raw" / period / FILE)
    return [f for f in findings(inputs(root)) if f.rule in ("chua-thay-so", "cong-don")]


def _book(sheets: dict[str, Rows], period: str = "2031-Q2") -> Any:
    book = new_book(period=period)
    for title, rows in sheets.items():
        add_form(book, title, rows)
    return book


@pytest.mark.parametrize("period", ["2031-Q1", "2030-Q2", "2030-FY"])
def test_a_workbook_copied_and_not_filled_in_is_an_error_whichever_kept_period_it_comes_from(
    tmp_path: Path, period: str
) -> None:
    sheets = {"Chỉ tiêu": numbers(12), "Sự kiện": events(4)}
    (finding,) = judged(tmp_path, sheets, sheets, period)
    assert (finding.rule, finding.severity) == ("chua-thay-so", "error")
    assert FILE in finding.message
    assert "trang Chỉ tiêu 12/12 dòng, 12/12 ô" in finding.message
    assert "trang Sự kiện 4/4 dòng" in finding.message
    assert {f"{FILE} › Chỉ tiêu › D2", f"{FILE} › Chỉ tiêu › D3"} <= {str(c) for c in finding.cells}


def test_one_sheet_left_as_it_was_is_told_though_the_others_are_filled_in(tmp_path: Path) -> None:
    now = {"Chỉ tiêu": numbers(40, off=40), "Sự kiện": events(10)}
    then = {"Chỉ tiêu": numbers(40), "Sự kiện": events(10)}
    (finding,) = judged(tmp_path, now, then)
    assert "trang Sự kiện 10/10 dòng" in finding.message


def test_a_workbook_filled_in_for_a_small_part_is_a_warning(tmp_path: Path) -> None:
    (finding,) = judged(tmp_path, {"Chỉ tiêu": numbers(20, off=4)}, {"Chỉ tiêu": numbers(20)})
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("now", "then"),
    [
        # Half of the rows are of what stays the same for a year.
        ({"Chỉ tiêu": numbers(20, off=10)}, {"Chỉ tiêu": numbers(20)}),
        # Plans and names stay; only what was done is another.
        ({"Chỉ tiêu": numbers(20, off=20, plan=500)}, {"Chỉ tiêu": numbers(20, plan=500)}),
        # Tables too small to tell.
        ({"Chỉ tiêu": numbers(6)}, {"Chỉ tiêu": numbers(6)}),
        # Nothing happened, twice.
        (
            {"Chỉ tiêu": [indicator(f"c{n}", 0, "vụ") for n in range(20)]},
            {"Chỉ tiêu": [indicator(f"c{n}", 0, "vụ") for n in range(20)]},
        ),
        # Rows whose numbers are still to come.
        ({"Chỉ tiêu": [indicator(f"c{n}") for n in range(20)]}, {"Chỉ tiêu": numbers(20)}),
        ({"Sự kiện": events(20, "Hội nghị")}, {"Sự kiện": events(20)}),
    ],
)
def test_what_stays_the_same_with_reason_is_silent(tmp_path: Path, now: dict[str, Rows], then: dict[str, Rows]) -> None:
    assert judged(tmp_path, now, then) == []


def test_documents_that_still_hold_are_no_sign_of_copying(tmp_path: Path) -> None:
    rows = [
        {"number": f"{n}/2025/NĐ-CP", "date": dt.datetime(2025, 5, n), "issuer": "Chính phủ", "title": f"Việc {n}"}
        for n in range(5, 17)
    ]
    assert judged(tmp_path, {"Văn bản": rows}, {"Văn bản": rows}) == []


def test_cumulative_values_left_as_they_were_are_told_with_the_workbook(tmp_path: Path) -> None:
    rows = [indicator(f"c{n}", 10 + n, "lượt", cumulative=40 + n) for n in range(12)]
    (finding,) = judged(tmp_path, {"Chỉ tiêu": rows}, {"Chỉ tiêu": rows})
    assert finding.rule == "chua-thay-so"
    assert len(finding.effects) == 12


def test_a_report_on_a_longer_part_of_the_year_may_tell_the_events_of_the_shorter_again() -> None:
    records = [r for r in real().data.records if r.kind == "events"]
    half = past_of(Period(2024, "H1"), records, {})
    assert _unfilled(records, Period(2024, "9M"), {"previous": half}) == []
    assert _unfilled(records, Period(2024, "H2"), {"previous": half}) != []


def _unfilled(*judged: Any) -> list[Finding]:
    return list(NotFilledIn().unfilled(*judged))


def test_every_department_of_a_real_period_copied_whole_is_told_and_none_that_changed_what_can_change() -> None:
    """What stays is meant as in the real data: plans of capital, works, blocks, councils, schools, villages."""
    records = real().data.records
    before = {"previous": past_of(Period(2024, "H1"), records, {})}
    told = _unfilled(records, Period(2024, "H2"), before)
    rows = Counter(r.file for r in records)
    by_chance = {f: "error" if n >= 10 else "warning" for f, n in rows.items() if n > 6}
    assert {f.cells[0].file: f.severity for f in told} == by_chance
    assert _unfilled([_another(r) for r in records], Period(2024, "H2"), before) == []


STAYS = ("kế hoạch vốn", "công trình", "khối", "cụm", "hội đồng", "trường", "thôn", "dân số", "tỷ lệ", "năm 2023")


def _another(record: Record) -> Record:
    """The row as an honest next period has it."""
    if any(word in record.text("name").lower() for word in STAYS):
        return record
    changed = {
        k: Number(v.value + 1, v.decimals) if isinstance(v, Number) else f"{v} khác" if k == "content" else v
        for k, v in record.values.items()
    }
    if record.kind == "register":
        changed["title"] = f"{record.text('title')} khác"
    return Record(record.kind, record.file, record.sheet, record.row, record.sha256, changed, record.cells)
