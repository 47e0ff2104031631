"""From a drawing to what a notebook shows: a picture with its alternative text, and the same chart interactive."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from html import escape
from typing import Any

from IPython.display import display

from thidua.charts.library import VEGALITE, converter
from thidua.charts.theme import THEME
from thidua.display import show
from thidua.errors import ChartError
from thidua.figures import Figure

# The type that JupyterLab draws by itself. Its Vega-Lite is older than the report's: the charts use nothing that the
# two draw differently.
MIME = "application/vnd.vegalite.v5+json"
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_ROLES = re.compile(r'\s(?:aria-[a-z]+|role|pointer-events)="[^"]*"')
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*/>|<g></g>|\sclass="[^"]*"|\sxmlns:xlink="[^"]*"')


def show_chart(chart: Any, figures: Iterable[Figure], *, title: str, key: str, alt: str, note: str = "") -> None:
    """Show an Altair chart as a figure with caption and alternative text, and a note below.

    ``figures`` are those whose numbers the chart prints; ``key`` is what references call it. Raises ChartError for
    a key that is not of small letters, digits, «_» and «-».
    """
    if not _SLUG.fullmatch(key):
        raise ChartError(f"khóa «{key}» của biểu đồ chỉ được gồm chữ thường không dấu, chữ số, dấu _ và -")
    spec = specification(chart, key, alt)
    html = (
        f'<figure class="chart" data-key="{key}">{_IN_NOTEBOOK.format(key=key)}\n'
        f'<div class="chart-image" role="img" aria-label="{escape(alt)}">{drawing(spec, key, title, alt)}</div>\n'
        f"<figcaption>{escape(title)}</figcaption>\n</figure>\n"
    )
    if note:
        html += f'<p class="note">Ghi chú: {escape(note)}.</p>\n'
    # JupyterLab prefers HTML where one output offers both, so the interactive chart is an output of its own. It adds a
    # picture to a chart that has none, which would change a notebook that a person only opens.
    display({MIME: spec, "image/png": picture(spec)}, raw=True)
    show(html, alt, figures)


# In a live notebook the interactive chart stands above; the picture is for the report and for pages made of notebooks.
_IN_NOTEBOOK = '<style>.jp-NotebookPanel [data-key="{key}"] .chart-image{{display:none}}</style>'


def specification(chart: Any, key: str, alt: str) -> dict[str, Any]:
    """The chart as Vega-Lite with the theme and the data inline."""
    options = {"actions": False, "renderer": "svg"}
    about = {"description": alt, "usermeta": {"key": key, "embedOptions": options}}
    return {**chart.to_dict(validate=False), "config": THEME.config(), **about}


def picture(spec: dict[str, Any]) -> str:
    """The chart as PNG, in the letters of base64."""
    return base64.b64encode(converter().vegalite_to_png(spec, vl_version=VEGALITE)).decode()


def drawing(spec: dict[str, Any], key: str, title: str, alt: str) -> str:
    """The chart as SVG with a title and a description of its own, without what only a screen needs."""
    svg: str = converter().vegalite_to_svg(spec, vl_version=VEGALITE)
    bare = _EMPTY.sub("", _ROLES.sub("", svg))
    about = f'<title id="{key}-ten">{escape(title)}</title><desc id="{key}-mo-ta">{escape(alt)}</desc>'
    head = f'<svg role="img" aria-labelledby="{key}-ten" aria-describedby="{key}-mo-ta"'
    opening, _, rest = bare.partition(">")
    return opening.replace("<svg", head, 1) + f">{about}{rest}"
