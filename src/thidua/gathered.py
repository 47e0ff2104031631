"""Several submissions of one table put together: one value of what each sub-unit stated for itself.

The form says how (column «Cách gộp»): the sum, the latest, or the mean by weight; or that it is each one's own and not
put together. A rate is never added up, and no mean is taken of percentages: without a way of its own it has no value,
unless the row has a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from thidua.figures import Figure, missing
from thidua.figures.figure import total
from thidua.figures.units import PERCENT
from thidua.intake.records import Record

SUM, LATEST, MEAN, APART = "cộng", "mới nhất", "bình quân", "không gộp"
WHY_APART = "số của riêng từng đơn vị, biểu ghi không gộp"


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


def are_apart(same: Iterable[Record]) -> bool:
    """Whether the rows of one code are each of its own office: a council's members, the files of a one-stop office."""
    return any(way_of(record) == APART for record in same)


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
