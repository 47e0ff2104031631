"""What the repository's notebooks ask for, read from their cells: which codes and groups, and by which words."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat

from thidua.prose.checking import MAGIC, prose_cells
from thidua.prose.parser import parse
from thidua.prose.syntax import Clause, Footnote, HeadingLine, ListText, Node, Phrase, Styled
from thidua.prose.verbs import VERBS

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# What a notebook's Python asks of its report, and what the names that it gives are.
_CALLS = {
    **{"group": "groups", "pick": "indicators", "events": "rows", "rows": "rows", "assessments": "rows"},
    **{"tasks": "rows", "documents_about": "documents"},
}


@dataclass(frozen=True)
class Asked:
    """Names by what they stand for (indicators, groups, rows, documents, movements, awards); for each its verbs."""

    names: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def of(self, kind: str) -> list[str]:
        return sorted(self.names[kind])

    def verbs(self, kind: str, name: str) -> set[str]:
        return self.names[kind].get(name, set())

    def add(self, kind: str, name: str, verb: str) -> None:
        self.names[kind][name].add(verb)


@cache
def asked() -> Asked:
    """All that the notebooks ask for."""
    found = Asked()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for _, source in prose_cells(notebook):
            for phrase in _phrases(source):
                _by_verb(found, phrase)
        for cell in notebook.cells:
            if cell.cell_type == "code" and not cell.source.startswith(MAGIC):
                _by_code(found, "\n".join(line for line in cell.source.split("\n") if not line.startswith("%")))
    for group in found.of("groups"):
        found.names["indicators"].pop(group, None)
    # What has a note may be an indicator or a group of rows: whatever other words ask for by that name.
    for name, verbs in found.names.pop("notes", {}).items():
        kind = "rows" if name in found.names["rows"] and name not in found.names["indicators"] else "indicators"
        found.names[kind][name] |= verbs
    return found


def _by_verb(found: Asked, phrase: Phrase) -> None:
    kind = VERBS[phrase.verb].kind if phrase.verb else "indicators"
    for code in phrase.codes:
        if "." not in code and kind in ("indicators", "documents", "movements", "rows", "notes"):
            found.add(kind, code, phrase.verb)


def _by_code(found: Asked, source: str) -> None:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func
            name = (
                called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
            )
            for argument in node.args if name in _CALLS else []:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(_CALLS[name], argument.value, name)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "awards":
            found.add("awards", node.attr, "awards")


def _phrases(source: str) -> Iterator[Phrase]:
    for block in parse(source).blocks:
        if isinstance(block, HeadingLine):
            yield from _in(block.sentence.parts)
        elif isinstance(block, ListText):
            yield from (p for item in block.items for sentence in item for p in _in(sentence.parts))
        else:
            yield from (p for sentence in block.sentences for p in _in(sentence.parts))


def _in(nodes: Iterable[Node]) -> Iterator[Phrase]:
    for node in nodes:
        if isinstance(node, Phrase):
            yield node
            yield from (p for option in node.options for p in _in(option))
        elif isinstance(node, Clause | Styled):
            yield from _in(node.parts)
        elif isinstance(node, Footnote):
            yield from (p for sentence in node.sentences for p in _in(sentence.parts))
