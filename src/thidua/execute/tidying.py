"""Taking out of an executed notebook what is about the run and not about the report.

Times, durations, paths and the kernel's version differ from run to run; the archive records them elsewhere. Cell ids
that tools draw at random are made from the cell's place.
"""

from __future__ import annotations

import nbformat


def tidied(node: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook in the form that is the same for the same inputs."""
    papermill = node.metadata.pop("papermill", {})
    node.metadata["papermill"] = {"parameters": dict(papermill.get("parameters", {}))}
    node.metadata["language_info"] = {"name": node.metadata.get("language_info", {}).get("name", "python")}
    for number, cell in enumerate(node.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = f"parameters-{number}"
    return node
