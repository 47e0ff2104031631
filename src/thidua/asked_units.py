"""Which of the units below a row is asked of, and so whose part of what they come to is lacking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from thidua.intake.records import Record
from thidua.settings.levels import level_in
from thidua.settings.params import unit_of


class AskedUnits:
    """The units below by their levels, and which of them have reported anything: a unit without a row was not taken.

    Wards are not asked what only communes have: a row is asked of a level of which most who reported have it. Of a
    level with few, it is asked of these, and of those who have not reported, of whom nobody knows.
    """

    def __init__(self, names: Iterable[str] = (), records: Sequence[Record] = ()):
        self.names = frozenset(names)
        self.reporting = {name for r in records if (name := unit_of(r.file, self.names))} if self.names else set()
        self._levels: dict[str, set[str]] = defaultdict(set)
        for name in self.names:
            self._levels[level_in(name) or ""].add(name)

    @property
    def complete(self) -> bool:
        """Whether every unit has reported."""
        return self.reporting == self.names

    def of(self, having: Collection[str]) -> set[str]:
        """Whom a row is asked of that these units have."""
        asked: set[str] = set()
        for units in self._levels.values():
            reported, own = units & self.reporting, units & set(having)
            silent = units - reported
            if 2 * len(own) > len(reported):
                asked |= units
            elif own or not reported:
                asked |= own | silent
        return asked

    def lacking(self, having: Collection[str], stating: Collection[str]) -> tuple[str, ...]:
        """Whose part is not in a sum of what ``stating`` units state, of a row that ``having`` units have."""
        return tuple(sorted(self.of(having) - set(stating))) if self.names else ()

    def few(self, having: Collection[str]) -> bool:
        """Whether those that have a row are no more than half of those who have reported, on each level."""
        levels = [(units & self.reporting, units & set(having)) for units in self._levels.values()]
        return all(2 * len(own) <= len(reported) for reported, own in levels)


NOBODY = AskedUnits()
