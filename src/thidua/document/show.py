"""What a notebook cell shows of blocks: plain text, HTML, and the figures behind them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from IPython.display import display

from thidua.document.block import Block, Heading, List, Note, Number, Paragraph, Reference, Runs, Text, plain
from thidua.figures import Figure
from thidua.figures.record import MIME, bundle

BLOCKS = "application/vnd.thidua.blocks+json"


def show(blocks: Iterable[Block], figures: Iterable[Figure], fallen: Iterable[str] = ()) -> None:
    """Display blocks as one output; nothing where there are none."""
    shown, reasons = list(blocks), list(fallen)
    if not shown and not reasons:
        return
    html = "\n".join(_html(b) for b in shown)
    text = "\n".join(_text(b) for b in shown)
    data: dict[str, Any] = {"text/html": f'<div class="prose">\n{html}\n</div>', "text/plain": text}
    data |= {MIME: bundle(figures), BLOCKS: {"blocks": [b.model_dump(mode="json") for b in shown]}}
    data[BLOCKS] |= {"fallen": reasons}
    data["text/html"] += "".join(f"<small>{escape(reason)}</small>" for reason in reasons)
    display(data, raw=True)


def _text(block: Block) -> str:
    if isinstance(block, List):
        return "\n".join(f"- {plain(item, notes=True)}" for item in block.items)
    return plain(block.runs, notes=True) if isinstance(block, Heading | Paragraph) else ""


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_runs(block.runs)}</h{block.level}>"
    if isinstance(block, List):
        return "<ul>" + "".join(f"<li>{_runs(item)}</li>" for item in block.items) + "</ul>"
    return f"<p>{_runs(block.runs)}</p>" if isinstance(block, Paragraph) else ""


def _runs(runs: Runs) -> str:
    html = ""
    for run in runs:
        if isinstance(run, Number):
            html += f'<data class="fig" data-fig="{escape(run.figure)}" title="{escape(run.title)}" '
            html += f'value="{run.value}">{escape(run.text)}</data>'
        elif isinstance(run, Reference):
            html += f'<a class="ref" data-ref="{escape(run.key)}">{escape(run.key)}</a>'
        elif isinstance(run, Note):
            html += f'<span class="fn">{_runs(run.runs)}</span>'
        elif isinstance(run, Text) and run.source:
            source = "|".join((run.source.file, run.source.sheet, run.source.cell))
            html += f'<span class="txt" data-src="{escape(source)}">{escape(run.text)}</span>'
        elif isinstance(run, Text):
            html += escape(run.text)
    return html
