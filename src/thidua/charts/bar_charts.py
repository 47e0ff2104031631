"""Charts of bars: a row for each indicator, its name at the left, at the right what the report prints.

What is printed stands in a column of its own, where no bar and no other text can run into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from thidua.charts.library import altair
from thidua.charts.row_names import Rows, rows
from thidua.charts.theme import THEME
from thidua.fonts.typeset_width import width as width_of

# What is drawn by is given as an object throughout: of a text Altair finds out what it is among all its classes anew.
alt = altair()

_WHOLE = 100.0
# A fall to nothing is always drawn to scale.
_LEAST = 100.0
# What stands beyond the longest bar that is drawn to scale, as a share of the scale: the head of an arrow.
_ARROW = 0.07
# Up to this many bars each is named beside it; more of them share a legend.
_NAMED = 12
_LEGEND = 26.0
# What an entry of a legend takes besides its name.
_SYMBOL = 34.0


def progress(frame: pd.DataFrame, base_name: str, titles: Mapping[str, str], width: int = THEME.width) -> Any:
    """Percent of a base: a bar per row on a track that ends at one hundred, what goes beyond in another colour.

    ``frame`` has the columns name, value, label and those of ``titles``, which name them in the tooltip; ``base_name``
    is written at the line of one hundred percent.
    """
    placed = rows(list(frame["name"]), THEME.bar, head=_LEGEND, width=width)
    limit, cut = reach(list(frame["value"]), _WHOLE)
    scale = alt.Scale(domain=[min(0.0, frame["value"].min()), _beyond(limit, cut)], nice=False)
    line = alt.Axis(
        **{"orient": "top", "values": [_WHOLE], "labelExpr": json.dumps(base_name, ensure_ascii=False)},
        **{"labelColor": THEME.quiet, "grid": True, "gridColor": THEME.ink, "gridDash": [4, 3], "zindex": 1},
    )
    base = (
        _base(frame, placed, titles)
        .transform_calculate(within=f"min(datum.value, {_WHOLE})", end=f"min(datum.value, {limit})")
        .properties(height=alt.Step(placed.step))
    )
    bars = base.mark_bar(size=THEME.bar)
    reached, beyond = (f"datum.value >= {_WHOLE}", f"datum.value > {_WHOLE}")

    def x(column: str) -> Any:
        return alt.X(f"{column}:Q", scale=scale, axis=line)

    layers = [
        bars.transform_calculate(start="0", whole=f"{_WHOLE}").encode(
            x=x("start"), x2=alt.X2("whole"), color=alt.ColorValue(THEME.track)
        ),
        bars.transform_calculate(start="0").encode(x=x("start"), x2=alt.X2("within")),
        bars.transform_filter(beyond)
        .transform_calculate(start=f"{_WHOLE}")
        .encode(x=x("start"), x2=alt.X2("end"), color=alt.ColorValue(THEME.over)),
        _labels(base.transform_filter(f"!({reached})"), "label", placed),
        _labels(base.transform_filter(reached), "label", placed, fontWeight="bold"),
    ]
    if cut:
        layers.append(_arrows(base, limit, "right", THEME.over).encode(x=x("end")))
    return alt.layer(*layers)


def change(frame: pd.DataFrame, titles: Mapping[str, str], width: int = THEME.width) -> Any:
    """Growth: a bar per row from the line of no change, to the right where it rose, to the left where it fell."""
    placed = rows(list(frame["name"]), THEME.bar, width=width)
    limit, cut = reach(list(frame["value"]), _LEAST)
    low, high = (max(-limit, min(limit, v)) for v in (frame["value"].min(), frame["value"].max()))
    domain = [min(0.0, low), max(0.0, high) or (0.0 if low < 0 else 1.0)]
    scale = alt.Scale(domain=[_beyond(v, cut) for v in domain], nice=False)
    x = alt.X("end:Q", scale=scale, axis=_nought(THEME.ink))
    base = (
        _base(frame, placed, titles)
        .transform_calculate(end=f"clamp(datum.value, {-limit}, {limit})")
        .properties(height=alt.Step(placed.step))
    )
    colour = alt.condition(alt.datum.value < 0, alt.value(THEME.fall), alt.value(THEME.rise))
    layers = [
        base.mark_bar(size=THEME.bar).encode(x=x, color=colour),
        _labels(base, "label", placed),
    ]
    if cut:
        layers += [
            _arrows(base, limit, side, {"left": THEME.fall, "right": THEME.rise}[side]).encode(x=x)
            for side in ("left", "right")
        ]
    return alt.layer(*layers)


def compare(
    frame: pd.DataFrame, unit: str, series: Mapping[str, str], titles: Mapping[str, str], width: int = THEME.width
) -> Any:
    """Several measures of each row in one unit, said above unless it is empty.

    ``frame`` has the column series too, whose colours are ``series``.
    """
    names = list(dict.fromkeys(zip(frame["row"], frame["name"], strict=True)))
    # On a phone the names of the bars would leave no room for bars.
    named = len(series) > 1 and len(frame) <= _NAMED and width == THEME.width
    bar = _fitting(len(series) * len(names), len(names))
    placed = rows([name for _, name in names], bar * len(series), head=2 * _LEGEND, width=width)
    frame = frame.assign(
        text=[f"{s}: {v}" if named else v for s, v in zip(frame["series"], frame["label"], strict=True)]
    )
    place = {row: n for n, (row, _) in enumerate(names)}
    base = _base(
        frame, placed, titles, at=[place[row] for row in frame["row"]], padding=1 - bar * len(series) / placed.step
    )
    base = base.encode(yOffset=alt.YOffset("series:N", scale=alt.Scale(domain=list(series))))
    low, high = min(0.0, frame["value"].min()), max(0.0, frame["value"].max())
    scale = alt.Scale(domain=[low, high if high > low else low + 1], nice=False)
    key = alt.Legend(columns=_side_by_side(series, width)) if len(series) > 1 and not named else None
    colour = alt.Color("series:N", scale=alt.Scale(domain=list(series), range=list(series.values())), legend=key)
    bars = base.mark_bar(stroke=THEME.line, strokeWidth=0.5).encode(
        x=alt.X("value:Q", scale=scale, axis=_nought(THEME.line)), color=colour
    )
    size = THEME.text if bar > THEME.text + 2 else THEME.small
    made = alt.layer(bars, _labels(base, "text", placed, fontSize=size))
    if unit:
        told = f"Đơn vị tính: {unit}"
        made = made.properties(title=alt.Title(told, anchor="end", color=THEME.quiet, fontWeight="normal"))
    return made.properties(height={"step": placed.step, "for": "position"})


def _side_by_side(names: Iterable[str], width: int) -> int:
    """How many entries of a legend find room beside each other."""
    return max(1, int(width // (max(width_of(name, THEME.text) for name in names) + _SYMBOL)))


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


def _base(
    frame: pd.DataFrame, placed: Rows, titles: Mapping[str, str], at: Sequence[int] = (), padding: float = 0.0
) -> Any:
    """The rows in the order given, with their tooltip; ``at`` is the row of each line of the frame."""
    told = frame.assign(line=[placed.names[n] for n in at or range(len(frame))])
    hints = {"name": "Chỉ tiêu", **titles}
    columns = [c for c in ("line", "value", "text", *hints) if c in told]
    y = alt.Y(
        "line:N",
        scale=alt.Scale(domain=list(placed.names), paddingInner=padding, paddingOuter=padding / 2),
        axis=alt.Axis(**placed.axis),
    )
    tooltip = [alt.Tooltip(f"{column}:N", title=title) for column, title in hints.items()]
    return alt.Chart(told[columns]).encode(y=y, tooltip=tooltip)


def _labels(base: Any, column: str, placed: Rows, **style: Any) -> Any:
    """What the report prints, in a column beside the bars."""
    text = base.mark_text(**{"align": "left", "dx": THEME.gap, "fontSize": placed.size, **style})
    return text.encode(x=alt.XValue("width"), text=alt.Text(f"{column}:N"))


def _arrows(base: Any, limit: float, side: Literal["left", "right"], colour: str) -> Any:
    """The heads of the bars that are cut off at one side."""
    sign = 1 if side == "right" else -1
    cut = base.transform_filter(f"{sign} * datum.value > {limit}")
    return cut.mark_point(shape=f"triangle-{side}", size=180, opacity=1, xOffset=5 * sign, color=colour)


def _nought(colour: str) -> Any:
    """No axis but the line that bars start from."""
    return alt.Axis(values=[0], labels=False, grid=True, gridColor=colour, zindex=1)


def _beyond(value: float, cut: bool) -> float:
    return value * (1 + _ARROW) if cut else value


def _fitting(bars: int, rows: int) -> float:
    """The height of a bar with which all bars fit a page."""
    return max(12.0, min(19.0, round((THEME.page_height - 2 * _LEGEND - 6 * rows) / bars)))
