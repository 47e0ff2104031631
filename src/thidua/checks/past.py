"""Data of earlier periods, as far as they are kept, for figures that must carry over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from thidua.dataset import Dataset
from thidua.intake.records import Record
from thidua.period import Period


@dataclass(frozen=True)
class Past:
    """An earlier period with its data."""

    period: Period
    data: Dataset


def past_of(period: Period, records: Iterable[Record]) -> Past:
    """The period's data with the period in each file name, so that no cell is taken for one of the current period."""
    return Past(period, Dataset([replace(r, file=f"{period.id}/{r.file}") for r in records]))
