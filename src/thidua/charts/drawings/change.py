"""Growth: a bar per row from the line of no change, to the right where it rose, to the left where it fell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thidua.charts.drawings import marks
from thidua.charts.drawings.marks import alt
from thidua.charts.drawings.measure import width
from thidua.charts.drawings.rows import lay_rows, reach
from thidua.charts.entry import Entry
from thidua.charts.theme import THEME

# A fall to nothing is always drawn to scale.
_LEAST = 100.0
# How far the head of an arrow stands out from a bar that is cut off.
_ARROW = 12.0


def draw(entries: Sequence[Entry], titles: dict[str, str]) -> Any:
    """``titles`` name the tooltip's columns."""
    rows = lay_rows([e.name for e in entries], [float(THEME.bar)] * len(entries), start=4.0)
    limit, cut = reach([e.value for e in entries], _LEAST)
    sizes = [max(-limit, min(limit, e.value)) for e in entries]
    low, high = min([0.0, *sizes]), max([0.0, *sizes])
    distance = THEME.gap / 2 + (_ARROW if cut else 0)
    before, after = (_room([e for e in entries if (e.value < 0) == falls], distance) for falls in (True, False))
    domain = (low, high if high > low else low + 1)
    span = (rows.names + THEME.gap * (2 if before else 1) + before, THEME.width - after)
    records = [
        {**row.name(), "top": row.top, "bottom": row.bottom, "middle": row.middle}
        | {"value": entry.value, "label": entry.label, **entry.hints}
        for row, entry in zip(rows.rows, entries, strict=True)
    ]
    base = (
        marks.whole_names(alt.Chart(marks.data(records)))
        .transform_calculate(end=f"clamp(datum.value, {-limit}, {limit})")
        .encode(tooltip=marks.tooltip(titles))
    )
    x, y = marks.across("end", domain, span), marks.down("middle", rows.height)
    layers = []
    for test, colour, shape, side, align in (
        ("datum.value >= 0", THEME.rise, "triangle-right", 1, "left"),
        ("datum.value < 0", THEME.fall, "triangle-left", -1, "right"),
    ):
        part = base.transform_filter(test)
        bar = part.mark_rect(color=colour)
        layers.append(bar.encode(x=x, x2=alt.X2Datum(0), y=marks.down("top", rows.height), y2=alt.Y2("bottom")))
        if cut:
            beyond = part.transform_filter(f"abs(datum.value) > {limit}")
            style = {"filled": True, "size": 180, "opacity": 1, "xOffset": 5 * side}
            layers.append(beyond.mark_point(shape=shape, color=colour, **style).encode(x=x, y=y))
        text = part.mark_text(align=align, xOffset=distance * side)
        layers.append(text.encode(x=x, y=y, text=alt.Text("label:N")))
    rule = alt.Chart(marks.data([{}])).mark_rule(color=THEME.ink)
    layers += [
        rule.encode(x=marks.at(0), y=alt.YValue(0), y2=alt.Y2Value(rows.height)),
        marks.names(base, rows.names, rows.height, rows.size),
    ]
    return marks.stacked(layers, rows.height)


def _room(entries: Sequence[Entry], distance: float) -> float:
    """What the labels outside the bars take."""
    return max((width(e.label, THEME.text) + distance for e in entries), default=0.0)
