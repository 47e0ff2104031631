"""The kinds of table that a report uses, as words for notebooks.

Columns and rows without any value are left out; a table without rows is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from thidua.charts import points
from thidua.document.block import Cell, Row
from thidua.entries import Entry
from thidua.errors import TableError
from thidua.figures import Figure, Indicator
from thidua.forms.roles import DONE, STATED, bases, measures
from thidua.language.text import capitalised, written_date
from thidua.tables.table_cells import Cells, group_row, show_table, text_cell
from thidua.tables.widths import fair_widths


def progress_table(
    indicators: Iterable[Indicator] | Mapping[str, Iterable[Indicator]],
    *,
    title: str,
    key: str,
    change: bool = False,
) -> None:
    """Indicators against plan and last year: one row each, a column for each comparison that some row has.

    An indicator that is part of another one above it is set in. ``indicators`` may map headings to the indicators
    under them. ``change`` shows the growth over last year in place of the level.

    >>> progress_table(report.group("cay_trong"), title="Tiến độ gieo trồng", key="gieo_trong")
    """
    groups = indicators if isinstance(indicators, Mapping) else {"": indicators}
    chosen = {heading: [i for i in found if _reported(i, change)] for heading, found in groups.items()}
    rows = [i for found in chosen.values() for i in found]
    if all(i.done.missing and i.to_plan.missing for i in rows):
        return
    columns = [c for c in _progress(change) if any(_filled(c.of(i)) for i in rows)]
    units = {i.unit for i in rows}
    shared = units.pop() if len(units) == 1 else ""
    header = ["Chỉ tiêu", *([] if shared else ["Đơn vị tính"])]
    header += [f"{c.header} ({shared})" if shared and c.in_unit else c.header for c in columns]
    cells = Cells()
    body = []
    for heading, found in chosen.items():
        if heading and found:
            body.append(group_row(heading, len(header)))
        for number, indicator in enumerate(found):
            above = {i.code for i in found[:number]}
            lead = [text_cell(capitalised(indicator.name), header=True)]
            lead += [] if shared else [text_cell(indicator.unit)]
            numbers = (cells.number(column.of(indicator)) for column in columns)
            body.append(Row(style="sub" if indicator.parent in above else "row", cells=(*lead, *numbers)))
    shown = [b for b in bases() if any(c.attribute in (b.ratio, b.change) for c in columns)]
    show_table(header, body, cells, title=title, key=key, point=points.of_progress(rows, shown))


class _Column(NamedTuple):
    """A column of a progress table: an attribute of the indicator, its header, whether that is in its unit."""

    attribute: str
    header: str
    in_unit: bool

    def of(self, indicator: Indicator) -> Figure:
        figure: Figure = getattr(indicator, self.attribute)
        return figure


def _progress(change: bool) -> Iterator[_Column]:
    """What was done, then the form's other columns, each base with the ratio to it or, with ``change``, the change."""
    yield _Column("done", DONE, True)
    compared = {base.key: base for base in bases()}
    for measure in measures():
        if measure.role not in STATED:
            yield _Column(measure.key, measure.header, True)
        base = compared.get(measure.key)
        if base and base.change and change:
            yield _Column(base.change, f"Tăng, giảm so với {measure.short} (%)", False)
        elif base:
            yield _Column(base.ratio, f"So với {measure.short} (%)", False)


def _reported(indicator: Indicator, change: bool) -> bool:
    """Whether there is anything to say: what was planned and not reported shows as missing."""
    return any(not column.of(indicator).missing for column in _progress(change))


