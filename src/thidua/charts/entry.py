"""What a chart draws, before it is laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from thidua.figures import Figure
from thidua.figures.in_column import in_column

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Entry:
    """One mark: its row and that row's name, the figure that gives its length, the label printed beside it.

    ``series`` is what the mark stands for where a row has several; ``hints`` are further columns of the tooltip.
    """

    row: int
    name: str
    figure: Figure
    label: str = ""
    series: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> float:
        """The length to draw, rounded far below what can be seen, so that data and scale agree to the last digit."""
        return round(float(self.figure.value or 0), 4)


def labelled(entries: Sequence[Entry], written: Callable[[Figure], str]) -> list[Entry]:
    """The entries with their labels, as ``written`` gives them from figures with one number of decimals."""
    figures = in_column(e.figure for e in entries)
    return [replace(e, label=written(figure)) for e, figure in zip(entries, figures, strict=True)]


def table(entries: Sequence[Entry]) -> pd.DataFrame:
    """Entries as a tidy table: row, name, series, value, label and the columns of the tooltip."""
    import pandas as pd  # loaded with the first chart

    rows = [
        {"row": e.row, "name": e.name, "series": e.series, "value": e.value, "label": e.label, **e.hints}
        for e in entries
    ]
    return pd.DataFrame(rows)
