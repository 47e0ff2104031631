"""A table over the indicators of a group, whose rows and columns follow from the workbook: nobody lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from thidua.charts import points
from thidua.document.block import Row
from thidua.entries import SourceText
from thidua.figures import Figure, Indicator
from thidua.language.text import capitalised, without_marks
from thidua.tables.table_cells import Cells, show_table, text_cell


def cross_table(indicators: Iterable[Indicator], *, title: str, key: str, stub: str = "") -> None:
    """The indicators of a group by row and column, as their codes and units say.

    ``danh_bac_vu`` and ``danh_bac_doi_tuong``, which end in their units (vụ, đối tượng), are one row with a column for
    each unit. ``hop_tac_xa`` and ``hop_tac_xa_moi``, which begin with theirs, are one row of that unit with a column
    for each thing that is counted. Rows are named by the first indicator that they have, without its unit.

    >>> cross_table(report.group("vi_pham_phap_luat"), title="Vi phạm pháp luật", key="vi_pham_phap_luat")
    """
    rows: dict[str, dict[str, Figure]] = {}
    names: dict[str, str] = {}
    columns: dict[str, str] = {}
    for indicator in indicators:
        if indicator.done.missing and not indicator.done.withheld:
            continue
        place = _place(indicator)
        names.setdefault(place.row, place.row_name)
        columns.setdefault(place.column, place.column_name)
        rows.setdefault(place.row, {})[place.column] = indicator.done
    cells = Cells()
    body = []
    for row, values in rows.items():
        body.append(Row(cells=(text_cell(names[row], header=True), *(cells.number(values.get(c)) for c in columns))))
    first = next(iter(columns), "")
    counted = {names[row]: [v[c] for c in columns if c in v] for row, v in rows.items() if first in v}
    header = [stub or "Nội dung", *columns.values()]
    show_table(header, body, cells, title=title, key=key, point=points.of_largest(counted))


class _Place(NamedTuple):
    """Where in the table an indicator stands: key and name of its row and of its column."""

    row: str
    row_name: str
    column: str
    column_name: str


def _place(indicator: Indicator) -> _Place:
    unit, code = slug(indicator.unit), indicator.code
    name = _without_unit(indicator)
    if code == unit or code.startswith(f"{unit}_"):
        return _Place(unit, capitalised(indicator.unit), code.removeprefix(unit), name)
    return _Place(code.removesuffix(f"_{unit}"), name, unit, f"Số {indicator.unit}")


def _without_unit(indicator: Indicator) -> str:
    """«Vụ đánh bạc» as «Đánh bạc», traced like the name itself."""
    name, unit = indicator.name, indicator.unit
    bare = name[len(unit) :].strip() if unit and name.casefold().startswith(f"{unit.casefold()} ") else name
    shown = capitalised(bare)
    return SourceText(shown, name.cell) if isinstance(name, SourceText) else shown


def slug(unit: str) -> str:
    """A unit as codes spell it: «đối tượng» is ``doi_tuong``."""
    return "_".join(without_marks(unit).casefold().split())
