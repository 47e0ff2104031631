"""Figures as records: how the executed notebooks carry them to the later stages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from thidua.contracts import FigureRecord, Place
from thidua.errors import FigureError
from thidua.figures.figure import Cell, Expression, Figure
from thidua.figures.formula import readable


def records(figures: Iterable[Figure]) -> list[FigureRecord]:
    """One record for each figure and for everything it rests on, inputs before results, each id once.

    FigureError where two different figures go by one id: the reader who follows it would land on the wrong one.
    """
    found: dict[str, FigureRecord] = {}
    for figure in figures:
        for part in figure.walk():
            record = _record(part)
            if different(found.setdefault(part.id, record), record):
                raise FigureError(
                    f"Hai số liệu khác nhau cùng mang mã «{part.id}»: {found[part.id].printed} và {part.printed}; "
                    "hãy đặt tên riêng bằng .named"
                )
    return list(found.values())


def different(one: FigureRecord, other: FigureRecord) -> bool:
    """Whether two records of one id are not of one figure; its label may vary."""
    fields = ("value", "printed", "unit", "operator", "inputs", "source")
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def exact(value: Decimal | None) -> str | None:
    """A value in plain decimal notation, never in powers of ten."""
    return None if value is None else f"{value:f}"


def _record(figure: Figure) -> FigureRecord:
    expression = figure.origin if isinstance(figure.origin, Expression) else None
    cell = figure.origin if isinstance(figure.origin, Cell) else None
    return FigureRecord(
        id=figure.id,
        label=figure.label,
        value=exact(figure.value),
        printed=figure.printed,
        unit=figure.unit,
        formula=readable(figure),
        operator=expression.operator if expression else None,
        inputs=tuple(f.id for f in expression.operands) if expression else (),
        source=Place(file=cell.file, sheet=cell.sheet, cell=cell.address) if cell else None,
        why=figure.why or None,
        lacks=figure.lacks,
        only=figure.only,
    )
