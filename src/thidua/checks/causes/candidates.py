"""The single changes that mend several broken identities, kept up to date while one after the other is taken.

A period may have hundreds of broken identities: what concerns one of them is looked at again only when one that
shares its cells is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from thidua.checks.agreement import Range, step_of
from thidua.checks.causes.repair import Repair, Web, column_of, exchangeable, solution
from thidua.checks.grid import Place
from thidua.checks.identities.identity import Identity, range_of
from thidua.figures import Cell

# How far off what its other numbers give a value may lie for an identity to hold: rounding leaves less room by far.
_TIMES, _STEPS = Decimal("1.5"), 8


class _Pair(NamedTuple):
    """Two cells that may have been exchanged; ``beside``: the second stands above, below or in the row of the first."""

    first: Cell
    second: Cell
    beside: bool


class Candidates:
    """The repairs of some broken identities that mend more than one of them."""

    def __init__(self, web: Web, broken: Sequence[Identity]):
        self._web, self._grid = web, web.grid
        self._order = {id(identity): n for n, identity in enumerate(broken)}
        self._at: dict[Cell, list[Identity]] = defaultdict(list)
        for identity in broken:
            for cell in identity.cells:
                if cell in self._grid:
                    self._at[cell].append(identity)
        self._columns: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
        for cell in self._at:
            self._columns[self._column(cell)].append(cell)
        self._ranges: dict[tuple[int, Cell], Range | None] = {}
        self._single: dict[Cell, list[Repair]] = {}
        self._exchanges: dict[_Pair, Repair] = {}
        self._pairs_of: dict[Cell, set[_Pair]] = defaultdict(set)
        for cell in self._at:
            self._look_at(cell)
            for pair in self._pairs(cell):
                if pair.first == cell:  # the other way about it comes up with the other cell
                    self._try(pair)

    def best(self) -> Repair | None:
        """The repair that mends most, of equal ones the first in the order of identities and their cells."""
        ranks = [repair.rank for _, _, repair in self._singles()] + [r.rank for r in self._exchanges.values()]
        if not ranks:
            return None
        top = max(ranks)
        found = [((0, self._place(cell), (n, 0)), r) for cell, n, r in self._singles() if r.rank == top]
        found += [(self._place_of(pair), r) for pair, r in self._exchanges.items() if r.rank == top]
        return min(found, key=lambda f: f[0])[1]

    def drop(self, mended: Iterable[Identity]) -> None:
        """Leave out identities that are dealt with."""
        gone = {id(identity) for identity in mended}
        touched = dict.fromkeys(c for i in mended for c in i.cells if c in self._at)
        again: dict[_Pair, None] = {}
        for cell in touched:
            again |= dict.fromkeys(self._pairs(cell))
            for pair in self._pairs_of.pop(cell, set()):
                self._exchanges.pop(pair, None)
        for cell in touched:
            self._at[cell] = [i for i in self._at[cell] if id(i) not in gone]
            if not self._at[cell]:
                del self._at[cell]
                self._columns[self._column(cell)].remove(cell)
            self._look_at(cell)
        for pair in again:
            self._try(pair)

    def _singles(self) -> Iterator[tuple[Cell, int, Repair]]:
        for cell, repairs in self._single.items():
            for n, repair in enumerate(repairs):
                yield cell, n, repair

    def _look_at(self, cell: Cell) -> None:
        """Find what a change of one cell alone mends."""
        self._single.pop(cell, None)
        broken = self._at.get(cell, ())
        if len(broken) > 1 and (found := [r for r in self._web.repairs_at(cell, broken) if len(r.mended) > 1]):
            self._single[cell] = found

    def _pairs(self, cell: Cell) -> Iterator[_Pair]:
        """The pairs that a cell is one of."""
        for other in self._columns[self._column(cell)] if cell in self._at else ():
            if other != cell:
                first, second = sorted((cell, other))
                yield _Pair(first, second, beside=False)
        for beside in self._grid.near(cell):
            yield _Pair(cell, beside.cell, beside=True)
            yield _Pair(beside.cell, cell, beside=True)

    def _try(self, pair: _Pair) -> None:
        """Find what an exchange of two cells mends."""
        known = self._at.get(pair.first, ()), self._at.get(pair.second, ())
        if not known[0] or (not pair.beside and not known[1]):
            return
        first, second = self._grid[pair.first], self._grid[pair.second]
        if pair.beside and known[1] and first.record is not second.record:
            return  # one above the other, both broken: a pair of their column
        touched = {id(i): i for i in (*known[0], *known[1])}
        ways = ((first, second), (second, first))
        if len(touched) < 2 or any(self._far_off(i, here, there) for here, there in ways for i in touched.values()):
            return
        if not exchangeable(first, second):
            return
        ordered = sorted(touched.values(), key=lambda i: self._order[id(i)])
        if not pair.beside and self._place(pair.second) < self._place(pair.first):
            first, second = second, first
        if (repair := self._web.exchange(first, second, ordered)) is not None:
            self._exchanges[pair] = repair
            self._pairs_of[pair.first].add(pair)
            self._pairs_of[pair.second].add(pair)

    def _far_off(self, identity: Identity, here: Place, there: Place) -> bool:
        """Whether the identity cannot hold with the number from there put here, by far."""
        if here.cell not in identity.cells or there.cell in identity.cells:
            return False
        key = (id(identity), here.cell)
        if key not in self._ranges:
            self._ranges[key] = _room(identity, here)
        room = self._ranges[key]
        return room is not None and not room.low <= there.number.value <= room.high

    def _column(self, cell: Cell) -> tuple[str, str, str]:
        return column_of(self._grid[cell])

    def _place(self, cell: Cell) -> tuple[int, int]:
        """Where a cell comes first among the identities that are left."""
        first = self._at[cell][0]
        return self._order[id(first)], first.cells.index(cell)

    def _place_of(self, pair: _Pair) -> tuple[int, tuple[int, int], tuple[int, int]]:
        if not pair.beside:
            first, second = sorted((self._place(pair.first), self._place(pair.second)))
            return 1, first, second
        near = [p.cell for p in self._grid.near(pair.first)]
        return 2, self._place(pair.first), (near.index(pair.second), 0)


def _room(identity: Identity, place: Place) -> Range | None:
    """Outside of which values of a cell the identity cannot hold; None where that cannot be told beforehand."""
    if (wanted := solution(identity, place.cell)) is None:
        return None
    right = range_of(identity.right)
    if right.low <= 0:
        return None
    room = _STEPS * step_of(place.number.value, place.number.decimals) + wanted.high - wanted.low
    if place.cell == identity.left.cell and identity.ties and place.cell not in identity.right.cells:
        return Range(right.low - room, right.high + room)
    # What the other numbers leave open by their own rounding widens it in proportion.
    times = _TIMES * right.high / right.low
    low = wanted.low / times if wanted.low > 0 else wanted.low * times
    high = wanted.high * times if wanted.high > 0 else wanted.high / times
    return Range(low - room, high + room)
