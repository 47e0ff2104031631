"""An indicator of one row, as its department states it, and the same in another unit of measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from thidua.entries import SourceText
from thidua.figures import Cell, Figure, Indicator, missing
from thidua.figures.figure import constant
from thidua.figures.numbers import decimals_of
from thidua.figures.row_numbers import RowNumbers
from thidua.figures.unit_sizes import factor_into
from thidua.figures.units import PERCENT
from thidua.forms.roles import STATED, labels, number_columns
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


class RowValues(RowNumbers):
    """The numbers of one row as figures by column, each made when it is first asked for.

    A long report has hundreds of thousands of them, of which a section asks for a few.
    """

    __slots__ = ("_before", "_judgement", "_made", "_record", "_who")

    def __init__(self, record: Record, judgement: Judgement, before: str, who: str):
        self._record = record
        self._judgement = judgement
        self._before = before
        self._who = who
        self._made: dict[str, Figure] = {}

    def __getitem__(self, key: str) -> Figure:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._judgement.of(self._figure(number_columns()[key]))
        return found

    def __contains__(self, key: object) -> bool:
        return key in number_columns()

    def __iter__(self) -> Iterator[str]:
        return iter(number_columns())

    def __len__(self) -> int:
        return len(number_columns())

    def anew(self) -> RowValues:
        """The same numbers, none of which is made yet."""
        return RowValues(self._record, self._judgement, self._before, self._who)

    @property
    def grounds(self) -> tuple[Record, str, str, tuple[str, ...]]:
        """All that the figures follow from: the row, what names them, why each is in doubt where one is."""
        doubts = self._judgement.doubts
        why = tuple(doubts.get(self._record.cell(key), "") for key in self) if doubts else ()
        return self._record, self._before, self._who, why if any(why) else ()

    def _figure(self, column: Column) -> Figure:
        record = self._record
        whose = "".join(f"{part}, " for part in (record.text("name"), self._who) if part)
        return record.figure(
            column.key,
            f"{self._before}{record.text('code')}.{column.key}",
            PERCENT if column.type == "percent" else record.text("unit"),
            f"{whose}{labels()[column.key]}",
            record.text("quality") if column.role in STATED else "",
        )


def indicator_of_row(record: Record, judgement: Judgement, before: str = "", who: str = "") -> Indicator:
    """The indicator of one row; ``before`` begins the ids of its figures where other rows have the same code.

    ``who`` is the unit below that states it, which its figures name.
    """
    return Indicator(
        code=record.text("code"),
        name=SourceText(record.text("name"), record.cell("name")),
        unit=record.text("unit"),
        values=RowValues(record, judgement, before, who),
        parent=record.text("parent"),
        relation=record.text("relation"),
        opens=record.text("opens"),
        groups=tuple(record.text("group").split(", ")) if record.text("group") else (),
        note=SourceText(record.text("note"), record.cell("note")),
        place=record.text("place"),
        department=record.file,
    )


def anew(indicator: Indicator) -> Indicator:
    """The same indicator, of which nothing is worked out yet: what is asked of this one goes with it."""
    values = indicator.values
    return replace(indicator, values=values.anew() if isinstance(values, RowValues) else values)


def in_unit(indicator: Indicator, unit: str) -> Indicator:
    """The indicator with its amounts in another unit of measure; missing where the two do not measure the same."""
    if fold(indicator.unit) == fold(unit):
        return indicator
    rates = {key for key, column in number_columns().items() if column.type == "percent"}
    values = {k: f if k in rates else _converted(f, unit) for k, f in indicator.values.items()}
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
