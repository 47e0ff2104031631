"""A period's data as the notebooks ask for them: indicators by code, documents by code, rows by topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from thidua.errors import TableError
from thidua.figures import Cell, Figure, Indicator, missing, percent
from thidua.figures.award import Award, values_of
from thidua.figures.indicator import absent
from thidua.figures.numbers import decimals_of
from thidua.figures.units import PERCENT
from thidua.figures.written import evaluate
from thidua.forms.roles import STATED, labels, numbers
from thidua.forms.schema import BANNERS, Column, schemas
from thidua.gathered import SUM, by_code, gathered, way_of
from thidua.intake.cells import Number
from thidua.intake.frames import frame_of
from thidua.intake.records import Record
from thidua.language.text import nearest

if TYPE_CHECKING:
    import pandas as pd


class SourceText(str):
    """A text from a workbook that remembers its cell."""

    cell: Cell

    def __new__(cls, value: str, cell: Cell) -> SourceText:
        """``cell`` is where the text stands."""
        text = super().__new__(cls, value)
        text.cell = cell
        return text


class Entry:
    """A row of a form with its values as attributes: SourceText, date, Figure (None where empty)."""

    def __init__(self, record: Record, label: str = ""):
        self.record = record
        self._label = label

    def __getattr__(self, key: str) -> SourceText | dt.date | Figure | None:
        column = _column(self.record.kind, key)
        if column.type in ("number", "percent"):
            unit = PERCENT if column.type == "percent" else column.unit
            return self.record.figure(key, f"{_row_id(self.record)}.{key}", unit, self._label or column.header[0])
        value = self.record.values.get(key)
        return SourceText(value, self.record.cell(key)) if isinstance(value, str) else value  # type: ignore[return-value]


class AbsentEntry(Entry):
    """A row that the period does not have: it counts as false, and every column of its form is empty."""

    def __init__(self, kind: str):
        self.kind = kind

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, key: str) -> None:
        _column(self.kind, key)


def _row_id(record: Record) -> str:
    """What the ids of a row's figures begin with: its code, or its place; rows of two workbooks may share a number."""
    place = f"{record.file.rpartition('.')[0]}.row{record.row}"
    return f"{record.kind}.{record.text('code') or place}"


def _column(kind: str, key: str) -> Column:
    schema = next(s for s in schemas().values() if s.kind == kind)
    column = next((c for c in schema.columns if c.key == key), None)
    if column is None:
        near = nearest(key, schema.keys)
        hint = f"; gần nhất là «{near}»" if near else ""
        raise AttributeError(f"trang «{schema.title}» không có cột «{key}»{hint}")
    return column


@dataclass(frozen=True)
class Judgement:
    """What the checks say of submitted numbers, by their cells.

    ``doubts``: why a value may be wrong. ``bases``: for a printed percentage whose base stands in another row, the
    cells of part and whole that a declared rule names.
    """

    doubts: Mapping[Cell, str] = field(default_factory=dict)
    bases: Mapping[Cell, tuple[Cell, Cell]] = field(default_factory=dict)

    def of(self, figure: Figure) -> Figure:
        """The figure with what puts it in doubt."""
        doubt = self.doubts.get(figure.cell, "") if figure.cell else ""
        return replace(figure, doubt=doubt) if doubt else figure


UNJUDGED = Judgement()
# What is said of a code that no row has, and how alike another one is that may have been meant.
ABSENT = "mã không có trong số liệu của kỳ"
_ALIKE = 0.8
# How alike the names of two groups are when one is the other with a slip of the finger.
_SLIP = 0.9

Row = TypeVar("Row")


class Lookup(Generic[Row]):
    """Rows by code, as attributes, in the order of the workbooks. A code that no row has gives what ``gap`` makes."""

    def __init__(self, rows: dict[str, Row], gap: Callable[[str, str], Row]):
        self._rows = rows
        self._gap = gap
        self.absent: list[str] = []
        self.slips: dict[str, str] = {}

    def __getattr__(self, code: str) -> Row:
        if code.startswith("__"):
            raise AttributeError(code)
        return self[code]

    def __getitem__(self, code: str) -> Row:
        if code not in self._rows:
            near = nearest(code, self._rows, _ALIKE)
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
        """Several rows, in the order asked for."""
        return [self[code] for code in codes]


