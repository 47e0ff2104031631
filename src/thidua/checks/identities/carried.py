"""Identities between periods: what was reported then and what is said of it now, flows added to what was before."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.checks.given import Given
from thidua.checks.identities.identity import Identity, combined
from thidua.checks.rule import IdentityRule

_REVISED = "số đã báo cáo có thể được điều chỉnh sau đó"


class LastYear(IdentityRule):
    """Last year's value against last year's report."""

    id = "so-cung-ky"
    holds = "Số cùng kỳ phải như số đã báo cáo năm trước"
    severities = ("warning",)

    def identities(self, given: Given) -> Iterator[Identity]:
        """One for each indicator, where last year's data are kept."""
        then = given.past.get("last_year")
        for indicator in given.data.indicators if then else ():
            assert then is not None
            yield self.identity(
                "rule",
                (indicator.code, "last"),
                indicator.last,
                "=",
                then.figure(indicator.code),
                f"{indicator.name}: số cùng kỳ phải như số đã báo cáo {then.period.name}",
                scope=_REVISED,
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
            yield self.identity(
                "rule",
                (indicator.code, "cumulative"),
                indicator.cumulative,
                "=",
                combined("+", before.figure(indicator.code), indicator.actual),
                f"{indicator.name}: lũy kế phải bằng số {before.period.name} cộng số trong kỳ",
                scope=_REVISED,
            )
