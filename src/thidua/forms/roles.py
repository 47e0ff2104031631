"""What follows from the roles of the indicator form's columns: what is compared with what, under which names and words.

The words of each column stand in ``words/indicators.yaml``. Indicators, tables, charts, checks and the verbs of prose
are made from what is here, so that a new column needs its line in the form and its words, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from thidua.forms.schema import Column, Role, SheetSchema, form
from thidua.language.own_data import own_data
from thidua.language.text import capitalised

STATED: tuple[Role, ...] = ("actual", "cumulative")
COMPARED: tuple[Role, ...] = ("plan", "last")
# How the report heads what it states of an indicator.
DONE = "Thực hiện"


class Words(BaseModel):
    """How the report calls a column; see ``words/indicators.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    phrase: str
    short: str = ""
    header: str = ""
    label: str = ""
    noun: str = ""
    compare: str = ""


@dataclass(frozen=True)
class Measure:
    """A column with numbers in the indicator's own unit, and its words."""

    column: Column
    phrase: str
    short: str
    header: str
    label: str
    noun: str

    @property
    def key(self) -> str:
        """The column's key, by which an indicator has its number."""
        return self.column.key

    @property
    def role(self) -> Role:
        """What its numbers are of the indicator: the form says it for every measure."""
        assert self.column.role is not None
        return self.column.role


@dataclass(frozen=True)
class Base:
    """A column that what was done is compared with: a plan, the same period last year.

    ``ratio`` and ``change`` name the figures worked out from it, ``printed_ratio`` and ``printed_change`` the columns
    in which departments work them out themselves; empty where there is none. ``verb`` gives the ratio in prose.
    """

    measure: Measure
    verb: str
    ratio: str
    change: str = ""
    printed_ratio: str = ""
    printed_change: str = ""

    @property
    def key(self) -> str:
        """The key of its column, by which an indicator has its number."""
        return self.measure.key

    def told_as(self, code: str) -> tuple[str, ...]:
        """The ids of the figures any of which tells an indicator beside it: «104,5%» is «tăng 4,5%»."""
        return (
            f"{code}.{self.ratio}",
            f"{code}.{self.ratio}.excess",
            *([f"{code}.{self.change}"] if self.change else []),
        )

    @property
    def is_plan(self) -> bool:
        """Whether it is a goal to reach; else it is a time to compare with."""
        return self.measure.role == "plan"


def indicator_form() -> SheetSchema:
    """The form of indicators."""
    return form("indicators")


@cache
def measures() -> tuple[Measure, ...]:
    """The columns with numbers in the indicator's unit, in the form's order."""
    return tuple(_measure(c) for c in indicator_form().columns if c.role)


@cache
def bases() -> tuple[Base, ...]:
    """The columns that what was done is compared with, in the form's order."""
    return tuple(_base(m) for m in measures() if m.role in COMPARED)


@cache
def numbers() -> tuple[Column, ...]:
    """All columns with numbers, in the form's order."""
    return tuple(c for c in indicator_form().columns if c.type in ("number", "percent"))


@cache
def number_columns() -> Mapping[str, Column]:
    """The columns with numbers by their keys, in the form's order."""
    return {column.key: column for column in numbers()}


@cache
def labels() -> Mapping[str, str]:
    """What the figure of each column with numbers is called behind its indicator's name."""
    found = {column.key: _words_of(column).phrase for column in numbers()}
    found |= {m.key: m.label for m in measures()}
    for base in bases():
        if base.printed_ratio:
            found[base.printed_ratio] = f"so với {base.measure.phrase} (đơn vị tính)"
        if base.printed_change:
            found[base.printed_change] = f"tăng, giảm so với {base.measure.phrase} (đơn vị tính)"
    return found


def _measure(column: Column) -> Measure:
    words = _words_of(column)
    short = words.short or words.phrase
    header = words.header or capitalised(short)
    return Measure(column, words.phrase, short, header, words.label or words.phrase, words.noun or words.phrase)


def _base(measure: Measure) -> Base:
    key, is_plan = measure.key, measure.role == "plan"
    printed = [c for c in indicator_form().columns if c.printed]
    ratio = next((c for c in printed if c.printed and c.printed.ratio == key), None)
    change = next((c for c in printed if c.printed and c.printed.change == key), None)
    verb = _words_of(measure.column).compare or f"{'đạt' if is_plan else 'so'} {measure.short}"
    return Base(
        measure,
        verb,
        ratio.printed.gives if ratio and ratio.printed else f"to_{key}",
        change.printed.gives if change and change.printed else "" if is_plan else f"change_{key}",
        ratio.key if ratio else "",
        change.key if change else "",
    )


def _words_of(column: Column) -> Words:
    """The words of a column; without any, what stands at its head."""
    header = column.header[0]
    return _words().get(column.key) or Words(phrase=header[:1].lower() + header[1:])


@cache
def _words() -> dict[str, Words]:
    text = files("thidua.forms").joinpath("words", "indicators.yaml").read_text(encoding="utf-8")
    return {key: Words.model_validate(words) for key, words in own_data(text).items()}
