"""Where an indicator stands at the end of a period: against its plan, against last year, against the period before.

What falls in which group is told by numbers alone; what a department is to be praised or blamed for, nobody here says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import partial

from thidua.checks.past import Past
from thidua.figures import Figure, Indicator, change, missing
from thidua.figures.numbers import round_half_up
from thidua.figures.units import PERCENT
from thidua.forms.roles import Base, bases, indicator_form
from thidua.report import Report
from thidua.settings.period import Period
from thidua.stated_row import anew


class Group(Enum):
    """What an indicator is counted with; in the order of the summary."""

    REACHED = "reached"
    BEHIND = "behind"
    OVER = "over its limit"
    UNDER_WAY = "under way"
    IN_DOUBT = "in doubt"
    WITHOUT_PLAN = "without plan"


@dataclass(frozen=True)
class Change:
    """How far an indicator moved since an earlier time: in percent, a rate in ``points``.

    ``then`` is its number of that time, missing where only the change was submitted.
    """

    by: Figure
    then: Figure
    points: bool

    @property
    def shown(self) -> Decimal:
        """By how much, as it is printed: nought where it is too small to print."""
        value = self.by.value or Decimal(0)
        return value if self.by.decimals is None else round_half_up(value, self.by.decimals)


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator with its group and what it is compared with; None where there is nothing to compare.

    Of tens of thousands a summary shows a few: what is told of these alone is worked out when it is asked for. ``told``
    says whether there is anything to say of it, ``by_last_year`` and ``by_before`` by how much it moved, as printed.
    """

    indicator: Indicator
    group: Group
    base: Base | None
    told: bool
    by_last_year: Decimal | None
    by_before: Decimal | None
    rank: Decimal
    earlier: tuple[Past | None, Past | None]

    @property
    def plan(self) -> Figure:
        """What was to be reached; missing where nobody submitted it."""
        return _plan(self.indicator, self.base)

    @property
    def ratio(self) -> Figure:
        """The share of the plan that is reached, in percent."""
        return _reached(self.indicator, self.base)

    @property
    def since_last_year(self) -> Change | None:
        """How far it moved since the same period of last year."""
        return _since_last_year(self.indicator, self.earlier[0])

    @property
    def since_before(self) -> Change | None:
        """How far it moved since the period before."""
        return _since_the_one_before(self.indicator, self.earlier[1])

    @property
    def is_a_limit(self) -> bool:
        """Whether less is better, so that the plan is not to be passed."""
        return _is_to_fall(self.indicator)


def standings(report: Report) -> list[Standing]:
    """The summary's indicators in its order.

    Those of the groups that the form names, or without any, all with a plan or a change that are no part of another.
    Groups follow one another; within a group comes first what passed its plan by most, or is furthest from it; without
    plan, what moved by most; then the order of the workbooks.
    """
    named = is_chosen(report)
    # Weighed by what goes with it again: figures of all of them would be as much as the period's data.
    weighed = ((i, anew(i)) for i in report.indicators if not named or _is_named(i))
    found = [_standing(i, own, report) for i, own in weighed if not own.done.only and (named or _is_by_itself(own))]
    order = list(Group)
    return sorted(found, key=lambda s: (order.index(s.group), s.rank))


def is_chosen(report: Report) -> bool:
    """Whether the period's workbooks say which indicators a summary tells; those that few units state are none."""
    return any(_is_named(i) and not i.done.only for i in report.indicators)


def time_share(period: Period) -> Decimal:
    """How much of its year has passed when a period ends, in percent."""
    return Decimal(100 * period.months[1]) / 12


def earlier_times(report: Report) -> tuple[Past | None, Past | None]:
    """The kept periods to compare with: the same of last year, and the one before where it is as long and another."""
    kept = {past.period: past for past in report.earlier}
    last_year, before = report.period.last_year, report.period.previous
    return kept.get(last_year), kept.get(before) if before != last_year else None


def _is_named(indicator: Indicator) -> bool:
    return indicator_form().headline.has(indicator.groups)


def _is_by_itself(indicator: Indicator) -> bool:
    return not indicator.parent and any(map(partial(_is_compared, indicator), bases()))


def _is_compared(indicator: Indicator, base: Base) -> bool:
    return not indicator.ratio(base).missing or bool(base.change and not indicator.change(base).missing)


