"""Several measures of each row in one unit: a bar for each, with its value beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from thidua.charts.drawings import marks
from thidua.charts.drawings.marks import alt
from thidua.charts.drawings.measure import width
from thidua.charts.drawings.rows import lay_rows
from thidua.charts.entry import Entry
from thidua.charts.theme import THEME

# Up to this many bars each is named beside it; more of them share one line of names above.
_NAMED = 12
_HEAD = 22.0


def draw(entries: Sequence[Entry], unit: str, series: dict[str, str], titles: dict[str, str]) -> Any:
    """``entries`` stand row by row; ``series`` gives the colour of each measure by its name."""
    groups = [list(group) for _, group in groupby(entries, key=lambda e: e.row)]
    named = len(series) > 1 and len(entries) <= _NAMED
    texts = {id(e): f"{e.series}: {e.label}" if named else e.label for e in entries}
    bar, size = _fitting(len(entries), len(groups))
    rows = lay_rows([group[0].name for group in groups], [bar * len(group) for group in groups], start=_HEAD, size=size)
    left = rows.names + THEME.gap
    room = [(e.value, width(texts[id(e)], size) + THEME.gap) for e in entries]
    scale = _scale(room, THEME.width - left)
    low = min([0.0, *(e.value for e in entries)])
    domain, span = (low, low + (THEME.width - left) / scale), (left, float(THEME.width))
    records = []
    for row, group in zip(rows.rows, groups, strict=True):
        for n, entry in enumerate(group):
            top = row.top + n * bar
            name = row.name() if n == 0 else {"name": [], "name_y": []}
            records.append(
                {**name, "full": entry.name, "top": top + 1, "bottom": top + bar - 1, "middle": top + bar / 2}
                | {"value": entry.value, "series": entry.series, "label": entry.label, **entry.hints}
            )
    base = alt.Chart(marks.data(records)).encode(tooltip=marks.tooltip(titles))
    text = "datum.series + ': ' + datum.label" if named else "datum.label"
    labels = base.transform_calculate(text=text, end="max(datum.value, 0)")
    layers = [
        base.mark_rect(stroke=THEME.line, strokeWidth=0.5).encode(
            x=marks.across("value", domain, span),
            x2=alt.X2Datum(0),
            y=marks.down("top", rows.height),
            y2=alt.Y2("bottom"),
            color=alt.Color("series:N", legend=None, scale=alt.Scale(domain=list(series), range=list(series.values()))),
        ),
        labels.mark_text(align="left", xOffset=THEME.gap / 2, fontSize=size).encode(
            x=marks.across("end", domain, span), y=marks.down("middle", rows.height), text=alt.Text("text:N")
        ),
        marks.names(base, rows.names, rows.height, size),
        marks.note(f"Đơn vị tính: {unit}", THEME.width, 7, align="right", color=THEME.quiet),
        *([] if named or len(series) == 1 else _key(series)),
    ]
    return marks.stacked(layers, rows.height)


def _fitting(bars: int, rows: int) -> tuple[float, int]:
    """The height of a bar and the size of letters with which all bars fit a page."""
    space = (THEME.page_height - _HEAD - 6 * rows) / bars
    height = max(12.0, min(19.0, round(space)))
    return height, THEME.text if height > THEME.text + 2 else THEME.small


def _scale(room: Sequence[tuple[float, float]], across: float) -> float:
    """Pixels for one unit, so that each bar with the text to its right fits; ``room`` pairs values and text widths."""
    low = -min([0.0, *(value for value, _ in room)])
    scales = [(across - text) / (max(value, 0.0) + low) for value, text in room if max(value, 0.0) + low > 0]
    return min(scales, default=1.0)


def _key(series: dict[str, str]) -> list[Any]:
    """What the colours stand for, in one line above the rows."""
    layers, x = [], 0.0
    for name, colour in series.items():
        swatch = alt.Chart(marks.data([{}])).mark_rect(color=colour, stroke=THEME.line, strokeWidth=0.5)
        layers.append(swatch.encode(x=alt.XValue(x), x2=alt.X2Value(x + 12), y=alt.YValue(1), y2=alt.Y2Value(13)))
        layers.append(marks.note(name, x + 17, 7, align="left"))
        x += 17 + width(name, THEME.text) + 2 * THEME.gap
    return layers
