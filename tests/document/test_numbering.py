"""Numbers of headings by the decree: «Phần I», «I.», «1.», «1.1.», «1.1.1.», «a)»."""

from __future__ import annotations

from thidua.document.numbering import HeadingNumbers, letter, roman


def test_each_level_has_its_own_kind_of_number() -> None:
    numbers = HeadingNumbers()
    assert [numbers.next(level) for level in range(1, 8)] == [
        "Phần I", "I.", "1.", "1.1.", "1.1.1.", "a)", "",
    ]  # fmt: skip


def test_deeper_levels_start_again_under_the_next_heading() -> None:
    numbers = HeadingNumbers()
    levels = (1, 2, 3, 4, 6, 6, 4, 6, 2, 3, 1, 2)
    assert [numbers.next(level) for level in levels] == [
        "Phần I", "I.", "1.", "1.1.", "a)", "b)", "1.2.", "a)", "II.", "1.", "Phần II", "I.",
    ]  # fmt: skip


def test_points_are_lettered_in_the_order_of_the_vietnamese_alphabet() -> None:
    assert "".join(letter(n) for n in range(1, 9)) == "abcdđegh"


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
