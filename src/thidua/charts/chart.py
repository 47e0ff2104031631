"""From an Altair chart to what a notebook shows: a block for the report, a picture and the specification beside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Any

from IPython.display import display

from thidua.charts.library import VEGALITE, converter
from thidua.charts.theme import THEME
from thidua.document.block import Chart, Paragraph, Text
from thidua.document.show import show
from thidua.errors import ChartError
from thidua.figures import Figure

# The type that JupyterLab draws by itself. Its Vega-Lite is older than the report's: the charts use nothing that the
# two draw differently.
MIME = "application/vnd.vegalite.v5+json"
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
# Points of the picture in a notebook for each of the chart's own.
_SHARPNESS = 1.5


def show_chart(chart: Any, figures: Iterable[Figure], *, title: str, key: str, alt: str, note: str = "") -> None:
    """Show an Altair chart with a title and an alternative text, a note below, and carry it to the report.

    ``figures`` are those whose numbers the chart prints; ``key`` is what references call it. Raises ChartError for
    a key that is not of small letters, digits, «_» and «-».
    """
    if not _SLUG.fullmatch(key):
        raise ChartError(f"khóa «{key}» của biểu đồ chỉ được gồm chữ thường không dấu, chữ số, dấu _ và -")
    spec = specification(chart, key, alt)
    told = list(figures)
    block = Chart(key=key, title=title, alt=alt, spec=spec, figures=tuple(dict.fromkeys(f.id for f in told)))
    picture = converter().vegalite_to_png(spec, vl_version=VEGALITE, scale=_SHARPNESS)
    # JupyterLab prefers HTML where one output offers both, and shows no drawing in HTML that it does not trust: the
    # title is one output, the chart another, drawn from the specification or, where that is not known, the picture.
    remark = Paragraph(runs=(Text(text=f"Ghi chú: {note}."),), style="remark")
    show([block, remark] if note else [block], told)
    display({MIME: spec, "image/png": base64.b64encode(picture).decode(), "text/plain": alt}, raw=True)


def specification(chart: Any, key: str, alt: str) -> dict[str, Any]:
    """The chart as Vega-Lite with the theme and the data inline."""
    options = {"actions": False, "renderer": "svg"}
    about = {"description": alt, "usermeta": {"key": key, "embedOptions": options}}
    return {**chart.to_dict(validate=False), "config": THEME.config(), **about}
