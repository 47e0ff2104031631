"""From an Altair chart to what a notebook shows: a block for the report, a picture and the specification beside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from typing import Any

from IPython.display import display

from thidua.charts import picture
from thidua.charts.library import LOOK, altair
from thidua.charts.theme import THEME
from thidua.document.block import Chart, Paragraph, Text, written
from thidua.document.bundled import as_javascript_writes
from thidua.document.show import show
from thidua.errors import ChartError
from thidua.figures import Figure

# The type that JupyterLab draws by itself. Its Vega-Lite is older than the report's: the charts use nothing that the
# two draw differently.
MIME = "application/vnd.vegalite.v5+json"
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def show_chart(chart: Any, figures: Iterable[Figure], *, title: str, key: str, alt: str, note: str = "") -> None:
    """Show an Altair chart with a title and an alternative text, a note below, and carry it to the report.

    ``figures`` are those whose numbers the chart prints; ``key`` is what references call it. The chart takes the
    report's look and width where it says nothing else. Raises ChartError for a key that is not of small letters,
    digits, «_» and «-», and for a chart that cannot be drawn or whose data lie outside it.

    >>> import altair as alt
    >>> herds = report.group("vat_nuoi")
    >>> frame = report.frame("indicators")
    >>> chart = alt.Chart(frame[frame["code"].isin([i.code for i in herds])]).mark_bar().encode(x="actual", y="name")
    >>> show_chart(chart, [i.done for i in herds], title="Đàn vật nuôi", key="dan_vat_nuoi", alt="Số con từng loại.")
    """
    _show(chart, None, figures, title=title, key=key, alt=alt, note=note)


def show_drawn(
    draw: Callable[[int], Any], figures: Iterable[Figure], *, title: str, key: str, alt: str, note: str = ""
) -> None:
    """Show the chart that ``draw`` gives for a width in pixels: the page's, and for the screen that of a phone."""
    altair()
    _show(draw(THEME.width), draw(THEME.narrow), figures, title=title, key=key, alt=alt, note=note)


def _show(chart: Any, narrow: Any, figures: Iterable[Figure], *, title: str, key: str, alt: str, note: str) -> None:
    if not _SLUG.fullmatch(key):
        raise ChartError(f"khóa «{key}» của biểu đồ chỉ được gồm chữ thường không dấu, chữ số, dấu _ và -")
    spec = specification(chart, key, alt)
    told = list(figures)
    block = Chart(
        key=key,
        title=title,
        alt=alt,
        spec=written(spec),
        narrow=None if narrow is None else written(specification(narrow, key, alt, THEME.narrow)),
        figures=tuple(dict.fromkeys(f.id for f in told)),
    )
    try:
        drawn = picture.draw(spec)
    except ValueError as error:
        raise ChartError(f"không vẽ được biểu đồ «{key}»: {picture.reason(error)}") from None
    # JupyterLab prefers HTML where one output offers both, and shows no drawing in HTML that it does not trust: the
    # title is one output, the chart another, drawn from the specification or, where that is not known, the picture.
    remark = Paragraph(runs=(Text(text=f"Ghi chú: {note}."),), style="remark")
    show([block, remark] if note else [block], told)
    display({MIME: spec, "image/png": base64.b64encode(drawn).decode(), "text/plain": alt}, raw=True)


def specification(chart: Any, key: str, alt: str, width: int = THEME.width) -> dict[str, Any]:
    """The chart as Vega-Lite with the theme and the data inline, so many pixels wide where it says nothing else."""
    options = {"actions": False, "renderer": "svg"}
    about = {"description": alt, "usermeta": {"key": key, "embedOptions": options}}
    with altair().theme.enable(LOOK):
        made = chart.to_dict(validate=False)
    view = {**made["config"]["view"], "continuousWidth": width, "discreteWidth": width}
    spec: dict[str, Any] = as_javascript_writes({**made, "config": {**made["config"], "view": view}, **about})
    return spec
