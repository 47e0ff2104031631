"""The marks that all charts share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thidua.charts.library import altair
from thidua.charts.theme import THEME

alt = altair()


def data(records: Sequence[Mapping[str, Any]]) -> Any:
    """A chart's rows, embedded; positions to a tenth of a pixel."""
    return alt.InlineData(values=[{k: _short(v) for k, v in record.items()} for record in records])


def down(field: str, height: float) -> Any:
    """A vertical position in pixels from the top."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False))


def across(field: str, domain: tuple[float, float], span: tuple[float, float]) -> Any:
    """A horizontal position: ``domain`` in the data's unit, ``span`` in pixels from the left."""
    return alt.X(
        f"{field}:Q", axis=None, scale=alt.Scale(domain=list(domain), range=list(span), nice=False, zero=False)
    )


def at(value: float) -> Any:
    """A horizontal position that is a number of the data's unit and no column."""
    return alt.XDatum(value, axis=None)


def names(base: Any, edge: float, height: float, size: int) -> Any:
    """The rows' names, right up to ``edge``."""
    return (
        base.transform_flatten(["name", "name_y"])
        .mark_text(align="right", fontSize=size)
        .encode(x=alt.XValue(edge), y=down("name_y", height), text=alt.Text("name:N"))
    )


def note(text: str, x: float, y: float, **style: Any) -> Any:
    """A single text of the chart itself, such as what a line stands for."""
    return (
        alt.Chart(data([{"note": text}]))
        .mark_text(**style)
        .encode(x=alt.XValue(x), y=alt.YValue(y), text=alt.Text("note:N"))
    )


def tooltip(titles: Mapping[str, str]) -> list[Any]:
    """Tooltip lines: the row's whole name, then these columns under their titles."""
    return columns({"full": "Chỉ tiêu", **titles})


def columns(titles: Mapping[str, str]) -> list[Any]:
    """Tooltip lines: columns under their titles."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def whole_names(chart: Any) -> Any:
    """The chart with each row's name in one piece as ``full``."""
    return chart.transform_calculate(full="join(datum.name, ' ')")


def stacked(layers: Sequence[Any], height: float) -> Any:
    """The layers as one drawing of the theme's width, with nothing left for the renderer to fit."""
    return alt.layer(*layers).properties(
        width=THEME.width, height=round(height, 1), autosize={"type": "none"}, padding=0
    )


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(v) for v in value]
    return round(value, 4) if isinstance(value, float) else value
