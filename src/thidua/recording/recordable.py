"""Whether all that a notebook's cells do can be recorded: what no record shows, such as the clock, runs each time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import nbformat

# Libraries that give the same answer to the same question.
_PURE = frozenset(
    """
    thidua pandas numpy altair decimal fractions math statistics itertools functools operator collections
    dataclasses typing enum string textwrap json re html unicodedata __future__
    """.split()  # noqa: SIM905  # a list of a word a line is no easier to read
)
# By whatever way they are reached: the clock, chance, and what goes past Python's own names.
_UNRECORDED = frozenset(
    """
    now today utcnow time time_ns random default_rng urandom uuid1 uuid4 sha256 eval exec compile __import__
    importlib import_module get_ipython globals vars environ stat exists is_file is_dir sample shuffle
    read_clipboard read_sql read_html
    """.split()  # noqa: SIM905  # a list of a word a line is no easier to read
)
_OWN_LINE = re.compile(r"^%load_ext\s+thidua\s*$", re.MULTILINE)
_PROSE = "%%prose"


def is_recordable(node: nbformat.NotebookNode) -> bool:
    """Whether a recording of the notebook holds all that its outputs follow from."""
    return not any(_unrecorded(cell.source) for cell in node.cells if cell.cell_type == "code")


def _unrecorded(source: str) -> bool:
    if source.lstrip().startswith(_PROSE):
        return False
    try:
        tree = ast.parse(_OWN_LINE.sub("", source))
    except (SyntaxError, ValueError):  # another magic, or a line for the shell
        return True
    return any(name.partition(".")[0] not in _PURE for name in _imported(tree)) or bool(_UNRECORDED & set(_named(tree)))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else str(node.module)


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield from name.split(".")
            case ast.Constant(value=str(text)):
                yield text.strip()
