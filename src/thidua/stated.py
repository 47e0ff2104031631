"""Indicators as their departments state them: each of its row, or of the rows of several sub-units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from thidua.asked_units import NOBODY, AskedUnits
from thidua.errors import FigureError
from thidua.figures import Figure, Indicator, missing, percent
from thidua.figures.indicator import COMPUTED, absent, others_too
from thidua.figures.numbers import decimals_of
from thidua.figures.written import evaluate, names
from thidua.forms.roles import STATED, labels, numbers
from thidua.forms.schema import Column
from thidua.gathered import WHY_APART, are_apart, by_code, gathered, said_of, way_of
from thidua.intake.records import Record
from thidua.language.capitals import uncapitalised
from thidua.settings.params import unit_of
from thidua.stated_row import Judgement, in_unit, indicator_of_row

# What is said of a code that no row has.
ABSENT = "mã không có trong số liệu của kỳ"


def indicators_of(
    records: Sequence[Record],
    judgement: Judgement,
    units: AskedUnits = NOBODY,
    unjudged: Mapping[str, Indicator] | None = None,
) -> dict[str, Indicator]:
    """The indicators of some rows by code, in the order of the workbooks; ``units`` are those below.

    ``unjudged`` has the same indicators without a judgement: those that it does not concern are taken from there.
    """
    rows = by_code(records)
    concerned = _concerned(rows, judgement)
    anew = rows.keys() if unjudged is None else concerned
    known = unjudged or {}
    submitted = {c: _of_both(same, rows, judgement, units) if c in anew else known[c] for c, same in rows.items()}

    def whole(code: str, same: list[Record]) -> Indicator:
        own = all(unit_of(r.file, units.names) for r in same) and are_apart(same, units.names)
        return submitted[code] if own else _with_formula(submitted[code], same[0], submitted)

    found = {code: whole(code, same) if code in anew else known[code] for code, same in rows.items()}
    return _with_bases(found, judgement, concerned)


def _concerned(rows: Mapping[str, list[Record]], judgement: Judgement) -> set[str]:
    """The codes of rows that a judgement speaks of, of those that these weigh, and of what is worked out of them."""
    if not (judgement.doubts or judgement.bases):
        return set()
    named: dict[tuple[str, str], set[str]] = {}
    for cell in (*judgement.doubts, *(c for printed, base in judgement.bases.items() for c in (printed, *base))):
        named.setdefault((cell.file, cell.sheet), set()).add(cell.address)

    def is_named(record: Record) -> bool:
        addresses = named.get((record.file, record.sheet))
        return addresses is not None and not addresses.isdisjoint(record.cells.values())

    own = {code for code, same in rows.items() if any(map(is_named, same))}
    own |= {code for code, same in rows.items() if any(r.text("weight") in own for r in same)}
    formulas = {code: same[0].text("formula") for code, same in rows.items()}
    return own | {code for code, formula in formulas.items() if formula and not own.isdisjoint(names(formula))}


def _of_both(
    same: list[Record], rows: Mapping[str, list[Record]], judgement: Judgement, units: AskedUnits
) -> Indicator:
    """An indicator of the departments' rows and of those of the units below: a department's number stands alone.

    Theirs are put together for the columns that no department states. A department states a number for all units; so
    do the units where nobody's part is lacking.
    """
    theirs = [r for r in same if unit_of(r.file, units.names)]
    own = [r for r in same if not unit_of(r.file, units.names)]
    if theirs and are_apart(same, units.names):
        return _of_submissions(own, rows, judgement, units) if own else _apart(theirs, rows, judgement, units)
    if not own or not theirs:
        return _of_submissions(same, rows, judgement, units)
    stated = _of_submissions(own, rows, judgement, units)
    below = gathered_below(same, rows, judgement, units)
    # What it did is told in one way: no cumulative number of theirs beside its own of the period.
    amounts = {c.key for c in numbers() if c.role in STATED}
    alone = amounts if any(not stated.values[key].missing for key in amounts) else set()
    values = {k: below.values[k] if f.missing and k not in alone else f for k, f in stated.values.items()}
    everyone = tuple(sorted(units.names))

    def parts(key: str) -> tuple[str, ...]:
        whole = not stated.values[key].missing or not below.values[key].lacks
        return everyone if whole else below.stated_by.get(key, ())

    return replace(stated, values=values, stated_by={k: parts(k) for k, figure in values.items() if not figure.missing})


def _apart(
    theirs: list[Record], rows: Mapping[str, list[Record]], judgement: Judgement, units: AskedUnits
) -> Indicator:
    """What units below state each of itself alone: no number of the whole."""
    found = _of_submissions(theirs, rows, judgement, units)
    values = {k: missing(f.id, f.unit, label=f.label, why=WHY_APART) for k, f in found.values.items()}
    return replace(found, values=values, stated_by={})


def gathered_below(
    same: list[Record], rows: Mapping[str, list[Record]], judgement: Judgement, units: AskedUnits
) -> Indicator:
    """What the rows of the units below come to, in the unit of measure of the first row there is, a department's."""
    theirs = [r for r in same if unit_of(r.file, units.names)]
    return _of_submissions(theirs, rows, judgement, units, same[0].text("unit"), said_of(same, units.names))


def of_units(
    records: Sequence[Record], judgement: Judgement, units: Collection[str], counted: Mapping[str, Indicator]
) -> dict[str, dict[str, Indicator]]:
    """What each of the units below states for itself: by unit, by code, in the unit of measure of ``counted``."""
    found: dict[str, dict[str, Indicator]] = {}
    theirs: dict[str, list[Record]] = {}
    known = frozenset(units)
    for record in records:
        theirs.setdefault(unit_of(record.file, known), []).append(record)
    for name in units:
        rows = by_code(theirs.get(name, ()))
        own = {code: _of_unit(same, rows, judgement, name) for code, same in rows.items()}
        whole = {code: _with_formula(indicator, rows[code][0], own) for code, indicator in own.items()}
        found[name] = {code: in_unit(i, counted[code].unit) for code, i in whole.items() if code in counted}
    return found


