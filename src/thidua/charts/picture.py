"""A chart as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thidua.charts.library import VEGALITE, converter

# Points of the picture in a notebook for each of the chart's own.
_SHARPNESS = 1.5


def picture(spec: dict[str, Any]) -> bytes:
    """The chart of a specification as PNG. ValueError, in the renderer's words, for one that cannot be drawn."""
    drawn: bytes = converter().vegalite_to_png(spec, vl_version=VEGALITE, scale=_SHARPNESS, allowed_base_urls=[])
    return drawn


# What draws for a section: in a run the run itself, whose renderer is up while another would take a second to start.
draw: Callable[[dict[str, Any]], bytes] = picture
