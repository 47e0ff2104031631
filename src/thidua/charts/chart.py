"""From an Altair chart to what a notebook shows: a drawing with its alternative text, and the interactive chart."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from thidua import fonts
from thidua.charts.theme import config
from thidua.display import show
from thidua.figures import Figure

# The version of Vega-Lite that JupyterLab draws; the charts use nothing newer.
MIME = "application/vnd.vegalite.v5+json"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_LABEL_WIDTH = 30


def wrapped(text: str, width: int = _LABEL_WIDTH) -> str:
    """A label broken into lines at its spaces, so that a long name is never cut off."""
    return "\n".join(textwrap.wrap(text, width))


def lines_of(label: str) -> int:
    """How many lines a wrapped label takes."""
    return label.count("\n") + 1


def show_chart(chart: Any, figures: Iterable[Figure], *, title: str, key: str, alt: str) -> None:
    """Show an Altair chart as a figure with caption and alternative text.

    ``figures`` are those whose numbers the chart prints; ``key`` is what references and file names call it.
    """
    spec = {**chart.to_dict(), "config": config(), "$schema": _SCHEMA, "usermeta": {"key": key}}
    svg = _drawing(spec, key)
    html = (
        f'<figure class="chart" data-key="{escape(key)}">\n'
        f'<div class="chart-image" role="img" aria-label="{escape(alt)}">{svg}</div>\n'
        f"<figcaption>{escape(title)}</figcaption>\n</figure>\n"
    )
    show(html, f"{title}: {alt}", figures, {MIME: spec})


def _drawing(spec: dict[str, Any], key: str) -> str:
    """The SVG, with ids of its own so that two drawings on one page do not share a definition."""
    svg: str = _converter().vegalite_to_svg(spec, vl_version="5.21")
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", svg)
    # The caption and the alternative text stand outside; a drawing inside an image role is not read out.
    return re.sub(r"\s(?:aria-[a-z]+|role|aria-roledescription)=\"[^\"]*\"", "", svg)


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(fonts.directory()))
    return vl_convert