class Dataset:
    """All records of a period; ``banners`` are the texts above the tables, which are no data.

    With the ``judgement`` of the checks, what rests on numbers in doubt is withheld.
    """

    def __init__(self, records: list[Record], judgement: Judgement = UNJUDGED):
        self.records = [r for r in records if r.kind != BANNERS.kind]
        self.banners = [r for r in records if r.kind == BANNERS.kind]
        self._judgement = judgement
        self._mistyped: dict[str, str] = {}
        rows = by_code(self._of("indicators"))
        submitted = {code: _of_submissions(same, rows, judgement) for code, same in rows.items()}
        found = {code: _with_formula(submitted[code], same[0], submitted) for code, same in rows.items()}
        self.indicators = Lookup(_with_bases(found, judgement), absent)
        self.awards = Lookup({a.code or f"row{n}": a for n, a in enumerate(self._awards())}, _absent_award)
        self.documents = Lookup(self._coded("documents"), lambda _code, _why: AbsentEntry("documents"))
        self.movements = Lookup(self._coded("movements"), lambda _code, _why: AbsentEntry("movements"))
        self.register = self._entries("register")
        self.role_models = self._entries("role_models")

    def group(self, name: str) -> list[Indicator]:
        """The indicators of a group («cay_trong»), in the order of the workbooks; none where no row is of it.

        >>> [(i.name, i.done.value) for i in report.group("cay_trong") if not i.done.missing]
        """
        found = [i for i in self.indicators if name in i.groups]
        groups = {g for i in self.indicators for g in i.groups}
        if not found and (near := nearest(name, groups, _SLIP)):
            self._mistyped[name] = f"không có chỉ tiêu nào thuộc nhóm «{name}»; gần nhất là «{near}»"
        return found

    def movements_of(self, group: str) -> list[Entry]:
        """The movements of a group, in the order of the workbook."""
        return [m for m in self.movements if group in m.record.text("group").split(", ")]

    def events(self, topic: str) -> list[Entry]:
        """Events of a topic, in the order of the workbook; none where nobody submitted one.

        >>> [(event.content, event.location) for event in report.events("trong_trot")]
        """
        return self._topic(topic, "events")

    def documents_about(self, topic: str) -> list[Entry]:
        """Documents of a topic, in the order of the workbook; none where nobody submitted one.

        >>> [(document.number, document.title) for document in report.documents_about("can_cu_bao_cao")]
        """
        return self._topic(topic, "documents")

    def assessments(self, topic: str) -> list[Entry]:
        """Assessments of a topic (``uu_diem``, ``han_che``, …), in the order of the workbook."""
        return self._topic(topic, "assessments")

    def tasks(self, topic: str) -> list[Entry]:
        """Tasks of a topic (``nhiem_vu``, …), in the order of the workbook."""
        return self._topic(topic, "tasks")

    def rows(self, topic: str) -> list[Entry]:
        """Rows of a topic, be they events, assessments or tasks."""
        return self._topic(topic, "events", "assessments", "tasks")

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
        return [why for lookup in self._lookups for why in lookup.slips.values()] + list(self._mistyped.values())

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
            self._mistyped.setdefault(name, f"{ABSENT}: «{name}»; gần nhất là «{near}»")

    def _of(self, kind: str) -> list[Record]:
        return [r for r in self.records if r.kind == kind]

    def _entries(self, kind: str) -> list[Entry]:
        return [Entry(r, r.text("name")) for r in self._of(kind)]

    def _topic(self, topic: str, *kinds: str) -> list[Entry]:
        """The rows of a topic in the first of some forms that has any."""
        for kind in kinds:
            if found := [Entry(r) for r in self._of(kind) if r.text("topic") == topic]:
                return found
        # A group without rows is nothing to tell of, unless its name is a slip away from one that has some.
        near = nearest(topic, {r.text("topic") for kind in kinds for r in self._of(kind)}, _SLIP)
        if near:
            self._mistyped[topic] = f"không có dòng nào thuộc nhóm «{topic}»; gần nhất là «{near}»"
        return []

    def _coded(self, kind: str) -> dict[str, Entry]:
        return {r.text("code"): Entry(r) for r in self._of(kind) if r.text("code")}

    def _awards(self) -> Iterator[Award]:
        same = by_code(self._of("awards"))
        repeated = {r.file for code, rows in same.items() if code for r in rows[1:]}
        for record in self._of("awards"):
            if code := record.text("code"):
                if record is same[code][0]:
                    yield _award(same[code], self._judgement)
            # A heading without numbers stands in every sub-unit's table.
            elif record.file not in repeated or any(isinstance(v, Number) for v in record.values.values()):
                yield _award([record], self._judgement)


