"""One policy for what the report prints: sound inputs give the recomputed value, doubtful ones give none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.periods import ROOT, indicator, real, real_checked, small
from tables.shown import carried, outputs, page
from thidua.charts.kinds import progress_chart
from thidua.checks.declared.declarations import Rules
from thidua.checks.engine import Checked, check
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.printed import derived
from thidua.dataset import Dataset
from thidua.document.block import plain
from thidua.document.bundled import is_bundled
from thidua.figures import Indicator, constant
from thidua.figures.numbers import decimals_of, round_half_up
from thidua.forms.roles import bases
from thidua.inputs import Inputs
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.prose.quantities import compared, progress
from thidua.prose.words import Words
from thidua.report import open_report
from thidua.tables.section_tables import progress_table


def checked(given: Inputs) -> Checked:
    return check(given.data, given.params, given.rules, given.past)


def shown(word: Callable[..., None], *rows: Indicator) -> str:
    """What a table or chart prints of indicators on the report's page, as HTML."""
    found = outputs(word, rows, title="Kết quả", key="ket_qua")
    return str(page(*(block for output in found if is_bundled(output) for block in carried(output).blocks)))


def of_plan(row: Indicator) -> Words:
    """How far the plan was reached."""
    return compared(row, next(base for base in bases() if base.is_plan))


def told(phrase: Callable[[Indicator], Words], row: Indicator) -> str:
    """What a phrase of prose says of an indicator."""
    return plain(phrase(row).as_runs)


WARD = [
    indicator("kham", 23300, plan=43880, printed_to_plan="53,1"),
    indicator("noi_tru", 2800, plan=43880, printed_to_plan="33,9"),
]

# A chart has four marks or more.
BESIDE = [indicator("ngoai_tru", 70, plan=80), indicator("tiem", 53, plan=90), indicator("kham_thai", 41, plan=60)]


def test_a_ratio_to_a_plan_copied_from_the_row_above_is_printed_nowhere_and_the_finding_says_so(tmp_path: Path) -> None:
    found = checked(small(tmp_path, indicators=[*WARD, *BESIDE]))
    row = found.printed.indicators["noi_tru"]
    assert row.to_plan.withheld
    assert told(progress, row) == "đạt 2.800\u00a0người"
    whole = shown(progress_table, *found.printed.indicators) + shown(progress_chart, *found.printed.indicators)
    assert "6,4" not in whole
    assert "33,9" not in whole
    assert whole.count("chưa tính vì số liệu gốc cần xem lại: Chỉ tiêu noi_tru") == 2
    (finding,) = [f for f in found.findings if f.rule == "ty-le"]
    assert finding.withheld == ("Chỉ tiêu noi_tru, so với kế hoạch",)


def test_an_accepted_finding_puts_nothing_in_doubt(tmp_path: Path) -> None:
    (finding,) = [f for f in checked(small(tmp_path / "a", indicators=WARD)).findings if f.rule == "ty-le"]
    accepted = [{"id": finding.id, "who": "Trưởng phòng", "why": "kế hoạch đúng như vậy", "values": finding.values}]
    found = checked(small(tmp_path / "b", indicators=WARD, params={"accepted": accepted}))
    assert found.printed.indicators["noi_tru"].to_plan.printed == "6,4"


SPENT = [
    indicator("von", 117638, unit="triệu đồng"),
    indicator("von_tinh", 500, unit="triệu đồng", parent="von", relation="gồm"),
    indicator("von_xa", 117138, unit="triệu đồng", parent="von", relation="gồm"),
    indicator("giai_ngan", 55567, unit="triệu đồng", printed_to_plan="47,4"),
]
BASE = [
    {
        "id": "ty-le-giai-ngan",
        "statement": "Tỷ lệ giải ngân so với kế hoạch vốn được giao",
        "identity": "giai_ngan.printed_to_plan = percent(giai_ngan, von)",
        "scope": "mẫu số có thể chỉ là phần vốn do một cấp quản lý",
    }
]


