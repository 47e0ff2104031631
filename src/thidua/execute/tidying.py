"""Taking out of an executed notebook what is about the run and not about the report.

Times, durations, paths and the kernel's version differ from run to run; the archive records them elsewhere. Cell ids
that tools draw at random are made from the cell's place. And a reference names the table or chart that it leads to,
which the cell that holds it cannot know while it runs: what it leads to may stand further down.
"""

from __future__ import annotations

import nbformat

from thidua.display import page_of
from thidua.document.block import Chart, Reference, Table, runs_of
from thidua.document.record import MIME, read, shown


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
    _name_references(node)
    return node


def _name_references(node: nbformat.NotebookNode) -> None:
    blocks = [b for cell in node.cells for output in shown(cell) for b in output.blocks]
    titles = {b.key: b.title for b in blocks if isinstance(b, Table | Chart) and b.title}
    for output in (o for cell in node.cells for o in cell.get("outputs", []) if MIME in o.get("data", {})):
        content = read(output.data[MIME])
        if any(isinstance(run, Reference) for block in content.blocks for run in runs_of(block)):
            output.data["text/html"] = page_of(content.blocks, content.fallen, titles)
