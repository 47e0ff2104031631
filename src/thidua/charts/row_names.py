"""Names as rows of a chart: broken into lines, and how high the rows are.

Lines are counted in characters and left wide enough: whoever draws the chart, in whatever typeface, measures them and
gives the rest of the width to the marks.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thidua.charts.theme import THEME

# The share of the width that names may take, and what they get besides where rows are too many for a page; how wide
# a letter is on average, in sizes of the type.
_SHARE = 0.42
_MORE = 0.18
_LETTER = 0.5
_LINE = 1.2
_LEAST_GAP, _MOST_GAP = 4.0, 14.0
_SPLIT = "split(datum.label, '\\n')"


@dataclass(frozen=True)
class Rows:
    """Rows of a chart: their names in lines, each another; the size of the letters; the height of a row and its gap."""

    names: tuple[str, ...]
    size: int
    step: float
    gap: float

    @property
    def axis(self) -> dict[str, Any]:
        """The axis that writes the names, in their lines and no others, the middle of each beside its row."""
        up = f"-{(self.size + 2) / 2:g} * (length({_SPLIT}) - 1)"
        offset = {"condition": {"test": "isString(datum.label)", "expr": up}, "value": 0}
        return {"labelExpr": _SPLIT, "labelFontSize": self.size, "labelOffset": offset}


def rows(
    names: Sequence[str], content: float, *, head: float = 0, share: float = _SHARE, width: int = THEME.width
) -> Rows:
    """Rows that hold marks of the height ``content``, in smaller letters and closer together where they are many.

    ``head`` is the height of what stands above them, ``share`` how much of the ``width`` the names may take.
    """
    looks = ((THEME.text, share), (THEME.small, share), (THEME.small, share + _MORE))
    fitting = [_rows(names, content, size, head, across * width) for size, across in looks]
    return next((found for found in fitting if found.gap > _LEAST_GAP), fitting[-1])


def broken(text: str, characters: float) -> str:
    """A text in lines of at most so many characters, of like length, so that no word is left alone on the last one."""
    most = max(1, int(characters))
    lines = _wrapped(text, most)
    for narrower in range(most - 1, most // 2, -1):
        closer = _wrapped(text, narrower)
        if len(closer) > len(lines):
            break
        lines = closer
    return "\n".join(lines)


def characters(pixels: float, size: float) -> int:
    """How many letters of a size find room in a width."""
    return int(pixels / (size * _LETTER))


def _rows(names: Sequence[str], content: float, size: int, head: float, across: float) -> Rows:
    found = [broken(name, characters(across, size)) for name in names]
    needed = max(content, *(size * _LINE * len(name.split("\n")) for name in found))
    gap = min(_MOST_GAP, max(_LEAST_GAP, (THEME.page_height - head) / len(found) - needed))
    return Rows(tuple(_distinct(found)), size, needed + gap, gap)


def _distinct(names: Sequence[str]) -> list[str]:
    """Names each of which is another: two rows of one name stay two. A space before a name is not to be seen."""
    found: list[str] = []
    for name in names:
        while name in found:
            name = f" {name}"
        found.append(name)
    return found


def _wrapped(text: str, most: int) -> list[str]:
    return textwrap.wrap(text, most, break_on_hyphens=False) or [""]
