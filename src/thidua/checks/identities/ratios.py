"""Identities of printed percentages: each against its own numerator and denominator, or against what it implies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thidua.checks.given import Given
from thidua.checks.grid import Grid
from thidua.checks.identities.identity import CUT_OFF, Identity, Sentence, combined
from thidua.checks.identities.sentences import based, computed
from thidua.checks.identities.totals import parts_of
from thidua.checks.placed import SHARES, full_name
from thidua.checks.rule import IdentityRule
from thidua.figures import Figure, Indicator, change, constant, percent
from thidua.figures.numbers import format_number
from thidua.figures.units import is_count

# Printed column, base column, how the report calls the ratio, and the name of the recomputed figure.
_RATIOS = (
    ("printed_to_plan", "plan", "so với kế hoạch", "to_plan"),
    ("printed_to_upper", "plan_upper", "so với kế hoạch cấp trên giao", "to_upper"),
    ("printed_to_last", "last", "so với cùng kỳ", "to_last"),
)


class PrintedRatio(IdentityRule):
    """Every percentage that a department worked out, against the numbers it is made of."""

    id = "ty-le"
    holds = "Tỷ lệ ghi trong biểu phải đúng như tính từ tử số và mẫu số"
    severities = ("error", "note")

    def identities(self, given: Given) -> Iterator[Identity]:
        for indicator in given.data.indicators:
            for printed, base, wording, name in _RATIOS:
                exact = percent(indicator.submitted, getattr(indicator, base))
                yield self._of_indicator(indicator, printed, exact, wording, name)
            growth = change(indicator.submitted, indicator.last)
            yield self._of_indicator(indicator, "printed_change", growth, "tăng, giảm so với cùng kỳ", "growth")
            yield self.identity(
                "formula",
                (indicator.code, "printed_to_last", "printed_change"),
                indicator.printed_to_last,
                "=",
                combined("+", indicator.printed_change, constant(100)),
                f"{indicator.name}, tỷ lệ so với cùng kỳ",
            )
        for award in given.placed.awards.values():
            for whole, base, printed, noun in SHARES:
                yield self.identity(
                    "ratio",
                    ("awards", award.code, printed),
                    getattr(award, printed),
                    "=",
                    percent(getattr(award, base), getattr(award, whole)),
                    f"{full_name(award, given.placed)}, tỷ lệ {noun} ở cơ sở, lao động trực tiếp",
                    printed=True,
                    figures=(f"awards.{award.code}.share_{whole}",),
                )

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        return computed(identity)

    def _of_indicator(self, indicator: Indicator, printed: str, exact: Figure, wording: str, name: str) -> Identity:
        return self.identity(
            "ratio",
            (indicator.code, printed),
            getattr(indicator, printed),
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
        for indicator in given.data.indicators:
            plans = indicator.plan_upper, indicator.plan
            shares = indicator.printed_to_plan, indicator.printed_to_upper
            for column, (left, right) in (("plan", plans), ("printed", shares)):
                yield self.identity(
                    "rule",
                    (indicator.code, column),
                    left,
                    "<=",
                    right,
                    f"{indicator.name}: kế hoạch của đơn vị thường không thấp hơn kế hoạch cấp trên giao",
                    scope="nếu đơn vị giao thấp hơn thật thì chấp nhận phát hiện này trong tham số",
                )


class ImpliedBase(IdentityRule):
    """Percentages whose base was not submitted: the bases that they imply must be possible and add up."""

    id = "mau-so-ngam"
    holds = "Tỷ lệ không kèm mẫu số phải là của một số nguyên; mẫu số suy ra của các phần cộng lại phải bằng của tổng"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        for indicator in given.data.indicators:
            if is_count(indicator.unit):
                yield from self._whole_bases(indicator)
        for total, parts in parts_of(given.data):
            yield from self._added_bases(total, parts)

    def said(self, identity: Identity, grid: Grid) -> Sentence:
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
        for printed, base, wording, _ in _RATIOS:
            if getattr(indicator, base).missing:
                yield self._whole_base(indicator, printed, getattr(indicator, printed), wording)
        if indicator.last.missing and indicator.printed_to_last.missing:
            growth = indicator.printed_change
            level = replace(combined("+", growth, constant(100)), decimals=growth.decimals, unit="%")
            yield self._whole_base(indicator, "printed_change", level, "so với cùng kỳ")

    def _whole_base(self, indicator: Indicator, printed: str, left: Figure, wording: str) -> Identity:
        statement = f"{indicator.name}, tỷ lệ {wording}"
        return self.identity("base", (indicator.code, printed), left, "base", indicator.submitted, statement)

    def _added_bases(self, total: Indicator, parts: list[Indicator]) -> Iterator[Identity]:
        """The base of a total is the sum of its parts' bases, as far as rounded percentages can tell."""
        for printed, base, wording, _ in _RATIOS:
            rows = [total, *parts]
            if any(not getattr(row, base).missing for row in rows):
                continue
            whole, *added = [_implied(row, printed) for row in rows]
            codes, statement = (total.code, printed, "gồm"), f"{total.name}, tỷ lệ {wording}"
            yield self.identity("bases", codes, whole, "=", combined("sum", *added), statement)


def _implied(indicator: Indicator, printed: str) -> Figure:
    return combined("percent", indicator.submitted, replace(getattr(indicator, printed), quality=CUT_OFF))
