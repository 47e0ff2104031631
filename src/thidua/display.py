"""What a notebook cell shows: blocks, as HTML and plain text for the reader and as themselves for publishing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from IPython import get_ipython
from IPython.display import display

from thidua.document.block import Block, Chart, Table
from thidua.document.record import MIME, bundle
from thidua.figures import Figure
from thidua.publish.html.notebook import NotebookWriter, plain_text


def show(
    blocks: Iterable[Block],
    figures: Iterable[Figure],
    *,
    fallen: Iterable[str] = (),
    more: Mapping[str, Any] | None = None,
) -> None:
    """Display blocks in one output, with the figures that they print; nothing where there are none.

    ``fallen`` says which clauses fell away and why; it stands below, for whoever edits, and in no report. ``more``
    holds further MIME types, such as a chart's specification and its picture.
    """
    shown = tuple(blocks)
    lost = "".join(f'<p style="color: #6b6b6b"><small>{escape(reason)}</small></p>' for reason in fallen)
    if not shown and not lost:
        return
    html = NotebookWriter(_titles(shown)).blocks(shown) + lost
    content = {"text/html": html, "text/plain": plain_text(shown), MIME: bundle(shown, figures), **(more or {})}
    display(content, raw=True)


def _titles(blocks: Iterable[Block]) -> dict[str, str]:
    """The titles of the tables and charts that the notebook has shown so far, by key."""
    shell = get_ipython()
    known: dict[str, str] = {} if shell is None else shell.user_ns.setdefault("_thidua_titles", {})
    known.update({b.key: b.title for b in blocks if isinstance(b, Table | Chart) and b.title})
    return known
