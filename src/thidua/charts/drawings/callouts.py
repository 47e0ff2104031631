"""What totals are made of: a bar of one hundred percent per row, each part named above its segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

from thidua.charts.drawings import marks
from thidua.charts.drawings.marks import alt
from thidua.charts.drawings.measure import evenly_wrapped, width
from thidua.charts.entry import Entry
from thidua.charts.theme import THEME

_LINE = THEME.text * 1.2
_HEAD, _BAR, _LEADER, _AFTER = _LINE + 4, 20.0, 16.0, 16.0
_NAME = 100.0
# A part is drawn at least this wide: a few late dossiers among thousands must not vanish.
_SLIGHT = 3.0
_MOST_ROWS = 5


@dataclass(frozen=True)
class _Part:
    """A segment of the bar from ``start`` to ``end`` and the text above it around ``place``, in pixels."""

    entry: Entry
    name: tuple[str, ...]
    start: float
    end: float
    place: float

    @property
    def foot(self) -> float:
        """Where the line from the text meets the segment: straight below where it can."""
        inset = min((self.end - self.start) / 2, 8.0)
        return min(max(self.place, self.start + inset), self.end - inset)


def fits(entries: Sequence[Entry]) -> bool:
    """Whether the parts of every row find room beside each other, and the rows are few."""
    rows = [list(group) for _, group in groupby(entries, key=lambda e: e.row)]
    room = all(sum(_text_width(e) + THEME.gap for e in row) <= THEME.width + THEME.gap for row in rows)
    return room and len(rows) <= _MOST_ROWS


def draw(entries: Sequence[Entry], heads: dict[int, str], colours: dict[str, str], titles: dict[str, str]) -> Any:
    """``heads`` are the lines above the rows, by the row's number; ``colours`` go by part.

    Only for entries that ``fits`` agrees to.
    """
    records: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    y = 0.0
    for number, group in groupby(entries, key=lambda e: e.row):
        parts = _placed(list(group))
        lines.append({"head": heads[number], "head_y": y + _LINE / 2})
        label_y = y + _HEAD + (0.5 + max(len(part.name) for part in parts)) * _LINE
        top = label_y + _LINE / 2 + _LEADER
        for part in parts:
            first = label_y - len(part.name) * _LINE
            records.append(
                {"row": part.entry.name, "series": part.entry.series, "label": part.entry.label, **part.entry.hints}
                | {"name": list(part.name), "name_y": [first + n * _LINE for n in range(len(part.name))]}
                | {"label_y": label_y, "at": part.place, "foot": part.foot, "leader_y": label_y + _LINE / 2 + 1}
                | {"start": part.start, "end": part.end, "top": top, "bottom": top + _BAR}
            )
        y = top + _BAR + _AFTER
    height = y - _AFTER + 2
    pixels = (0.0, float(THEME.width))
    base = alt.Chart(marks.data(records)).encode(
        tooltip=marks.columns({"row": "Mục", "series": "Phần", **titles}), x=marks.across("at", pixels, pixels)
    )
    colour = alt.Color("series:N", legend=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())))
    bars = base.mark_rect(stroke="white", strokeWidth=1).encode(
        x=marks.across("start", pixels, pixels),
        x2=alt.X2("end"),
        y=marks.down("top", height),
        y2=alt.Y2("bottom"),
        color=colour,
    )
    leaders = base.mark_rule(color=THEME.line, strokeWidth=0.8).encode(
        x2=alt.X2("foot"), y=marks.down("leader_y", height), y2=alt.Y2("top")
    )
    named = base.transform_flatten(["name", "name_y"]).mark_text()
    over = alt.Chart(marks.data(lines)).mark_text(align="left", fontWeight="bold")
    layers = [
        bars,
        leaders,
        over.encode(x=alt.XValue(0), y=marks.down("head_y", height), text=alt.Text("head:N")),
        named.encode(y=marks.down("name_y", height), text=alt.Text("name:N")),
        base.mark_text().encode(y=marks.down("label_y", height), text=alt.Text("label:N")),
    ]
    return marks.stacked(layers, height)


def _placed(row: Sequence[Entry]) -> list[_Part]:
    """The row's parts, each text as near its segment as the others and the edges let it."""
    edges = [0.0, *accumulate(_segments(row))]
    parts = []
    free = 0.0
    for entry, (start, end) in zip(row, pairwise(edges), strict=True):
        taken = _text_width(entry)
        left = max(free, (start + end - taken) / 2)
        parts.append((entry, start, end, left))
        free = left + taken + THEME.gap
    placed = []
    limit = float(THEME.width)
    for entry, start, end, left in reversed(parts):
        taken = _text_width(entry)
        right = min(limit, left + taken)
        placed.append(_Part(entry, _name(entry), start, end, right - taken / 2))
        limit = right - taken - THEME.gap
    return placed[::-1]


def _segments(row: Sequence[Entry]) -> list[float]:
    """The widths of a row's parts in pixels, together the whole width."""
    total = sum(e.value for e in row)
    widths = [max(_SLIGHT, e.value / total * THEME.width) for e in row]
    largest = widths.index(max(widths))
    widths[largest] -= sum(widths) - THEME.width
    return widths


def _name(entry: Entry) -> tuple[str, ...]:
    return tuple(evenly_wrapped(entry.series, _NAME, THEME.text))


def _text_width(entry: Entry) -> float:
    return max(width(line, THEME.text) for line in (*_name(entry), entry.label))