def _standing(indicator: Indicator, weighed: Indicator, report: Report) -> Standing:
    """Where it stands, by what is ``weighed`` in its place."""
    earlier = earlier_times(report)
    base = next((b for b in bases() if b.is_plan and _has(weighed, b)), None)
    by_last_year = _by(_since_last_year(weighed, earlier[0]))
    by_before = _by(_since_the_one_before(weighed, earlier[1]))
    group = _group(weighed, base, report.period)
    ratio = _reached(weighed, base)
    rank = _rank(weighed, group, ratio, by_last_year, by_before)
    return Standing(indicator, group, base, _is_told(weighed, ratio), by_last_year, by_before, rank, earlier)


def _by(change: Change | None) -> Decimal | None:
    return None if change is None else change.shown


def _plan(indicator: Indicator, base: Base | None) -> Figure:
    return indicator.values[base.key] if base else missing("")


def _reached(indicator: Indicator, base: Base | None) -> Figure:
    return indicator.ratio(base) if base else missing("", PERCENT)


def _is_told(indicator: Indicator, ratio: Figure) -> bool:
    done = indicator.done
    return not (done.missing and ratio.missing) or done.withheld or ratio.withheld


def _has(indicator: Indicator, base: Base) -> bool:
    ratio = indicator.ratio(base)
    return not ratio.missing or ratio.withheld


def _group(indicator: Indicator, base: Base | None, period: Period) -> Group:
    if base is None:
        return Group.IN_DOUBT if indicator.done.withheld else Group.WITHOUT_PLAN
    ratio = indicator.ratio(base).value
    if ratio is None:
        return Group.IN_DOUBT
    if _is_to_fall(indicator):
        return Group.REACHED if ratio <= 100 else Group.OVER
    if ratio >= 100:
        return Group.REACHED
    share = time_share(period)
    # What one part of a year added alone is not held against the time since the year began.
    from_january = period.months[0] == 1 or not indicator.cumulative.missing
    return Group.BEHIND if share == 100 or (from_january and ratio < share) else Group.UNDER_WAY


def _is_to_fall(indicator: Indicator) -> bool:
    return indicator_form().headline.fewer.covers(indicator.name)


def _submitted_change(indicator: Indicator) -> Change | None:
    """The change over last year by the department's own numbers."""
    base = next((b for b in bases() if b.change), None)
    if base is None:
        return None
    then, by = indicator.values[base.key], indicator.change(base)
    if indicator.unit == PERCENT and not then.missing:
        return _points(indicator.done, then, f"{indicator.code}.{base.change}.diem", base.measure.phrase)
    return None if by.missing else Change(by, then, points=False)


def _since_last_year(indicator: Indicator, past: Past | None) -> Change | None:
    """The change since the same period of last year: as submitted, else by the kept numbers of that time."""
    return _submitted_change(indicator) or _since(indicator, past)


def _since(indicator: Indicator, past: Past | None) -> Change | None:
    """The change since the same period of an earlier year; None where one counts from the year's start, one not."""
    if past is None or past.counts_from_the_year(indicator.code) == indicator.cumulative.missing:
        return None
    return _between(indicator, indicator.done, past.as_today(indicator), past.period)


def _since_the_one_before(indicator: Indicator, past: Past | None) -> Change | None:
    """The change since the period before: of what counts from the year's start, that of what each added."""
    if past is None or past.counts_from_the_year(indicator.code) == indicator.cumulative.missing:
        return None
    if indicator.cumulative.missing:
        return _between(indicator, indicator.done, past.as_today(indicator), past.period)
    return _between(indicator, indicator.actual, past.as_today(indicator, "actual"), past.period)


def _between(indicator: Indicator, now: Figure, then: Figure | None, period: Period) -> Change | None:
    if then is None or now.missing:
        return None
    id = f"{indicator.code}.so_voi.{period.id}"
    if indicator.unit == PERCENT:
        return _points(now, then, id, period.name)
    by = change(now, then)
    return None if by.missing else Change(by.named(id, f"{indicator.name}, so với {period.name}"), then, points=False)


def _points(now: Figure, then: Figure, id: str, whose: str) -> Change | None:
    by = now - then
    if by.missing:
        return None
    return Change(by.named(id, f"{now.label}, so với {whose}"), replace(then, unit=PERCENT), points=True)


def _rank(indicator: Indicator, group: Group, ratio: Figure, *moved: Decimal | None) -> Decimal:
    """What comes first has the lowest."""
    reached = ratio.value
    if group is Group.OVER:
        return -(reached or Decimal(0))
    if group is Group.REACHED:
        return Decimal(0) if _is_to_fall(indicator) or reached is None else -reached
    if group in (Group.BEHIND, Group.UNDER_WAY):
        return reached or Decimal(0)
    return -max((abs(by) for by in moved if by is not None), default=Decimal(0))
