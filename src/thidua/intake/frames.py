"""A form's rows as a table of pandas: for whoever counts, compares or draws in a cell of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from thidua.forms.schema import Column, SheetSchema
from thidua.intake.cells import Number
from thidua.intake.records import Record

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ("file", "sheet", "row")


def frame_of(records: Iterable[Record], schema: SheetSchema) -> pd.DataFrame:
    """One line for each row that was submitted: the form's columns, where the row stands, the cell of each value.

    Numbers are floats, dates are dates, what is empty is missing; ``<column>_cell`` reads «file › sheet › cell».
    """
    import pandas as pd  # a second of a kernel's time, for those who ask

    found = [r for r in records if r.kind == schema.kind]
    columns: dict[str, pd.Series[Any]] = {c.key: _values(found, c) for c in schema.columns}
    places = {name: pd.Series([getattr(r, name) for r in found], dtype=_place_type(name)) for name in _PLACE}
    cells = {f"{key}_cell": pd.Series([_cell(r, key) for r in found], dtype="str") for key in schema.keys}
    return pd.DataFrame({**columns, **places, **cells})


def _values(records: list[Record], column: Column) -> pd.Series[Any]:
    import pandas as pd

    values = [r.values.get(column.key) for r in records]
    if column.type in ("number", "percent"):
        return pd.Series([float(v.value) if isinstance(v, Number) else None for v in values], dtype="float64")
    if column.type == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")))
    return pd.Series(values, dtype="str")


def _cell(record: Record, key: str) -> str | None:
    return str(record.cell(key)) if key in record.values else None


def _place_type(name: str) -> Any:
    return "int64" if name == "row" else "str"
