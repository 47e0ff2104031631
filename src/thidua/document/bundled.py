"""Blocks and figures as JSON: how an executed notebook carries what its cells show to the later stages.

The JSON is carried as text, a block or a record to a line. As a part of the notebook's own JSON, what a long section
shows would be held as dictionaries several times over before a block was made of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from thidua.contracts import FigureRecord
from thidua.document.block import Block
from thidua.figures import Figure
from thidua.figures.figure_record import records

MIME = "application/vnd.thidua.blocks"
# Runs that were sealed before carry the same as JSON of the notebook.
_BEFORE = "application/vnd.thidua.blocks+json"
_BLOCK: TypeAdapter[Block] = TypeAdapter(Block)


@dataclass(frozen=True)
class Shown:
    """What one output shows: its blocks, the records of the figures that they rest on, the clauses that fell away."""

    blocks: tuple[Block, ...]
    figures: tuple[FigureRecord, ...]
    fallen: tuple[str, ...] = ()


_SHOWN: TypeAdapter[Shown] = TypeAdapter(Shown)


def bundle(blocks: Iterable[Block], figures: Iterable[Figure], fallen: Iterable[str] = ()) -> str:
    """The MIME content of an output: its blocks, and the records of ``figures`` and of all that they rest on.

    ``fallen`` says which clauses fell away, and why.
    """
    written = {
        "blocks": (_BLOCK.dump_json(block).decode() for block in blocks),
        "figures": (record.model_dump_json(exclude_defaults=True) for record in records(figures)),
        "fallen": (json.dumps(reason, ensure_ascii=False) for reason in fallen),
    }
    return "{" + ",\n".join(f'"{name}": [\n' + ",\n".join(lines) + "]" for name, lines in written.items()) + "}"


def is_bundled(data: Mapping[str, Any]) -> bool:
    """Whether the contents of an output, by MIME type, are what the suite's own words show."""
    return MIME in data or _BEFORE in data


def read(data: Mapping[str, Any]) -> Shown:
    """What ``bundle`` made, of the contents of an output by MIME type."""
    return _SHOWN.validate_json(data[MIME]) if MIME in data else _SHOWN.validate_python(data[_BEFORE])


def as_javascript_writes(content: Any) -> Any:
    """JSON as a program in JavaScript, such as JupyterLab, and a notebook's file have it.

    Names stand in their order, and no «.0» behind whole numbers.
    """
    if isinstance(content, Mapping):
        return {key: as_javascript_writes(content[key]) for key in sorted(content)}
    if isinstance(content, list):
        return [as_javascript_writes(value) for value in content]
    return int(content) if isinstance(content, float) and content.is_integer() else content
