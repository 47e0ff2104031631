"""An award: one row of the awards table, with the shares that follow from its counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from thidua.figures.figure import Figure, percent
from thidua.figures.policy import decided
from thidua.figures.units import PERCENT
from thidua.forms.schema import Column, form
from thidua.language.text import nearest_hint

_TWO = 2


@dataclass(frozen=True)
class Award:
    """A row of the awards table: title or form, counts, and how many of them are grassroots or direct workers.

    ``values`` holds the numbers by the columns of the form; each is an attribute too (``award.collective``), and so is
    each share that the form declares (``award.share_collective``).

    >>> [(award.name, award.collective.value) for award in report.awards if not award.collective.missing]
    """

    tt: str
    code: str
    name: str
    kind: str
    values: Mapping[str, Figure]

    def __getattr__(self, name: str) -> Figure:
        # Reached for what the class itself does not have. Copying asks before there are any values.
        if name.startswith("__") or name == "values":
            raise AttributeError(name)
        if name in self.values:
            return self.values[name]
        if name in self._shares:
            return self._shares[name]
        raise AttributeError(f"dòng khen thưởng không có «{name}»{nearest_hint(name, [*self.values, *self._shares])}")

    @property
    def counts(self) -> tuple[Figure, ...]:
        """The submitted numbers that are no percentages, in the form's order."""
        return tuple(self.values[c.key] for c in award_numbers() if c.type == "number")

    @property
    def derived(self) -> tuple[Figure, ...]:
        """The shares, each worked out anew."""
        return tuple(self._shares.values())

    @cached_property
    def _shares(self) -> dict[str, Figure]:
        return {c.printed.gives: self._share(c) for c in award_numbers() if c.printed}

    def _share(self, column: Column) -> Figure:
        assert column.printed is not None
        part, whole = self.values[column.printed.part], self.values[column.printed.ratio]
        printed = self.values[column.key]
        decimals = _TWO if printed.decimals is None else printed.decimals
        id = f"{whole.id.rpartition('.')[0]}.{column.printed.gives}"
        name = f"{self.name}, tỷ lệ cơ sở, lao động trực tiếp"
        return decided(percent(part, whole).named(id, name, decimals), printed, part)


def award_numbers() -> list[Column]:
    """The columns with numbers of the awards table, in the form's order."""
    return [c for c in form("awards").columns if c.type in ("number", "percent")]


def values_of(figure: Callable[[str, str], Figure]) -> dict[str, Figure]:
    """The values of a row, of which ``figure`` gives each from its column and unit."""
    return {c.key: figure(c.key, PERCENT if c.type == "percent" else c.unit) for c in award_numbers()}
