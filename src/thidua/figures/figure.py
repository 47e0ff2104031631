"""The figure: an immutable value that knows where it comes from.

A figure is either one cell of a submitted workbook or an expression over other figures. It knows nothing of files
or of pages; it is combined with ordinary operators, and its provenance follows by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from thidua.errors import FigureError
from thidua.figures.arithmetic import Operator, Ratio, applied, as_decimal
from thidua.figures.numbers import format_quantity
from thidua.figures.units import PERCENT

MISSING = "chưa có số liệu"
WITHHELD = "chưa tính vì số liệu gốc cần xem lại"


@dataclass(frozen=True, order=True)
class Cell:
    """A cell of a submitted workbook: file name, sheet title, address such as «G14», SHA-256 of the file."""

    file: str
    sheet: str
    address: str
    sha256: str = field(default="", compare=False, repr=False)

    def as_dict(self) -> dict[str, str]:
        """For JSON: file, sheet, address; not the file's SHA-256, which the sealed inputs have once for all cells."""
        return {"file": self.file, "sheet": self.sheet, "cell": self.address}

    def __str__(self) -> str:
        return f"{self.file} › {self.sheet} › {self.address}"


@dataclass(frozen=True)
class Expression:
    """How a figure was computed: an operator over figures."""

    operator: Operator
    operands: tuple[Figure, ...]


