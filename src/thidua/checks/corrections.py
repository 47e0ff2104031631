"""What the report prints otherwise than departments submitted it: the answer to «why does it say 196?»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thidua.checks.in_words import amount, stated, working
from thidua.contracts import Place
from thidua.dataset import Dataset
from thidua.figures import Figure
from thidua.forms.roles import bases
from thidua.forms.schema import form


@dataclass(frozen=True)
class Correction:
    """A value that the report works out anew and prints instead of the department's.

    ``figure`` is the id of what is printed, ``otherwise`` are the ids of what says the same in another way
    («tăng 4,5%» of «104,5%»), ``submitted`` and ``printed`` are as written, with their unit, ``working`` is how it is
    worked out: «68.194 − 67.998».
    """

    figure: str
    name: str
    submitted: str
    printed: str
    working: str
    cell: Place
    otherwise: tuple[str, ...] = ()

    @property
    def figures(self) -> Iterator[str]:
        """The ids of everything that tells it; what is told by its amount alone among them."""
        for id in (self.figure, *self.otherwise):
            yield from (id, f"abs({id})")


def corrections(data: Dataset) -> Iterator[Correction]:
    """Every value that is printed otherwise than submitted, in the order of the workbooks.

    ``data`` are the period's data as the report prints them. What is withheld or missing is no correction.
    """
    for indicator in data.indicators:
        if indicator.computed is not None:
            yield from _one(indicator.name, indicator.done, indicator.submitted)
        for base in bases():
            for key, way in ((base.printed_ratio, indicator.ratio), (base.printed_change, indicator.change)):
                if key:
                    told = way(base)
                    yield from _one(told.label, told, indicator.values[key], base.told_as(indicator.code))
    for award in data.awards:
        for column in form("awards").columns:
            if column.printed:
                told = getattr(award, column.printed.gives)
                whose = column.header[0].partition(" / ")[0].lower()
                yield from _one(f"{told.label}, {whose}", told, award.values[column.key])


def _one(name: str, told: Figure, submitted: Figure, told_as: tuple[str, ...] = ()) -> Iterator[Correction]:
    if told is submitted or told.value is None or submitted.value is None or submitted.cell is None:
        return
    was, now = stated(submitted), amount(told.value, told.unit, told.decimals)
    if was != now:
        cell = Place(file=submitted.cell.file, sheet=submitted.cell.sheet, cell=submitted.cell.address)
        yield Correction(told.id, name, was, now, working(told), cell, told_as)
