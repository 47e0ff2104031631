"""Figures: exact values, units that must fit, provenance that follows by itself, ids that tell figures apart."""

from __future__ import annotations

import pickle
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_decimal
from hypothesis import assume, given
from hypothesis import strategies as st

from thidua.contracts import FigureRecord, Place
from thidua.document.block import Paragraph
from thidua.document.runs import number
from thidua.document.walking import printed
from thidua.errors import FigureError, FormulaError
from thidua.figures import Cell, Figure, change, constant, explained, magnitude, missing, percent, readable, total
from thidua.figures.figure_record import records
from thidua.figures.numbers import decimals_of, format_number, format_quantity, round_half_up
from thidua.figures.units import is_count
from thidua.figures.written import evaluate, names

VALUES = st.decimals(-(10**15), 10**15, places=4)
POSITIVE = st.decimals("0.0001", 10**15, places=4)
ANY = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)
CODES = st.sampled_from([f"{letter}{number}" for letter in "abcdefgh" for number in range(8)])


def figure(code: str, value: Decimal | int | str | None, unit: str = "ha") -> Figure:
    if value is None:
        return missing(f"{code}.actual", unit, label=code)
    cell = Cell("a.xlsx", "Chỉ tiêu", f"D{sum(map(ord, code))}", "ab" * 32)
    return Figure(f"{code}.actual", Decimal(value), unit, cell, code)


def exactly(found: Figure) -> Fraction:
    assert found.exact is not None
    return Fraction(*found.exact)


FIGURES = st.builds(figure, CODES, VALUES)
MAYBE = st.builds(figure, CODES, st.one_of(st.none(), VALUES))


# rounding and printing


@given(ANY, st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value: Decimal, decimals: int) -> None:
    scaled = abs(Fraction(value)) * 10**decimals
    expected = Fraction(int(scaled + Fraction(1, 2)), 10**decimals) * (-1 if value < 0 else 1)
    assert Fraction(round_half_up(value, decimals)) == expected


@given(ANY, st.integers(0, 6))
def test_nought_is_never_printed_as_minus_nought(value: Decimal, decimals: int) -> None:
    printed = format_number(value, decimals)
    assert printed.strip("-0,.") or not printed.startswith("-")


@given(ANY, st.integers(0, 6))
def test_a_printed_number_reads_back_as_its_rounded_value(value: Decimal, decimals: int) -> None:
    printed = format_number(value, decimals)
    assert Decimal(printed.replace(".", "").replace(",", ".")) == round_half_up(value, decimals)
    assert len(printed.partition(",")[2]) == decimals


@given(ANY)
def test_a_number_without_given_decimals_prints_all_its_digits(value: Decimal) -> None:
    printed = format_number(value)
    assert Decimal(printed.replace(".", "").replace(",", ".")) == value
    assert not printed.partition(",")[2].endswith("0")
    assert decimals_of(value) == len(printed.partition(",")[2])


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_the_form_is_that_of_cldr_for_vietnamese(value: Decimal, decimals: int) -> None:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    rounded = abs(rounded) if rounded == 0 else rounded
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    assert format_number(value, decimals) == format_decimal(rounded, format=pattern, locale="vi")


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "printed"),
    [
        ("2", "vụ", None, "02"),
        ("9", "hồ sơ", 0, "09"),
        ("10", "vụ", None, "10"),
        ("0", "vụ", None, "0"),
        ("-3", "vụ", None, "-3"),
        ("2", "ha", None, "2"),
        ("2.7", "ha", None, "2,7"),
        ("2", "tạ/ha", None, "2"),
        ("2", "m²", None, "2"),
        ("2", "Tấn", None, "2"),
        ("5", "triệu đồng", None, "5"),
        ("5", "%", 0, "5"),
        ("96.185", "%", 2, "96,19"),
        ("1919.10", "ha", 2, "1.919,10"),
        ("0.6", "vụ", 0, "01"),
        ("9.5", "vụ", 0, "10"),
        ("1234567.5", "đồng", None, "1.234.567,5"),
    ],
)
def test_counts_below_ten_take_a_leading_nought_and_measures_do_not(
    value: str, unit: str, decimals: int | None, printed: str
) -> None:
    assert format_quantity(Decimal(value), unit, decimals) == printed


@pytest.mark.parametrize(
    ("unit", "count"), [("người", True), ("hộ", True), ("xã, thị trấn", True), ("km2", False), ("nghìn lượt", False)]
)
def test_units_are_counted_or_measured(unit: str, count: bool) -> None:
    assert is_count(unit) is count


# arithmetic


@given(FIGURES, FIGURES)
def test_operators_are_those_of_arithmetic(a: Figure, b: Figure) -> None:
    assert exactly(a + b) == exactly(a) + exactly(b)
    assert exactly(a - b) == exactly(a) - exactly(b)
    assert exactly(a * b) == exactly(a) * exactly(b)
    assume(b.value != 0)
    assert exactly(a / b) == exactly(a) / exactly(b)
    assert exactly(percent(a, b)) == 100 * exactly(a) / exactly(b)


