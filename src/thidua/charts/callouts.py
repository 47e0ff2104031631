"""Where the texts above a bar's parts stand: the one thing that charts lay out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from thidua.charts.theme import THEME
from thidua.fonts.typeset_width import evenly_wrapped, width

_NAME = 100.0
# A part is drawn at least this wide: a few late dossiers among thousands must not vanish.
_SLIGHT = 3.5


@dataclass(frozen=True)
class Callout:
    """A segment from ``start`` to ``end`` and the text above it around ``place``, in pixels."""

    text: str
    start: float
    end: float
    place: float

    @property
    def lines(self) -> int:
        """How many lines of type its text takes, to keep room for them."""
        return 1 + self.text.count("\n")

    @property
    def foot(self) -> float:
        """Where the line from the text meets the segment: straight below where it can."""
        inset = min((self.end - self.start) / 2, 8.0)
        return min(max(self.place, self.start + inset), self.end - inset)


def text(name: str, label: str) -> str:
    """A part's name in lines, and its number below."""
    return "\n".join([*evenly_wrapped(name, _NAME, THEME.text), label])


def fits(texts: Sequence[str]) -> bool:
    """Whether the texts find room beside each other."""
    return sum(_width(t) + THEME.gap for t in texts) <= THEME.width + THEME.gap


def placed(texts: Sequence[str], values: Sequence[float]) -> list[Callout]:
    """The parts of a bar, each text as near its segment as the others and the edges let it."""
    edges = [0.0, *accumulate(_segments(values))]
    parts = []
    free = 0.0
    for told, (start, end) in zip(texts, pairwise(edges), strict=True):
        left = max(free, (start + end - _width(told)) / 2)
        parts.append((told, start, end, left))
        free = left + _width(told) + THEME.gap
    found = []
    limit = float(THEME.width)
    for told, start, end, left in reversed(parts):
        right = min(limit, left + _width(told))
        found.append(Callout(told, start, end, right - _width(told) / 2))
        limit = right - _width(told) - THEME.gap
    return found[::-1]


def _segments(values: Sequence[float]) -> list[float]:
    """The widths of a row's parts in pixels, together the whole width."""
    whole = sum(values)
    widths = [max(_SLIGHT, value / whole * THEME.width) for value in values]
    largest = widths.index(max(widths))
    widths[largest] -= sum(widths) - THEME.width
    return widths


def _width(told: str) -> float:
    return max(width(line, THEME.text) for line in told.split("\n"))
