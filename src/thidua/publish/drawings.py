"""The charts' drawings, each made once for all media, and again where the chart changed."""

from __future__ import annotations

import json
import re
import zlib
from html import escape

from thidua.charts.picture import drawing, reason
from thidua.document.block import Chart
from thidua.errors import ChartError
from thidua.publish.kept_outputs import NOTHING_KEPT, KeptOutputs

_ROLES = re.compile(r'\s(?:aria-[a-z]+|role|pointer-events)="[^"]*"')
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*/>|<g></g>|\sclass="[^"]*"|\sxmlns:xlink="[^"]*"')

# What a drawing shows: the chart's title, its words for those who do not see it, its specification.
_Drawn = tuple[str, str, str]


class Drawings:
    """Gives a chart's SVG, with a title and a description of its own and without what only a screen needs."""

    def __init__(self, kept: KeptOutputs = NOTHING_KEPT) -> None:
        self._kept = kept
        self._made: dict[str, tuple[_Drawn, bytes]] = {}  # packed: each is twenty thousand letters

    def __call__(self, chart: Chart) -> str:
        """The chart's SVG as text. One drawing is kept for each key, as long as it is of the same chart."""
        drawn = (chart.title, chart.alt, chart.spec)
        if chart.key not in self._made or self._made[chart.key][0] != drawn:
            made = self._kept.taken("drawing", lambda: [chart.key, *drawn], lambda: _drawn(chart).encode())
            self._made[chart.key] = (drawn, zlib.compress(made, 1))
        return zlib.decompress(self._made[chart.key][1]).decode()


def _drawn(chart: Chart) -> str:
    key = chart.key
    try:
        drawn = drawing(json.loads(chart.spec))
    except ValueError as error:  # its section drew it, but not the one for phones
        raise ChartError(f"không vẽ được biểu đồ «{key}»: {reason(error)}") from None
    bare = _EMPTY.sub("", _ROLES.sub("", drawn))
    about = f'<title id="{key}-ten">{escape(chart.title)}</title><desc id="{key}-mo-ta">{escape(chart.alt)}</desc>'
    head = f'<svg role="img" aria-labelledby="{key}-ten" aria-describedby="{key}-mo-ta"'
    opening, _, rest = bare.partition(">")
    return opening.replace("<svg", head, 1) + f">{about}{rest}"
