"""Data of earlier periods, as far as they are kept, for figures that must carry over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from thidua.dataset import Dataset
from thidua.figures import Figure
from thidua.intake.records import Record
from thidua.settings.period import Period


@dataclass(frozen=True)
class Past:
    """An earlier period with its data, and the workbooks that they stand in by the names that cells give them."""

    period: Period
    data: Dataset
    workbooks: Mapping[str, Path] = field(default_factory=dict)

    def figure(self, code: str, column: str = "submitted") -> Figure:
        """A number of an indicator, with the period in its id as in the name of its cell's file."""
        found: Figure = getattr(self.data.indicators[code], column)
        return found.named(f"{self.period.id}/{found.id}")


def past_of(period: Period, records: Iterable[Record], workbooks: Mapping[str, Path]) -> Past:
    """The period's data with the period in each file name, so that no cell is taken for one of the current period."""
    data = Dataset([replace(r, file=f"{period.id}/{r.file}") for r in records])
    return Past(period, data, {f"{period.id}/{name}": path for name, path in workbooks.items()})