def _of_submissions(same: list[Record], rows: Mapping[str, list[Record]], judgement: Judgement) -> Indicator:
    """An indicator of its row, or of the rows in which sub-units state it each for itself."""
    if len(same) == 1:
        return _indicator(same[0], judgement)
    parts = [_indicator(record, judgement, f"{_stem(record)}/") for record in same]
    first, way = parts[0], way_of(same[0])
    weighed_by = rows.get(same[0].text("weight"), [])
    weighing = {r.file: _indicator(r, judgement, f"{_stem(r)}/").submitted for r in weighed_by}
    no_weight = missing(f"{first.code}.", why="thiếu quyền số")
    weights = [weighing.get(record.file, no_weight) for record in same]

    def value(column: Column) -> Figure:
        given = [part.values[column.key] for part in parts]
        own = "" if column.type == "percent" else way
        return gathered(f"{first.code}.{column.key}", given[0].label, own, given, weights)

    values = {column.key: value(column) for column in numbers()}
    return replace(first, values=values, department=same[0].file.rpartition("/")[0])


def _stem(record: Record) -> str:
    return record.file.rpartition(".")[0]


def _indicator(record: Record, judgement: Judgement, before: str = "") -> Indicator:
    """The indicator of one row; ``before`` begins the ids of its figures where other rows have the same code."""
    code, name, unit = record.text("code"), record.text("name"), record.text("unit")
    quality = record.text("quality")

    def value(column: Column) -> Figure:
        stated = column.role in STATED
        of = PERCENT if column.type == "percent" else unit
        label = f"{name}, {called[column.key]}"
        id = f"{before}{code}.{column.key}"
        return judgement.of(record.figure(column.key, id, of, label, quality if stated else ""))

    called = labels()
    return Indicator(
        code=code,
        name=SourceText(name, record.cell("name")),
        unit=unit,
        values={column.key: value(column) for column in numbers()},
        parent=record.text("parent"),
        relation=record.text("relation"),
        opens=record.text("opens"),
        groups=tuple(record.text("group").split(", ")) if record.text("group") else (),
        note=SourceText(record.text("note"), record.cell("note")),
        place=record.text("place"),
        department=record.file,
    )


def _with_bases(indicators: dict[str, Indicator], judgement: Judgement) -> dict[str, Indicator]:
    """The indicators with the ratios whose base stands in another row."""
    at = {f.cell: f for i in indicators.values() for f in i.figures if f.cell is not None}
    found = dict(indicators)
    for printed, (part, whole) in judgement.bases.items():
        if printed in at and part in at and whole in at:
            code, _, column = at[printed].id.rpartition(".")
            declared = {**found[code].declared, column: percent(at[part], at[whole])}
            found[code] = replace(found[code], declared=declared)
    return found


def _with_formula(indicator: Indicator, record: Record, submitted: dict[str, Indicator]) -> Indicator:
    """The indicator with its value by the form's formula over what the departments submitted."""
    formula = record.text("formula")
    if not formula:
        return indicator

    def operand(code: str) -> Figure:
        known = submitted.get(code) or absent(code, f"{ABSENT}: «{code}»")
        return known.submitted

    value = evaluate(formula, operand, indicator.unit)
    printed = indicator.submitted
    decimals = printed.decimals if printed.value is None or printed.decimals is not None else decimals_of(printed.value)
    named = value.named(f"{indicator.code}.computed", f"{indicator.name}, tính lại", decimals)
    return replace(indicator, computed=replace(named, quality=record.text("quality")))


def _award(same: Sequence[Record], judgement: Judgement) -> Award:
    """An award of its row, or of the rows in which sub-units state it each for itself."""
    record = same[0]
    code, name, tt = record.text("code"), record.text("name"), record.text("tt")

    def value(key: str, unit: str) -> Figure:
        id, label = f"{_row_id(record)}.{key}", f"{name}, {unit}"
        if len(same) == 1:
            return judgement.of(record.figure(key, id, unit, label))
        parts = [judgement.of(r.figure(key, f"{_stem(r)}/{id}", unit, label)) for r in same]
        return gathered(id, label, "" if unit == PERCENT else SUM, parts, parts)

    # Forms number levels I, II, III and titles 1, 2, 3, leave a title that shares a number without one, and mark the
    # kinds of a title by a dash.
    kind = "group" if tt and set(tt) <= set("IVX") else "row" if not tt or tt.rstrip(".").isdigit() else "sub"
    return Award(tt=tt, code=code, name=SourceText(name, record.cell("name")), kind=kind, values=values_of(value))


def _absent_award(code: str, why: str) -> Award:
    values = values_of(lambda key, unit: missing(f"awards.{code}.{key}", unit, why=why))
    return Award(tt="", code=code, name=code, kind="row", values=values)
