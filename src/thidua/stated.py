"""Indicators and awards as their departments state them: each of its row, or of the rows of several sub-units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thidua.entries import SourceText, row_id
from thidua.figures import Cell, Figure, Indicator, missing, percent
from thidua.figures.award import Award, values_of
from thidua.figures.indicator import absent
from thidua.figures.numbers import decimals_of
from thidua.figures.units import PERCENT
from thidua.figures.written import evaluate
from thidua.forms.roles import STATED, labels, numbers
from thidua.forms.schema import Column
from thidua.gathered import SUM, by_code, gathered, way_of
from thidua.intake.cells import Number
from thidua.intake.records import Record

# What is said of a code that no row has.
ABSENT = "mã không có trong số liệu của kỳ"


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


def indicators_of(records: Sequence[Record], judgement: Judgement) -> dict[str, Indicator]:
    """The indicators of some rows by code, in the order of the workbooks."""
    rows = by_code(records)
    submitted = {code: _of_submissions(same, rows, judgement) for code, same in rows.items()}
    found = {code: _with_formula(submitted[code], same[0], submitted) for code, same in rows.items()}
    return _with_bases(found, judgement)


def awards_of(records: Sequence[Record], judgement: Judgement) -> Iterator[Award]:
    """The awards of some rows, in the order of the workbooks."""
    same = by_code(records)
    repeated = {r.file for code, rows in same.items() if code for r in rows[1:]}
    for record in records:
        if code := record.text("code"):
            if record is same[code][0]:
                yield _award(same[code], judgement)
        # A heading without numbers stands in every sub-unit's table.
        elif record.file not in repeated or any(isinstance(v, Number) for v in record.values.values()):
            yield _award([record], judgement)


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
    return replace(first, values=values, department=same[0].folder)


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
        id, label = f"{row_id(record)}.{key}", f"{name}, {unit}"
        if len(same) == 1:
            return judgement.of(record.figure(key, id, unit, label))
        parts = [judgement.of(r.figure(key, f"{_stem(r)}/{id}", unit, label)) for r in same]
        return gathered(id, label, "" if unit == PERCENT else SUM, parts, parts)

    # Forms number levels I, II, III and titles 1, 2, 3, leave a title that shares a number without one, and mark the
    # kinds of a title by a dash.
    kind = "group" if tt and set(tt) <= set("IVX") else "row" if not tt or tt.rstrip(".").isdigit() else "sub"
    return Award(tt=tt, code=code, name=SourceText(name, record.cell("name")), kind=kind, values=values_of(value))


def absent_award(code: str, why: str) -> Award:
    """An award that the period's data do not have: every figure of it is missing and says why."""
    values = values_of(lambda key, unit: missing(f"awards.{code}.{key}", unit, why=why))
    return Award(tt="", code=code, name=code, kind="row", values=values)
