"""The forms that departments fill in: which sheets there are and what their columns hold.

The forms are data, in the YAML files beside this module: a new column or a new form needs no new code.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from thidua.text import fold

# The sheet on which a workbook says for whom and for when it was filled in.
INFO_SHEET = "Thông tin"

CellType = Literal["text", "number", "percent", "date", "slug", "choice", "formula"]


class Column(BaseModel):
    """A column of a form.

    ``header`` lists the accepted headers, «group / column» where a merged header is needed to tell columns apart.
    ``required`` wants a value in every row (and so the column), ``column_required`` only the column.
    ``unit`` is the unit of the numbers, where the sheet has no column for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    header: tuple[str, ...] = Field(min_length=1)
    type: CellType
    required: bool = False
    column_required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""

    @property
    def must_exist(self) -> bool:
        return self.required or self.column_required

    @cached_property
    def wanted(self) -> tuple[tuple[str, ...], ...]:
        """The accepted headers, folded, each from the group down."""
        return tuple(tuple(fold(p) for p in header.split(" / ")) for header in self.header)

    def matches(self, path: tuple[str, ...]) -> bool:
        """Whether a header path, folded and from the top level down, is this column's."""
        return any(path[-len(wanted) :] == wanted for wanted in self.wanted)


class SheetSchema(BaseModel):
    """A form: its sheet title, the kind of record it gives, its columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    title: str
    rows_without: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(c.key for c in self.columns)

    def column_under(self, path: tuple[str, ...]) -> Column | None:
        """The column of a header path, folded and from the top level down."""
        return next((c for c in self._by_last_piece.get(path[-1], ()) if c.matches(path)), None)

    @cached_property
    def _by_last_piece(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            for wanted in column.wanted:
                found.setdefault(wanted[-1], []).append(column)
        return found


# What stands above a form's header and on the information sheet, kept beside the forms' rows: officers name the period
# there.
BANNERS = SheetSchema(
    kind="banners",
    title="",
    rows_without="text",
    columns=(Column(key="text", header=("",), type="text", required=True),),
)


@cache
def schemas() -> dict[str, SheetSchema]:
    """All forms, by sheet title, in the order of their kinds."""
    folder = files("thidua.forms")
    found = [
        SheetSchema.model_validate(yaml.safe_load(entry.read_text(encoding="utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yaml")
    ]
    return {schema.title: schema for schema in found}


def schema_titled(title: str) -> SheetSchema | None:
    """The form for a sheet title, however it is spaced or capitalised."""
    return next((s for s in schemas().values() if fold(s.title) == fold(title)), None)
