"""The interactive charts of a page that loads nothing."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from thidua.charts.renderer import VEGALITE, converter
from thidua.machine.store import Store, key_of

# Tooltips show texts from the data as they are: numbers already stand there as the report prints them.
_DRAW = 'window.drawChart = (place, spec) => vegaEmbed(place, spec, {actions: false, renderer: "svg"});'


@cache
def drawing_library() -> str:
    """The JavaScript that draws a specification: ``drawChart(element, spec)`` gives a promise. About 0.9 MB.

    Putting it together takes longer than all else of a page, and it is the same with each version of its parts: it is
    kept in the user's cache, and taken from there only as it was written.
    """
    parts = f"{version('vl-convert-python')} {VEGALITE} {_DRAW}"
    store, key = Store("drawing"), key_of(parts.encode())
    if (kept := store.get(key)) is not None:
        return kept.decode()
    script: str = converter().javascript_bundle(_DRAW, vl_version=VEGALITE)
    store.put(key, script.encode())
    return script
