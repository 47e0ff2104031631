"""The interactive charts of a page that loads nothing."""

from __future__ import annotations

from functools import cache

from thidua.charts.library import VEGALITE, converter

# Tooltips show texts from the data as they are: numbers already stand there as the report prints them.
_DRAW = 'window.drawChart = (place, spec) => vegaEmbed(place, spec, {actions: false, renderer: "svg"});'


@cache
def drawing_library() -> str:
    """The JavaScript that draws a specification: ``drawChart(element, spec)`` gives a promise. About 0.9 MB."""
    script: str = converter().javascript_bundle(_DRAW, vl_version=VEGALITE)
    return script
