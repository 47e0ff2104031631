"""Whether all that a notebook's cells do can be recorded: what no record shows, such as the clock, runs each time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import nbformat

# Libraries that give the same answer to the same question.
_PURE = frozenset(
    """
    pandas numpy altair decimal fractions math statistics itertools functools operator collections
    dataclasses typing enum string textwrap json re html unicodedata __future__
    """.split()  # noqa: SIM905  # a list of a word a line is no easier to read
)
# Of this one the words of notebooks: what else it has opens the data by other ways.
_OWN = "thidua"
_WORDS = f"{_OWN}.notebook"
# By whatever way they are reached, in capitals or not: the clock, which stands in for the date that a text lacks, too;
# chance, by which pandas names styled tables and Vega-Lite draws intervals; whether a file is there; the machine; and
# what goes past Python's own names.
_UNRECORDED = frozenset(
    """
    now today utcnow time time_ns random default_rng urandom uuid1 uuid4 sha256 eval exec compile
    importlib import_module get_ipython globals locals vars environ getattr attrgetter methodcaller sample shuffle
    timestamp to_datetime parse_dates datetimeindex date_range bdate_range datetime64 m8 datetimetzdtype read_json
    samples transform_sample sampletransform ci ci0 ci1 style styler
    stat lstat exists file_exists is_file is_dir is_symlink samefile cwd
    os sys posix inspect platform pathlib gc
    hash input show_runtime show_versions show_config get_include
    read_clipboard read_sql read_sql_query read_sql_table read_html read_pickle allow_pickle
    """.split()  # noqa: SIM905  # a list of a word a line is no easier to read
)
# Where a thing lies in memory. As a name behind a dot it is what others are called.
_ADDRESS = "id"
# What a text may hold that is read as code: names, and what is private behind a dot.
_WORD = re.compile(r"\.?[^\W\d]\w*")
_OWN_LINE = re.compile(r"^%load_ext\s+thidua\s*$", re.MULTILINE)
_PROSE = re.compile(r"\s*%%prose[ \t]*(?:\n|$)")


def why_unrecorded(node: nbformat.NotebookNode) -> str:
    """What a cell does that no record shows, in words for the officer.

    Empty where a recording of the notebook holds all that its outputs follow from.
    """
    return next((why for c in node.cells if c.cell_type == "code" and (why := _unrecorded(c.source))), "")


def _unrecorded(source: str) -> str:
    if _PROSE.match(source):
        return ""
    try:
        tree = ast.parse(_OWN_LINE.sub("", source))
    except (SyntaxError, ValueError):  # another magic, or a line for the shell
        return "có lệnh của Jupyter (% hoặc !)"
    # Who goes on after an error may do so because a file is not there: nobody tells of that.
    if any(isinstance(node, ast.Try | ast.TryStar) for node in ast.walk(tree)):
        return "có try … except"
    named = (name.lstrip(".") for name in _named(tree) if _is_beyond(name))
    imported = (name for name in _imported(tree) if not _is_pure(name))
    placed = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == _ADDRESS)
    return next((f"dùng «{name}»" for name in (*imported, *named, *placed)), "")


def _is_pure(module: str) -> bool:
    return module == _WORDS or module.partition(".")[0] in _PURE


def _is_beyond(name: str) -> bool:
    """Whether a name leads past what is recorded: what is private holds the data behind the recording."""
    bare = name.lstrip(".")
    return bare.lower() in _UNRECORDED or bare == _OWN or (bare.startswith("_") and bare.strip("_") != "")


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
                yield from name.split(".") if name != _WORDS else ()
            case ast.Constant(value=str(text)):
                # A name of a column may begin with a stroke too.
                yield from (word for word in _WORD.findall(text) if not word.startswith("_"))
