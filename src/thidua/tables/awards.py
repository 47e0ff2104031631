"""The appendix that counts the awards by level, title and form, with the share of grassroots units and workers.

It has the form's rows and no others: totals that no department submitted are not made, since a person may have won
several titles and a number may stand in the wrong column.
"""

from __future__ import annotations

from collections.abc import Iterable

from thidua.figures import Figure
from thidua.figures.award import Award, award_numbers
from thidua.tables.appendix import Column, RowStyle, Value, show_appendix

_BASE = "Trong đó đối tượng ở cơ sở, lao động trực tiếp"
_LEAD = (
    Column(("TT",), 4, "center"),
    Column(("Danh hiệu thi đua và hình thức khen thưởng",), 24),
)


def _columns() -> dict[str, Column]:
    """The columns with numbers, by what each shows of an award: the form's, its shares worked out anew."""
    found = {}
    parts = {c.printed.part for c in award_numbers() if c.printed}
    for column in award_numbers():
        levels = tuple(column.header[0].split(" / "))
        if column.printed or column.key in parts:
            levels = (_BASE, *levels)
        attribute = column.printed.gives if column.printed else column.key
        found[attribute] = Column(levels, 5 if column.key in parts else 6.5, "number")
    return found


_NUMBERS = _columns()
# The part and the whole of each share.
_SHARES = {c.printed.gives: (c.printed.part, c.printed.ratio) for c in award_numbers() if c.printed}


def appendix_awards(awards: Iterable[Award]) -> None:
    """Awards by level, title and form. Cells stay empty where nothing was awarded; nothing is shown without any award.

    >>> appendix_awards(report.awards)
    """
    columns = (*_LEAD, *_NUMBERS.values())
    found = list(awards)
    # A form in which nobody wrote a number is no appendix.
    rows = [_row(award) for award in found] if any(not f.missing for a in found for f in a.counts) else []
    show_appendix("khen_thuong", "Danh hiệu thi đua, hình thức khen thưởng", columns, rows)


def _row(award: Award) -> tuple[RowStyle, list[str | Value | None]]:
    styles: dict[str, RowStyle] = {"group": "group", "sub": "sub"}
    values = [_value(getattr(award, key), key) for key in _NUMBERS]
    return styles.get(award.kind, "row"), [award.tt, award.name, *values]


def _value(figure: Figure, key: str) -> Value:
    """A number; a share that was worked out anew is worked out in the workbook too, from its row's columns."""
    if key not in _SHARES or not figure.inputs:
        return Value(figure)
    part, whole = (len(_LEAD) + list(_NUMBERS).index(k) for k in _SHARES[key])
    return Value(figure, share=(part, whole))
