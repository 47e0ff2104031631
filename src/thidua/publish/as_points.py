"""Drawings as points, for what does not show drawings."""

from __future__ import annotations

import re

from thidua.charts.renderer import converter

_OPENING = re.compile(r"<svg\b[^>]*>")


def points(svg: str, scale: float) -> bytes:
    """A drawing as PNG on white, ``scale`` points for each of its own.

    White goes beneath first: of colours that show through, the converter writes darker ones.
    """
    on_white = _OPENING.sub(r'\g<0><rect width="100%" height="100%" fill="white"/>', svg, count=1)
    return bytes(converter().svg_to_png(on_white, scale=scale))
