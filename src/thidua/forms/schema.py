"""The forms that departments fill in: which sheets there are and what their columns hold.

The forms are data, in the YAML files beside this module: a new column or a new form needs no new code.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from thidua.language.own_data import own_data
from thidua.language.text import fold

# The sheet on which a workbook says for whom and for when it was filled in.
INFO_SHEET = "Thông tin"

CellType = Literal["text", "number", "percent", "date", "slug", "slugs", "choice", "formula"]
# What a column of numbers is to its row: what was done in the period and since the year began, what was planned, what
# an earlier period had, what is expected.
Role = Literal["actual", "cumulative", "plan", "last", "outlook"]


# What is written in a column of a type, where the form says nothing more.
_FILLED_WITH = {
    "text": "chữ",
    "number": "số",
    "percent": "tỷ lệ đơn vị tự tính",
    "date": "ngày",
    "slug": "mã",
    "slugs": "mã, nhiều mã thì cách nhau bằng dấu phẩy",
    "formula": "công thức trên các mã",
}


class Printed(BaseModel):
    """A percentage that departments work out themselves: the ratio to a column, or the change from it.

    ``gives`` is the name of the figure that the report works out anew. ``part`` is what the ratio is of, where it is
    not what the row states.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    ratio: str = ""
    change: str = ""
    part: str = ""
    gives: str


class Column(BaseModel):
    """A column of a form.

    ``header`` lists the accepted headers, «group / column» where a merged header is needed to tell columns apart.
    ``required`` wants a value in every row (and so the column), ``column_required`` only the column.
    ``unit`` is the unit of the numbers, where the sheet has no column for it. ``role`` and ``printed`` are what its
    numbers mean; ``at_most`` names a column that it seldom exceeds; ``says`` what to write, where its type does not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    header: tuple[str, ...] = Field(min_length=1)
    type: CellType
    required: bool = False
    column_required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    role: Role | None = None
    printed: Printed | None = None
    at_most: str = ""
    says: str = ""

    @property
    def filled_with(self) -> str:
        """What is to be written in its cells, for the officer."""
        counted = f"số {self.unit}" if self.unit else _FILLED_WITH.get(self.type, "")
        return self.says or ", ".join(self.choices) or counted

    @property
    def must_exist(self) -> bool:
        """Whether a sheet without the column is refused; its cells may be empty unless ``required``."""
        return self.required or self.column_required

    @cached_property
    def wanted(self) -> tuple[tuple[str, ...], ...]:
        """The accepted headers, folded, each from the group down."""
        return tuple(tuple(fold(p) for p in header.split(" / ")) for header in self.header)

    def matches(self, path: tuple[str, ...]) -> bool:
        """Whether a header path, folded and from the top level down, is this column's."""
        return any(path[-len(wanted) :] == wanted for wanted in self.wanted)


class Bound(BaseModel):
    """How far values of some units may be from last year's before it is asked about; without units, of all others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    units: tuple[str, ...] = ()
    most: Decimal


class Signed(BaseModel):
    """Which rows count a change, and so may be below nought: by the words that their names begin or end in.

    A remark «so với …» at a name's end is aside.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Whether the row of a name may have numbers below nought."""
        bare = f" {fold(name).partition(fold(' so với '))[0].strip()} "
        led = any(bare.startswith(f" {fold(word)} ") for word in self.begins)
        return led or any(bare.endswith(f" {fold(word)} ") for word in self.ends)


class Fewer(BaseModel):
    """What is better the less there is of it: names that begin with some words, counting ones aside, without others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    counting: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Whether less is better of what has this name."""
        bare = f" {fold(name)} "
        for word in self.counting:
            bare = bare.removeprefix(f" {fold(word)}")
        led = any(bare.startswith(f" {fold(word)} ") for word in self.begins)
        return led and not any(f" {fold(word)} " in bare for word in self.unless)


class Headline(BaseModel):
    """Which indicators stand in the summary: those of groups whose names begin with a word.

    ``fewer`` are those whose numbers are to fall: one that stays below its plan has kept it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    groups: str = ""
    fewer: Fewer = Fewer()

    def has(self, groups: Iterable[str]) -> bool:
        """Whether an indicator of these groups stands in the summary."""
        return bool(self.groups) and any(group.startswith(self.groups) for group in groups)


class SheetSchema(BaseModel):
    """A form: its sheet title, what it is for, the kind of record it gives, its columns.

    ``keeps`` names the columns by which the next period's workbook knows a row again, and which nobody changes;
    ``rewords`` those that come along and may be put into other words. Where a form has neither, its rows are of one
    period and none comes along. ``bounds`` say how far values may move in a year; the last holds for all other units.
    ``signed`` are the rows whose numbers may be below nought, ``headline`` those that the summary tells.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    title: str
    about: str = ""
    rows_without: str
    keeps: tuple[str, ...] = ()
    rewords: tuple[str, ...] = ()
    columns: tuple[Column, ...]
    bounds: tuple[Bound, ...] = ()
    signed: Signed = Signed()
    headline: Headline = Headline()

    @model_validator(mode="after")
    def _columns_named_are_there(self) -> SheetSchema:
        for column in self.columns:
            printed = column.printed or Printed(gives="")
            named = {column.at_most, printed.ratio, printed.change, printed.part} - {""}
            if column.printed and bool(printed.ratio) == bool(printed.change):
                raise ValueError(f"cột «{column.key}»: printed cần một trong hai, ratio hoặc change")
            if unknown := named - set(self.keys):
                raise ValueError(f"cột «{column.key}» nhắc đến cột không có: {', '.join(sorted(unknown))}")
        if unknown := {*self.keeps, *self.rewords} - set(self.keys):
            raise ValueError(f"keeps, rewords nhắc đến cột không có: {', '.join(sorted(unknown))}")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its columns, in the order of the form."""
        return tuple(c.key for c in self.columns)

    @property
    def lasting(self) -> tuple[str, ...]:
        """The columns that say what a row is, period after period, in the form's order."""
        return tuple(key for key in self.keys if key in (*self.keeps, *self.rewords))

    def column_under(self, path: tuple[str, ...]) -> Column | None:
        """The column of a header path, folded and from the top level down."""
        return next((c for c in self._by_last_piece.get(path[-1], ()) if c.matches(path)), None)

    def ends_header(self, piece: str) -> bool:
        """Whether the header path of some column ends in a folded text."""
        return piece in self._by_last_piece

    def column(self, key: str) -> Column:
        """The column of a key. KeyError where there is none."""
        return self._by_key[key]

    def with_role(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of some roles, in the form's order."""
        return tuple(c for c in self.columns if c.role in roles)

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {c.key: c for c in self.columns}

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
        SheetSchema.model_validate(own_data(entry.read_text(encoding="utf-8")))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yaml")
    ]
    return {schema.title: schema for schema in found}


@cache
def form(kind: str) -> SheetSchema:
    """The form of a kind of record. KeyError where there is none."""
    return {schema.kind: schema for schema in schemas().values()}[kind]


def schema_titled(title: str) -> SheetSchema | None:
    """The form for a sheet title, however it is spaced or capitalised."""
    return next((s for s in schemas().values() if fold(s.title) == fold(title)), None)
