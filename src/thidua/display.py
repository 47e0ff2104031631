"""What a notebook cell shows: HTML for the page, plain text for the terminal, and the figures that it prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from IPython.display import display

from thidua.figures import Figure
from thidua.figures.record import MIME, bundle


def show(html: str, text: str, figures: Iterable[Figure], more: Mapping[str, Any] | None = None) -> None:
    """Display one output that carries its figures; nothing at all where the HTML is empty.

    ``more`` holds further MIME types, such as a chart's specification.
    """
    if html:
        display({"text/html": html, "text/plain": text, MIME: bundle(figures), **(more or {})}, raw=True)
