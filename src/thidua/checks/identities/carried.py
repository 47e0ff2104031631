"""Identities between periods: what was reported then and what is said of it now, flows added to what was before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thidua.checks.given import Given
from thidua.checks.identities.identity import Identity, combined
from thidua.checks.past import Past
from thidua.checks.rule import IdentityRule
from thidua.figures import Figure, Indicator
from thidua.forms.roles import Base, bases
from thidua.language.text import fold
from thidua.settings.reading import reading

_REVISED = "số đã báo cáo có thể được điều chỉnh sau đó"
# A workbook in which half of the plans are others, of four or more, plans by the period and not by the year.
_SEVERAL = 4


class LastYear(IdentityRule):
    """Last year's value against last year's report, and what was worked out from it where it is not said again."""

    id = "so-cung-ky"
    holds = "Số cùng kỳ, tỷ lệ so cùng kỳ phải theo đúng số đã báo cáo năm trước"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each indicator, where last year's data are kept."""
        then = given.past.get("last_year")
        for indicator in given.data.indicators if then else ():
            assert then is not None
            for base in (b for b in bases() if not b.is_plan):
                said = indicator.values[base.key]
                if said.missing:
                    yield from self._worked_out(indicator, base, then)
                elif (reported := _meant(indicator, said, then)) is not None:
                    about = f"{indicator.name}: số cùng kỳ phải như số đã báo cáo {then.period.name}"
                    yield self.identity("rule", (indicator.code, base.key), said, "=", reported, about, scope=_REVISED)

    def _worked_out(self, indicator: Indicator, base: Base, then: Past) -> Iterator[Identity]:
        reported = then.reported(indicator.code, indicator.unit)
        for printed, operator in ((base.printed_ratio, "percent"), (base.printed_change, "change")):
            if not printed or reported is None or reported.missing or not reported.value:
                continue
            against = f"so với {base.measure.phrase}, theo số đã báo cáo {then.period.name},"
            yield self.identity(
                "ratio",
                (indicator.code, printed),
                indicator.values[printed],
                "=",
                combined("percent" if operator == "percent" else "change", indicator.submitted, reported),
                f"{indicator.name}, {'tỷ lệ' if operator == 'percent' else 'tăng, giảm'} {against}",
                printed=True,
                scope=_REVISED,
                figures=(f"{indicator.code}.{base.ratio}",),
            )


class CarriedOver(IdentityRule):
    """The cumulative value against that of the period before in this year, and what came since."""

    id = "cong-don"
    holds = "Lũy kế phải bằng số đã báo cáo kỳ trước trong năm cộng số trong kỳ"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each indicator, where the period before is kept, lies in this year and does not overlap this one."""
        before, period = given.past.get("previous"), given.period
        if before is None or before.period.year != period.year or before.period.end >= period.start:
            return
        for indicator in given.data.indicators:
            reported = before.reported(indicator.code, indicator.unit)
            if reported is not None:
                yield self.identity(
                    "rule",
                    (indicator.code, "cumulative"),
                    indicator.cumulative,
                    "=",
                    combined("+", reported, indicator.actual),
                    f"{indicator.name}: lũy kế phải bằng số {before.period.name} cộng số trong kỳ",
                    scope=_REVISED,
                )


class Opening(IdentityRule):
    """A row that the form declares to open with what another closed with: dossiers, projects, debts carried over."""

    id = "so-dau-ky"
    holds = "Số đầu kỳ (dòng có ghi «Đầu kỳ của») phải như số cuối kỳ đã báo cáo ở kỳ trước"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each row that opens with another, where a kept period ended the day before this began."""
        before = given.closed
        for indicator in given.data.indicators if before else ():
            assert before is not None
            reported = before.reported(indicator.opens, indicator.unit) if indicator.opens else None
            if reported is not None:
                yield self.identity(
                    "rule",
                    (indicator.code, "opens"),
                    indicator.submitted,
                    "=",
                    reported,
                    f"{indicator.name}: số đầu kỳ phải như số cuối kỳ đã báo cáo {before.period.name}",
                    scope=_REVISED,
                )


class SamePlan(IdentityRule):
    """A year's plan in one report against that in the reports before it in the year, unless a note says why."""

    id = "ke-hoach-doi"
    holds = "Kế hoạch năm phải như đã ghi ở kỳ trước trong năm, trừ khi ghi chú nói đã điều chỉnh"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each plan that an earlier report of the year had, the latest of them."""
        files: dict[str, list[Identity]] = defaultdict(list)
        for indicator in given.data.indicators:
            note = fold(indicator.note)
            if not any(word in note for word in reading().changed_plans):
                files[indicator.department] += self._of(indicator, given)
        for found in files.values():
            others = sum(i.verdict() == "broken" for i in found)
            if others < _SEVERAL or 2 * others < len(found):
                yield from found

    def _of(self, indicator: Indicator, given: Given) -> Iterator[Identity]:
        for base in (b for b in bases() if b.is_plan):
            before = (
                (then, reported)
                for then in given.this_year
                if (reported := then.reported(indicator.code, indicator.unit, base.key)) is not None
            )
            then, reported = next(((t, r) for t, r in before if not r.missing), (None, None))
            if then is not None and reported is not None:
                yield self.identity(
                    "rule",
                    (indicator.code, base.key, "năm"),
                    indicator.values[base.key],
                    "=",
                    reported,
                    f"{indicator.name}: {base.measure.phrase} phải như đã ghi ở báo cáo {then.period.name}",
                    scope="nếu kế hoạch đã được điều chỉnh thì ghi vào cột Ghi chú",
                )


def _meant(indicator: Indicator, said: Figure, then: Past) -> Figure | None:
    """What was reported then that a value for comparison means: what was stated, or what came in the period alone."""
    stated = then.reported(indicator.code, indicator.unit)
    if stated is None or not indicator.cumulative.missing:
        return stated
    alone = then.reported(indicator.code, indicator.unit, "actual")
    return alone if alone is not None and alone.value == said.value else stated
