"""Awards as their departments state them: each of its row, or of the rows of several sub-units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thidua.asked_units import NOBODY, AskedUnits
from thidua.entries import SourceText, row_id
from thidua.figures import Figure, missing
from thidua.figures.award import Award, values_of
from thidua.figures.units import PERCENT
from thidua.gathered import SUM, WHY_APART, awards_apart, by_code, gathered
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.settings.params import unit_of
from thidua.stated_row import Judgement


def awards_of(records: Sequence[Record], judgement: Judgement, units: AskedUnits = NOBODY) -> Iterator[Award]:
    """The awards of some rows, in the order of the workbooks; those of ``units`` below count where no own row is."""
    same = by_code(records)
    apart = awards_apart(records, units.names)
    repeated = {r.file for code, rows in same.items() if code for r in rows[1:]}
    for record in records:
        if code := record.text("code"):
            if record is same[code][0]:
                own = [r for r in same[code] if not unit_of(r.file, units.names)]
                award = _award(own or same[code], judgement, units)
                yield award if own or code not in apart else _conferred_below(award)
        # A heading without numbers stands in every sub-unit's table.
        elif record.file not in repeated or any(isinstance(v, Number) for v in record.values.values()):
            yield _award([record], judgement, NOBODY)


def _award(same: Sequence[Record], judgement: Judgement, units: AskedUnits) -> Award:
    """An award of its row, or of the rows in which sub-units state it each for itself."""
    record = same[0]
    code, name, tt = record.text("code"), record.text("name"), record.text("tt")
    having = {unit for r in same if (unit := unit_of(r.file, units.names))}

    def value(key: str, unit: str) -> Figure:
        id, label = f"{row_id(record)}.{key}", f"{name}, {unit}"
        if len(same) == 1:
            whole = judgement.of(record.figure(key, id, unit, label))
        else:
            parts = [judgement.of(r.figure(key, f"{r.stem}/{id}", unit, label)) for r in same]
            whole = gathered(id, label, "" if unit == PERCENT else SUM, parts, parts)
        # Who gave none of an award leaves its cell empty: only who has not the row is asked for it.
        if not having or whole.missing:
            return whole
        only = tuple(sorted(having)) if units.few(having) else ()
        return replace(whole, lacks=units.lacking(having, having), only=only)

    # Forms number levels I, II, III and titles 1, 2, 3, leave a title that shares a number without one, and mark the
    # kinds of a title by a dash.
    kind = "group" if tt and set(tt) <= set("IVX") else "row" if not tt or tt.rstrip(".").isdigit() else "sub"
    return Award(tt=tt, code=code, name=SourceText(name, record.cell("name")), kind=kind, values=values_of(value))


def _conferred_below(award: Award) -> Award:
    """An award that units below confer each itself: no number of the whole."""
    values = {k: missing(f.id, f.unit, label=f.label, why=WHY_APART) for k, f in award.values.items()}
    return replace(award, values=values)


def absent_award(code: str, why: str) -> Award:
    """An award that the period's data do not have: every figure of it is missing and says why."""
    values = values_of(lambda key, unit: missing(f"awards.{code}.{key}", unit, why=why))
    return Award(tt="", code=code, name=code, kind="row", values=values)
