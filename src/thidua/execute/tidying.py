"""Taking out of an executed notebook what is about the run and not about the report.

Times, durations and paths differ from run to run; the archive records them elsewhere. Cell ids that tools draw at
random are made from the cell's place. What is said of the language stays as the kernel said it, its version included:
JupyterLab would write it into a notebook that a person only opens. And a reference names the table or chart that it
leads to, which the cell that holds it cannot know while it runs: what it leads to may stand further down.
"""

from __future__ import annotations

import re

import nbformat
from ipykernel.kernelspec import KERNEL_NAME, get_kernel_dict

from thidua.document.block import Chart, Reference, Table
from thidua.document.bundled import Shown, as_javascript_writes, is_bundled, read
from thidua.document.show import page_of
from thidua.document.walking import runs_of
from thidua.execute.submitted_rows import rows_output

# Where an object lay in memory, in the plain text of objects that have no better one.
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")
# Where the kernel says that a cell's code lies, by the number of its process, before what Python warns of it.
_PROCESS = re.compile(r"\S*[/\\]ipykernel_\d+[/\\]")

INJECTED = "injected-parameters"


def tidied(node: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook in the form that is the same for the same inputs."""
    papermill = node.metadata.pop("papermill", {})
    node.metadata["papermill"] = {"parameters": dict(papermill.get("parameters", {}))}
    kernel = get_kernel_dict()
    node.metadata["kernelspec"] = {**{key: kernel[key] for key in ("display_name", "language")}, "name": KERNEL_NAME}
    for number, cell in enumerate(node.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.get("outputs"):
            cell.outputs = _joined(cell.outputs)
        for output in cell.get("outputs", []):
            for mime, content in output.get("data", {}).items():
                output.data[mime] = as_javascript_writes(content) if mime.endswith("json") else content
            for texts, key in ((output.get("data", {}), "text/plain"), (output, "text")):
                if key in texts:
                    texts[key] = _PROCESS.sub("", _ADDRESS.sub(" at 0x…", texts[key]))
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = f"parameters-{number}"
    outputs = [o for cell in node.cells for o in cell.get("outputs", []) if is_bundled(o.get("data", {}))]
    shown = [(output, read(output.data)) for output in outputs]
    _name_references(shown)
    _begin_with_rows(node, [content for _, content in shown])
    return node


def _joined(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """What was printed in a row as one output: kernels send it in pieces, by the clock."""
    found: list[nbformat.NotebookNode] = []
    for output in outputs:
        last = found[-1] if found else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            found.append(output)
    return found


def _begin_with_rows(node: nbformat.NotebookNode, shown: list[Shown]) -> None:
    """The cell that the run itself put in, below the title, shows what the section rests on."""
    own = next((cell for cell in node.cells if INJECTED in cell.metadata.get("tags", [])), None)
    rows = rows_output(shown) if own is not None else None
    if own is not None and rows is not None:
        own.outputs = [rows]


def _name_references(shown: list[tuple[nbformat.NotebookNode, Shown]]) -> None:
    blocks = [b for _, content in shown for b in content.blocks]
    titles = {b.key: b.title for b in blocks if isinstance(b, Table | Chart) and b.title}
    for output, content in shown:
        if any(isinstance(run, Reference) for block in content.blocks for run in runs_of(block)):
            output.data["text/html"] = page_of(content.blocks, content.fallen, titles)
