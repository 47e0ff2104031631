"""Identities within the forms: computed rows, parts of a total, cumulative values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thidua.checks.given import Given
from thidua.checks.grid import Grid
from thidua.checks.identities.identity import Identity, Sentence, combined
from thidua.checks.identities.identity_sentences import computed, summed
from thidua.checks.in_words import stated
from thidua.checks.placed import SHARES, SUBJECTS, Placed, full_name
from thidua.checks.rule import IdentityRule
from thidua.dataset import Dataset
from thidua.figures import Figure, Indicator
from thidua.figures.award import Award
from thidua.figures.units import PERCENT
from thidua.forms.roles import STATED, measures


class ComputedRow(IdentityRule):
    """Every row for which the form gives a formula, against that formula."""

    id = "cach-tinh"
    holds = "Số ghi trong biểu phải đúng như cột «Cách tính» cho ra"
    severities = ("error", "note")

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each indicator with a formula: what was submitted, and what the formula gives."""
        for indicator in given.data.indicators:
            if indicator.computed is not None:
                yield self.identity(
                    "formula",
                    (indicator.code,),
                    indicator.submitted,
                    "=",
                    indicator.computed,
                    indicator.name,
                    printed=indicator.unit == PERCENT,
                    figures=(indicator.computed.id,),
                )

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """What was submitted and what the formula comes to."""
        return computed(identity)


class Part(IdentityRule):
    """No part, of those that make up a total or of some among it, exceeds the total."""

    id = "phan-vuot-tong"
    holds = "Một phần không thể lớn hơn tổng mà nó thuộc"

    def identities(self, given: Given) -> Iterator[Identity]:
        """Each part in each column that it shares with its total; of awards, direct workers within all awarded."""
        for part in given.data.indicators:
            if part.parent:
                total = given.data.indicators[part.parent]
                for column in _compared(total, [part]):
                    codes = (part.code, total.code, column)
                    yield self.identity("part", codes, _value(part, column), "<=", _value(total, column), part.name)
        for award in given.placed.awards.values():
            for whole, base, _, noun in SHARES:
                yield self.identity(
                    "part",
                    ("awards", award.code, base),
                    getattr(award, base),
                    "<=",
                    getattr(award, whole),
                    f"{full_name(award, given.placed)}, {noun} ở cơ sở, lao động trực tiếp",
                )

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """The part and the smaller total; nothing recomputed, for either may be wrong."""
        part, total = stated(identity.left), stated(identity.right)
        return Sentence(f"{identity.statement}: {part}, nhiều hơn tổng số {total} mà nó là một phần", part, "")


class Total(IdentityRule):
    """«Gồm» parts add up to their total; a numbered row of awards is the sum of the kinds below it."""

    id = "tong-cac-phan"
    holds = "Các phần «gồm» của một tổng, các loại của một danh hiệu cộng lại phải bằng tổng"

    def identities(self, given: Given) -> Iterator[Identity]:
        """Each total of two parts or more, column by column; of awards, each title with its kinds."""
        for total, parts in parts_of(given.data):
            for column in _compared(total, parts) if len(parts) > 1 else ():
                yield self.identity(
                    "sum",
                    (total.code, column),
                    _value(total, column),
                    "=",
                    combined("sum", *(_value(p, column) for p in parts)),
                    ", ".join([total.name, *(m.noun for m in measures() if m.key == column and m.role not in STATED)]),
                )
        for award, kinds in _kinds(given.placed):
            for column in (*SUBJECTS, *(base for _, base, _, _ in SHARES)):
                whole: Figure = getattr(award, column)
                added: list[Figure] = [f for kind in kinds if not (f := getattr(kind, column)).missing]
                if added and not whole.missing:
                    codes = ("awards", award.code, column)
                    yield self.identity("sum", codes, whole, "=", combined("sum", *added), award.name)

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """The total as printed and what its parts add up to."""
        return summed(identity)


class Cumulative(IdentityRule):
    """What was done in the period is part of what was done since the year began."""

    id = "luy-ke"
    holds = "Số trong kỳ không thể lớn hơn lũy kế"

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each indicator that has both: what came in the period is no more than what came since January."""
        for indicator in given.data.indicators:
            now, since = indicator.values["actual"], indicator.values["cumulative"]
            if not now.missing and not since.missing:
                yield self.identity("cumulative", (indicator.code,), now, "<=", since, indicator.name)

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """Both values; nothing recomputed, for either may be wrong."""
        now, since = stated(identity.left), stated(identity.right)
        return Sentence(f"{identity.statement}: trong kỳ {now}, nhiều hơn lũy kế {since}", now, "")


def parts_of(data: Dataset) -> Iterator[tuple[Indicator, list[Indicator]]]:
    """Each total that the period has, with the rows that make it up."""
    parts: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in data.indicators:
        if indicator.parent and indicator.relation == "gồm":
            parts[indicator.parent].append(indicator)
    for code, children in parts.items():
        yield data.indicators[code], children


def _compared(total: Indicator, parts: list[Indicator]) -> list[str]:
    """The columns that all rows fill in; what they state, where total and parts fill in different ones."""
    filled = [m for m in measures() if not any(row.values[m.key].missing for row in (total, *parts))]
    stated = [] if any(m.role in STATED for m in filled) else ["submitted"]
    return [*(m.key for m in filled), *stated]


def _kinds(placed: Placed) -> Iterator[tuple[Award, list[Award]]]:
    """Each numbered row of the awards with the kinds below it."""
    rows = list(placed.awards.values())
    for position, award in enumerate(rows):
        if award.kind != "row":
            continue
        kinds = []
        for below in rows[position + 1 :]:
            if below.kind != "sub" or not below.tt:
                break
            kinds.append(below)
        yield award, kinds


def _value(indicator: Indicator, column: str) -> Figure:
    figure: Figure = getattr(indicator, column)
    return figure