def test_a_ratio_whose_base_stands_in_another_row_is_recomputed_from_there_in_prose_table_and_chart(
    tmp_path: Path,
) -> None:
    rows = checked(small(tmp_path, indicators=[*SPENT, *BESIDE], rules=BASE)).printed.indicators
    assert told(of_plan, rows["giai_ngan"]) == "đạt 47,2% kế hoạch"
    for word in (progress_table, progress_chart):
        printed = shown(word, *rows.pick("giai_ngan", "ngoai_tru", "tiem", "kham_thai"))
        assert "47,2" in printed
        assert "47,4" not in printed


def test_the_department_s_own_base_stands_where_the_finding_about_it_was_accepted(tmp_path: Path) -> None:
    first = checked(small(tmp_path / "a", indicators=SPENT, rules=BASE))
    (finding,) = [f for f in first.findings if f.rule == "ty-le-giai-ngan"]
    accepted = [
        {"id": finding.id, "who": "Trưởng phòng", "why": "mẫu số là vốn cấp xã quản lý", "values": finding.values}
    ]
    found = checked(small(tmp_path / "b", indicators=SPENT, rules=BASE, params={"accepted": accepted}))
    assert told(of_plan, found.printed.indicators["giai_ngan"]) == "đạt 47,4% kế hoạch"


def test_a_result_that_was_mistyped_or_cut_off_gives_way_to_the_recomputed_value(tmp_path: Path) -> None:
    rows = [
        indicator("a", 7, plan=8, printed_to_plan="88,5"),
        indicator("b", 352, plan=1742, printed_to_plan="20,20"),
        indicator("c", 351, plan=612, printed_to_plan="96,3"),
    ]
    printed = checked(small(tmp_path, indicators=rows)).printed.indicators
    assert [printed[code].to_plan.printed for code in "abc"] == ["87,5", "20,21", "57,4"]


def test_a_computed_row_over_an_impossible_number_is_withheld_instead_of_falling_back(tmp_path: Path) -> None:
    rows = [
        indicator("thu", -5, unit="đồng"),
        indicator("chi", 3, unit="đồng"),
        indicator("du", 2, unit="đồng", formula="thu + chi"),
    ]
    found = checked(small(tmp_path, indicators=rows))
    assert found.printed.indicators["du"].done.withheld
    assert any("Chỉ tiêu du, tính lại" in f.withheld for f in found.findings)


def test_the_real_period_prints_sound_ratios_and_none_over_doubtful_plans() -> None:
    printed = open_report("2024-H1", ROOT).indicators
    sound = ("giai_ngan", "giai_ngan_ktht", "dua", "lua_xuan", "ngoai_tru_xa")
    assert [printed[code].to_plan.printed for code in sound] == ["47,2", "47,2", "57,4", "96,19", "103,9"]
    assert all(printed[code].to_plan.withheld for code in ("noi_tru_huyen", "ngo_xuan", "dau_do"))
    assert printed.ty_le_truc_tuyen_chung.done.printed == "86,6"
    assert open_report("2024-H1", ROOT).awards.chien_si_thi_dua_co_so.share_individual.printed == "47,37"


def test_the_real_period_obeys_the_policy() -> None:
    _obeys(real_checked())
    assert [f.label for f in derived(real().data) if f.withheld] == []


