"""Which lines of a text are gone and which are new, and within a changed line which words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Piece = tuple[Literal["same", "old", "new"], str]
# As ``document.lines`` writes the rows of tables.
_BETWEEN_CELLS = " | "
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class TextChange:
    """A line that was changed (both), taken out (``new`` None) or put in (``old`` None)."""

    old: str | None
    new: str | None

    @property
    def pieces(self) -> list[Piece]:
        """The line cut into what stayed, what was there and what is there now."""
        old, new = _WORDS.findall(self.old or ""), _WORDS.findall(self.new or "")
        pieces: list[Piece] = []
        for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal":
                pieces.append(("same", "".join(old[i:j])))
                continue
            pieces += [("old", "".join(old[i:j]))] if j > i else []
            pieces += [("new", "".join(new[k:m]))] if m > k else []
        return pieces

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the line before and after, null where there was or is none."""
        return {"old": self.old, "new": self.new}


@dataclass(frozen=True)
class PartChange:
    """What changed in one named part: a section's text, a notebook's sources, a file."""

    name: str
    title: str
    changes: tuple[TextChange, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the part's name and title, and its changed lines in the order of the text."""
        return {"name": self.name, "title": self.title, "changes": [c.as_dict() for c in self.changes]}


def text_changes(old: Sequence[str], new: Sequence[str]) -> list[TextChange]:
    """The changed lines in order, blank ones aside; what took the place of others is paired as far as it is alike."""
    old, new = ([line for line in text if line.strip()] for text in (old, new))
    changes: list[TextChange] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _paired(old[i:j], new[k:m])
    return changes


def _near(line: str, old: Sequence[str]) -> list[str]:
    """The line that it took the place of, if any: a table's row that of the same name, another the one most like it."""
    name, is_row, _ = line.partition(_BETWEEN_CELLS)
    if is_row:
        return [row for row in old if row.startswith(f"{name}{_BETWEEN_CELLS}")][:1]
    return difflib.get_close_matches(line, [text for text in old if _BETWEEN_CELLS not in text], n=1, cutoff=0.5)


def _paired(old: list[str], new: list[str]) -> list[TextChange]:
    changes = []
    for line in new:
        near = _near(line, old)
        if near:
            # What stood before its partner was taken out.
            position = old.index(near[0])
            changes += [TextChange(gone, None) for gone in old[:position]]
            old = old[position + 1 :]
        changes.append(TextChange(near[0] if near else None, line))
    return changes + [TextChange(gone, None) for gone in old]
