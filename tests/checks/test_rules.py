"""The officer's file of declared rules: its language, its mistakes, and data of other units and earlier periods."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.periods import ROOT, declare, earlier, findings, indicator, judged, only, real, rules_of, small, small_root
from thidua.archive.contents import contents_of
from thidua.checks.declared.relations import Lookups, parse
from thidua.checks.engine import check
from thidua.checks.rules_file import common_rules, load_rules, slips, with_common
from thidua.errors import InputError, Problem, RuleError
from thidua.figures import constant
from thidua.intake.codes import check_codes
from workbooks import FILE, PERIOD, UNIT, add_form, inputs, new_book, problems, write_root

ROWS = [
    indicator("a", 10, plan=20, last=5, printed_to_plan=50),
    indicator("b", 4, "hộ"),
    indicator("c", 6, "hộ", cumulative=9),
    indicator("ty_le", "40,0", "%"),
    indicator("d", 2, "cuộc", cumulative=5),
]


@pytest.mark.parametrize(
    "line",
    [
        "a = 10",
        "a = b + 6",
        "b + 6 = a",
        "a = 2 * (b + 1)",
        "a - b = 6",
        "a.plan = 2 * a.actual",
        "c = 9",
        "c.actual = 6",
        "b <= a",
        "a >= b",
        "b < a",
        "b ≤ a",
        "1 <= a / b <= 3",
        "a = a.plan / 2 = 10",
        "ty_le = percent(b, a)",
        "ty_le = 100 * b / a",
        "a.printed_to_plan = percent(a, a.plan)",
        "share(ty_le, a)",
        "-b = 0 - 4",
        'count(events, "hop") = 2',
        'd = count(events, "hop")',  # rows are of the period, and so is the number beside them
        "d = 5",
    ],
)
def test_a_rule_that_holds_is_silent(tmp_path: Path, line: str) -> None:
    events = [{"topic": "hop", "content": "Họp một"}, {"topic": "hop", "content": "Họp hai"}]
    assert findings(small(tmp_path, indicators=ROWS, events=events, rules=rules_of(line))) == []


@pytest.mark.parametrize("line", ["a = b", "a <= b", "a = b + 7", "ty_le = percent(c, a)", "share(ty_le, c)", "a < b"])
def test_a_rule_that_does_not_hold_is_an_error(tmp_path: Path, line: str) -> None:
    finding = only(small(tmp_path, indicators=ROWS, rules=rules_of(line)))
    assert (finding.rule, finding.severity) == ("quy-tac", "error")
    assert "Hai số phải như nhau" in finding.message


def test_a_rule_about_rounded_amounts_allows_for_rounding(tmp_path: Path) -> None:
    rows = [indicator("a", "10,0", "ha"), indicator("b", "3,3", "ha"), indicator("c", "6,6", "ha")]
    assert findings(small(tmp_path / "near", indicators=rows, rules=rules_of("a = b + c"))) == []
    rows[2]["actual"] = "6,4"
    assert len(findings(small(tmp_path / "far", indicators=rows, rules=rules_of("a = b + c")))) == 1


def test_one_amount_in_two_places_is_alike_where_it_is_written_alike(tmp_path: Path) -> None:
    rows = [indicator("a", 500, "triệu đồng"), indicator("b", 501, "triệu đồng"), indicator("c", "500,4", "triệu đồng")]
    assert len(findings(small(tmp_path / "alike", indicators=rows, rules=rules_of("a = b")))) == 1
    assert findings(small(tmp_path / "rounded", indicators=rows, rules=rules_of("a = c"))) == []


def test_a_value_said_to_be_over_so_much_may_be_a_little_more(tmp_path: Path) -> None:
    rows = [indicator("a", 100, "tỷ đồng", quality="trên"), indicator("b", 101, "tỷ đồng")]
    assert findings(small(tmp_path, indicators=rows, rules=rules_of("a = b"))) == []


def test_a_scope_remark_makes_a_rule_a_warning_that_says_so(tmp_path: Path) -> None:
    rules = rules_of("a = b", scope="có thể khác do phạm vi")
    finding = only(small(tmp_path, indicators=ROWS, rules=rules))
    assert finding.severity == "warning"
    assert "có thể khác do phạm vi" in finding.message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("20 <= a / b <= 30", "10 ÷ 4 = 2,5 («Chỉ tiêu a»; «Chỉ tiêu b»), nhỏ hơn 20"),
        ("0.05 <= a / b <= 1", "10 ÷ 4 = 2,5 («Chỉ tiêu a»; «Chỉ tiêu b»), lớn hơn 1"),
        ("12 <= a", "«Chỉ tiêu a» (kinh-te.xlsx › Chỉ tiêu › D2) ghi 10 người, nhỏ hơn 12"),
        ("a = 12", "ghi 10 người, khác 12"),
    ],
)
def test_a_number_of_the_rule_s_own_is_a_bound_and_no_evidence(tmp_path: Path, line: str, said: str) -> None:
    finding = only(small(tmp_path, indicators=ROWS, rules=rules_of(line, scope="mức thông thường")))
    assert said in finding.message
    assert f"{finding.message}.".endswith("; mức thông thường.")
    assert not re.search(r"([\d.,]+) là \1(?!\d)", finding.message)


def test_a_rounded_result_that_does_not_fit_shows_the_rule_s_caveat_too(tmp_path: Path) -> None:
    rules = rules_of("a.printed_to_plan = percent(a, b)", scope="mẫu số có thể khác")
    finding = next(f for f in findings(small(tmp_path, indicators=ROWS, rules=rules)) if f.rule == "quy-tac")
    assert finding.message.endswith("mẫu số có thể khác")


def test_evidence_is_cited_by_its_cell_and_not_by_a_place_in_some_other_report(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "place": "5.1, chú thích 11"}, ROWS[1]]
    finding = only(small(tmp_path, indicators=rows, rules=rules_of("a = b")))
    assert "kinh-te.xlsx › Chỉ tiêu › D2" in finding.message
    assert "chú thích" not in finding.message


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("a =", "sai cú pháp"),
        ("a + b", "cần một dấu"),
        ("a = max(b, c)", "không có hàm «max»"),
        ("a = percent(b)", "cần 2 giá trị"),
        ("a = b ** 2", "không hiểu được"),
        ("a = b.plann", "plan"),
        ("a = __import__('os')", "không có hàm"),
        ("a = b if c else a", "không hiểu được"),
        ("count(event, 'hop') = 1", "events"),
    ],
)
def test_a_line_outside_the_language_is_an_input_error(tmp_path: Path, line: str, hint: str) -> None:
    with pytest.raises(InputError, match=r"rules\.yaml") as error:
        findings(small(tmp_path, indicators=ROWS, rules=rules_of(line)))
    assert hint in str(error.value)


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("identity: a = b.plann", "b.plann"),
        ("identity: 'a = 2 * b.plann'", "b.plann"),
        ('identity: "a = 2 * b.plann"', "b.plann"),
        ("identity:\n    - b <= a\n    - a ≤ b.plann", "b.plann"),
        ("identity: >-\n      a\n      = c = b.plann + 1", "b.plann"),
        ("identity: |\n      a =\n        max(b, c)", "max"),
        ("identity: a = b ** 2", "b ** 2"),
        ("identity: a = b = share(c, b)", "share"),
        ("identity: a = 2 * 'b'", "'b'"),
        ("identity: a = b + (c * )", ")"),
        ("identity: a = count(events, 'họp') + count(event, 'họp')", "count(event, "),
        ("severity: eror", "severity"),
        ("scop: khác phạm vi", "scop"),
        ("statement: hai lần", "statement"),
    ],
)
def test_a_fault_of_the_rules_is_told_with_the_line_and_the_column_where_it_stands(
    tmp_path: Path, line: str, piece: str
) -> None:
    text = f"rules:\n- id: quy-tac\n  statement: x\n  {line}\n" + ("" if "identity" in line else "  identity: a = 1\n")
    (problem,) = faults(tmp_path, text)
    assert _standing_at(text, problem.cell).startswith(piece)


def test_all_faults_of_the_rules_are_told_at_once_and_with_those_of_params_and_workbooks(tmp_path: Path) -> None:
    book = new_book()
    add_form(book, "Chỉ tiêu", [indicator("a", "12 con")])
    root = write_root(tmp_path / "root", {FILE: book})
    rules = [
        {"id": "ty-le", "statement": "x", "identity": ["a = b.plann + c.lastt", "a = mx(b)"]},
        {"id": "hai", "statment": "x", "identity": "a + b", "severity": "eror"},
        {"id": "hai", "statement": "x", "identity": "a = count(event, 'họp')"},
    ]
    declare(root, {"rules": rules, "anniversaries": [{"name": "Quốc khánh", "year": "xưa"}], "registr": {}})
    found = problems(root)
    assert {p.file for p in found} == {"rules.yaml", FILE}
    told = [str(p) for p in found if p.file == "rules.yaml"]
    hints = [
        *("«ty-le» là mã của một quy tắc có sẵn", "«b.plann»", "«c.lastt»", "không có hàm «mx»", "«rules[2].statment»"),
        *(
            "cần một dấu",
            "gần nhất là «error»",
            "khai hai lần",
            "gần nhất là «events»",
            "«xưa»",
            "gần nhất là «register»",
        ),
    ]
    assert all(any(hint in line for line in told) for hint in hints), told
    assert len(told) == len(hints)
    assert [p.position for p in found] == sorted(p.position for p in found)


_WORDS = ("a", "b.plan", "awards.x.collective", "previous.a", "1", "0.5", "'chữ'", "True", "not", "if", ".")
_CALLS = ("percent(a, b)", "count(events, 'h')", "share(", "(", ")", ",")
_SIGNS = ("+", "-", "*", "/", "**", "=", "==", "≤", "<", "!=", "%", "\n", "\0")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS + _CALLS + _SIGNS), max_size=9))
def test_any_line_is_either_read_and_can_be_worked_out_or_told_with_its_place(pieces: list[str]) -> None:
    line = " ".join(pieces)
    find = Lookups(figure=lambda *_: constant(1), count=lambda *_: constant(1))
    try:
        list(parse(line).figures(find))
    except RuleError as error:
        assert error.faults
        assert all(0 <= f.at <= max(len("".join(line.split())) - 1, 0) for f in error.faults)


def faults(folder: Path, rules: str) -> list[Problem]:
    """What a rules file is refused for."""
    root = small_root(folder, indicators=ROWS)
    (root / "params" / "rules.yaml").write_text(rules, encoding="utf-8")
    return problems(root)


def _standing_at(text: str, place: str) -> str:
    """What of its line stands from the place on that a fault names."""
    line, column = (int(part.split()[1]) for part in place.split(", "))
    return text.splitlines()[line - 1][column - 1 :]


def test_a_misspelt_code_is_an_input_error_that_names_the_nearest_and_the_place(tmp_path: Path) -> None:
    root = small_root(tmp_path, indicators=[indicator("ho_ngheo", 5), indicator("ho_can_ngheo", 7)])
    lines = ["  - ho_ngheo >= 0", "  - >-", "    ho_ngheo <=", "      ho_can_nghoe"]
    text = "\n".join(["rules:", "- id: ngheo", "  statement: x", "  identity:", *lines])
    (root / "params" / "rules.yaml").write_text(text, encoding="utf-8")
    (problem,) = problems(root)
    assert (problem.file, problem.cell) == ("rules.yaml", "dòng 8, cột 7")
    assert problem.found == "quy tắc «ngheo» dùng mã không có «ho_can_nghoe»"
    assert "ho_can_ngheo" in problem.expected


@pytest.mark.parametrize(
    ("code", "present"),
    [
        ("san", "sen"),  # short words are other words
        ("bac_1_hoc_sinh", "bac_2_hoc_sinh"),
        ("tranh_giai_nhat", "tranh_giai_nhi"),
        ("lon_dich_xa", "lon_dich_ho"),
    ],
)
def test_another_unit_s_like_code_is_no_misspelling(tmp_path: Path, code: str, present: str) -> None:
    given = small(tmp_path, indicators=[indicator(present, 5)], rules=rules_of(f"{code} <= 7"))
    assert findings(given) == []


@pytest.mark.parametrize("unit", [UNIT, "xã Khác"])
def test_a_code_that_another_period_or_unit_knows_is_no_misspelling(tmp_path: Path, unit: str) -> None:
    root = small_root(tmp_path, indicators=[indicator("thon_ban", 5)])
    declare(root, {"rules": rules_of("thon_bam <= 9")})
    assert len(problems(root)) == 1
    earlier(root, "2030-M02", indicator("thon_bam", 8), unit=unit)
    assert findings(inputs(root)) == []
    assert list(inputs(root).further_workbooks) == [f"2030-M02/{FILE}"], "what it rests on is archived"


def test_no_row_of_a_period_is_one_that_it_cannot_do_without() -> None:
    """Each indicator and award of the repository's period left out in turn: rules rest, and nothing is refused."""
    given = real()
    rows = given.data.records
    for number, row in enumerate(rows):
        if row.kind in ("indicators", "awards"):
            kept = [*rows[:number], *rows[number + 1 :]]
            codes = {kind: {r.text("code") for r in kept if r.kind == kind} for kind in ("indicators", "awards")}
            assert [*check_codes(kept), *slips(given.rules, codes)] == [], row.values


