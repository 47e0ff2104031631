"""The appendix that counts the awards by level, title and form, with the share of grassroots units and workers.

To the form's rows it adds totals: one for each level, in the level's own row, and one over all levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thidua.dataset import Award
from thidua.figures import Figure, missing, percent, total
from thidua.figures.units import PERCENT
from thidua.tables.appendix import AppendixTable, Column, Row, Value

_BASE = "Trong đó đối tượng ở cơ sở, lao động trực tiếp"
_LEAD = (
    Column(("TT",), 4, "center"),
    Column(("Danh hiệu thi đua và hình thức khen thưởng",), 24),
)
_NUMBERS = {
    "collective": Column(("Số lượng", "Tập thể"), 6.5, "number"),
    "individual": Column(("Số lượng", "Cá nhân"), 6.5, "number"),
    "household": Column(("Số lượng", "Gia đình"), 6.5, "number"),
    "base_collective": Column((_BASE, "Tập thể", "SL"), 5, "number"),
    "share_collective": Column((_BASE, "Tập thể", "%"), 6.5, "number"),
    "base_individual": Column((_BASE, "Cá nhân", "SL"), 5, "number"),
    "share_individual": Column((_BASE, "Cá nhân", "%"), 6.5, "number"),
}
_SHARES = {"share_collective": ("base_collective", "collective"), "share_individual": ("base_individual", "individual")}


def appendix_awards(awards: Iterable[Award]) -> None:
    """Awards by level, title and form. Cells stay empty where nothing was awarded."""
    listed = list(awards)
    rows = tuple(_row(award, number, listed) for number, award in enumerate(listed))
    if rows:
        every = _Block(listed, range(len(listed)), "awards.all", "Tổng cộng")
        levels = tuple(n for n, a in enumerate(listed) if a.kind == "group") if listed[0].kind == "group" else ()
        rows = (*rows, Row("total", ("", "Tổng cộng", *every.values(levels))))
    columns = (*_LEAD, *_NUMBERS.values())
    AppendixTable("khen_thuong", "Danh hiệu thi đua, hình thức khen thưởng", columns, rows).show()


def _row(award: Award, number: int, listed: Sequence[Award]) -> Row:
    if award.kind != "group":
        values = (Value(getattr(award, key), share=_place(key)) for key in _NUMBERS)
        return Row("sub" if award.kind == "sub" else "row", (award.tt, award.name, *values))
    end = next((n for n in range(number + 1, len(listed)) if listed[n].kind == "group"), len(listed))
    block = _Block(listed, range(number + 1, end), f"awards.{award.code or award.tt}", award.name)
    return Row("group", (award.tt, award.name, *block.values()))


def _place(key: str) -> tuple[int, int] | None:
    """The columns of the part and the whole of a share."""
    if key not in _SHARES:
        return None
    part, whole = (len(_LEAD) + list(_NUMBERS).index(k) for k in _SHARES[key])
    return part, whole


@dataclass(frozen=True)
class _Block:
    """Rows that are added up, the id of their totals and the name."""

    listed: Sequence[Award]
    numbers: range
    id: str
    name: str

    def values(self, rows: tuple[int, ...] = ()) -> list[Value | None]:
        """The totals in the order of the columns. ``rows``: those that the workbook adds up, if not the block's."""
        return [self._share(key) if key in _SHARES else self._count(key, rows) for key in _NUMBERS]

    def _terms(self, key: str) -> list[int]:
        """The rows that make up the total: of a title counted by kinds, the kinds, unless it states its own total."""
        terms: list[int] = []
        title: int | None = None
        for number in self.numbers:
            award = self.listed[number]
            if award.kind == "group":
                title = None
            elif award.kind == "row":
                title = number
                terms.append(number)
            elif title is None or getattr(self.listed[title], key).missing:
                terms = [n for n in terms if n != title]
                terms.append(number)
        return terms

    def _stated(self, key: str) -> dict[int, Figure]:
        figures = {n: getattr(self.listed[n], key) for n in self._terms(key)}
        return {n: f for n, f in figures.items() if not f.missing}

    def _count(self, key: str, rows: tuple[int, ...]) -> Value | None:
        stated = self._stated(key)
        if not stated:
            return None
        column = " - ".join(_NUMBERS[key].path[-2:]).lower()
        figure = total(*stated.values()).named(f"{self.id}.{key}", f"{self.name}, cộng {column}")
        return Value(figure, sum=rows or tuple(self._terms(key)))

    def _share(self, key: str) -> Value | None:
        part, whole = _SHARES[key]
        parts, wholes = self._stated(part), self._stated(whole)
        if not parts or not wholes:
            return None
        id, label = f"{self.id}.{key}", f"{self.name}, tỷ lệ cơ sở, lao động trực tiếp"
        uneven = sorted(parts.keys() ^ wholes.keys())
        if uneven:
            # A share of totals that do not cover the same rows would say nothing.
            why = f"dòng «{self.listed[uneven[0]].name}» chỉ có một trong hai số"
            return Value(missing(id, PERCENT, why, label), share=_place(key))
        counts = (self._count(k, ()) for k in (part, whole))
        a, b = (c.figure for c in counts if c is not None)
        return Value(percent(a, b).named(id, label, 2), share=_place(key))
