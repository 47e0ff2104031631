"""What the executed notebooks carry besides their blocks: the records of figures, charts, remarks to the officer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat

from thidua.contracts import FigureRecord
from thidua.dataset import ABSENT
from thidua.document.block import Chart, printed
from thidua.document.bundled import Shown, shown
from thidua.document.show import NOTE
from thidua.errors import FigureError
from thidua.figures.figure_record import different
from thidua.publish.outputs import left_out

# How many codes are named of those that a section's notebook misses.
_SHOWN = 4
_UNLIKE = re.compile(f"{ABSENT}: «([^»]*)»")


def figures(notebooks: Mapping[str, nbformat.NotebookNode]) -> list[FigureRecord]:
    """All figures of the report, each once: the content of figures.json.

    Each says the section and the notebook cell that first print it, or first use it where none prints it.
    """
    found: dict[str, FigureRecord] = {}
    told: set[str] = set()
    for section, cell, output in _outputs(notebooks):
        place = {"section": section, "cell": cell.id}
        for record in output.figures:
            if different(found.setdefault(record.id, record.model_copy(update=place)), record):
                raise FigureError(f"Mục «{section}»: mã «{record.id}» đã là của một số liệu khác")
        for id in printed(output.blocks):
            if id not in told:
                told.add(id)
                found[id] = found[id].model_copy(update=place)
    return list(found.values())


def notes(notebooks: Mapping[str, nbformat.NotebookNode]) -> list[str]:
    """What the notebooks' cells told the officer: codes that the period's data do not have, outputs left out.

    Codes that resemble none of the period's are told together: another unit has other ones.
    """
    told = []
    for section, node in notebooks.items():
        lines = [line.removeprefix(NOTE) for line in _warnings(node) if line.startswith(NOTE)]
        codes = [match[1] for line in lines if (match := _UNLIKE.fullmatch(line))]
        if codes:
            more = f" và {len(codes) - _SHOWN} mã khác" if len(codes) > _SHOWN else ""
            named = ", ".join(dict.fromkeys(codes[:_SHOWN]))
            told.append(f"{section}: {len(codes)} {ABSENT}, câu dùng đến thì không in: {named}{more}")
        told += [f"{section}: {line}" for line in lines if not _UNLIKE.fullmatch(line)]
        told += [f"{section}, {what}" for what in left_out(node)]
    return told


def _warnings(node: nbformat.NotebookNode) -> Iterator[str]:
    for cell in node.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.get("name") == "stderr":
                yield from output.text.splitlines()


def fallen(notebooks: Mapping[str, nbformat.NotebookNode]) -> list[str]:
    """Which clauses fell away, and why, in the order of the report."""
    return [reason for _, _, output in _outputs(notebooks) for reason in output.fallen]


def charts(notebooks: Mapping[str, nbformat.NotebookNode]) -> dict[str, dict[str, Any]]:
    """The charts' specifications by key, in the order of the report."""
    outputs = _outputs(notebooks)
    return {b.key: b.spec for _, _, output in outputs for b in output.blocks if isinstance(b, Chart)}


def _outputs(
    notebooks: Mapping[str, nbformat.NotebookNode],
) -> Iterator[tuple[str, nbformat.NotebookNode, Shown]]:
    """What cells show, with section and cell."""
    for section, node in notebooks.items():
        for cell in node.cells:
            for output in shown(cell):
                yield section, cell, output
