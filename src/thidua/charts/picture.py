"""A chart as a picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from thidua.charts.library import VEGALITE, converter

# Points of the picture in a notebook for each of the chart's own.
_SHARPNESS = 1.5


def drawing(spec: dict[str, Any]) -> str:
    """The chart of a specification as SVG. ValueError, in the renderer's words, for one that cannot be drawn.

    The last ones are kept: a run that has drawn a chart for its section has it when the report is published.
    """
    return _drawing(json.dumps(spec))


@lru_cache(maxsize=200)
def _drawing(spec: str) -> str:
    drawn: str = converter().vegalite_to_svg(json.loads(spec), vl_version=VEGALITE, allowed_base_urls=[])
    return drawn


def picture(spec: dict[str, Any]) -> bytes:
    """The same as PNG."""
    drawn: bytes = converter().svg_to_png(drawing(spec), scale=_SHARPNESS)
    return drawn


# What draws for a section: in a run the run itself, whose renderer is up while another would take a second to start.
draw: Callable[[dict[str, Any]], bytes] = picture
