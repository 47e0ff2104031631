"""Percent of a base: a bar per row on a track that ends at one hundred, what goes beyond in another colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thidua.charts.drawings import marks
from thidua.charts.drawings.marks import alt
from thidua.charts.drawings.measure import width
from thidua.charts.drawings.rows import lay_rows, reach
from thidua.charts.entry import Entry
from thidua.charts.theme import THEME

_WHOLE = 100
_HEAD = 22.0


def draw(entries: Sequence[Entry], base_name: str, titles: dict[str, str]) -> Any:
    """``base_name`` is written at the line of one hundred percent; ``titles`` name the tooltip's columns."""
    rows = lay_rows([e.name for e in entries], [float(THEME.bar)] * len(entries), start=_HEAD)
    limit, cut = reach([e.value for e in entries], _WHOLE)
    low = min([0.0, *(e.value for e in entries)])
    left = rows.names + THEME.gap
    right = THEME.width - max(width(e.label, THEME.text, bold=True) for e in entries) - THEME.gap
    # The head of an arrow stands beyond the last bar that is drawn to scale.
    domain, span = (low, limit), (left, right - (THEME.bar if cut else 0))
    records = [
        {**row.name(), "top": row.top, "bottom": row.bottom, "middle": row.middle}
        | {"value": entry.value, "label": entry.label, **entry.hints}
        for row, entry in zip(rows.rows, entries, strict=True)
    ]
    whole = marks.whole_names(alt.Chart(marks.data(records))).transform_calculate(
        within=f"min(datum.value, {_WHOLE})", beyond=f"min(datum.value, {limit})"
    )
    base = whole.encode(tooltip=marks.tooltip(titles))
    over, under = f"datum.value >= {_WHOLE}", f"datum.value < {_WHOLE}"
    box = {"y": marks.down("top", rows.height), "y2": alt.Y2("bottom")}

    def bar(chart: Any, colour: str, start: Any, end: str) -> Any:
        return chart.mark_rect(color=colour).encode(x=marks.across(end, domain, span), x2=start, **box)

    def label(chart: Any, weight: str) -> Any:
        style = {"align": "right", "fontWeight": weight}
        return chart.mark_text(**style).encode(
            x=alt.XValue(THEME.width), y=marks.down("middle", rows.height), text=alt.Text("label:N")
        )

    layers = [
        base.mark_rect(color=THEME.track).encode(x=marks.at(0), x2=alt.X2Datum(_WHOLE), **box),
        bar(base, THEME.done, alt.X2Datum(0), "within"),
        bar(base.transform_filter(over), THEME.over, alt.X2Datum(_WHOLE), "beyond"),
        marks.names(base, rows.names, rows.height, rows.size),
        label(base.transform_filter(under), "normal"),
        label(base.transform_filter(over), "bold"),
        *_line(base_name, domain, span, rows.height),
    ]
    if low < 0:
        nought = alt.Chart(marks.data([{}])).mark_rule(color=THEME.line)
        layers.append(nought.encode(x=marks.at(0), y=alt.YValue(_HEAD), y2=alt.Y2Value(rows.height)))
    if cut:
        beyond = base.transform_filter(f"datum.value > {limit}")
        arrow = beyond.mark_point(shape="triangle-right", color=THEME.over, filled=True, size=180, opacity=1, xOffset=5)
        layers.append(arrow.encode(x=marks.across("beyond", domain, span), y=marks.down("middle", rows.height)))
    return marks.stacked(layers, rows.height)


def _line(text: str, domain: tuple[float, float], span: tuple[float, float], height: float) -> list[Any]:
    """The line of one hundred percent and what it stands for, kept within the drawing."""
    at = span[0] + (_WHOLE - domain[0]) / (domain[1] - domain[0]) * (span[1] - span[0])
    half = width(text, THEME.text) / 2
    middle = min(max(at, half), THEME.width - half)
    rule = alt.Chart(marks.data([{}])).mark_rule(color=THEME.ink, strokeDash=[4, 3])
    return [
        rule.encode(x=marks.at(_WHOLE), y=alt.YValue(_HEAD - 6), y2=alt.Y2Value(height)),
        marks.note(text, middle, _HEAD / 2 - 3, color=THEME.quiet),
    ]
