"""Identities of printed percentages: each against its own numerator and denominator, or against what it implies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thidua.checks.given import Given
from thidua.checks.grid import Grid
from thidua.checks.identities.identity import CUT_OFF, Identity, Sentence, combined
from thidua.checks.identities.identity_sentences import based, computed
from thidua.checks.identities.totals import parts_of
from thidua.checks.placed import SHARES, full_name
from thidua.checks.rule import IdentityRule
from thidua.figures import Figure, Indicator, change, constant, percent
from thidua.figures.numbers import format_number
from thidua.figures.units import is_count
from thidua.forms.roles import Base, bases


class PrintedRatio(IdentityRule):
    """Every percentage that a department worked out, against the numbers it is made of."""

    id = "ty-le"
    holds = "Tỷ lệ ghi trong biểu phải đúng như tính từ tử số và mẫu số"
    severities = ("error", "note")

    def identities(self, given: Given) -> Iterator[Identity]:
        """Ratio and change of each indicator to each base, the two to each other, and the shares in each award."""
        for indicator in given.data.indicators:
            submitted = indicator.submitted
            for base in bases():
                whole, against = indicator.values[base.key], f"so với {base.measure.phrase}"
                # Of thousands of indicators most have but some of the columns.
                ratio, moved = _have(indicator, base.printed_ratio), _have(indicator, base.printed_change)
                if ratio:
                    exact = percent(submitted, whole)
                    yield self._of_indicator(indicator, base.printed_ratio, exact, against, base.ratio)
                if moved:
                    growth = change(submitted, whole)
                    wording = f"tăng, giảm {against}"
                    yield self._of_indicator(indicator, base.printed_change, growth, wording, base.change)
                if ratio and moved:
                    yield self.identity(
                        "formula",
                        (indicator.code, base.printed_ratio, base.printed_change),
                        indicator.values[base.printed_ratio],
                        "=",
                        combined("+", indicator.values[base.printed_change], constant(100)),
                        f"{indicator.name}, tỷ lệ {against}",
                    )
        for award in given.placed.awards.values():
            for total, part, printed, noun in SHARES:
                yield self.identity(
                    "ratio",
                    ("awards", award.code, printed),
                    getattr(award, printed),
                    "=",
                    percent(getattr(award, part), getattr(award, total)),
                    f"{full_name(award, given.placed)}, tỷ lệ {noun} ở cơ sở, lao động trực tiếp",
                    printed=True,
                    figures=(f"awards.{award.code}.share_{total}",),
                )

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """What was printed and what it comes to."""
        return computed(identity)

    def _of_indicator(self, indicator: Indicator, printed: str, exact: Figure, wording: str, name: str) -> Identity:
        return self.identity(
            "ratio",
            (indicator.code, printed),
            indicator.values[printed],
            "=",
            exact,
            f"{indicator.name}, tỷ lệ {wording}",
            printed=True,
            figures=(f"{indicator.code}.{name}",),
        )


class PlanLevels(IdentityRule):
    """A unit seldom sets itself less than its superior asks: of a higher plan the same work is a smaller share."""

    id = "ke-hoach-hai-cap"
    holds = "Kế hoạch của đơn vị thường không thấp hơn kế hoạch cấp trên giao"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """The plans of each indicator that the form orders by ``at_most``, and the percentages printed against them."""
        by_key = {base.key: base for base in bases()}
        pairs = [(low, by_key[low.measure.column.at_most]) for low in bases() if low.measure.column.at_most in by_key]
        for indicator in given.data.indicators:
            for low, high in pairs:
                if _have(indicator, low.key, high.key):
                    yield self._at_most(indicator, high.key, low.key, high.key, low, high)
                if _have(indicator, low.printed_ratio, high.printed_ratio):
                    yield self._at_most(indicator, "printed", high.printed_ratio, low.printed_ratio, low, high)

    def _at_most(self, indicator: Indicator, code: str, left: str, right: str, low: Base, high: Base) -> Identity:
        return self.identity(
            "rule",
            (indicator.code, code),
            indicator.values[left],
            "<=",
            indicator.values[right],
            f"{indicator.name}: {high.measure.phrase} của đơn vị thường không thấp hơn {low.measure.phrase}",
            scope="nếu đơn vị giao thấp hơn thật thì chấp nhận phát hiện này trong tham số",
        )


class ImpliedBase(IdentityRule):
    """Percentages whose base was not submitted: the bases that they imply must be possible and add up."""

    id = "mau-so-ngam"
    holds = "Tỷ lệ không kèm mẫu số phải là của một số nguyên; mẫu số suy ra của các phần cộng lại phải bằng của tổng"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """Whole bases for what is counted; the bases of the parts added up, against that of their total."""
        for indicator in given.data.indicators:
            if is_count(indicator.unit):
                yield from self._whole_bases(indicator)
        for total, parts in parts_of(given.data):
            yield from self._added_bases(total, parts)

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """For parts, both implied bases in words; else that no whole base gives the percentage."""
        if identity.kind == "base":
            return based(identity)
        assert identity.left.value is not None and identity.right.value is not None
        of_total, of_parts = format_number(identity.left.value, 0), format_number(identity.right.value, 0)
        text = (
            f"{identity.statement}: tỷ lệ của tổng và của các phần không khớp nhau; mức so sánh suy ra từ tổng là "
            f"{of_total}, từ các phần cộng lại là {of_parts}"
        )
        return Sentence(text, of_total, of_parts)

    def _whole_bases(self, indicator: Indicator) -> Iterator[Identity]:
        """A plan, or last year's count, is a whole number: some percentages no whole number gives."""
        for base in bases():
            if not indicator.values[base.key].missing:
                continue
            if base.printed_ratio:
                yield self._whole_base(indicator, base.printed_ratio, indicator.values[base.printed_ratio], base)
            if base.printed_change and (not base.printed_ratio or indicator.values[base.printed_ratio].missing):
                growth = indicator.values[base.printed_change]
                level = replace(combined("+", growth, constant(100)), decimals=growth.decimals, unit="%")
                yield self._whole_base(indicator, base.printed_change, level, base)

    def _whole_base(self, indicator: Indicator, printed: str, left: Figure, base: Base) -> Identity:
        statement = f"{indicator.name}, tỷ lệ so với {base.measure.phrase}"
        return self.identity("base", (indicator.code, printed), left, "base", indicator.submitted, statement)

    def _added_bases(self, total: Indicator, parts: list[Indicator]) -> Iterator[Identity]:
        """The base of a total is the sum of its parts' bases, as far as rounded percentages can tell."""
        rows = [total, *parts]
        for base in bases():
            if not all(_have(row, base.printed_ratio) and row.values[base.key].missing for row in rows):
                continue
            whole, *added = [_implied(row, base.printed_ratio) for row in rows]
            codes, statement = (
                (total.code, base.printed_ratio, "gồm"),
                f"{total.name}, tỷ lệ so với {base.measure.phrase}",
            )
            yield self.identity("bases", codes, whole, "=", combined("sum", *added), statement)


def _have(indicator: Indicator, *columns: str) -> bool:
    """Whether an indicator has numbers in all of the columns; the form may have no such column."""
    return all(column and not indicator.values[column].missing for column in columns)


def _implied(indicator: Indicator, printed: str) -> Figure:
    return combined("percent", indicator.submitted, replace(indicator.values[printed], quality=CUT_OFF))
