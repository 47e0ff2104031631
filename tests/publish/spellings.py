"""Numbers in every way in which a department may write them, and the audit workbook of a report that has them."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

from publish.small import DOCUMENT
from thidua.contracts import FigureRecord
from thidua.figures.figure_record import records as records_of
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.publish.audit.audit_workbook import write_audit
from workbooks import FILE, indicators, inputs, raw, write_root

_SIGNS = ["", "-", "− ", "–", "+", "- "]
_BODIES = ["8,93", "0.352", "12.34", "1.2345", "1.234", "1 234", "1\u00a0234,5", "1\u202f234\u202f567", "1.234.567,89"]
_BODIES += ["1919,10", "0", "0,05", "120", "\u200b7,0 ", "999999999999,5"]
_TYPED = [f"{sign}{body}" for sign, body in product(_SIGNS, _BODIES)]
_SHARES = ["96,18", "96,18%", "96,18 %", "−8,93 %", "–8,9\u00a0%", "0.352%", "12.34 %", "+5%", "1.234,5 %", "100%"]
# A value and its number format.
_COUNTS: list[tuple[Any, str]] = [
    (1234.5, "#,##0"), (-1234.5, "#,##0.0_);[Red](#,##0.0)"), (15, '#,##0" ha"'), (2.5, '#,##0.00\\ [$₫-42A]'),
    (3_500_000, "#,##0,,"), (-3_500, "0.0,"), (0, '[=0]"-";0'), (7, '[=0]"-";0'), (5, "[<10]00;#,##0"), (2.5, "# ?/?"),
    (1e-7, "0.00E+00"), (0.1 + 0.2, "General"), (12, "@"), (1234567, "_(* #,##0_);_(* (#,##0);_(* -_);_(@_)"),
]  # fmt: skip
_SHARES_AS_NUMBERS: list[tuple[Any, str]] = [
    (0.87, "0.00%"), (0.0185, "0%"), (90, '0.00"%"'), (0.87, '[=0]"-";0%'), (0, '[=0]"-";0%'),
    (-0.0893, "0.0%;[Red]-0.0%"), (96.18, "0.00"), (0.5, "[>=0]0%;[Red]-0%"),
    (87, "0\\%"), ("90", '@"%"'), ("90%", "0%"),
]  # fmt: skip


# Each with its number format and its unit, in the order of the indicators.
CELLS: list[tuple[Any, str, str]] = [
    *((text, "@", "ha") for text in _TYPED),
    *((text, "General", "%") for text in _SHARES),
    *((*cell, "ha") for cell in _COUNTS),
    *((*cell, "%") for cell in _SHARES_AS_NUMBERS),
]


def write_spellings(file: Path) -> list[FigureRecord]:
    """Write the audit workbook of an indicator for each of ``CELLS``; the figures of them, in their order."""
    book = indicators(
        *(
            {"code": f"c{n}", "name": f"Chỉ tiêu {n}", "unit": unit, "actual": value}
            for n, (value, _, unit) in enumerate(CELLS)
        )
    )
    for row, (value, number_format, _) in enumerate(CELLS, 2):
        cell = book["Chỉ tiêu"].cell(row, 4)
        assert cell.value == value
        cell.number_format = number_format
    root = write_root(file.parent / "cach-viet", {FILE: book})
    figures = [i.actual for i in inputs(root).data.indicators]
    assert all(f.value is not None for f in figures)
    submitted = open_workbook(raw(root))
    assert isinstance(submitted, RawWorkbook)
    known = list(records_of(figures))
    write_audit([submitted], known, [], DOCUMENT, file)
    return known