def _of_unit(same: list[Record], rows: Mapping[str, list[Record]], judgement: Judgement, name: str) -> Indicator:
    """An indicator as one unit below states it; its ids begin with the unit's name."""
    if len(same) == 1:
        found = indicator_of_row(same[0], judgement, f"{same[0].stem}/", name)
    else:
        found = _of_submissions(same, rows, judgement, AskedUnits([name]))
        found = replace(found, values={k: f.named(f"{name}/{f.id}") for k, f in found.values.items()})
    return replace(found, code=f"{name}/{found.code}", name=f"{found.name}, {name}")


def _of_submissions(
    same: list[Record],
    rows: Mapping[str, list[Record]],
    judgement: Judgement,
    units: AskedUnits,
    unit: str | None = None,
    said: str = "",
) -> Indicator:
    """An indicator of its row, or of the rows in which sub-units state it each for itself.

    All of them count in one ``unit`` of measure, the first row's where none is given, and are put together as is
    ``said`` for all, else by the first row.
    """
    counted = same[0].text("unit") if unit is None else unit
    if len(same) == 1:
        alone = in_unit(indicator_of_row(same[0], judgement, who=unit_of(same[0].file, units.names)), counted)
        return _with_lacks(replace(alone, stated_by=_stated_by(same, [alone], units)), same, units)
    parts = [in_unit(_part(record, judgement, units), counted) for record in same]
    first, way = parts[0], said or way_of(same[0])
    weighed_by = rows.get(same[0].text("weight"), [])
    weighed_in = weighed_by[0].text("unit") if weighed_by else ""
    weighing = {_who(r, units): in_unit(_part(r, judgement, units), weighed_in).submitted for r in weighed_by}
    no_weight = missing(f"{first.code}.", why="thiếu quyền số")
    weights = [weighing.get(_who(record, units), no_weight) for record in same]

    called = labels()

    def value(column: Column) -> Figure:
        given = [part.values[column.key] for part in parts]
        own = "" if column.type == "percent" else way
        return gathered(f"{first.code}.{column.key}", f"{first.name}, {called[column.key]}", own, given, weights)

    values = {column.key: value(column) for column in numbers()}
    found = replace(first, values=values, department=same[0].folder, stated_by=_stated_by(same, parts, units))
    return _with_lacks(found, same, units)


def _with_lacks(indicator: Indicator, same: Iterable[Record], units: AskedUnits) -> Indicator:
    """The indicator whose figures say whose parts of the units below they have not, or who alone states them."""
    having = {name for r in same if (name := unit_of(r.file, units.names))}
    if not having:
        return indicator
    by = indicator.stated_by
    lacks = {key: units.lacking(having, by.get(key, ())) for key, f in indicator.values.items() if not f.missing}
    only = {key: by.get(key, ()) for key in lacks} if units.few(having) else {}
    values = {key: replace(f, lacks=lacks.get(key, ()), only=only.get(key, ())) for key, f in indicator.values.items()}
    return replace(indicator, values=values)


def _stated_by(same: Iterable[Record], parts: Iterable[Indicator], units: AskedUnits) -> dict[str, tuple[str, ...]]:
    """Who of those below states each column; nothing of a department's own row."""
    found: dict[str, set[str]] = {}
    for record, part in zip(same, parts, strict=True):
        if unit_of(record.file, units.names) or record.folder:
            for key, figure in part.values.items():
                if not figure.missing:
                    found.setdefault(key, set()).add(_who(record, units))
    return {key: tuple(sorted(who)) for key, who in found.items()}


def _who(record: Record, units: AskedUnits) -> str:
    """Who states a row: a unit below, which may have several workbooks, else whoever submitted this one."""
    return unit_of(record.file, units.names) or record.file


def _part(record: Record, judgement: Judgement, units: AskedUnits) -> Indicator:
    """The indicator of one of several rows that have its code."""
    return indicator_of_row(record, judgement, f"{record.stem}/", unit_of(record.file, units.names))


def _with_bases(
    indicators: dict[str, Indicator], judgement: Judgement, concerned: Collection[str]
) -> dict[str, Indicator]:
    """The indicators with the ratios whose base stands in another row.

    All those cells are of ``concerned`` codes: of the others no figure has to be made.
    """
    if not judgement.bases:
        return indicators
    at = {f.cell: f for code in concerned for f in indicators[code].figures if f.cell is not None}
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

    used: list[tuple[str, ...]] = []

    def operand(code: str) -> Figure:
        known = submitted.get(code) or absent(code, f"{ABSENT}: «{code}»")
        used.append(known.done_by)
        return known.submitted

    try:
        value, why = evaluate(formula, operand, indicator.unit), others_too(*used)
    except FigureError as error:  # a row of others counts in another unit of measure than whoever wrote the formula
        value, why = indicator.submitted, uncapitalised(str(error))
    if why:
        value = missing(f"{indicator.code}.{COMPUTED}", indicator.unit, why=why)
    printed = indicator.submitted
    decimals = printed.decimals if printed.value is None or printed.decimals is not None else decimals_of(printed.value)
    named = value.named(f"{indicator.code}.{COMPUTED}", f"{indicator.name}, tính lại", decimals)
    computed = replace(named, quality=record.text("quality"))
    by = {COMPUTED: next(filter(None, used), ())}
    return replace(indicator, computed=computed, stated_by={**indicator.stated_by, **by})
