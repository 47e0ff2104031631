"""Values that stand twice in a column where nothing makes them equal: perhaps copied from the wrong row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from thidua.checks.causes.repair import Web
from thidua.checks.finding import Finding
from thidua.checks.given import Given
from thidua.checks.grid import Grid, Place
from thidua.checks.identities.identity import Identity
from thidua.checks.in_words import amount
from thidua.checks.rule import FollowingRule
from thidua.figures import Cell
from thidua.figures.units import PERCENT

_DIGITS = 3


class EqualValues(FollowingRule):
    """Equal values of one unit in neighbouring rows, or of one form, that no identity binds and no finding names."""

    id = "trung-gia-tri"
    holds = f"Hai dòng cùng cột, cùng đơn vị tính thường không trùng một số có từ {_DIGITS} chữ số"
    severities = ("note",)

    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings, then one for each value of a column that stands at several places, however many."""
        known = {cell for f in findings for cell in f.cells}
        linked = _linked([*web.broken, *web.sound])
        found = list(findings)
        for places in _columns(given.grid):
            same: dict[object, list[Place]] = defaultdict(list)
            for place in places:
                if _digits(place) >= _DIGITS:
                    same[place.number.value].append(place)
            for group in same.values():
                alike: dict[Cell, Place] = {}
                for first, second in pairwise(group):
                    pair = frozenset((first.cell, second.cell))
                    if pair not in linked and first.cell not in known and second.cell not in known:
                        alike |= {first.cell: first, second.cell: second}
                if alike:
                    found.append(self._copied(list(alike.values())))
        return found

    def _copied(self, places: list[Place]) -> Finding:
        first = places[0]
        value = amount(first.number.value, first.record.text("unit"), first.number.decimals)
        near = all(below.record.row - above.record.row <= 2 for above, below in pairwise(places))
        *names, last = (f"«{p.row_name}»" for p in reversed(places))
        return self.finding(
            f"{', '.join(names)} và {last} cùng ghi {value}; nếu không phải trùng hợp thì một số đã chép nhầm",
            (p.cell for p in places),
            (*(p.record.text("code") for p in places), first.column.key),
            printed=value,
            cause="chép từ dòng trên" if near else "",
            suspects=(p.cell for p in places[1:]) if near else (),
        )


def _columns(grid: Grid) -> Iterable[list[Place]]:
    """The numbers of each column of indicators that are of one unit, percentages left out."""
    columns: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in grid:
        unit = place.record.text("unit")
        if place.record.kind == "indicators" and unit != PERCENT and place.column.type == "number":
            columns[place.cell.file, place.cell.sheet, place.column.key, unit].append(place)
    return columns.values()


def _linked(identities: Iterable[Identity]) -> set[frozenset[Cell]]:
    """Pairs of cells that some identity binds: their being equal is no accident."""
    return {frozenset((a, b)) for i in identities if len(i.cells) <= 12 for a in i.cells for b in i.cells if a != b}


def _digits(place: Place) -> int:
    return len("".join(str(d) for d in place.number.value.normalize().as_tuple().digits))