@dataclass(frozen=True)
class Figure:
    """One number of the report.

    ``value`` is exact and None where it is missing; ``why`` then says why. ``decimals`` is the number of decimals to
    print, None for all. ``origin`` is a cell, an expression, or None for a constant or for a figure nobody submitted.
    ``doubt`` says why the value may be wrong: a submitted figure in doubt is printed as submitted, and what would be
    computed from it is withheld. ``lacks`` names those whose part it should have and has not, where it was put
    together of what several units state; ``only`` those who state it, where they are few.
    """

    id: str
    value: Decimal | None
    unit: str
    origin: Cell | Expression | None = None
    label: str = ""
    decimals: int | None = None
    quality: str = ""
    why: str = ""
    doubt: str = ""
    lacks: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is not None and not self.value.is_finite():
            raise FigureError(f"Số liệu {self.id} không phải là một số hữu hạn")

    def __str__(self) -> str:
        """Value, unit and where it comes from, in one line."""
        from thidua.figures.formula import explained  # the formula is written over figures

        return explained(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """What a terminal shows of it."""
        printer.text(str(self))

    def _repr_markdown_(self) -> str:
        """What a notebook shows of it. Never HTML, which would be taken for a part of the report."""
        from thidua.figures.formula import tree

        return tree(self)

    @property
    def missing(self) -> bool:
        """Whether there is no value; ``why`` then says why. A zero is a value."""
        return self.value is None

    @property
    def withheld(self) -> bool:
        """Whether it has no value because one that it rests on is in doubt."""
        return self.missing and bool(self.doubt)

    @property
    def exact(self) -> Ratio | None:
        """The value without any rounding on the way: (a ÷ 3) × 3 is a. None where it is missing."""
        if self.value is None:
            return None
        return self._worked_out if isinstance(self.origin, Expression) else self.value.as_integer_ratio()

    @property
    def printed(self) -> str:
        """The number as the report prints it, without its unit."""
        return MISSING if self.value is None else format_quantity(self.value, self.unit, self.decimals)

    @property
    def cell(self) -> Cell | None:
        """The submitted cell that it was read from, None for what was computed."""
        return self.origin if isinstance(self.origin, Cell) else None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The submitted cells that it rests on, each once."""
        return tuple(dict.fromkeys(f.cell for f in self.walk() if f.cell is not None))

    @property
    def inputs(self) -> tuple[Figure, ...]:
        """What it was computed from, one step back; empty for what was read from a cell."""
        return self.origin.operands if isinstance(self.origin, Expression) else ()

    def named(self, id: str, label: str = "", decimals: int | None = None) -> Figure:
        """The same figure under a name of its own, with the decimals to print."""
        return replace(
            self,
            id=id,
            label=label or self.label,
            decimals=self.decimals if decimals is None else decimals,
        )

    @cached_property
    def _worked_out(self) -> Ratio:
        assert isinstance(self.origin, Expression) and self.value is not None
        parts = [f.exact for f in self.origin.operands]
        known = [part for part in parts if part is not None]
        return applied(self.origin.operator, known) if len(known) == len(parts) else self.value.as_integer_ratio()

    def walk(self) -> Iterator[Figure]:
        """This figure after all those it rests on, each once."""
        seen: set[int] = set()
        waiting = [(self, False)]
        while waiting:
            figure, opened = waiting.pop()
            if opened:
                yield figure
            elif id(figure) not in seen:
                seen.add(id(figure))
                waiting.append((figure, True))
                waiting += [(part, False) for part in reversed(figure.inputs)]

    def __add__(self, other: Figure) -> Figure:
        return combine("+", self, other)

    def __sub__(self, other: Figure) -> Figure:
        return combine("-", self, other)

    def __mul__(self, other: Figure) -> Figure:
        return combine("*", self, other)

    def __truediv__(self, other: Figure) -> Figure:
        return combine("/", self, other)

    def __radd__(self, other: int) -> Figure:
        # The built-in sum() starts from the integer 0.
        return self if other == 0 else NotImplemented

    def __bool__(self) -> bool:
        raise FigureError(
            f"Không thể hỏi «{self.id}» là đúng hay sai; hãy dùng .missing, hoặc | nonzero, hoặc so sánh .value"
        )


@lru_cache(maxsize=64)
def constant(value: int | str) -> Figure:
    """A number that belongs to a formula, not to a period: the 100 of a percentage."""
    number = Decimal(value)
    return Figure(id=f"{number}", value=number, unit="", label=f"{number}")


def missing(id: str, unit: str = "", why: str = "", label: str = "") -> Figure:
    """A figure nobody submitted."""
    return Figure(id=id, value=None, unit=unit, label=label, why=why or "chưa được báo cáo")


def percent(part: Figure, whole: Figure) -> Figure:
    """100 × part ÷ whole, in percent. Missing where the whole is zero or missing, and says why.

    >>> first, second, *_ = report.group("vat_nuoi")
    >>> percent(first.actual, second.actual)
    """
    return combine("percent", part, whole)


def change(now: Figure, before: Figure) -> Figure:
    """Growth of ``now`` over ``before``, in percent. Missing where ``before`` is zero, negative or missing.

    >>> cattle = report.group("vat_nuoi")[0]
    >>> change(cattle.actual, cattle.last)
    """
    return combine("change", now, before)


def total(*figures: Figure) -> Figure:
    """The sum of figures of one unit. Missing as soon as one of them is missing.

    >>> total(*(i.actual for i in report.group("vat_nuoi")))
    """
    return combine("sum", *figures)


def magnitude(figure: Figure) -> Figure:
    """The size of a figure without its sign: what follows «giảm» in a sentence."""
    if figure.value is None or figure.value >= 0:
        return figure
    return combine("abs", figure).named(f"abs({figure.id})", figure.label, figure.decimals)


def combine(operator: Operator, *operands: Figure, unit: str | None = None) -> Figure:
    """Apply an operator to figures; FigureError where their units do not go together and no ``unit`` is given."""
    if not operands:
        raise FigureError("Không có số liệu nào để tính tổng")
    unit = _unit_of(operator, operands) if unit is None else unit
    expression = Expression(operator, operands)
    absent = [f for f in operands if f.value is None and not f.withheld]
    doubt = "" if absent else next((f.doubt for f in operands if f.doubt), "")
    value: Decimal | None = None
    why = ""
    if doubt and operator != "abs":
        why = because(doubt)
    elif absent:
        why = f"thiếu {absent[0].label or absent[0].id}"
    elif operator in ("/", "percent", "change") and operands[1].value == 0:
        why = f"{operands[1].label or operands[1].id} bằng 0 nên không tính được tỷ lệ"
    elif operator == "change" and operands[1].value is not None and operands[1].value < 0:
        why = f"{operands[1].label or operands[1].id} là số âm nên không tính được mức tăng, giảm"
    else:
        value = as_decimal(applied(operator, [exact for f in operands if (exact := f.exact) is not None]))
    decimals = 2 if operator in ("/", "percent", "change") else _widest(operands)
    few = [f.only for f in operands if f.origin is not None]
    return Figure(
        _name(operator, operands),
        value,
        unit,
        expression,
        decimals=decimals,
        why=why,
        doubt=doubt,
        lacks=tuple(sorted({name for f in operands for name in f.lacks})),
        only=tuple(sorted({name for who in few for name in who})) if all(few) else (),
    )


def because(doubt: str) -> str:
    """Why a figure is withheld that rests on one in doubt."""
    return f"số liệu gốc cần xem lại: {doubt}"


def _unit_of(operator: Operator, operands: tuple[Figure, ...]) -> str:
    units = [f.unit for f in operands]
    if operator == "*":
        return " × ".join(u for u in units if u)
    if operator == "/":
        return "" if units[0] == units[1] else f"{units[0]}/{units[1]}" if units[1] else units[0]
    # A figure that nobody submitted may not know its unit; a constant has none and adds to anything.
    known = {f.unit for f in operands if f.unit or not f.missing}
    different = sorted(known - {""} if operator in ("+", "-", "sum") else known)
    if len(different) > 1:
        names = ", ".join(f"{f.label or f.id} ({f.unit or 'không đơn vị'})" for f in operands)
        raise FigureError(f"Không thể kết hợp các số liệu khác đơn vị tính: {names}")
    return PERCENT if operator in ("percent", "change") else next((u for u in units if u), "")


def _widest(operands: tuple[Figure, ...]) -> int | None:
    places = [f.decimals for f in operands]
    return None if any(p is None for p in places) else max(p for p in places if p is not None)


def _name(operator: Operator, operands: tuple[Figure, ...]) -> str:
    """An id made from the expression, so that the same expression has the same id in every run."""
    ids = [f.id for f in operands]
    text = f"{operator}({','.join(ids)})" if operator.isalpha() else f"({operator.join(ids)})"
    if len(text) <= 120:
        return text
    return f"{operator}_{len(ids)}_{hashlib.sha256(text.encode()).hexdigest()[:12]}"
