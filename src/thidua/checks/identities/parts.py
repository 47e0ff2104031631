"""Identities within the forms: computed rows, parts of a total, cumulative values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thidua.checks.identities.identity import Identity, combined
from thidua.dataset import Dataset
from thidua.figures import Figure, Indicator
from thidua.figures.units import PERCENT

_COLUMNS = ("actual", "cumulative", "plan", "plan_upper", "last")
_NAMES = {
    "actual": "số trong kỳ",
    "cumulative": "số lũy kế",
    "plan": "kế hoạch",
    "plan_upper": "kế hoạch cấp trên giao",
    "last": "số cùng kỳ",
    "submitted": "số thực hiện",
}


def computed_rows(data: Dataset) -> Iterator[Identity]:
    """Every row for which the form gives a formula, against that formula."""
    for indicator in data.indicators:
        if indicator.computed is not None:
            yield Identity(
                rule="cach-tinh",
                kind="formula",
                codes=(indicator.code,),
                left=indicator.submitted,
                relation="=",
                right=indicator.computed,
                statement=indicator.name,
                printed=indicator.unit == PERCENT,
                figures=(indicator.computed.id,),
            )


def totals(data: Dataset) -> Iterator[Identity]:
    """«Gồm» parts add up to their total; no «trong đó» part, and no part alone, exceeds it."""
    parts: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in data.indicators:
        if not indicator.parent:
            continue
        total = data.indicators[indicator.parent]
        if indicator.relation == "gồm":
            parts[indicator.parent].append(indicator)
        for column in _compared(total, [indicator]):
            yield _part(total, indicator, column)
    for code, children in parts.items():
        if len(children) > 1:
            total = data.indicators[code]
            for column in _compared(total, children):
                yield _sum(total, children, column)


def cumulatives(data: Dataset) -> Iterator[Identity]:
    """What was done in the period is part of what was done since the year began."""
    for indicator in data.indicators:
        yield Identity(
            rule="luy-ke",
            kind="cumulative",
            codes=(indicator.code,),
            left=indicator.actual,
            relation="<=",
            right=indicator.cumulative,
            statement=indicator.name,
        )


def _compared(total: Indicator, parts: list[Indicator]) -> list[str]:
    """The columns that all rows fill in; what they state, where total and parts fill in different ones."""
    columns = [c for c in _COLUMNS if not any(_value(row, c).missing for row in (total, *parts))]
    if not {"actual", "cumulative"} & set(columns):
        columns.append("submitted")
    return columns


def _sum(total: Indicator, parts: list[Indicator], column: str) -> Identity:
    return Identity(
        rule="tong-cac-phan",
        kind="sum",
        codes=(total.code, column),
        left=_value(total, column),
        relation="=",
        right=combined("sum", *(_value(p, column) for p in parts)),
        statement=f"{total.name}, {_NAMES[column]}" if column.startswith(("plan", "last")) else total.name,
    )


def _part(total: Indicator, part: Indicator, column: str) -> Identity:
    return Identity(
        rule="phan-vuot-tong",
        kind="part",
        codes=(part.code, total.code, column),
        left=_value(part, column),
        relation="<=",
        right=_value(total, column),
        statement=part.name,
    )


def _value(indicator: Indicator, column: str) -> Figure:
    figure: Figure = getattr(indicator, column)
    return figure
