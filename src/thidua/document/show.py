"""What a notebook cell shows: blocks, as HTML and plain text for the reader and as themselves for publishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from IPython.display import display

from thidua.document.block import Block
from thidua.document.bundled import MIME, bundle
from thidua.document.in_notebook import notebook_html
from thidua.document.lacking_parts import with_lacking_parts
from thidua.document.lines import text_of
from thidua.figures import Figure

# How a cell begins what it tells the officer beside its text.
NOTE = "Lưu ý: "


def show(blocks: Iterable[Block], figures: Iterable[Figure], fallen: Iterable[str] = ()) -> None:
    """Display blocks in one output, with the figures that they print; nothing where there are none.

    ``fallen`` says which clauses fell away and why; it stands below, for whoever edits, and in no report.
    Where a figure has not the parts of all that it is put together of, the blocks say so.
    """
    known = tuple(figures)
    shown, reasons = with_lacking_parts(tuple(blocks), known), list(fallen)
    if shown or reasons:
        content = {"text/html": page_of(shown, reasons), "text/plain": text_of(shown)}
        display({**content, MIME: bundle(shown, known, reasons)}, raw=True)


def page_of(blocks: Iterable[Block], fallen: Iterable[str] = (), titles: Mapping[str, str] | None = None) -> str:
    """What JupyterLab shows. ``titles`` has those of the tables and charts that references name, by key."""
    lost = "".join(f'<p style="color: #6b6b6b"><small>{escape(reason)}</small></p>' for reason in fallen)
    return notebook_html(blocks, titles or {}) + lost
