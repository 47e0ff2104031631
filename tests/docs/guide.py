"""The guide as data: its tables, its examples, the commands that it tells the officer to type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# A bar that stands in a cell is written «\\|».
_COLUMN = re.compile(r"(?<!\\)\|")
_EXAMPLE = re.compile(r"((?:(?![→✗] ).*\n)+)([→✗]) ((?:.+\n)*?.+)\n\n")


@dataclass(frozen=True)
class Example:
    """What is typed into a prose cell, and what the guide says comes of it: a text, or an error message."""

    source: str
    result: str
    fails: bool


def guide(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    start = re.search(rf"^(#+) {re.escape(heading)}.*$", text, re.MULTILINE)
    assert start is not None, f"no heading «{heading}»"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text: str) -> list[list[str]]:
    """The rows of all tables in a text, without their heads, cell by cell."""
    found: list[list[str]] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        is_head = number + 1 < len(lines) and lines[number + 1].startswith("|---")
        if line.startswith("|") and not line.startswith("|---") and not is_head:
            found.append([cell.strip() for cell in _COLUMN.split(line.strip()[1:-1])])
    return found


def code(text: str) -> list[str]:
    """What stands between backticks."""
    return _CODE.findall(text)


def first_column(text: str) -> list[str]:
    """The names in code in the first column of a text's tables."""
    return [name for row in rows(text) for name in code(row[0])]


def fences(text: str, kind: str) -> list[str]:
    return [body for found, body in _FENCE.findall(text) if found == kind]


def examples(text: str) -> Iterator[Example]:
    """What is typed, up to the line that begins with the result's mark, and the result down to the next empty line."""
    for body in fences(text, "vidu"):
        for source, mark, result in _EXAMPLE.findall(body.strip() + "\n\n"):
            yield Example(source.strip("\n"), result, mark == "✗")


def commands(text: str) -> Iterator[list[str]]:
    """The arguments of every command line of thidua."""
    typed = [line.strip() for line in text.splitlines() if line.startswith("    ")] + code(text)
    for line in typed:
        if line.startswith((".venv/bin/thidua ", "thidua ")):
            yield shlex.split(line)[1:]


def targets(text: str) -> set[str]:
    """The targets of every `make` that the guide names."""
    return set(re.findall(r"\bmake ([a-z]+)", text))