@given(FIGURES, POSITIVE)
def test_growth_is_the_percentage_less_a_hundred(a: Figure, base: Decimal) -> None:
    before = figure("truoc", base)
    assert exactly(change(a, before)) == exactly(percent(a, before) - constant(100))


@given(FIGURES, POSITIVE)
def test_nothing_is_lost_on_the_way_through_a_quotient(a: Figure, divisor: Decimal) -> None:
    b = figure("b", divisor, "hộ")
    assert (a / b * b).value == a.value


@given(FIGURES, POSITIVE, st.integers(0, 4))
def test_a_percentage_is_printed_as_exact_arithmetic_rounds_it(a: Figure, whole: Decimal, decimals: int) -> None:
    found = percent(a, figure("b", whole))
    assert found.value is not None
    assert a.value is not None
    exact = 100 * Fraction(a.value) / Fraction(whole)
    scaled = int(abs(exact) * 10**decimals + Fraction(1, 2))
    assert abs(Fraction(round_half_up(found.value, decimals))) == Fraction(scaled, 10**decimals)


@given(st.lists(FIGURES, min_size=1, max_size=8))
def test_a_total_is_the_sum_in_any_order(figures: list[Figure]) -> None:
    expected = sum(Fraction(f.value) for f in figures if f.value is not None)
    assert exactly(total(*figures)) == expected
    assert total(*reversed(figures)).value == total(*figures).value
    assert sum(figures[1:], figures[0]).value == total(*figures).value


@given(MAYBE, MAYBE)
def test_a_missing_value_makes_the_result_missing_and_says_why(a: Figure, b: Figure) -> None:
    for found in (a + b, a - b, a * b, total(a, b)):
        assert found.missing is (a.missing or b.missing)
        assert bool(found.why) is found.missing
        if found.missing:
            assert found.why.startswith("thiếu ")
            assert found.printed == "chưa có số liệu"


@pytest.mark.parametrize(
    ("base", "why"),
    [(0, "b bằng 0 nên không tính được tỷ lệ"), (None, "thiếu b")],
)
def test_a_ratio_without_a_base_has_no_value_and_says_why(base: int | None, why: str) -> None:
    a, b = figure("a", 5), figure("b", base)
    for found in (percent(a, b), change(a, b), a / b):
        assert (found.value, found.why) == (None, why)


def test_growth_over_a_negative_base_means_nothing() -> None:
    found = change(figure("a", 5), figure("b", -5))
    assert (found.value, found.why) == (None, "b là số âm nên không tính được mức tăng, giảm")


@given(VALUES)
def test_a_magnitude_has_no_sign_and_leaves_a_positive_figure_as_it_is(value: Decimal) -> None:
    a = figure("a", value)
    found = magnitude(a)
    assert found.value == abs(value)
    assert (found is a) is (value >= 0)
    assert magnitude(figure("a", None)).missing


def test_a_total_of_nothing_is_an_error() -> None:
    with pytest.raises(FigureError):
        total()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_figure_is_a_finite_number(value: str) -> None:
    with pytest.raises(FigureError):
        Figure("x", Decimal(value), "ha")


def test_a_figure_is_neither_true_nor_false() -> None:
    with pytest.raises(FigureError, match="nonzero"):
        bool(figure("a", 0))


# units


@pytest.mark.parametrize("combine", [lambda a, b: a + b, lambda a, b: a - b, percent, change, total])
def test_units_that_do_not_go_together_are_refused_with_their_names(combine: object) -> None:
    assert callable(combine)
    with pytest.raises(FigureError, match=r"khác đơn vị tính: a \(ha\), b \(tấn\)"):
        combine(figure("a", 1, "ha"), figure("b", 2, "tấn"))


def test_a_missing_figure_of_another_unit_is_refused_all_the_same() -> None:
    with pytest.raises(FigureError):
        figure("a", 1, "ha") + figure("b", None, "tấn")
    assert (figure("a", 1, "ha") + figure("b", None, "")).unit == "ha"


@pytest.mark.parametrize(
    ("found", "unit"),
    [
        (figure("a", 6, "tấn") / figure("b", 2, "ha"), "tấn/ha"),
        (figure("a", 6, "ha") / figure("b", 2, "ha"), ""),
        (figure("a", 6, "ha") * constant(2), "ha"),
        (percent(figure("a", 6), figure("b", 2)), "%"),
        (change(figure("a", 6), figure("b", 2)), "%"),
        (percent(figure("a", 6), figure("b", 2)) - constant(100), "%"),
        (total(figure("a", 6), figure("b", 2)), "ha"),
    ],
)
def test_a_result_has_the_unit_that_follows(found: Figure, unit: str) -> None:
    assert found.unit == unit


# provenance and ids


@given(FIGURES, FIGURES, FIGURES)
def test_an_id_follows_from_the_expression_and_from_nothing_else(a: Figure, b: Figure, c: Figure) -> None:
    assume(len({a.id, b.id, c.id}) == 3)
    first, again = percent(a + b, c), percent(a + b, c)
    assert first.id == again.id
    different = [a + b, b + a, a - b, b - a, a * b, (a + b) + c, a + (b + c), total(a, b, c), (a - b) - c, a - (b - c)]
    different += [percent(a, b), percent(b, a), change(a, b), total(a, b)]
    assert len({f.id for f in different}) == len(different)


