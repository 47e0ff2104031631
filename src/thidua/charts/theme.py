"""One look for all charts: the report's typeface; colours that stay apart in grey print and for colour-blind eyes."""

from __future__ import annotations

from typing import Any

FONT = "Liberation Serif, Times New Roman, serif"
FONT_SIZE = 13
# The width of the text on an A4 page within the decree's margins, in pixels of 1/96 inch.
WIDTH = 600
# Blue and orange of the Okabe-Ito set with two blues and two neutrals between them; from dark to light in grey.
DARK, MIDDLE, LIGHT, PALE = "#08457e", "#d55e00", "#56b4e9", "#c9c9c9"
SERIES = (DARK, LIGHT, "#f0b46a", MIDDLE, PALE)
INK, GRID = "#1a1a1a", "#dddddd"


def config() -> dict[str, Any]:
    """The Vega-Lite configuration of every chart."""
    text = {"font": FONT, "fontSize": FONT_SIZE, "color": INK}
    axis = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": GRID,
        "domainColor": "#888888",
        "tickColor": "#888888",
        "labelLimit": 0,
    }
    legend = {
        "labelFont": FONT,
        "labelFontSize": FONT_SIZE,
        "labelColor": INK,
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "labelLimit": 0,
        "columns": 3,
    }
    return {"font": FONT, "axis": axis, "legend": legend, "text": text, "view": {"stroke": None}}