@pytest.mark.parametrize("first", range(6))
def test_a_rule_rests_when_its_rows_are_left_out_and_the_checks_go_on(first: int) -> None:
    given = real()
    rules = given.rules.rules[first::6]
    absent = {code for rule in rules for line in rule.identity for _, code, _ in parse(line).names}
    kept = [r for r in given.data.records if not {r.text("code"), r.text("topic"), r.text("field")} & absent]
    assert {rule.id for rule in rules} <= {idle.rule for idle in judged(given, kept).idle}


def test_a_total_that_nobody_submits_lets_its_parts_stand_and_is_told(tmp_path: Path) -> None:
    rows = [
        indicator("nam", 4, parent="tong_so", relation="gồm"),
        indicator("nu", 6, parent="tong_so", relation="gồm"),
        indicator("ty_le_nam", 40, "%", formula="nam / tong_so"),
    ]
    finding = only(small(tmp_path, indicators=rows))
    assert (finding.rule, finding.severity, len(finding.cells)) == ("thieu-dong", "warning", 3)
    assert "«tong_so»" in finding.message and "«Chỉ tiêu nu»" in finding.message


def test_a_rule_about_figures_that_a_unit_does_not_have_rests_and_is_listed(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=ROWS, rules=rules_of("a = thu_ngan_sach", "a = 10"))
    checked = check(given.data, given.params, given.rules)
    assert checked.findings == []
    assert [(i.rule, i.missing) for i in checked.own_idle] == [("quy-tac", ("thu_ngan_sach",))]


