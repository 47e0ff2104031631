"""Which single cell, changed, would put broken identities right: so that one wrong cell makes one finding."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from functools import cached_property

from thidua.checks.agreement import Range, step_of
from thidua.checks.causes.plausible import could_be, could_be_meant
from thidua.checks.causes.slips import slip
from thidua.checks.grid import Grid, Place
from thidua.checks.identities.identity import Changes, Identity, range_of
from thidua.figures import Cell
from thidua.figures.numbers import EXACT, decimals_of, round_half_up
from thidua.figures.what_if import worked_out

_FAR = Decimal("1e30")


@dataclass(frozen=True)
class Repair:
    """A change of cells that mends ``mended``: what each cell should be, and the slip that may have spoilt it."""

    changes: Mapping[Cell, Decimal]
    mended: tuple[Identity, ...]
    slip: str = ""

    @property
    def rank(self) -> tuple[int, bool]:
        """What the better of two repairs has more of: identities mended, then a known slip that explains it."""
        return len(self.mended), bool(self.slip)


class Web:
    """All identities of the period, with the cells that tie them together."""

    def __init__(self, identities: Iterable[Identity], grid: Grid):
        self.grid = grid
        self.broken: list[Identity] = []
        self.sound: list[Identity] = []
        for identity in identities:
            verdict = identity.verdict()
            if verdict == "broken":
                self.broken.append(identity)
            elif verdict != "unknown":
                self.sound.append(identity)

    @cached_property
    def _at(self) -> dict[Cell, list[Identity]]:
        found: dict[Cell, list[Identity]] = defaultdict(list)
        for identity in (*self.broken, *self.sound):
            for cell in identity.cells:
                found[cell].append(identity)
        return found

    def at(self, cell: Cell) -> Sequence[Identity]:
        """The identities that rest on the cell, the broken ones first."""
        return self._at.get(cell, ())

    def sound_at(self, cell: Cell) -> Sequence[Identity]:
        """The identities that hold and rest on the cell."""
        return [identity for identity in self.at(cell) if identity.verdict() != "broken"]

    def spoils(self, changes: Changes) -> bool:
        """Whether the change would break an identity that holds."""
        touched = {id(i): i for cell in changes for i in self.sound_at(cell)}
        return any(i.verdict(changes) == "broken" for i in touched.values())

    def repairs(self, identity: Identity) -> Iterator[Repair]:
        """Changes of one cell, or exchanges of two, that mend a broken identity and break none."""
        cells = dict.fromkeys(c for c in identity.cells if c in self.grid)
        for cell in cells:
            yield from self.repairs_at(cell, [identity])
        for first, second in self._exchangeable(cells):
            if (repair := self.exchange(first, second, [identity])) is not None:
                yield repair

    def repairs_at(self, cell: Cell, broken: Sequence[Identity]) -> Iterator[Repair]:
        """Changes of a cell that mend one or more of the broken identities that rest on it, and break none."""
        ranges = [(i, found) for i in broken if (found := solution(i, cell)) is not None]
        place = self.grid[cell]
        number = place.number
        decimals = decimals_of(number.value) if number.decimals is None else number.decimals
        for mended, true in _overlaps(ranges):
            known = slip(number.value, decimals, true)
            slipped = known is not None and could_be(place, known[1]) and _exact(mended, {cell: known[1]})
            tried = [(known[1], known[0])] if known and slipped else []
            tried += [(value, "") for value in _plain_values(true, decimals) if could_be_meant(place, value)]
            for value, kind in tried:
                changes = {cell: value}
                if all(i.verdict(changes) != "broken" for i in mended) and not self.spoils(changes):
                    yield Repair(changes, mended, kind)
                    break

    def exchange(self, first: Place, second: Place, broken: Sequence[Identity]) -> Repair | None:
        """The exchange of two numbers, where it mends all broken identities that rest on either, and breaks none."""
        changes = {first.cell: second.number.value, second.cell: first.number.value}
        if any(i.verdict(changes) == "broken" for i in broken) or not any(i.ties for i in broken):
            return None
        return None if self.spoils(changes) else Repair(changes, tuple(broken), "hai số bị đổi chỗ cho nhau")

    def _exchangeable(self, cells: Mapping[Cell, object]) -> Iterator[tuple[Place, Place]]:
        """Pairs that a person could exchange: in one row, or one above the other, or both broken in one column."""
        places = [self.grid[c] for c in cells]
        for first, second in itertools.combinations(places, 2):
            if column_of(first) == column_of(second) and exchangeable(first, second):
                yield first, second
        for place in places:
            for other in self.grid.near(place.cell):
                apart = other.cell not in cells or other.record is place.record
                if apart and exchangeable(place, other):
                    yield place, other


def solution(identity: Identity, cell: Cell) -> Range | None:
    """The values of a cell for which the identity holds, all others as submitted; None where none can be told.

    The sides' difference must be linear in the cell or in its reciprocal: true for sums, differences and ratios.
    """
    if identity.relation == "share":
        return None
    here = next(f for f in identity.leaves if f.cell == cell)
    if here.value is None:
        return None

    def gap(x: Decimal) -> Decimal | None:
        left, right = worked_out(identity.left, {cell: x}), worked_out(identity.right, {cell: x})
        return None if left is None or right is None else left - right

    with localcontext(EXACT):
        start = here.value or Decimal(1)
        points = [(x, gap(x)) for x in (start, 2 * start, 3 * start)]
        if any(y is None for _, y in points):
            return None
        known = [(x, y) for x, y in points if y is not None]
        slack = _slack(identity)
        for inverse in (False, True):
            line = [(1 / x if inverse else x, y) for x, y in known]
            found = _between(line, slack, identity.relation == "<=")
            if found is not None:
                return _inverted(found) if inverse else found
    return None


def _exact(mended: Iterable[Identity], changes: Changes) -> bool:
    """Whether a slip explains the sums to the last digit: within rounding alone, too many slips would do."""
    ties = [i for i in mended if i.ties and not i.printed]
    return any(i.ties for i in mended) and all(
        worked_out(i.left, changes) == worked_out(i.right, changes) for i in ties if i.kind != "bases"
    )


def _slack(identity: Identity) -> Decimal:
    if identity.printed:
        # A whole unit of the last decimal: what was cut off instead of rounded is no break either.
        assert identity.left.value is not None
        return step_of(identity.left.value, identity.left.decimals)
    widths = [r.high - r.low for r in (range_of(identity.left), range_of(identity.right))]
    return sum(widths, Decimal(0)) / 2


def _between(line: list[tuple[Decimal, Decimal]], slack: Decimal, at_most: bool) -> Range | None:
    (x1, y1), (x2, y2), (x3, y3) = line
    slope = (y2 - y1) / (x2 - x1)
    expected = y1 + slope * (x3 - x1)
    if slope == 0 or abs(expected - y3) > abs(y3) * Decimal("1e-20") + Decimal("1e-20"):
        return None
    high = x1 + (slack - y1) / slope
    low = (-_FAR if slope > 0 else _FAR) if at_most else x1 + (-slack - y1) / slope
    return Range(min(low, high), max(low, high))


def _inverted(found: Range) -> Range | None:
    if found.low <= 0 <= found.high:
        return None
    return Range(1 / found.high, 1 / found.low)


def _overlaps(ranges: list[tuple[Identity, Range]]) -> Iterator[tuple[tuple[Identity, ...], Range]]:
    """Sets of identities that one value can mend, the largest first, with the values that do."""
    seen: set[tuple[int, ...]] = set()
    found = []
    for _, start in ranges:
        together = [(i, r) for i, r in ranges if r.low <= start.low <= r.high]
        key = tuple(id(i) for i, _ in together)
        if key not in seen:
            seen.add(key)
            true = Range(max(r.low for _, r in together), min(r.high for _, r in together))
            found.append((tuple(i for i, _ in together), true))
    yield from sorted(found, key=lambda f: -len(f[0]))


def _plain_values(true: Range, decimals: int) -> Iterator[Decimal]:
    """Values in the range written with as few decimals as can be: the nearest to a bound, else one of its middle.

    None where the whole range lies further off than any number that a workbook may have.
    """
    if true.high <= -_FAR or true.low >= _FAR:
        return
    with localcontext(EXACT):
        step = Decimal(1).scaleb(-decimals)
        if true.low <= -_FAR:
            yield true.high.quantize(step, ROUND_FLOOR)
            return
        if true.high >= _FAR:
            yield true.low.quantize(step, ROUND_CEILING)
            return
        middle = (true.low + true.high) / 2
        for places in (decimals, decimals + 1, decimals + 2):
            value = round_half_up(middle, places)
            if true.low <= value <= true.high:
                yield value
                return


def exchangeable(first: Place, second: Place) -> bool:
    """Whether two numbers are another and each could stand in the other's cell."""
    if first.column.type != second.column.type or first.number.value == second.number.value:
        return False
    return could_be(first, second.number.value) and could_be(second, first.number.value)


def column_of(place: Place) -> tuple[str, str, str]:
    """Workbook, sheet and column of a number."""
    return place.record.file, place.record.sheet, place.column.key
