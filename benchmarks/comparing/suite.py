"""Suites to measure with: a copy of the repository's report, or a generated one, with all or some of its sections."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite  # noqa: E402


@dataclass(frozen=True)
class Suite:
    """A folder of reports, its period, and a copy of its notebooks that have their parameters in them already."""

    name: str
    root: Path
    period: str

    @property
    def notebooks(self) -> list[Path]:
        return sorted((self.root / "notebooks").glob("*.ipynb"))

    @property
    def prepared(self) -> Path:
        """For tools that know no parameters. A folder below the root, which notebooks look for upward."""
        return self.root / "prepared"


def report(folder: Path, period: str, count: int | None) -> Suite:
    """The report of the repository, of ``count`` of its notebooks if so many are named."""
    for part in ("params", "data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / part, folder / part)
    return _ready(Suite(f"the report of {period}", folder, period), count)


def generated(folder: Path, sections: int, figures: int, count: int | None) -> Suite:
    """A generated suite of so many sections and submitted numbers."""
    write_suite(suite(Size(sections, figures)), folder)
    return _ready(Suite(f"a generated report of {sections} sections and {figures} numbers", folder, PERIOD), count)


def _ready(made: Suite, count: int | None) -> Suite:
    file = made.root / "params" / f"{made.period}.yaml"
    params = yaml.safe_load(file.read_text(encoding="utf-8"))
    named = list(_named(params["sections"]))
    named = [named[at * len(named) // count] for at in range(count)] if count else named  # from all over the report
    if count:
        params["sections"] = list(_only(params["sections"], set(named)))
        file.write_text(yaml.safe_dump(params, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for path in made.notebooks:
        if path.stem not in named:
            path.unlink()
    made.prepared.mkdir()
    for path in made.notebooks:
        node = parameterize_notebook(load_notebook_node(str(path)), {"period": made.period})
        nbformat.write(node, made.prepared / path.name)
    return made


def _named(nodes: list[dict[str, Any]]) -> Any:
    for node in nodes:
        if "notebook" in node:
            yield node["notebook"]
        yield from _named(node.get("sections", []))


def _only(nodes: list[dict[str, Any]], kept: set[str]) -> Any:
    for node in nodes:
        below = list(_only(node.get("sections", []), kept))
        if node.get("notebook") in kept or below:
            yield {**node, "sections": below} if below else {k: v for k, v in node.items() if k != "sections"}


@contextmanager
def another_sentence(made: Suite, number: int) -> Iterator[None]:
    """For a while the first section with prose has a last sentence more in it; another one for each number."""
    path, node, cell = next(
        (path, node, cell)
        for path in made.notebooks
        for node in [nbformat.read(path, as_version=4)]
        for cell in node.cells
        if cell.cell_type == "code" and cell.source.startswith("%%prose") and "{" in cell.source
    )
    before = path.read_bytes()
    cell.source += f"\n\nCông việc được làm {'tốt ' * number}hơn."
    nbformat.write(node, path)
    try:
        yield
    finally:
        path.write_bytes(before)
