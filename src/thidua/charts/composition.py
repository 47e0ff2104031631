"""What totals are made of.

Few rows are bars of one hundred percent, each part named above its segment; many are a table whose cells are the
darker the larger the part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from thidua.charts import bar_charts, callouts
from thidua.charts.library import altair
from thidua.charts.row_names import broken, characters, rows
from thidua.charts.theme import THEME
from thidua.forms.roles import DONE
from thidua.language.capitals import uncapitalised

alt = altair()

_LINE = THEME.text * 1.2
_BAR, _LEADER = 20.0, 16.0
_MOST_ROWS = 5
_CELL = 20.0
# The least share of the width that names of many rows keep beside the columns of their parts.
_LEAST_NAMES, _MOST_NAMES = 0.15, 0.42


def composition(
    frame: pd.DataFrame,
    heads: Mapping[int, str],
    colours: Mapping[str, str],
    titles: Mapping[str, str],
    width: int = THEME.width,
) -> Any:
    """``frame`` has a line for each part: row, name, series (the part's name), value, label and those of ``titles``.

    ``heads`` name the rows by number; ``colours`` go by part, in the order of the parts. Where no row of names finds
    room, every part is a bar of its own.
    """
    if width < THEME.width:
        return _below_each_other(frame, heads, titles, width)
    told = [callouts.text(name, label) for name, label in zip(frame["series"], frame["label"], strict=True)]
    groups = {int(group["row"].iloc[0]): group for _, group in frame.assign(text=told).groupby("row", sort=False)}
    hints = {"name": "Mục", "series": "Phần", **titles}
    if len(groups) > _MOST_ROWS or not all(callouts.fits(list(group["text"])) for group in groups.values()):
        return _shaded(frame, heads, list(colours), hints)
    bars = [_bar(group, heads[row], colours, hints) for row, group in groups.items()]
    return alt.vconcat(*bars) if len(bars) > 1 else bars[0]


def _bar(group: pd.DataFrame, head: str, colours: Mapping[str, str], hints: Mapping[str, str]) -> Any:
    """One total: a bar of its parts, lines up from them, and at their ends what they are."""
    found = callouts.placed(list(group["text"]), list(group["value"]))
    places = {key: [round(getattr(c, key), 1) for c in found] for key in ("start", "end", "place", "foot")}
    texts = _LINE * max(c.lines for c in found)
    places["above"] = [round(texts - _LINE * c.lines, 1) for c in found]
    columns = [*hints, "text", *places]
    base = alt.Chart(group.assign(**places)[columns]).encode(tooltip=_tooltip(hints))
    top = texts + _LEADER

    def x(column: str) -> Any:
        return alt.X(f"{column}:Q", axis=None, scale=alt.Scale(domain=[0, THEME.width], nice=False))

    down = alt.Y("above:Q", axis=None, scale=alt.Scale(domain=[0, top + _BAR], reverse=True, nice=False))
    colour = alt.Color("series:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None)
    bars = base.mark_rect(stroke="white", strokeWidth=1)
    leaders = base.mark_rule(strokeWidth=0.8)
    layers = [
        bars.encode(x=x("start"), x2=alt.X2("end"), y=alt.YValue(top), y2=alt.Y2Value(top + _BAR), color=colour),
        leaders.encode(x=x("place"), x2=alt.X2("foot"), y=alt.YValue(texts + 1), y2=alt.Y2Value(top)),
        base.mark_text(baseline="line-top").encode(x=x("place"), y=down, text=alt.Text("text:N")),
    ]
    return alt.layer(*layers, title=broken(head, characters(THEME.width, THEME.text)).split("\n")).properties(
        height=top + _BAR
    )


def _below_each_other(frame: pd.DataFrame, heads: Mapping[int, str], titles: Mapping[str, str], width: int) -> Any:
    names = list(frame["series"])
    if len(heads) > 1:
        names = [
            f"{heads[row]}, {uncapitalised(part)}" for row, part in zip(frame["row"], frame["series"], strict=True)
        ]
    bars = frame.assign(name=names, row=range(len(frame)), series=DONE)
    return bar_charts.compare(bars, "", {DONE: THEME.done}, {"series": "Nội dung", **titles}, width)


def _shaded(frame: pd.DataFrame, heads: Mapping[int, str], parts: list[str], hints: Mapping[str, str]) -> Any:
    """Many totals: a row for each, a column for each part."""
    widest = max(len(label) for label in frame["label"])
    column = (widest + 2) * THEME.small / 2
    share = max(_LEAST_NAMES, min(_MOST_NAMES, 1 - column * len(parts) / THEME.width))
    numbers = list(dict.fromkeys(frame["row"]))
    placed = rows([heads[n] for n in numbers], _CELL, head=3 * _LINE, share=share)
    names = dict(zip(numbers, placed.names, strict=True))
    across = characters((1 - share) * THEME.width / len(parts), THEME.small)
    columns = {part: broken(part, across) for part in parts}
    head = THEME.small * 1.2 * max(1 + name.count("\n") for name in columns.values())
    told = frame.assign(
        line=[names[n] for n in frame["row"]],
        part=[columns[s] for s in frame["series"]],
        share=(frame["value"] / frame.groupby("row")["value"].transform("sum")).round(4),
    )
    base = alt.Chart(told[["line", "part", "share", "label", *(h for h in hints if h != "label")]]).encode(
        x=alt.X(
            "part:N",
            scale=alt.Scale(domain=list(columns.values())),
            axis=alt.Axis(
                **{"orient": "top", "labelAngle": 0, "labelBaseline": "line-top", "labelPadding": head},
                **{"labelExpr": placed.axis["labelExpr"]},
                **{"labelFontSize": THEME.small, "labelFontWeight": "bold"},
            ),
        ),
        y=alt.Y("line:N", scale=alt.Scale(domain=list(placed.names)), axis=alt.Axis(**placed.axis)),
        tooltip=_tooltip(hints),
    )
    shade = alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=list(THEME.shades)), legend=None)
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(color=shade)
    texts = base.mark_text(fontSize=THEME.small).encode(text=alt.Text("label:N"))
    return alt.layer(cells, texts).properties(height=alt.Step(placed.step))


def _tooltip(hints: Mapping[str, str]) -> list[Any]:
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in hints.items()]
