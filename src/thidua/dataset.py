"""A period's data as the notebooks ask for them: indicators by code, documents by code, rows by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from thidua.asked_units import AskedUnits
from thidua.entries import AbsentEntry, Entry
from thidua.errors import TableError
from thidua.figures import Indicator
from thidua.figures.indicator import absent
from thidua.forms.schema import BANNERS, schemas
from thidua.gathered import by_code
from thidua.intake.frames import frame_of
from thidua.intake.records import Record
from thidua.intake.unit_runs import UnitRun
from thidua.language.text import Spellings, nearest
from thidua.settings.params import unit_of
from thidua.stated import ABSENT, gathered_below, indicators_of, of_units
from thidua.stated_awards import absent_award, awards_of
from thidua.stated_row import UNJUDGED, Judgement

if TYPE_CHECKING:
    import pandas as pd

# How alike another code is that may have been meant.
_ALIKE = 0.8
# How alike the names of two groups are when one is the other with a slip of the finger.
_SLIP = 0.9
# The forms whose rows have topics, as they are asked for.
_ROWS = ("events", "assessments", "tasks")
_TOPICAL = (*_ROWS, "documents")
_TOPICS = (*((kind,) for kind in _TOPICAL), _ROWS)

Row = TypeVar("Row")


class Lookup(Generic[Row]):
    """Rows by code, as attributes, in the order of the workbooks. A code that no row has gives what ``gap`` makes."""

    def __init__(self, rows: dict[str, Row], gap: Callable[[str, str], Row]):
        self._rows = rows
        self._gap = gap
        self._spellings = Spellings(rows)
        self.absent: list[str] = []
        self.slips: dict[str, str] = {}

    def __getattr__(self, code: str) -> Row:
        if code.startswith("__"):
            raise AttributeError(code)
        return self[code]

    def __getitem__(self, code: str) -> Row:
        if code not in self._rows:
            near = self._spellings.nearest(code, _ALIKE)
            why = f"{ABSENT}: «{code}»"
            if near:
                why = self.slips[code] = f"{why}; gần nhất là «{near}»"
            elif code not in self.absent:
                self.absent.append(code)
            return self._gap(code, why)
        return self._rows[code]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    @property
    def codes(self) -> list[str]:
        """The codes, in the order of the workbooks."""
        return list(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def pick(self, *codes: str) -> list[Row]:
        """Several rows, in the order asked for; a code that no row has gives a row without values.

        >>> [movement.name for movement in report.movements.pick(*report.movements.codes[:2])]
        """
        return [self[code] for code in codes]


class Dataset:
    """All records of a period; ``banners`` are the texts above the tables, which are no data.

    With the ``judgement`` of the checks, what rests on numbers in doubt is withheld. ``units`` are those below
    whose sealed runs were collected.
    """

    def __init__(
        self,
        records: list[Record],
        judgement: Judgement = UNJUDGED,
        units: Sequence[UnitRun] = (),
        unjudged: Lookup[Indicator] | None = None,
    ):
        self.records = [r for r in records if r.kind != BANNERS.kind]
        self.banners = [r for r in records if r.kind == BANNERS.kind]
        self.units = tuple(units)
        self._judgement = judgement
        self.mistyped: dict[str, str] = {}
        # Made at once: sections are forks of a process that has them.
        self._kinds: dict[str, list[Record]] = defaultdict(list)
        self._topics: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in self.records:
            self._kinds[record.kind].append(record)
            if record.kind in _TOPICAL:
                self._topics[record.kind, record.text("topic")].append(record)
        self._spelled = {kinds: Spellings(t for k, t in self._topics if k in kinds) for kinds in _TOPICS}
        known = None if unjudged is None else {i.code: i for i in unjudged}
        self.indicators = Lookup(indicators_of(self._of("indicators"), judgement, self.asked, known), absent)
        self.awards = Lookup(
            {a.code or f"row{n}": a for n, a in enumerate(awards_of(self._of("awards"), judgement, self.asked))},
            absent_award,
        )
        self.documents = Lookup(self._coded("documents"), lambda _code, _why: AbsentEntry("documents"))
        self.movements = Lookup(self._coded("movements"), lambda _code, _why: AbsentEntry("movements"))
        self.register = self._entries("register")
        self.role_models = self._entries("role_models")
        self._groups: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in self.indicators:
            for group in dict.fromkeys(indicator.groups):
                self._groups[group].append(indicator)
        self._spelled_groups = Spellings(self._groups)
        self._movements: dict[str, list[Entry]] = defaultdict(list)
        for movement in self.movements:
            for group in dict.fromkeys(movement.record.text("group").split(", ")):
                self._movements[group].append(movement)

    @cached_property
    def asked(self) -> AskedUnits:
        """Which of the units below a row is asked of."""
        return AskedUnits((unit.name for unit in self.units), [*self.records, *self.banners])

    def group(self, name: str) -> list[Indicator]:
        """The indicators of a group («cay_trong»), in the order of the workbooks; none where no row is of it.

        >>> [(i.name, i.done.value) for i in report.group("cay_trong") if not i.done.missing]
        """
        found = list(self._groups.get(name, ()))
        if not found and (near := self._spelled_groups.nearest(name, _SLIP)):
            self.mistyped[name] = f"không có chỉ tiêu nào thuộc nhóm «{name}»; gần nhất là «{near}»"
        return found

    @cached_property
    def by_unit(self) -> dict[str, dict[str, Indicator]]:
        """What each unit below states for itself, by its name and by code, as far as its run was taken."""
        names = [unit.name for unit in self.units if unit.taken]
        return of_units(self._of("indicators"), self._judgement, names, {i.code: i for i in self.indicators})

    def put_together(self, code: str) -> Indicator | None:
        """What the units below come to where a department states the indicator too; None where it does not.

        >>> [i.name for i in report.group("cay_trong") if report.put_together(i.code)]
        """
        rows = self._rows
        below = {unit_of(r.file, self.asked.names) != "" for r in rows.get(code, [])}
        return gathered_below(rows[code], rows, self._judgement, self.asked) if {True, False} <= below else None

    def movements_of(self, group: str) -> list[Entry]:
        """The movements of a group, in the order of the workbook; none where no row is of it.

        >>> [(movement.name, movement.result) for movement in report.movements_of("dot_thi_dua")]
        """
        return list(self._movements.get(group, ()))

    def events(self, topic: str) -> list[Entry]:
        """Events of a topic, in the order of the workbook; none where nobody submitted one.

        >>> [(event.content, event.note) for event in report.events("trong_trot")]
        """
        return self._topic(topic, "events")

    def documents_about(self, topic: str) -> list[Entry]:
        """Documents of a topic, in the order of the workbook; none where nobody submitted one.

        >>> [(document.number, document.title) for document in report.documents_about("can_cu_bao_cao")]
        """
        return self._topic(topic, "documents")

    def assessments(self, topic: str) -> list[Entry]:
        """Assessments of a topic (``uu_diem``, ``han_che``, …), in the order of the workbook; none without a row.

        >>> [assessment.content for assessment in report.assessments("han_che")]
        """
        return self._topic(topic, "assessments")

    def tasks(self, topic: str) -> list[Entry]:
        """Tasks of a topic (``nhiem_vu``, …), in the order of the workbook; none where nobody submitted one.

        >>> [task.content for task in report.tasks("nhiem_vu")]
        """
        return self._topic(topic, "tasks")

    def rows(self, topic: str) -> list[Entry]:
        """Rows of a topic in the first of events, assessments and tasks that has some.

        >>> [row.content for row in report.rows("han_che")]
        """
        return self._topic(topic, *_ROWS)

    def frame(self, kind: str) -> pd.DataFrame:
        """A form's rows as submitted, as a table of pandas («indicators», «events», «documents», …).

        Numbers are floats, to count with and to draw: what the report prints are figures, exact and judged by the
        checks. ``<column>_cell`` names the cell of a value. Raises TableError for a form that does not exist.

        >>> herds = report.frame("indicators").query("unit == 'con'")
        >>> herds[["name", "actual", "actual_cell"]].sort_values("actual")
        """
        known = {schema.kind: schema for schema in schemas().values()}
        if kind not in known:
            raise TableError(f"không có biểu «{kind}»; hãy dùng một trong: {', '.join(known)}")
        return frame_of(self.records, known[kind])

    @property
    def slips(self) -> list[str]:
        """What was asked for by a code or group that is a slip away from one that a workbook has, in words."""
        return [why for lookup in self._lookups for why in lookup.slips.values()] + list(self.mistyped.values())

    @property
    def absent(self) -> list[str]:
        """The other codes that were asked for and that no workbook has: another unit or period has other ones."""
        return [code for lookup in self._lookups for code in lookup.absent]

    @property
    def _lookups(self) -> tuple[Lookup[Any], ...]:
        return self.indicators, self.awards, self.documents, self.movements

    def missed(self, name: str, codes: Sequence[str]) -> None:
        """Tell a slip where a name that could have been a code is neither one nor a group."""
        near = nearest(name, codes, _SLIP)
        if near:
            self.mistyped.setdefault(name, f"{ABSENT}: «{name}»; gần nhất là «{near}»")

    @cached_property
    def _rows(self) -> dict[str, list[Record]]:
        return by_code(self._of("indicators"))

    def _of(self, kind: str) -> list[Record]:
        return self._kinds.get(kind, [])

    def _entries(self, kind: str) -> list[Entry]:
        return [Entry(r, r.text("name")) for r in self._of(kind)]

    def _topic(self, topic: str, *kinds: str) -> list[Entry]:
        """The rows of a topic in the first of some forms that has any."""
        for kind in kinds:
            if found := self._topics.get((kind, topic)):
                return [Entry(r) for r in found]
        # A group without rows is nothing to tell of, unless its name is a slip away from one that has some.
        near = self._spelled[kinds].nearest(topic, _SLIP)
        if near:
            self.mistyped[topic] = f"không có dòng nào thuộc nhóm «{topic}»; gần nhất là «{near}»"
        return []

    def _coded(self, kind: str) -> dict[str, Entry]:
        return {r.text("code"): Entry(r) for r in self._of(kind) if r.text("code")}


def judged(data: Dataset, judgement: Judgement) -> Dataset:
    """The same data with what the checks say of them: an indicator that this does not concern is the same object."""
    plain = data.indicators if data._judgement is UNJUDGED else None
    return Dataset(data.records, judgement, data.units, plain)
