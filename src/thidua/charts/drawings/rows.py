"""Rows of a chart, one under the other, each as high as its name and its content need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thidua.charts.drawings.measure import evenly_wrapped, width
from thidua.charts.theme import THEME


@dataclass(frozen=True)
class Row:
    """One row's place: its name in lines, and the upper and lower edge of its content, in pixels from the top."""

    lines: tuple[str, ...]
    line_height: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def name(self) -> dict[str, Any]:
        """The columns that draw the name: its lines and the middle of each."""
        first = self.middle - (len(self.lines) - 1) * self.line_height / 2
        return {"name": list(self.lines), "name_y": [first + n * self.line_height for n in range(len(self.lines))]}


@dataclass(frozen=True)
class Rows:
    """All rows; ``names`` is the width of their names, ``size`` that of their letters, ``height`` the whole height."""

    rows: tuple[Row, ...]
    names: float
    size: int
    height: float


def lay_rows(
    names: Sequence[str],
    contents: Sequence[float],
    *,
    start: float,
    size: int = THEME.text,
    share: float = THEME.names,
) -> Rows:
    """Stack rows from ``start`` pixels downwards, closer together the more there are.

    ``contents`` holds the height of each row's content; ``share`` is how much of the width names may take.
    """
    line_height = size * 1.2
    limit = THEME.width * share
    wrapped = [tuple(evenly_wrapped(name, limit, size)) for name in names]
    heights = [max(len(lines) * line_height, content) for lines, content in zip(wrapped, contents, strict=True)]
    space = (THEME.page_height - start - sum(heights)) / len(heights)
    gap = min(14.0, max(4.0, space // 1))
    rows, top = [], start
    for lines, height, content in zip(wrapped, heights, contents, strict=True):
        inset = gap / 2 + (height - content) / 2
        rows.append(Row(lines, line_height, top + inset, top + inset + content))
        top += height + gap
    widest = max(width(line, size) for lines in wrapped for line in lines)
    return Rows(tuple(rows), widest, size, top)


def reach(values: Sequence[float], least: float) -> tuple[float, bool]:
    """The largest size that is drawn to scale, and whether some are cut off there.

    A size more than three times the next smaller one would leave the others too short to compare. None below
    ``least`` or the middle one is cut.
    """
    ordered = sorted(abs(v) for v in values)
    limit = max(least, ordered[len(ordered) // 2])
    for value in ordered:
        if value > 3 * limit:
            return round(limit * 1.25, 4), True
        limit = max(limit, value)
    return limit, False
