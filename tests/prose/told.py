"""What a reader sees of rendered prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from thidua.dataset import Dataset
from thidua.document.block import Block, Heading, List, Note, Paragraph, Runs, plain
from thidua.prose.render import render
from thidua.prose.rendered import Prose
from thidua.report import Report
from thidua.settings.params import Params
from workbooks import params


def told(report: Report, source: str, **own: Any) -> str:
    """The text of a cell, a paragraph or item a line, footnotes in braces."""
    return "\n".join(lines(render(source, report, own)))


def lines(prose: Prose) -> Iterator[str]:
    for runs in stretches(prose.blocks):
        yield seen(runs)


def stretches(blocks: Iterable[Block]) -> Iterator[Runs]:
    """The runs of each paragraph, heading and item."""
    for block in blocks:
        if isinstance(block, List):
            yield from block.items
        else:
            assert isinstance(block, Heading | Paragraph)
            yield from [block.runs] if block.runs else []


def seen(runs: Runs) -> str:
    text = "".join(f"{{{plain(run.runs)}}}" if isinstance(run, Note) else plain((run,)) for run in runs)
    return text.replace("\u00a0", " ")


def no_data() -> Report:
    """A report of which nothing was submitted."""
    return Report(Params.model_validate(params()), Dataset([]))
