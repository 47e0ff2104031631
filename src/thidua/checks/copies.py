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
            for first, second in pairwise(group):
                pair = frozenset((first.cell, second.cell))
                if pair in linked or first.cell in known or second.cell in known:
                    continue
                yield _copied(first, second)


def _copied(first: Place, second: Place) -> Finding:
    value = amount(second.number.value, second.record.text("unit"), second.number.decimals)
    near = second.record.row - first.record.row <= 2
    return Finding(
        rule="trung-gia-tri",
        severity="note",
        message=f"«{second.row_name}» và «{first.row_name}» cùng ghi {value}; nếu không phải trùng hợp thì một số đã "
        "chép nhầm",
        printed=value,
        recomputed="",
        cells=(first.cell, second.cell),
        codes=(first.record.text("code"), second.record.text("code"), second.column.key),
        cause="chép từ dòng trên" if near else "",
    )


def _digits(place: Place) -> int:
    return len("".join(str(d) for d in place.number.value.normalize().as_tuple().digits))
