"""Which figures moved from one run to another, by how much, and which submitted cells moved them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from thidua.archive.comparison.sealed import Place, SealedRun
from thidua.contracts import FigureRecord
from thidua.figures.numbers import EXACT, decimals_of, format_number
from thidua.figures.units import PERCENT

# Decimals of a change in hundredths.
_SHARE_PLACES = 2
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
    ``percent`` is the change in hundredths of the old value; None for a percentage, whose difference is in points, and
    where there is no such change. ``values`` are the exact old and new values, None where there is none.
    """

    id: str
    label: str
    unit: str
    section: str
    old: str | None
    new: str | None
    difference: str | None
    percent: str | None
    causes: tuple[str, ...]
    values: tuple[Decimal | None, Decimal | None] = (None, None)

    @property
    def changes(self) -> tuple[Decimal | None, Decimal | None]:
        """Exact difference and change in hundredths; None where there is none, the second of a percentage too."""
        old, new = self.values
        if old is None or new is None:
            return None, None
        share = None if not old or self.unit == PERCENT else EXACT.divide(100 * (new - old), abs(old))
        return new - old, share

    def as_dict(self) -> dict[str, Any]:
        """For JSON: printed texts, difference and percentage as text, and in ``causes`` the places of cells."""
        return {**{k: v for k, v in vars(self).items() if k != "values"}, "causes": list(self.causes)}


def figure_changes(a: SealedRun, b: SealedRun) -> list[FigureChange]:
    """The figures whose value or printed form is not the same, in the order of the report."""
    changes = []
    for id in dict.fromkeys([*b.figures, *a.figures]):
        old, new = a.figures.get(id), b.figures.get(id)
        if old and new and old.value == new.value and old.printed == new.printed:
            continue
        if any(here and here.is_constant and there is None for here, there in ((old, new), (new, old))):
            continue
        causes = tuple(_place_of(b.figures, a.figures, cause) for cause in _causes(a.figures, b.figures, id))
        changes.append(_change(b.figures.get(id) or a.figures[id], old, new, causes))
    return changes


def _change(
    shown: FigureRecord, old: FigureRecord | None, new: FigureRecord | None, causes: tuple[str, ...]
) -> FigureChange:
    exact = _exact(old), _exact(new)
    change = FigureChange(
        shown.id, shown.label, shown.unit, shown.section, _printed(old), _printed(new), None, None, causes, exact
    )
    difference, share = change.changes
    if difference is None:
        return change
    places = min(max(_decimals(str(f.printed)) for f in (old, new) if f), decimals_of(difference))
    points = " điểm %" if shown.unit == PERCENT else ""
    percent = None if share is None else f"{_signed(share, _SHARE_PLACES)}%"
    return replace(change, difference=_signed(difference, places) + points, percent=percent)


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
    # Of a cell that no figure rests on, what the account of the untold calls it.
    labels = {(u.file, u.sheet, u.cell): u.what for run in (a, b) for u in run.untold} | labels
    saved = {name for name, _ in a.workbooks.items() ^ b.workbooks.items()}
    before, now = a.cells(saved), b.cells(saved)
    places = [p for p in dict.fromkeys([*now, *before]) if before.get(p) != now.get(p)]
    return [
        CellChange(*p, *_contents(before.get(p), now.get(p)), labels.get(p, ""), tuple(moved.get(p, ())))
        for p in places
    ]


def _contents(old: Any, new: Any) -> tuple[str | None, str | None]:
    """What a cell held and holds; said apart where a text and a number are written alike."""
    texts = _written(old), _written(new)
    if texts[0] != texts[1]:
        return texts
    said = [
        f"{text} ({'chữ' if isinstance(value, str) else 'số'})" for text, value in zip(texts, (old, new), strict=True)
    ]
    return said[0], said[1]


def _written(value: Any) -> str | None:
    """A cell's content as an officer writes it; None for an empty cell."""
    if value is None:
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return format_number(Decimal(str(value)))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return f"{value:%d/%m/%Y}"
    return f"{value:%d/%m/%Y}" if type(value) is dt.date else str(value)


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


def _exact(figure: FigureRecord | None) -> Decimal | None:
    return Decimal(figure.value) if figure and figure.value is not None else None


def _signed(value: Decimal, places: int) -> str:
    return f"{'−' if value < 0 else '+'}{format_number(abs(value), places)}"


def _decimals(printed: str) -> int:
    return len(printed.partition(",")[2])