@st.composite
def _period(draw: st.DrawFn) -> list[Record]:
    """Rows with plan and last year, their percentages right, and then some cells spoilt in the ways of departments."""
    rows: list[dict[str, Decimal]] = []
    number = st.integers(100, 10**6).map(Decimal)
    for _ in range(draw(st.integers(2, 5))):
        row = {"actual": draw(number), "plan": draw(number), "last": draw(number)}
        for printed, base in (("printed_to_plan", "plan"), ("printed_to_last", "last")):
            if draw(st.booleans()):
                row[printed] = round_half_up(100 * row["actual"] / row[base], draw(st.integers(0, 2)))
        if draw(st.integers(0, 3)) == 0:
            del row[draw(st.sampled_from(["plan", "last", "actual"]))]
        rows.append(row)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(rows) - 1))
        key = draw(st.sampled_from([*rows[at]]))
        spoilt = draw(st.sampled_from(["above", "digit", "sign", "shift"]))
        value = rows[at][key]
        if spoilt == "above" and at and key in rows[at - 1]:
            rows[at][key] = rows[at - 1][key]
        elif spoilt == "digit":
            rows[at][key] = value + Decimal(9).scaleb(-decimals_of(value))
        elif spoilt == "sign":
            rows[at][key] = -value
        elif spoilt == "shift":
            rows[at][key] = value.scaleb(draw(st.sampled_from([-1, 1])))
    return [_record(n, row) for n, row in enumerate(rows, 7)]


_COLUMNS = {"actual": "H", "plan": "J", "last": "L", "printed_to_plan": "M", "printed_to_last": "O"}


def _record(n: int, row: dict[str, Decimal]) -> Record:
    texts = {"code": f"ct_{n}", "name": f"Chỉ tiêu {n}", "unit": "ha"}
    values = {key: Number(value, decimals_of(value)) for key, value in row.items()}
    cells = {"code": f"A{n}", "name": f"B{n}", "unit": f"C{n}"} | {k: f"{_COLUMNS[k]}{n}" for k in row}
    return Record("indicators", "bieu.xlsx", "Chỉ tiêu", n, "0", {**texts, **values}, cells)


@settings(max_examples=60, deadline=None)
@given(_period())
def test_every_derived_figure_of_any_period_obeys_the_policy(records: list[Record]) -> None:
    _obeys(check(Dataset(records), real().params, Rules()))


def _obeys(found: Checked) -> None:
    """Withheld if and only if a number that it rests on is suspected; told so; else recomputed, or as submitted."""
    suspects = {cell for f in found.findings if not f.accepted for cell in f.suspects}
    recomputed = _recomputed(found)
    for figure in derived(found.printed):
        cells = {part.cell for part in figure.walk() if part.cell is not None}
        if figure.withheld:
            assert cells & suspects
            assert any(figure.label in f.withheld for f in found.findings), figure.label
        elif figure.value is not None and figure.inputs:
            assert not cells & suspects, figure.label
            assert figure.value == recomputed[figure.id]
    for row in found.printed.indicators:
        _agree(row)


def _agree(row: Indicator) -> None:
    """Prose, table and chart print one and the same."""
    if row.done.missing:
        return
    ratio = row.to_plan
    if ratio.missing:
        assert "%" not in told(progress, row).partition(", bằng")[2] and "vượt" not in told(progress, row)
    elif "vượt" in (said := told(of_plan, row)):
        excess = said.removeprefix("vượt ").partition("%")[0]
        assert ratio.value is not None and (ratio - constant(100)).named("x", "", ratio.decimals).printed == excess
    else:
        assert f"đạt {ratio.printed}%" in said


def _recomputed(found: Checked) -> dict[str, Decimal | None]:
    """The same figures over the same cells, without any judgement, by their ids; those of declared rules as printed."""
    printed = {f.id: f.value for f in derived(found.printed)}
    return printed | {f.id: f.value for f in derived(Dataset(found.printed.records))}


def test_of_two_doubts_about_a_cell_the_graver_is_told_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    period = small(tmp_path, indicators=[indicator("lua", 120)])
    (cell,) = (r.cell("actual") for r in period.data.records if r.kind == "indicators")
    light, grave = (Finding("x", s, s, "", "", (cell,), suspects=(cell,)) for s in ("note", "error"))

    class Rule:
        def find(self, given: Given) -> list[Finding]:
            return [light, grave]

    monkeypatch.setattr("thidua.checks.engine.FINDERS", (Rule(),))
    checked = check(period.data, period.params, period.rules)
    assert checked.judgement.doubts[cell] == "error"
    assert {f.doubt for f in checked.printed.indicators["lua"].figures if f.cell == cell} == {"error"}
