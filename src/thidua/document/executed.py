"""Executed notebooks, read again as a run wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nbformat


def read_executed(content: bytes) -> nbformat.NotebookNode:
    """The notebook of a file that a run wrote, whose form nobody has to look at.

    What its outputs carry stays as JSON has it, plain dictionaries: turning it into nodes takes longer than reading.
    """
    node: dict[str, Any] = json.loads(content)
    for cell in node["cells"]:
        _join(cell, "source")
        for held in cell.get("attachments", {}).values():
            _join_each(held)
        for output in cell.get("outputs", []):
            _join(output, "text")
            _join_each(output.get("data", {}))
    node["cells"] = [nbformat.NotebookNode(cell) for cell in node["cells"]]
    return nbformat.NotebookNode(node)


def _join_each(data: Mapping[str, Any]) -> None:
    """Join what is kept line by line under each kind but JSON's own."""
    for mime in data:
        if not mime.endswith("json"):
            _join(data, mime)


def _join(holder: Any, key: str) -> None:
    if isinstance(holder.get(key), list):
        holder[key] = "".join(holder[key])
