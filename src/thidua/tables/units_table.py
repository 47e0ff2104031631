"""The table of the units below by what each states: the one with most first."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from thidua.charts import points
from thidua.charts.wording import count
from thidua.document.block import Row
from thidua.figures import Figure, Indicator
from thidua.figures.lacking import named
from thidua.language.text import capitalised
from thidua.report import Report
from thidua.tables.table_cells import Cells, group_row, show_table, text_cell

# Of fewer units a sentence says as much.
_LEAST = 3
# More units than twice as many: the first and the last of them, and how many are between.
_EACH_END = 10
# So many are named that are not ranked.
_NAMED = 5


class _Column(NamedTuple):
    """A column: its header, the whole's figure, that of each unit which has the row."""

    header: str
    whole: Figure
    of_units: dict[str, Figure]

    @property
    def stating(self) -> list[Figure]:
        return [f for f in self.of_units.values() if not f.missing]


def units_table(
    report: Report, indicators: Iterable[Indicator], *, title: str, key: str, measure: str = "done"
) -> None:
    """What each unit below states of some indicators, by the first of them, the largest first; the whole at the end.

    ``measure`` is what is shown of each: «done», or a comparison such as «to_plan». Who states nothing of the first, or
    what is to be ranked in another column than most, stands not among the others but in the line below. Nothing is
    shown where fewer than three units are left, or all of them state the same; an indicator that only one unit states
    is no column.

    >>> units_table(report, report.group("cay_trong"), title="Gieo trồng ở các xã", key="cac_xa")
    """
    columns = [c for i in indicators if len((c := _column(report, i, measure)).stating) > 1]
    if not columns or len(columns[0].stating) < _LEAST or len({f.value for f in columns[0].stating}) == 1:
        return
    first = columns[0].of_units
    names = sorted((n for n in report.by_unit if _states(first.get(n))), key=lambda name: -_value(first[name]))
    cells = Cells()
    body = []
    for number, name in enumerate(names):
        if number < _EACH_END or number >= len(names) - _EACH_END:
            body.append(_row(name, [c.of_units.get(name) for c in columns], cells))
        elif number == _EACH_END:
            between = count(len(names) - 2 * _EACH_END)
            body.append(group_row(f"Còn {between} đơn vị ở giữa không kê ở đây", len(columns) + 1))
    body.append(_row(report.unit.name, [c.whole for c in columns], cells))
    point = points.of_largest({name: [first[name]] for name in names})
    left = [unit.name for unit in report.units if unit.name not in names]
    remark = f"không xếp {named(left, _NAMED)}, chưa có số để so với các đơn vị khác" if left else ""
    header = ["Đơn vị", *(c.header for c in columns)]
    show_table(header, body, cells, title=title, key=key, point=point, remark=remark)


def _column(report: Report, indicator: Indicator, measure: str) -> _Column:
    whole: Figure = getattr(indicator, measure)
    rows = {name: own[indicator.code] for name, own in report.by_unit.items() if indicator.code in own}
    # What one states of the period alone is not ranked among what others state since the year began.
    alike = {n: row for n, row in rows.items() if row.computed or row.stated_in == indicator.stated_in}
    name = indicator.name if measure == "done" else whole.label or indicator.name
    return _Column(f"{capitalised(name)} ({whole.unit})", whole, {n: getattr(row, measure) for n, row in alike.items()})


def _row(name: str, figures: Iterable[Figure | None], cells: Cells) -> Row:
    return Row(cells=(text_cell(capitalised(name), header=True), *map(cells.number, figures)))


def _states(figure: Figure | None) -> bool:
    return figure is not None and not figure.missing


def _value(figure: Figure | None) -> Decimal:
    return Decimal(0) if figure is None or figure.value is None else figure.value