def test_a_code_beside_a_like_one_in_the_same_rule_is_no_misspelling(tmp_path: Path) -> None:
    rows = [indicator("so_giai_nhi", 3), indicator("so_giai", 4)]
    given = small(tmp_path, indicators=rows, rules=rules_of("so_giai = so_giai_nhat + so_giai_nhi"))
    assert findings(given) == []


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ({"rule": []}, "rules"),
        ({"rules": [{"id": "a", "statment": "x", "identity": "a = b"}]}, "statement"),
        ({"rules": [{"id": "Có dấu", "statement": "x", "identity": "a = b"}]}, "id"),
        ({"rules": [{"id": "a", "statement": "x", "identity": "a = b"} for _ in "12"]}, "hai lần"),
    ],
)
def test_a_faulty_rules_file_is_refused_with_the_right_name(
    tmp_path: Path, content: dict[str, object], hint: str
) -> None:
    root = small_root(tmp_path, indicators=ROWS)
    declare(root, content)
    with pytest.raises(InputError, match=hint):
        inputs(root)


def test_without_a_rules_file_the_derived_checks_still_run(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[indicator("a", 10, plan=20, printed_to_plan=60)])
    (given.root / "params" / "rules.yaml").unlink()
    assert only(inputs(given.root)).rule == "ty-le"


