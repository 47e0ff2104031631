"""What totals are made of, for many rows or parts: a column for each part, in it a bar and a number for each row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from thidua.charts.drawings import marks
from thidua.charts.drawings.marks import alt
from thidua.charts.drawings.measure import evenly_wrapped, width
from thidua.charts.drawings.rows import lay_rows
from thidua.charts.entry import Entry
from thidua.charts.theme import THEME

_LINE = THEME.small * 1.2
_BAR = 7.0
_CONTENT = _LINE + _BAR + 1


def draw(entries: Sequence[Entry], heads: dict[int, str], parts: Sequence[str], titles: dict[str, str]) -> Any:
    """``heads`` name the rows by number, ``parts`` are the columns from left to right.

    A bar as wide as its column stands for the whole row.
    """
    groups = [list(group) for _, group in groupby(entries, key=lambda e: e.row)]
    widest = max(width(e.label, THEME.small) for e in entries)
    # The names leave each column room for its numbers.
    room = (THEME.width - (widest + THEME.gap) * len(parts) - THEME.gap) / THEME.width
    rows = lay_rows(
        [heads[group[0].row] for group in groups],
        [_CONTENT] * len(groups),
        start=0,
        size=THEME.small,
        share=max(0.15, min(THEME.names, room)),
    )
    left = rows.names + THEME.gap
    column = (THEME.width - left + THEME.gap) / len(parts)
    titled = [evenly_wrapped(part, column - THEME.gap, THEME.small, bold=True) for part in parts]
    down = max(len(lines) for lines in titled) * _LINE + 4
    height = down + rows.height
    records = []
    for row, group in zip(rows.rows, groups, strict=True):
        total = sum(e.value for e in group)
        for n, entry in enumerate(group):
            start = left + list(parts).index(entry.series) * column
            share = entry.value / total
            label = row.name() if n == 0 else {"name": [], "name_y": []}
            label["name_y"] = [y + down for y in label["name_y"]]
            top = row.top + down + _LINE
            records.append(
                {**label, "full": entry.name, "series": entry.series, "label": entry.label, **entry.hints}
                | {
                    "start": start,
                    "end": start + max(1.5, share * (column - THEME.gap)),
                    "rest": start + column - THEME.gap,
                }
                | {"top": top, "bottom": top + _BAR, "text_y": row.top + down + _LINE / 2}
            )
    pixels = (0.0, float(THEME.width))
    hints = {"full": "Mục", "series": "Phần", **titles}
    base = alt.Chart(marks.data(records)).encode(tooltip=marks.columns(hints))
    box = {"y": marks.down("top", height), "y2": alt.Y2("bottom")}
    x = marks.across("start", pixels, pixels)
    layers = [
        base.mark_rect(color=THEME.track).encode(x=x, x2=alt.X2("rest"), **box),
        base.mark_rect(color=THEME.rise).encode(x=x, x2=alt.X2("end"), **box),
        base.mark_text(align="left", fontSize=THEME.small).encode(
            x=x, y=marks.down("text_y", height), text=alt.Text("label:N")
        ),
        marks.names(base, rows.names, height, THEME.small),
        *(
            marks.note(
                line, left + n * column, (k + 0.5) * _LINE, align="left", fontSize=THEME.small, fontWeight="bold"
            )
            for n, lines in enumerate(titled)
            for k, line in enumerate(lines)
        ),
    ]
    return marks.stacked(layers, height)
