"""A number format never takes away what a department wrote."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from thidua.document.block import plain
from thidua.figures import Figure
from thidua.figures.numbers import decimals_of, format_number
from thidua.forms.roles import bases
from thidua.intake.decimals import places
from thidua.prose.quantities import amount, compared
from workbooks import FILE, RICE, indicators, inputs, write_root

_TYPED = st.decimals(min_value=-(10**8), max_value=10**8, places=6)
_SHOWN = st.none() | st.integers(0, 6)


@given(value=_TYPED, cut=st.integers(0, 6), shown=_SHOWN)
def test_every_digit_that_a_person_can_type_is_printed_whatever_the_cell_shows(
    value: Decimal, cut: int, shown: int | None
) -> None:
    typed = value.quantize(Decimal(1).scaleb(-cut))
    printed = Figure("a", typed, "ha", decimals=places(typed, shown)).printed
    assert Decimal(printed.replace(".", "").replace(",", ".")) == typed
    assert len(printed.partition(",")[2]) == max(decimals_of(typed), shown or 0)


@given(part=st.integers(1, 10**6), whole=st.integers(1, 10**6), shown=_SHOWN)
def test_what_a_spreadsheet_divided_is_printed_with_at_least_one_decimal_and_never_as_nought(
    part: int, whole: int, shown: int | None
) -> None:
    value = Decimal(f"{100 * part / whole:.15g}")
    printed = Decimal(format_number(value, places(value, shown)).replace(".", "").replace(",", "."))
    assert printed != 0
    assert abs(printed - value) <= Decimal("0.05")


def test_a_copied_number_format_changes_neither_an_amount_nor_a_small_fall(tmp_path: Path) -> None:
    row = {**RICE, "unit": "nghìn lượt người", "actual": 3.5, "printed_change": -0.23}
    book = indicators(row)
    for cell in book["Chỉ tiêu"][2]:
        cell.number_format = "#,##0"
    indicator = inputs(write_root(tmp_path, {FILE: book})).data.indicators["lua"]
    assert plain(amount(indicator).as_runs).replace("\u00a0", " ") == "3,5 nghìn lượt người"
    assert plain(compared(indicator, bases()[-1]).as_runs) == "giảm 0,23% so với cùng kỳ"