def test_the_repository_s_rules_bind_to_another_unit_s_data_without_a_fault(tmp_path: Path) -> None:
    root = small_root(tmp_path, indicators=ROWS)
    shutil.copy(ROOT / "params" / "rules.yaml", root / "params")
    assert findings(inputs(root)) == []


def test_common_rules_hold_for_a_unit_that_declares_none(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[indicator("chay_rung_vu", 0, "vụ"), indicator("chay_rung_dien_tich", 3, "ha")])
    (given.root / "params" / "rules.yaml").unlink()
    assert only(inputs(given.root)).rule == "chay-rung"


def test_a_unit_s_own_rule_stands_in_the_place_of_the_common_one_of_its_id(tmp_path: Path) -> None:
    rule = {"id": "chay-rung", "statement": "Rừng ở đây không cháy", "identity": "chay_rung_vu = 0"}
    given = small(tmp_path, indicators=[indicator("chay_rung_vu", 2, "vụ")], rules=[rule])
    assert only(given).message.startswith("Rừng ở đây không cháy")
    declare(given.root, {"register": {"topics": list[str]()}})
    assert inputs(given.root).rules.register_scope.topics == ()
    assert common_rules().register_scope.topics


def test_every_line_of_the_common_rules_and_of_the_repository_s_is_in_the_language() -> None:
    for rule in with_common(load_rules(ROOT / "params" / "rules.yaml")).rules:
        assert all(parse(line).names for line in rule.identity)


