"""How numbers go wrong under people's hands: digits swapped, the decimal mark slipped, a digit mistyped or lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from thidua.checks.agreement import Range


def slip(submitted: Decimal, decimals: int, true: Range) -> tuple[str, Decimal] | None:
    """The slip that made ``submitted`` of a value in ``true``, and that value; None where no common slip did.

    ``decimals`` is how many the number was written with.
    """
    for kind, value in _origins(submitted, decimals):
        if value != submitted and true.low <= value <= true.high:
            return kind, value
    return None


def one_digit_apart(submitted: Decimal, true: Decimal, decimals: int) -> bool:
    """Whether the two differ in exactly one digit when written with the same number of decimals."""
    first, second = (f"{abs(v):.{decimals}f}" for v in (submitted, true))
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1


def _origins(submitted: Decimal, decimals: int) -> Iterator[tuple[str, Decimal]]:
    sign = -1 if submitted < 0 else 1
    digits = f"{abs(submitted):.{decimals}f}".replace(".", "")
    for n in range(len(digits) - 1):
        swapped = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        if swapped.startswith("0") and not digits.startswith("0"):
            continue
        yield "hai chữ số bị đảo", sign * Decimal(swapped).scaleb(-decimals)
    for shift in (1, -1, 2, -2, 3, -3):
        zeros = "gõ thiếu chữ số 0" if shift > 0 else "gõ thừa chữ số 0"
        yield "dấu thập phân bị trượt" if decimals else zeros, submitted.scaleb(shift)
    for n in range(len(digits)):
        shorter = digits[:n] + digits[n + 1 :]
        if shorter:
            yield "gõ thừa một chữ số", sign * Decimal(shorter).scaleb(-decimals)
    for n in range(len(digits) + 1):
        for digit in "0123456789" if len(digits) > 2 else "":
            yield "gõ thiếu một chữ số", sign * Decimal(digits[:n] + digit + digits[n:]).scaleb(-decimals)
    yield "sai dấu", -submitted
