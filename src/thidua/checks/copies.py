"""Values that stand twice in a column where nothing makes them equal: perhaps copied from the wrong row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise

from thidua.checks.causes.grid import Grid, Place
from thidua.checks.finding import Finding
from thidua.checks.wording import amount
from thidua.figures import Cell
from thidua.figures.units import PERCENT

_DIGITS = 3


def copied_values(grid: Grid, linked: Collection[frozenset[Cell]], known: Collection[Cell]) -> Iterator[Finding]:
    """Equal values of one unit in neighbouring rows, or of one form, of three digits or more.

    ``linked`` are pairs of cells that an identity binds, ``known`` the cells that other findings already name.
    """
    columns: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in grid:
        unit = place.record.text("unit")
        if place.record.kind == "indicators" and unit != PERCENT and place.column.type == "number":
            columns[place.cell.file, place.cell.sheet, place.column.key, unit].append(place)
    for places in columns.values():
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
                yield _copied(list(alike.values()))


def _copied(places: list[Place]) -> Finding:
    first = places[0]
    value = amount(first.number.value, first.record.text("unit"), first.number.decimals)
    near = all(below.record.row - above.record.row <= 2 for above, below in pairwise(places))
    *names, last = (f"«{p.row_name}»" for p in reversed(places))
    return Finding(
        rule="trung-gia-tri",
        severity="note",
        message=f"{', '.join(names)} và {last} cùng ghi {value}; nếu không phải trùng hợp thì một số đã chép nhầm",
        printed=value,
        recomputed="",
        cells=tuple(p.cell for p in places),
        codes=(*(p.record.text("code") for p in places), first.column.key),
        cause="chép từ dòng trên" if near else "",
        suspects=tuple(p.cell for p in places[1:]) if near else (),
    )


def _digits(place: Place) -> int:
    return len("".join(str(d) for d in place.number.value.normalize().as_tuple().digits))
