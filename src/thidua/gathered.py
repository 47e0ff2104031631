"""Several submissions of one table put together: one value of what each sub-unit stated for itself.

The form says how (column «Cách gộp»): the sum, the latest, or the mean by weight; or that it is each one's own and not
put together. A rate is never added up, and no mean is taken of percentages: without a way of its own it has no value,
unless the row has a formula.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from thidua.figures import Figure, missing
from thidua.figures.figure import total
from thidua.figures.units import PERCENT
from thidua.intake.records import Record
from thidua.settings.levels import is_own, level_in
from thidua.settings.params import unit_of

SUM, LATEST, MEAN, APART = "cộng", "mới nhất", "bình quân", "không gộp"
WHY_APART = "số của riêng từng đơn vị, không gộp"


def by_code(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Rows of one form by their code, in the order of the workbooks; several where sub-units submit the same table."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.text("code"), []).append(record)
    return found


def way_of(record: Record) -> str:
    """How the values of a row are put together; nothing where the form does not say and they cannot be added up."""
    unit = record.text("unit")
    return record.text("combine") or ("" if unit == PERCENT or "/" in unit else SUM)


def said_of(same: Iterable[Record], units: frozenset[str]) -> str:
    """How a department that knows all the ``units`` below says that their rows of one code are put together."""
    return next((way for r in same if (way := r.text("combine")) and not unit_of(r.file, units)), "")


def are_apart(same: Sequence[Record], units: frozenset[str]) -> bool:
    """Whether the rows of one code are each of its own office: a council's members, the files of a one-stop office.

    A department's word decides, else any of theirs; where no form says, the names under which ``units`` below have it.
    """
    said = said_of(same, units)
    return said == APART or (not said and (any(way_of(r) == APART for r in same) or named_apart(same, units)))


def apart(records: Sequence[Record], units: frozenset[str]) -> frozenset[tuple[str, str]]:
    """What ``units`` below state each of itself alone, so that nothing is put together of it: form and code."""
    if not units:
        return frozenset()
    rows = by_code(r for r in records if r.kind == "indicators")
    awards = awards_apart((r for r in records if r.kind == "awards"), units)
    found = {("indicators", code) for code, same in rows.items() if are_apart(same, units)}
    return frozenset(found | {("awards", code) for code in awards})


def named_apart(same: Iterable[Record], units: frozenset[str]) -> bool:
    """Whether half of the units below or more name their own level, and would be added up for want of a word."""
    theirs = [(r, level) for r in same if (level := _level_below(r.file, units)) is not None]
    own = [r for r, level in theirs if not r.text("combine") and way_of(r) == SUM and is_own(r.text("name"), level)]
    return bool(own) and 2 * len(own) >= len(theirs)


def awards_apart(awards: Iterable[Record], units: frozenset[str]) -> frozenset[str]:
    """The codes of awards that half of the units below or more confer themselves.

    The name says so, that of the heading above or, for the kinds of an award, the award's.
    """
    found: dict[str, list[bool]] = defaultdict(list)
    heading = award = False
    file = ""
    for record in awards:
        if record.file != file:
            heading, award, file = False, False, record.file
        level = _level_below(record.file, units)
        if level is None:
            continue
        if not record.text("code"):
            heading, award = is_own(record.text("name"), level), False
            continue
        if not record.text("tt").startswith("-"):
            award = is_own(record.text("name"), level)
        found[record.text("code")].append(heading or award)
    return frozenset(code for code, own in found.items() if any(own) and 2 * sum(own) >= len(own))


@cache
def _level_below(file: str, units: frozenset[str]) -> str | None:
    """The level of the unit below that a workbook is from, empty where its name tells none; None for a department's."""
    unit = unit_of(file, units)
    return (level_in(unit) or "") if unit else None


def gathered(id: str, label: str, way: str, parts: Sequence[Figure], weights: Sequence[Figure]) -> Figure:
    """One figure of the ``parts`` that several sub-units stated, as far as each stated one.

    ``weights`` are those of a mean, one for each part; a part without a weight leaves the mean without a value.
    """
    unit = next((p.unit for p in parts if p.unit), "")
    stated = [(p, w) for p, w in zip(parts, weights, strict=True) if not p.missing]
    if not stated:
        return missing(id, unit, label=label, why=parts[0].why)
    figures = [p for p, _ in stated]
    if way == SUM:
        value = total(*figures)
    elif way == LATEST:
        value = total(figures[-1])
    elif way == MEAN:
        value = total(*(p * w for p, w in stated)) / total(*(w for _, w in stated))
    elif way == APART:
        return missing(id, unit, label=label, why=WHY_APART)
    else:
        return missing(id, unit, label=label, why="tỷ lệ của từng đơn vị không cộng được; hãy ghi «Cách gộp»")
    quality = next((p.quality for p in figures if p.quality), "")
    decimals = [p.decimals for p in figures if p.decimals is not None]
    shown = max(decimals, default=None) if way != MEAN else max(decimals, default=2)
    return replace(value, id=id, label=label, unit=unit, decimals=shown, quality=quality)
