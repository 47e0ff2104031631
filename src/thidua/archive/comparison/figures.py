"""Which figures moved from one run to another, by how much, and which submitted cells moved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.archive.comparison.sealed import Place, SealedRun
from thidua.contracts import FigureRecord
from thidua.figures.numbers import decimals_of, format_number

Figures = Mapping[str, FigureRecord]


@dataclass(frozen=True)
class CellChange:
    """A submitted cell that holds something else, with the ids of the figures that it moved."""

    file: str
    sheet: str
    cell: str
    old: str | None
    new: str | None
    label: str
    moved: tuple[str, ...]

    @property
    def place(self) -> str:
        """The cell as an officer finds it: file, sheet, address."""
        return f"{self.file}, trang «{self.sheet}», ô {self.cell}"

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the place, both contents, and in ``moved`` the ids of figures."""
        return {**vars(self), "moved": list(self.moved)}


@dataclass(frozen=True)
class FigureChange:
    """A figure that moved: what was printed before and is now, the exact difference, the cells behind it.

    ``old`` or ``new`` is None where the figure is only in one of the runs, and empty where it has no value there.
    """

    id: str
    label: str
    unit: str
    section: str
    old: str | None
    new: str | None
    difference: str | None
    causes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: both printed texts, the exact difference as text, and in ``causes`` the places of cells."""
        return {**vars(self), "causes": list(self.causes)}


def figure_changes(a: SealedRun, b: SealedRun) -> list[FigureChange]:
    """The figures whose value or printed form is not the same, in the order of the report."""
    changes = []
    for id in dict.fromkeys([*b.figures, *a.figures]):
        old, new = a.figures.get(id), b.figures.get(id)
        if old and new and old.value == new.value and old.printed == new.printed:
            continue
        shown = b.figures.get(id) or a.figures[id]
        causes = tuple(_place_of(b.figures, a.figures, cause) for cause in _causes(a.figures, b.figures, id))
        changes.append(
            FigureChange(
                id,
                shown.label,
                shown.unit,
                shown.section,
                _printed(old),
                _printed(new),
                _difference(old, new),
                causes,
            )
        )
    return changes


def cell_changes(a: SealedRun, b: SealedRun) -> list[CellChange]:
    """The submitted cells that differ, each with the figures that it moved; for runs of one period."""
    moved: dict[Place, list[str]] = {}
    labels: dict[Place, str] = {}
    for id in dict.fromkeys([*b.figures, *a.figures]):
        for cause in _causes(a.figures, b.figures, id):
            place = _place(b.figures.get(cause)) or _place(a.figures.get(cause))
            if place:
                moved.setdefault(place, []).append(id)
                labels[place] = (b.figures.get(cause) or a.figures[cause]).label
    places = [p for p in dict.fromkeys([*b.cells, *a.cells]) if a.cells.get(p) != b.cells.get(p)]
    return [CellChange(*p, a.cells.get(p), b.cells.get(p), labels.get(p, ""), tuple(moved.get(p, ()))) for p in places]


def _causes(a: Figures, b: Figures, id: str) -> list[str]:
    """The ids of the submitted values under a figure that are not the same in both runs."""
    leaves = dict.fromkeys([*_leaves(b, id), *_leaves(a, id)])
    return [leaf for leaf in leaves if _value(a.get(leaf)) != _value(b.get(leaf))]


def _leaves(figures: Figures, id: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    figure = figures.get(id)
    if figure is None or id in seen:
        return
    if figure.source:
        yield id
    for operand in figure.inputs:
        yield from _leaves(figures, operand, seen | {id})


def _value(figure: FigureRecord | None) -> Any:
    return figure.value if figure else None


def _place(figure: FigureRecord | None) -> Place | None:
    source = figure.source if figure else None
    return (source.file, source.sheet, source.cell) if source else None


def _place_of(new: Figures, old: Figures, id: str) -> str:
    place = _place(new.get(id)) or _place(old.get(id))
    return f"{place[0]}, trang «{place[1]}», ô {place[2]}" if place else id


def _printed(figure: FigureRecord | None) -> str | None:
    if figure is None:
        return None
    return "" if figure.value is None else str(figure.printed)


def _difference(old: FigureRecord | None, new: FigureRecord | None) -> str | None:
    """New less old as officials write it, with no more decimals than the printed values have; None without both."""
    if not old or not new or old.value is None or new.value is None:
        return None
    difference = Decimal(new.value) - Decimal(old.value)
    places = max(_decimals(str(f.printed)) for f in (old, new))
    text = format_number(abs(difference), min(places, decimals_of(difference)))
    return f"{'−' if difference < 0 else '+'}{text}"


def _decimals(printed: str) -> int:
    return len(printed.partition(",")[2])
