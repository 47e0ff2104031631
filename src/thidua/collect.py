"""What the executed notebooks carry besides their text: figures and appendix tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import nbformat

from thidua.figures.record import MIME as FIGURES
from thidua.tables.appendix import MIME as TABLE


def outputs(node: nbformat.NotebookNode, mime: str) -> Iterator[dict[str, Any]]:
    """The contents of one MIME type in a notebook, in the order of its cells."""
    for cell in node.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if mime in data:
                yield data[mime]


def figures(notebooks: Mapping[str, nbformat.NotebookNode]) -> list[dict[str, Any]]:
    """All figures of the report, each once, with the section that first uses it: the content of figures.json."""
    found: dict[str, dict[str, Any]] = {}
    for section, node in notebooks.items():
        for bundle in outputs(node, FIGURES):
            for record in bundle["figures"]:
                found.setdefault(record["id"], {**record, "section": section})
    return list(found.values())


def appendix_tables(node: nbformat.NotebookNode | None) -> list[dict[str, Any]]:
    """The tables of an appendix notebook, as their own JSON."""
    return list(outputs(node, TABLE)) if node is not None else []
