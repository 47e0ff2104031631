"""Blocks and figures as JSON: how an executed notebook carries what its cells show to the later stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from thidua.contracts import FigureRecord, as_json
from thidua.document.block import Block
from thidua.figures import Figure
from thidua.figures.figure_record import records

MIME = "application/vnd.thidua.blocks+json"
_FIGURES = TypeAdapter(tuple[FigureRecord, ...])
_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])


@dataclass(frozen=True)
class Shown:
    """What one output shows: its blocks, the records of the figures that they rest on, the clauses that fell away."""

    blocks: tuple[Block, ...]
    figures: tuple[FigureRecord, ...]
    fallen: tuple[str, ...] = ()


def bundle(blocks: Iterable[Block], figures: Iterable[Figure], fallen: Iterable[str] = ()) -> dict[str, Any]:
    """The MIME content of an output: its blocks, and the records of ``figures`` and of all that they rest on.

    ``fallen`` says which clauses fell away, and why.
    """
    lost = list(fallen)
    content = {"blocks": _BLOCKS.dump_python(tuple(blocks), mode="json"), "figures": as_json(records(figures))}
    return {**content, "fallen": lost} if lost else content


def read(content: Mapping[str, Any]) -> Shown:
    """What ``bundle`` made."""
    blocks = _BLOCKS.validate_python(content["blocks"])
    return Shown(blocks, _FIGURES.validate_python(content["figures"]), tuple(content.get("fallen", ())))
