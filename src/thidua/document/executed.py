"""Executed notebooks, read again as a run wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nbformat

# Texts by themselves: one for all that are the same.
Texts = dict[str, str]


def read_executed(content: bytes, texts: Texts | None = None) -> nbformat.NotebookNode:
    """The notebook of a file that a run wrote, whose form nobody has to look at.

    What its outputs carry stays as JSON has it, plain dictionaries: turning a report's blocks into nodes of a notebook
    takes longer than reading them. With ``texts``, those that other notebooks have are taken from there: units, codes,
    cells, and what a figure and the places that print it say alike, are half of what a long report holds.
    """
    node: dict[str, Any] = json.loads(content)
    if texts is not None:
        _share(node, texts)
    for cell in node["cells"]:
        _join(cell, "source")
        for held in cell.get("attachments", {}).values():
            _join_each(held)
        for output in cell.get("outputs", []):
            _join(output, "text")
            _join_each(output.get("data", {}))
    node["cells"] = [nbformat.NotebookNode(cell) for cell in node["cells"]]
    return nbformat.NotebookNode(node)


def _share(held: Any, texts: Texts) -> None:
    """Put the text that was met first for each that is the same, at any depth."""
    for key, value in held.items() if isinstance(held, dict) else enumerate(held):
        if isinstance(value, str):
            held[key] = texts.setdefault(value, value)
        elif isinstance(value, dict | list):
            _share(value, texts)


def _join_each(data: Mapping[str, Any]) -> None:
    """Join what is kept line by line under each kind but JSON's own."""
    for mime in data:
        if not mime.endswith("json"):
            _join(data, mime)


def _join(holder: Any, key: str) -> None:
    if isinstance(holder.get(key), list):
        holder[key] = "".join(holder[key])
