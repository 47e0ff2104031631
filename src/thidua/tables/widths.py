"""Widths of columns, by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence


def fair_widths(header: Sequence[str], texts: Sequence[Sequence[str]]) -> list[float]:
    """Widths for columns of texts: a long text gets more room, but no word is too long for its column."""
    widths = []
    for name, column in zip(header, texts, strict=True):
        words = [w for text in (name, *column) for w in text.split()] or [""]
        widths.append(max(max(map(len, words)) + 1.0, 1.9 * max(len(t) for t in (name, *column)) ** 0.5))
    return widths


def number_widths(columns: int) -> list[float]:
    """Widths for a first column of names and columns of numbers; none for few columns, which their content sets."""
    if columns < 4:
        return []
    # Left to itself, the typesetter gives the room to long headers and breaks the names into many lines.
    names = max(26.0, 54.0 - 3 * columns)
    return [names, *[(100 - names) / (columns - 1)] * (columns - 1)]
