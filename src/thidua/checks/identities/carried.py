"""Identities between periods: what was reported then and what is said of it now, flows added to what was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thidua.checks.identities.identity import Identity, combined
from thidua.checks.past import Past
from thidua.dataset import Dataset
from thidua.period import Period

_REVISED = "số đã báo cáo có thể được điều chỉnh sau đó"


def carried_over(data: Dataset, period: Period, past: Mapping[str, Past]) -> Iterator[Identity]:
    """Last year's value against last year's report; the cumulative value against the period before in this year."""
    if "last_year" in past:
        then = past["last_year"]
        for indicator in data.indicators:
            yield Identity(
                rule="so-cung-ky",
                kind="rule",
                codes=(indicator.code, "last"),
                left=indicator.last,
                relation="=",
                right=then.figure(indicator.code),
                statement=f"{indicator.name}: số cùng kỳ phải như số đã báo cáo {then.period.name}",
                severity="warning",
                scope=_REVISED,
            )
    before = past.get("previous")
    if before is not None and before.period.year == period.year and before.period.end < period.start:
        for indicator in data.indicators:
            yield Identity(
                rule="cong-don",
                kind="rule",
                codes=(indicator.code, "cumulative"),
                left=indicator.cumulative,
                relation="=",
                right=combined("+", before.figure(indicator.code), indicator.actual),
                statement=f"{indicator.name}: lũy kế phải bằng số {before.period.name} cộng số trong kỳ",
                severity="warning",
                scope=_REVISED,
            )
