"""Identities of printed percentages: each against its own numerator and denominator, or against what it implies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from thidua.checks.identities.identity import CUT_OFF, Identity, combined
from thidua.dataset import Dataset
from thidua.figures import Figure, Indicator, change, constant, percent
from thidua.figures.units import is_count

# Printed column, base column, how the report calls the ratio, and the name of the recomputed figure.
_RATIOS = (
    ("printed_to_plan", "plan", "so với kế hoạch", "to_plan"),
    ("printed_to_upper", "plan_upper", "so với kế hoạch cấp trên giao", "to_upper"),
    ("printed_to_last", "last", "so với cùng kỳ", "to_last"),
)


def printed_ratios(data: Dataset) -> Iterator[Identity]:
    """Every percentage that a department worked out, against the numbers it is made of."""
    for indicator in data.indicators:
        for printed, base, wording, name in _RATIOS:
            yield _ratio(indicator, printed, percent(indicator.submitted, getattr(indicator, base)), wording, name)
        growth = change(indicator.submitted, indicator.last)
        yield _ratio(indicator, "printed_change", growth, "tăng, giảm so với cùng kỳ", "growth")
        level = combined("+", indicator.printed_change, constant(100))
        yield Identity(
            rule="ty-le",
            kind="formula",
            codes=(indicator.code, "printed_to_last", "printed_change"),
            left=indicator.printed_to_last,
            relation="=",
            right=level,
            statement=f"{indicator.name}, tỷ lệ so với cùng kỳ",
        )


def plan_levels(data: Dataset) -> Iterator[Identity]:
    """A unit seldom sets itself less than its superior asks: of a higher plan the same work is a smaller share."""
    for indicator in data.indicators:
        given = indicator.plan_upper, indicator.plan
        shares = indicator.printed_to_plan, indicator.printed_to_upper
        for column, (left, right) in (("plan", given), ("printed", shares)):
            yield Identity(
                rule="ke-hoach-hai-cap",
                kind="rule",
                codes=(indicator.code, column),
                left=left,
                relation="<=",
                right=right,
                statement=f"{indicator.name}: kế hoạch của đơn vị thường không thấp hơn kế hoạch cấp trên giao",
                severity="warning",
                scope="nếu đơn vị giao thấp hơn thật thì chấp nhận phát hiện này trong tham số",
            )


def implied_bases(data: Dataset) -> Iterator[Identity]:
    """Percentages whose base was not submitted: the bases that they imply must be possible and add up."""
    for indicator in data.indicators:
        if is_count(indicator.unit):
            yield from _whole_bases(indicator)
    parts: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in data.indicators:
        if indicator.parent and indicator.relation == "gồm":
            parts[indicator.parent].append(indicator)
    for code, children in parts.items():
        yield from _added_bases(data.indicators[code], children)


def _ratio(indicator: Indicator, printed: str, exact: Figure, wording: str, name: str) -> Identity:
    return Identity(
        rule="ty-le",
        kind="ratio",
        codes=(indicator.code, printed),
        left=getattr(indicator, printed),
        relation="=",
        right=exact,
        statement=f"{indicator.name}, tỷ lệ {wording}",
        printed=True,
        figures=(f"{indicator.code}.{name}",),
    )


def _whole_bases(indicator: Indicator) -> Iterator[Identity]:
    """A plan, or last year's count, is a whole number: some percentages no whole number gives."""
    for printed, base, wording, _ in _RATIOS:
        if getattr(indicator, base).missing:
            yield _whole_base(indicator, printed, getattr(indicator, printed), wording)
    if indicator.last.missing and indicator.printed_to_last.missing:
        growth = indicator.printed_change
        level = replace(combined("+", growth, constant(100)), decimals=growth.decimals, unit="%")
        yield _whole_base(indicator, "printed_change", level, "so với cùng kỳ")


def _whole_base(indicator: Indicator, printed: str, left: Figure, wording: str) -> Identity:
    return Identity(
        rule="mau-so-ngam",
        kind="base",
        codes=(indicator.code, printed),
        left=left,
        relation="base",
        right=indicator.submitted,
        statement=f"{indicator.name}, tỷ lệ {wording}",
        severity="warning",
    )


def _added_bases(total: Indicator, parts: list[Indicator]) -> Iterator[Identity]:
    """The base of a total is the sum of its parts' bases, as far as rounded percentages can tell."""
    for printed, base, wording, _ in _RATIOS:
        rows = [total, *parts]
        if any(not getattr(row, base).missing for row in rows):
            continue
        bases = [_implied(row, printed) for row in rows]
        yield Identity(
            rule="mau-so-ngam",
            kind="bases",
            codes=(total.code, printed, "gồm"),
            left=bases[0],
            relation="=",
            right=combined("sum", *bases[1:]),
            statement=f"{total.name}, tỷ lệ {wording}",
            severity="warning",
        )


def _implied(indicator: Indicator, printed: str) -> Figure:
    return combined("percent", indicator.submitted, replace(getattr(indicator, printed), quality=CUT_OFF))
