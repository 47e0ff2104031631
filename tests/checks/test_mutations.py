"""One number changed at a time: how many changes do the checks notice?

Run with -s to see the rates, and the numbers that no rule covers: they show where another rule would pay.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest

from checks.periods import judged, real, real_checked, with_number
from checks.slips import Slip, found, noticed, period, slips
from thidua.checks.finding import Finding
from thidua.checks.grid import Grid, Place
from thidua.figures import Cell
from thidua.figures.numbers import decimals_of
from thidua.intake.cells import Number
from thidua.intake.records import Record

pytestmark = pytest.mark.slow

SAMPLE = 20
# A few workbooks, so that the checks are quick.
FEW = ("nong-nghiep.xlsx", "y-te.xlsx", "tai-chinh-ke-hoach.xlsx")


def test_changes_of_numbers_that_an_identity_ties_are_caught() -> None:
    """Each by the workbooks that its own identities are over."""
    tied = [p for p in Grid(real().data.records) if p.cell in _tied()]
    caught: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for place in tied[::SAMPLE]:
        for kind, number in _mutations(place):
            tried[kind] += 1
            caught[kind] += _noticed(place, number)
    print("\nĐổi một số có trong đẳng thức, phát hiện được:")
    for kind in tried:
        print(f"  {kind}: {caught[kind]}/{tried[kind]}")
    assert caught.total() >= 0.95 * tried.total()


def test_most_numbers_take_part_in_an_identity() -> None:
    places = list(Grid(real().data.records))
    covered = {c for i in real_checked().identities for c in i.cells}
    alone = [p for p in places if p.cell not in covered]
    print(f"\n{len(places)} số, {len(_tied())} bị ràng buộc chặt, {len(covered)} có trong quy tắc; còn lại:")
    for place in alone:
        print(f"  {place.cell}: {place.label} = {place.number.value}")
    assert len(covered) >= 0.8 * len(places)
    assert len(_tied()) >= 0.55 * len(places)


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        *[(kind, 1.0) for kind in ("gấp nghìn lần", "một phần nghìn", "mất dấu thập phân", "sai dấu", "lặp dòng")],
        *[(kind, 0.8) for kind in ("cùng kỳ không như đã báo cáo", "ghi nhầm cột", "nhầm đơn vị tính", "mất dòng")],
        *[(kind, 0.6) for kind in ("thừa một chữ số 0", "bỏ trống")],
    ],
)
def test_single_slips_over_two_periods_are_noticed(kind: str, floor: float) -> None:
    """Of all workbooks, and in larger numbers: benchmarks/slips.py."""
    caught = [noticed(*_alone(slip)) for slip in slips(kind, 6, *FEW)]
    assert sum(caught) >= floor * len(caught) > 0


def test_a_year_beside_its_past_raises_nothing_but_what_is_copied_of_it() -> None:
    known = {f.id for f in real_checked().findings}
    new = [f for f in found(period()) if f.id not in known]
    assert [f.message for f in new if f.severity != "note" and f.rule != "chua-thay-so"] == []


def _alone(slip: Slip) -> tuple[Slip, str]:
    """A slip in the workbook where it is, and which that is."""
    records, cells = slip
    (file,) = {c.file for c in cells} & set(FEW)
    return ([r for r in records if r.file == file], cells), file


@cache
def _tied() -> dict[Cell, frozenset[str]]:
    """The cells that an identity ties, each with the workbooks that those identities are over."""
    tied: dict[Cell, frozenset[str]] = {}
    for identity in (i for i in real_checked().identities if i.ties):
        files = frozenset(cell.file for cell in identity.cells)
        tied |= {cell: tied.get(cell, files) | files for cell in identity.cells}
    return tied


@cache
def _known(files: frozenset[str]) -> frozenset[tuple[object, ...]]:
    return frozenset(_told(judged(real(), _records(files)).findings))


def _records(files: frozenset[str]) -> list[Record]:
    return [r for r in real().data.records if r.file in files]


def _told(findings: list[Finding]) -> dict[tuple[object, ...], Finding]:
    return {(f.id, f.message, f.cells): f for f in findings}


def _noticed(place: Place, number: Number) -> bool:
    """Whether a finding that was not there before names the changed cell."""
    files = _tied()[place.cell]
    records = _records(files)
    row = next(n for n, r in enumerate(records) if r is place.record)
    found = _told(judged(real(), with_number(records, row, place.column.key, number)).findings)
    return any(place.cell in found[key].cells for key in found.keys() - _known(files))


def _mutations(place: Place) -> Iterator[tuple[str, Number]]:
    value, decimals = place.number.value, place.number.decimals
    places = decimals_of(value) if decimals is None else decimals
    digits = f"{abs(value):.{places}f}".replace(".", "")
    dice = random.Random(str(place.cell))
    at = dice.randrange(len(digits))
    other = dice.choice([d for d in "0123456789" if d != digits[at]])
    made = {
        "một chữ số": Decimal(digits[:at] + other + digits[at + 1 :]).scaleb(-places),
        "thêm một phần mười": round(value * Decimal("1.1"), places) if abs(value) >= 10 else value + 3,
        "trượt dấu thập phân": value * 10,
    }
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1]:
            swapped = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
            made["đảo hai chữ số"] = Decimal(swapped).scaleb(-places)
            break
    yield from ((kind, Number(new, decimals)) for kind, new in made.items() if new != value)
