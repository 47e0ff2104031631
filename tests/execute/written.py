"""Notebooks of a few cells, run as sections of a report without making one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from sections import parent
from thidua.errors import NotebooksFailed
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.warm import Warm
from workbooks import PERIOD


def notebook(*cells: str, **kernelspec: str) -> nbformat.NotebookNode:
    """A notebook with a cell of parameters and these cells of code, kept as if it had been read."""
    parameters = nbformat.v4.new_code_cell("period = None", id="c-1", metadata={"tags": ["parameters"]})
    code = [nbformat.v4.new_code_cell(source, id=f"c-{number}") for number, source in enumerate(cells, 2)]
    spec = {"display_name": "Python 3", "language": "python", "name": "python3", **kernelspec}
    return nbformat.v4.new_notebook(cells=[parameters, *code], metadata={"kernelspec": spec})


def executed(folder: Path, **notebooks: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """The notebooks, executed two at a time."""
    parent().open(folder, PERIOD)
    return by(parent(), folder, **notebooks)


def by(whom: Warm | None, folder: Path, **notebooks: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """The notebooks, forked by a warm parent, or by one of their own in the environment of now."""
    jobs = [Job(name, notebooks, folder, folder / f"{name}.ipynb") for name in notebooks]
    made: dict[str, nbformat.NotebookNode] = {}
    run_notebooks(jobs, {"period": PERIOD}, folder, 2, lambda *_: None, made.__setitem__, parent=whom)
    return made


def failure(folder: Path, *cells: str) -> Any:
    """How the only section with these cells fails."""
    try:
        executed(folder, muc=notebook(*cells))
    except NotebooksFailed as error:
        assert len(error.failures) == 1
        return error.failures[0]
    raise AssertionError("it ran to its end")


def printed(node: nbformat.NotebookNode) -> str:
    """What the cells of a notebook printed."""
    outputs = [o for cell in node.cells if cell.cell_type == "code" for o in cell.outputs]
    return "".join(o.text for o in outputs if o.output_type == "stream" and o.name == "stdout")
