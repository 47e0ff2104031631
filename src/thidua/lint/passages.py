"""What people typed: the passages of notebooks and of the library that end up in a report."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from thidua.prose.checking import MAGIC
from thidua.prose.typed import typed_texts

_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*")


@dataclass(frozen=True)
class Passage:
    """A text with its place: file, then cell or line. ``spoken`` is what a report may say; the rest speaks of code."""

    file: str
    place: str
    text: str
    spoken: bool


def notebook_passages(file: str, notebook: nbformat.NotebookNode) -> Iterator[Passage]:
    """The prose of a notebook, and the texts and numbers in its expressions and cells.

    Within an expression only what is quoted or a number is typed; the names are the data's own.
    """
    for number, cell in enumerate(notebook.cells, 1):
        place = f"ô {number}"
        if cell.cell_type == "markdown":
            yield Passage(file, place, cell.source, True)
        elif cell.source.startswith(MAGIC):
            for line, text, spoken in typed_texts(cell.source.partition("\n")[2], first_line=2):
                where = f"{place}, dòng {line}"
                if spoken:
                    yield Passage(file, where, text, True)
                else:
                    yield from _typed(file, where, text)
        elif "parameters" not in cell.metadata.get("tags", []):
            yield from _typed(file, place, cell.source)


def _typed(file: str, place: str, code: str) -> Iterator[Passage]:
    for match in _QUOTED.finditer(code):
        text = match[1] or match[2] or ""
        # A code or a key is a name of the data; a text for the reader has a space or a letter outside ASCII.
        if " " in text or not text.isascii() or text[:1].isdigit():
            yield Passage(file, place, text, True)
    for number in _NUMBER.findall(_QUOTED.sub(" ", code)):
        yield Passage(file, place, number, True)


def library_passages(package: Path) -> Iterator[Passage]:
    """Everything written in the library: the texts of its code, with comments, and of its data files."""
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.suffix == ".py":
            yield from _code_passages(name, path.read_text(encoding="utf-8"))
        elif path.suffix in (".yaml", ".j2", ".js", ".css") and name != "lint/allowed.yaml":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield Passage(name, f"dòng {number}", line, False)


# The rooms and modules whose words stand in a report.
_SPEAKING = ("charts/", "document/", "figures/", "letterhead.py", "prose/", "publish/", "tables/")


def _code_passages(name: str, source: str) -> Iterator[Passage]:
    tree = ast.parse(source)
    owners = (o for o in ast.walk(tree) if isinstance(o, ast.Module | ast.ClassDef | ast.FunctionDef))
    docstrings = {id(first.value) for o in owners for first in o.body[:1] if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            spoken = name.startswith(_SPEAKING) and id(node) not in docstrings
            yield Passage(name, f"dòng {node.lineno}", node.value, spoken)
    for number, line in enumerate(source.splitlines(), 1):
        if line.lstrip().startswith("#"):
            yield Passage(name, f"dòng {number}", line, False)
