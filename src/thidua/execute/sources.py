"""Reading notebooks as people keep them: what is none is named before anything runs, ids are made where they lack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4.nbjson import JSONReader

from thidua.errors import NotebooksUnreadable, Problem

_BOM = b"\xef\xbb\xbf"
_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_SAVED = "tệp .ipynb do JupyterLab lưu"


class Notebooks(Mapping[str, nbformat.NotebookNode]):
    """Notebooks by name, each made anew whenever it is asked for.

    Of a report of thousands, nobody needs more than a few at once, and as nodes they take several times their text.
    """

    def __init__(self, written: Mapping[str, bytes]):
        self._written = written

    def __getitem__(self, name: str) -> nbformat.NotebookNode:
        return nbformat.from_dict(json.loads(self._written[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def _written(node: nbformat.NotebookNode) -> bytes:
    return json.dumps(node, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read_notebooks(paths: Mapping[str, Path]) -> Notebooks:
    """The notebooks by name. NotebooksUnreadable names every file that is none."""
    found, problems = {}, []
    for name, path in paths.items():
        try:
            found[name] = _written(_notebook(path))
        except _NoNotebook as error:
            problems.append(error.problem)
    if problems:
        raise NotebooksUnreadable(problems)
    return Notebooks(found)


class _NoNotebook(Exception):
    def __init__(self, path: Path, place: str, found: str, expected: str = _SAVED):
        self.problem = Problem(path.name, "", place, found, expected)


def _notebook(path: Path) -> nbformat.NotebookNode:
    content = _json(path)
    if not isinstance(content, dict) or "nbformat" not in content:
        raise _NoNotebook(path, "", "không phải notebook: thiếu nbformat")
    if content["nbformat"] != 4:
        found = f"notebook theo khuôn dạng {content['nbformat']!r}"
        raise _NoNotebook(path, "", found, "khuôn dạng 4; hãy mở rồi lưu lại bằng JupyterLab hiện hành")
    try:
        node = _with_ids(nbformat.from_dict(content))
        nbformat.validate(node)
        node = JSONReader().to_notebook(node)  # joins what is kept line by line
    except nbformat.ValidationError as error:
        raise _NoNotebook(path, _place(error), "không đúng khuôn dạng notebook") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _NoNotebook(path, "", "không đúng khuôn dạng notebook") from None
    for number, cell in enumerate(node.cells, 1):
        if _CONFLICT.search(cell.source):
            raise _NoNotebook(path, f"ô thứ {number}", *_UNSOLVED)
    return node


_UNSOLVED = ("còn dấu xung đột của git (<<<<<<<)", "giải quyết xung đột rồi lưu lại")


def _json(path: Path) -> Any:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _NoNotebook(path, "", f"không mở được ({type(error).__name__})", "tệp đọc được") from None
    if not raw.strip(_BOM + b" \t\r\n\0"):
        raise _NoNotebook(path, "", "tệp rỗng")
    if raw.startswith(_BOM):
        raise _NoNotebook(path, "", "tệp có dấu BOM ở đầu", "UTF-8 không có BOM; hãy lưu lại bằng JupyterLab")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise _NoNotebook(path, "", "tệp không phải văn bản UTF-8") from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        marked = _CONFLICT.search(text)
        if marked:
            raise _NoNotebook(path, f"dòng {text.count(chr(10), 0, marked.start()) + 1}", *_UNSOLVED) from None
        place = f"dòng {error.lineno}, cột {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _NoNotebook(path, place, "không phải JSON") from None


def _with_ids(node: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Give cells without an id of their own one from their place: drawn ids would make each run's bytes differ."""
    own = _first_of_each(cell.get("id") for cell in node.cells)
    for number, (cell, id) in enumerate(zip(node.cells, own, strict=True), 1):
        made = f"cell-{number:03d}"
        while id is None and made in own:
            made += "-"
        cell["id"] = id or made
    node["nbformat_minor"] = 5  # the first to have ids; tools that read an older one draw them
    return node


def _first_of_each(ids: Iterable[Any]) -> list[str | None]:
    seen: set[str] = set()
    kept: list[str | None] = []
    for id in ids:
        good = isinstance(id, str) and _ID.fullmatch(id) is not None and id not in seen
        kept.append(id if good else None)
        seen |= {id} if good else set()
    return kept


def _place(error: nbformat.ValidationError) -> str:
    steps = list(getattr(error, "absolute_path", ()))
    return f"ô thứ {steps[1] + 1}" if len(steps) > 1 and steps[0] == "cells" else ""