def test_common_rules_speak_of_no_level() -> None:
    told = " ".join(f"{rule.statement} {rule.scope}" for rule in common_rules().rules).casefold()
    assert not [word for word in ("huyện", "thị trấn", "cấp xã", "cấp tỉnh") if word in told]


def test_a_stock_is_carried_over_from_the_period_before(tmp_path: Path) -> None:
    rows = [indicator("ky_truoc", 66, "hồ sơ"), indicator("con_lai", 71, "hồ sơ")]
    given = small(tmp_path, indicators=rows, rules=rules_of("ky_truoc = previous.con_lai"))
    assert findings(given) == []
    earlier(given.root, "2031-Q1", indicator("con_lai", 60, "hồ sơ"))
    finding = only(inputs(given.root))
    assert "60 hồ sơ" in finding.message
    assert [c.file for c in finding.cells] == [FILE, f"2031-Q1/{FILE}"]
    assert finding.figures == ("ky_truoc.actual", "2031-Q1/con_lai.actual"), "no figure of this period's report"


def test_cumulative_values_grow_by_the_period_s(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[indicator("rau", 20, "ha", cumulative=55)])
    earlier(given.root, "2031-Q1", indicator("rau", 30, "ha"))
    finding = only(inputs(given.root))
    assert (finding.rule, finding.severity) == ("cong-don", "warning")
    assert finding.cause == "", "that the number reported before is right is known to nobody"


def test_last_year_s_value_is_what_was_reported_last_year(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[indicator("rau", 20, "ha", last=15)])
    earlier(given.root, "2030-Q2", indicator("rau", 18, "ha"))
    assert only(inputs(given.root)).rule == "so-cung-ky"


def test_another_unit_s_earlier_data_do_not_count(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=[indicator("rau", 20, "ha", last=15)])
    earlier(given.root, "2030-Q2", indicator("rau", 18, "ha"), unit="xã Khác")
    assert findings(inputs(given.root)) == []
    assert inputs(given.root).notes == ("Không so với kỳ 2030-Q2: 2030-Q2.yaml là của xã Khác",)


def test_earlier_data_and_rules_are_among_a_run_s_inputs(tmp_path: Path) -> None:
    given = small(tmp_path, indicators=ROWS)
    earlier(given.root, "2030-Q2", indicator("a", 5))
    (given.root / "data" / "raw" / "2030-Q2" / f"~${FILE}").write_bytes(b"left by Excel beside an open workbook")
    of_the_data = [
        n for n in contents_of(inputs(given.root)) if not n.startswith(("inputs/library/", "inputs/notebooks/"))
    ]
    assert of_the_data == [
        "inputs/2030-Q2.yaml",
        f"inputs/{PERIOD}.yaml",
        f"inputs/raw/2030-Q2/{FILE}",
        f"inputs/raw/{FILE}",
        "inputs/rules.yaml",
    ]
