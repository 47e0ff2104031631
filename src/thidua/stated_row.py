"""An indicator of one row, as its department states it, and the same in another unit of measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from thidua.entries import SourceText
from thidua.figures import Cell, Figure, Indicator, missing
from thidua.figures.figure import constant
from thidua.figures.numbers import decimals_of
from thidua.figures.unit_sizes import factor_into
from thidua.figures.units import PERCENT
from thidua.forms.roles import STATED, labels, numbers
from thidua.forms.schema import Column
from thidua.intake.records import Record
from thidua.language.text import fold


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
        doubt = self.doubts.get(figure.cell, "") if self.doubts and figure.cell else ""
        return replace(figure, doubt=doubt) if doubt else figure


UNJUDGED = Judgement()


def indicator_of_row(record: Record, judgement: Judgement, before: str = "", who: str = "") -> Indicator:
    """The indicator of one row; ``before`` begins the ids of its figures where other rows have the same code.

    ``who`` is the unit below that states it, which its figures name.
    """
    code, name, unit = record.text("code"), record.text("name"), record.text("unit")
    quality = record.text("quality")

    def value(column: Column) -> Figure:
        stated = column.role in STATED
        of = PERCENT if column.type == "percent" else unit
        id, label = f"{before}{code}.{column.key}", f"{whose}{called[column.key]}"
        return judgement.of(record.figure(column.key, id, of, label, quality if stated else ""))

    called = labels()
    whose = "".join(f"{part}, " for part in (name, who) if part)
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


def in_unit(indicator: Indicator, unit: str) -> Indicator:
    """The indicator with its amounts in another unit of measure; missing where the two do not measure the same."""
    if fold(indicator.unit) == fold(unit):
        return indicator
    values = {k: f if f.unit == PERCENT else _converted(f, unit) for k, f in indicator.values.items()}
    computed = indicator.computed and _converted(indicator.computed, unit)
    return replace(indicator, unit=unit, values=values, computed=computed)


def _converted(figure: Figure, unit: str) -> Figure:
    if figure.missing:
        return replace(figure, unit=unit)
    factor = factor_into(figure.unit, unit)
    if factor is None:
        why = f"tính bằng «{figure.unit}», không quy ra «{unit}» được"
        return missing(figure.id, unit, label=figure.label, why=why)
    found = figure * constant(f"{factor:f}") if factor >= 1 else figure / constant(f"{1 / factor:f}")
    named = found.named(f"{figure.id}.quy_doi", f"{figure.label}, quy đổi")
    decimals = decimals_of(found.value) if found.value is not None else None
    return replace(named, unit=unit, decimals=decimals, quality=figure.quality)
