"""All that the checks of a period rest on, and what several rules need of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from thidua.checks.declared.declarations import Rules
from thidua.checks.declared.relations import AWARDS, INDICATORS, PAST
from thidua.checks.documents.mention import Mention, mentions
from thidua.checks.grid import Grid
from thidua.checks.past import Past
from thidua.checks.placed import Placed, place
from thidua.dataset import Dataset
from thidua.forms.schema import form, schemas
from thidua.intake.records import Record
from thidua.language.text import fold
from thidua.settings.params import Params, unit_of
from thidua.settings.period import Period


@dataclass(frozen=True)
class Given:
    """A period's data and params, what the officer declared, earlier periods, and the headings of the notebooks.

    ``past`` has «previous» and «last_year» where their data are kept, and by their ids the further periods that this
    one can be compared with; each of ``headings`` comes with its notebook.
    """

    data: Dataset
    params: Params
    declared: Rules
    past: Mapping[str, Past]
    headings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def period(self) -> Period:
        """The period that params name."""
        return self.params.parsed_period

    @cached_property
    def history(self) -> tuple[Past, ...]:
        """The same period of earlier years, as far as they are kept, the newest first."""
        same = {p.period: p for p in self.past.values() if p.period.part == self.period.part}
        return tuple(same[p] for p in sorted(same, key=lambda p: -p.year))

    @cached_property
    def this_year(self) -> tuple[Past, ...]:
        """The earlier periods of this year that are kept, the newest first."""
        same = [p for p in self.past.values() if p.period.year == self.period.year]
        return tuple(sorted(same, key=lambda p: (p.period.end, p.period.start), reverse=True))

    @cached_property
    def closed(self) -> Past | None:
        """The kept period that ended the day before this one began; of several, the one of this one's length."""
        day = self.period.start - dt.timedelta(days=1)
        ended = [p for p in self.past.values() if p.period.end == day]
        return min(ended, key=lambda p: (p.period != self.period.previous, p.period.start), default=None)

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """What declared rules can name, folded, by kind: codes of rows, now and then, groups that can be counted."""
        found: dict[str, Iterable[str]] = {
            kind: groups(self.data, kind) for kind in (s.kind for s in schemas().values())
        }
        found |= {INDICATORS: (i.code for i in self.data.indicators), AWARDS: self.placed.awards}
        found |= {k: (i.code for i in self.past[k].data.indicators) for k in PAST if k in self.past}
        return {kind: frozenset(map(fold, codes)) for kind, codes in found.items()}

    @cached_property
    def placed(self) -> Placed:
        """The awards, each number in the column of its subject."""
        return place(self.data)

    @cached_property
    def grid(self) -> Grid:
        """Every submitted number at its place, made once for all rules."""
        return Grid(self.data.records)

    def unit(self, file: str) -> str:
        """The unit below whose workbook a file is; nothing for a department's."""
        if file not in self._unit_of:
            self._unit_of[file] = unit_of(file, {unit.name for unit in self.data.units})
        return self._unit_of[file]

    @cached_property
    def _unit_of(self) -> dict[str, str]:
        return {}

    @cached_property
    def submissions(self) -> dict[str, Given]:
        """What each of several sub-units stated for itself in rows that the report puts together, by its workbook.

        Of a unit below, which may have several, it is all that it states, by the unit's name.

        Earlier periods are compared with what was put together, not with a part of it.
        """
        records = [r for r in self.data.records if r.kind in ("indicators", "awards") and r.text("code")]
        # What a department states beside the units below stands alone: it is no part of what they come to.
        departments = Counter((r.kind, r.text("code")) for r in records if not self.unit(r.file))
        apart: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            unit = self.unit(record.file)
            if unit or departments[record.kind, record.text("code")] > 1:
                apart[unit or record.file].append(record)
        return {who: replace(self, data=Dataset(rows), past={}, headings=()) for who, rows in apart.items()}

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every mention of a document."""
        return mentions(self.data.records, (self.params.unit.issuer, self.params.unit.issuer_full))


def groups(data: Dataset, kind: str) -> list[str]:
    """The group of each row of a kind of form: its topic, or its field where the form has no topics."""
    key = "topic" if "topic" in form(kind).keys else "field"
    return [r.text(key) for r in data.records if r.kind == kind]
