"""What a chart draws, before it is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.figures import Figure


@dataclass(frozen=True)
class Entry:
    """One mark: its row and that row's name, the figure that gives its length, the label printed beside it.

    ``series`` is what the mark stands for where a row has several; ``hints`` are further columns of the tooltip.
    """

    row: int
    name: str
    figure: Figure
    label: str
    series: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> float:
        """The length to draw, rounded far below what can be seen, so that data and scale agree to the last digit."""
        return round(float(self.figure.value or 0), 4)