def figures_table(
    rows: Mapping[str, Sequence[Indicator | Figure | None]],
    *,
    columns: Sequence[str | tuple[str, ...]],
    title: str,
    key: str,
    stub: str = "",
) -> None:
    """Numbers by row and column: ``rows`` maps a row's label to its values in the order of ``columns``.

    None is a cell that the row has no value for by its nature, such as individuals under a title for collectives.
    A column under others is named from the top level down: ``("Cấp xã", "Số vụ")``. A total is one of the rows, where
    the departments submitted one. A unit that all numbers of a column share stands in its header.

    >>> rows = {i.name: [i.actual, i.last] for i in report.group("vat_nuoi")}
    >>> figures_table(rows, columns=["Kỳ này", "Cùng kỳ"], title="Đàn vật nuôi", key="vat_nuoi")
    """
    table: dict[str, list[Figure | None]] = {}
    for label, values in rows.items():
        if len(values) != len(columns):
            raise TableError(f"hàng «{label}» có {len(values)} giá trị, bảng có {len(columns)} cột")
        figures = [v.done if isinstance(v, Indicator) else v for v in values]
        if any(_filled(f) for f in figures):
            table[label] = figures
    kept = [n for n in range(len(columns)) if any(_filled(figures[n]) for figures in table.values())]
    cells = Cells()
    body = []
    for label, figures in table.items():
        body.append(Row(cells=(text_cell(label, header=True), *(cells.number(figures[n]) for n in kept))))
    header = [
        _with_unit(columns[n], {f.unit for values in table.values() if (f := values[n]) is not None}) for n in kept
    ]
    show_table([stub or "Nội dung", *header], body, cells, title=title, key=key)


def _with_unit(header: str | tuple[str, ...], units: set[str]) -> str | tuple[str, ...]:
    """The header of a column with the unit that its numbers share, where it does not name it itself."""
    *above, name = (header,) if isinstance(header, str) else header
    unit = next(iter(units)) if len(units) == 1 else ""
    told = f"{name} ({unit})" if unit and unit not in name else name
    return (*above, told) if above else told


def records_table(
    entries: Iterable[Entry], columns: Mapping[str, str], *, title: str, key: str, group: str = ""
) -> None:
    """Rows of a form as a numbered table: ``columns`` maps a column's key to its header. One cell alone is no table.

    ``group`` names a column whose different texts become headings of the rows that have them.

    >>> records_table(report.movements, {"name": "Phong trào", "phase": "Giai đoạn"}, title="Các phong trào",
    ...     key="phong_trao")
    """
    chosen = [e for e in entries if any(_filled(getattr(e, k)) for k in columns)]
    shown = {k: name for k, name in columns.items() if any(_filled(getattr(e, k)) for e in chosen)}
    if len(chosen) == len(shown) == 1:
        return
    groups = list(dict.fromkeys(getattr(e, group) if group else "" for e in chosen))
    cells = Cells()
    body = []
    number = 0
    for text in groups:
        if text:
            body.append(group_row(text, len(shown) + 1))
        for entry in [e for e in chosen if not group or getattr(e, group) == text]:
            number += 1
            values = (_cell(getattr(entry, k), cells) for k in shown)
            body.append(Row(cells=(text_cell(str(number), "center"), *values)))
    header = ["TT", *shown.values()]
    texts = [["000"], *([_plain(getattr(e, k)) for e in chosen] for k in shown)]
    sizes = {str(text or ""): sum(getattr(e, group) == text for e in chosen) for text in groups} if group else {}
    point = points.of_list(sizes or {"": number})
    show_table(header, body, cells, title=title, key=key, point=point, widths=fair_widths(header, texts))


def documents_table(documents: Iterable[Entry], *, title: str, key: str) -> None:
    """Documents with number, date and title.

    >>> documents_table(report.documents_about("van_ban_chi_dao"), title="Văn bản chỉ đạo", key="van_ban")
    """
    columns = {"number": "Số, ký hiệu", "date": "Ngày ban hành", "issuer": "Cơ quan ban hành", "title": "Trích yếu"}
    records_table(documents, columns, title=title, key=key)


def _filled(value: Any) -> bool:
    """Whether a cell would show something, be it that its value is withheld."""
    return (not value.missing or value.withheld) if isinstance(value, Figure) else value not in (None, "")


def _plain(value: Any) -> str:
    if isinstance(value, Figure):
        return "" if value.missing else value.printed
    return written_date(value) if hasattr(value, "year") else str(value or "")


def _cell(value: Any, cells: Cells) -> Cell:
    if isinstance(value, Figure):
        return cells.number(None if value.missing else value)
    return text_cell(_plain(value), "center") if hasattr(value, "year") else text_cell(value or "")