@given(st.lists(FIGURES, min_size=15, max_size=30, unique_by=lambda f: f.id))
def test_a_long_expression_has_a_short_id_of_its_own(figures: list[Figure]) -> None:
    one, other = total(*figures), total(*figures[1:], figures[0])
    assert len(one.id) <= 120
    assert one.id == total(*figures).id
    assert one.id != other.id


def test_records_come_inputs_first_and_each_once() -> None:
    a, b = figure("a", 6), figure("b", 2)
    share = percent(a, a + b).named("ty_le", "Tỷ lệ", 1)
    found = records([share, a, share])
    assert [r.id for r in found] == ["a.actual", "b.actual", "(a.actual+b.actual)", "ty_le"]
    assert found[-1] == FigureRecord(
        id="ty_le",
        label="Tỷ lệ",
        value="75",
        printed="75,0",
        unit="%",
        formula="100 × a.actual ÷ (a.actual+b.actual)",
        operator="percent",
        inputs=("a.actual", "(a.actual+b.actual)"),
        source=None,
        why=None,
    )
    assert found[0].source == Place(file="a.xlsx", sheet="Chỉ tiêu", cell="D97")
    assert printed([Paragraph(runs=(number(share), number(a), number(share)))]) == ["ty_le", "a.actual"]


@pytest.mark.parametrize(
    "other",
    [
        figure("b", 6),
        replace(figure("a", 6), decimals=2),
        percent(figure("a", 6), figure("b", 6)),
        figure("a", 6, "tấn"),
        figure("a", None),
    ],
)
def test_two_figures_of_one_id_are_refused(other: Figure) -> None:
    a = figure("a", 6).named("x")
    with pytest.raises(FigureError, match="cùng mang mã «x»"):
        records([a, other.named("x", decimals=other.decimals)])
    assert len(records([a, a.named("x", "nhãn khác")])) == 1


def test_a_figure_that_rests_on_itself_many_times_is_walked_once() -> None:
    found = figure("a", 1)
    for n in range(200):
        found = (found + found).named(f"x{n}")
    assert len(list(found.walk())) == 201
    assert found.value is not None
    assert exactly(found) == 2**200


def test_values_are_never_written_in_powers_of_ten() -> None:
    (record,) = records([Figure("x", Decimal("1E+10"), "đồng")])
    assert record.value == "10000000000"


def test_a_figure_survives_a_copy_to_another_process() -> None:
    share = percent(figure("a", 1), figure("b", 3))
    assert pickle.loads(pickle.dumps(share)) == share


def test_a_formula_reads_as_a_person_writes_it() -> None:
    a, b = figure("a", 6), figure("b", 2)
    assert readable(change(a, b)) == "100 × (a.actual − b.actual) ÷ b.actual"
    assert readable(a * b) == "a.actual × b.actual"
    assert readable(total(a, b)) == "a.actual + b.actual"
    assert readable(magnitude(figure("a", -1))) == "|a.actual|"
    assert readable(a) is None
    assert explained(a / b) == "3,00 = a.actual ÷ b.actual (a = 6; b = 2)"
    assert explained(a) == "6 ha — a.xlsx › Chỉ tiêu › D97"
    assert explained(missing("x", why="đơn vị lập biểu để trống")) == "chưa có số liệu (đơn vị lập biểu để trống)"


# formulas written in a form


@given(FIGURES, FIGURES, FIGURES)
def test_a_written_formula_is_computed_as_arithmetic_reads_it(a: Figure, b: Figure, c: Figure) -> None:
    known = {"a": a, "b": b, "c": c}
    assert exactly(evaluate("a + b - c", known.__getitem__, "ha")) == exactly(a + b - c)
    assert exactly(evaluate("a - (b - c)", known.__getitem__, "ha")) == exactly(a - (b - c))
    assume(c.value != 0)
    assert exactly(evaluate("(a + b) / c", known.__getitem__, "%")) == exactly(percent(a + b, c))
    assert exactly(evaluate("(a + b) / c", known.__getitem__, "")) == exactly((a + b) / c)


@pytest.mark.parametrize(
    "text",
    [
        *("", "a +", "a b", "a ** b", "a % b", "a // b", "-a", "f(a)", "a.b", "a[0]", "1.5 * a", "'x'", "True"),
        *("lambda: a", "a if b else c", "__import__('os')", "a; b", "a\x00"),
        *("(" * 300 + "a" + ")" * 300, "a+" * 600 + "a"),
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match="công thức"):
        evaluate(text, lambda code: figure(code, 1), "ha")


@pytest.mark.filterwarnings("error")
@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        list(names(text))
    except FormulaError as error:
        assert "công thức" in str(error)


def test_the_longest_formula_can_be_computed() -> None:
    text = "+".join(["a"] * 500)
    assert evaluate(text, lambda code: figure(code, 1), "ha").value == 500
