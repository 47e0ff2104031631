"""How nought is told: beside what is there, by the names that the workbooks give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from thidua.document import runs
from thidua.document.block import plain
from thidua.entries import SourceText
from thidua.figures import Figure, Indicator
from thidua.figures.units import PERCENT
from thidua.prose.words import Piece, Words, enumerated, gap, joined, lower, number

# What a name says of its number, and nobody of what there is none of.
_CHANGES = re.compile(
    r"mức (?P<before>tăng|giảm) (?!trưởng)(?P<what>.+)|(?P<subject>.+) (?P<behind>(?:tăng|giảm)(?: thêm| đi)?)", re.I
)
_NONE = "không có"
_COUNTED = re.compile(r"(?:tổng số|tổng|số)\s+(?!liệu)", re.IGNORECASE)


def there(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Those that were submitted and are not nought."""
    return [i for i in indicators if not i.done.missing and not is_nought(i.done)]


def beside_noughts(words: Words, indicators: Sequence[Indicator]) -> Words:
    """Words that tell some indicators, with those that are nought beside them."""
    noughts = tuple(n for i in indicators if is_nought(i.done) for n in none_of(i).noughts)
    return words + Words(noughts=noughts)


def all_gone(indicators: Sequence[Indicator]) -> Words:
    """Why nothing is left of several indicators."""
    gone = joined([none_of(i) if is_nought(i.done) else number(i.done) for i in indicators], "")
    return Words((), gone.gaps or ("không có chỉ tiêu nào",), noughts=gone.noughts)


def is_nought(figure: Figure) -> bool:
    """Whether nought was submitted."""
    return figure.value == 0


def none_of(indicator: Indicator, figure: Figure | None = None, more: str | Words = "") -> Words:
    """A gap where nought was submitted, which is told beside.

    «không có vụ cháy rừng», «tỷ lệ hộ nghèo bằng không», «hộ nghèo không giảm».
    """
    figure = indicator.done if figure is None else figure
    name = indicator.name
    bare = name[len(lead[0]) :] if (lead := _COUNTED.match(name)) else name
    subject, change = changing(name)
    if change:
        told = lower(subject) + " " + saying(figure, f"không {change}")
    elif figure.unit == PERCENT:
        told = lower(name) + " " + saying(figure, "bằng không")
    else:
        told = saying(figure, _NONE) + " " + lower(traced(bare, name))
    return replace(nought(figure), noughts=(told + more,))


def traced(part: str, name: str) -> str:
    """A part of a name with the cell of the whole."""
    return SourceText(part, name.cell) if isinstance(name, SourceText) else part


def saying(figure: Figure, words: str) -> Words:
    """Words that stand for a figure and lead to its cell as its number would."""
    return Words((Piece(runs.number(figure, words), (figure,)),))


def nought(figure: Figure) -> Words:
    """A gap where a figure is nought."""
    return gap(f"{figure.label or figure.id}: bằng 0")


def changing(name: str) -> tuple[str, str]:
    """What changes by a name that tells a change, and how: «Hộ nghèo giảm» and «Mức giảm tỷ lệ» tell a fall."""
    found = _CHANGES.fullmatch(name)
    if found is None:
        return name, ""
    subject = found["what"] or found["subject"]
    return traced(subject, name), (found["before"] or found["behind"]).casefold()


def together(noughts: Iterable[Words]) -> Words:
    """What is nought in one breath: «không có vụ cháy rừng, tai nạn và hợp tác xã mới, hộ nghèo không giảm».

    «Cũng như» leads to the last where a name has a comma of its own.
    """
    told = list(dict.fromkeys(noughts))
    nothing, others = [w for w in told if there_is_none(w)], [w for w in told if not there_is_none(w)]
    apart = any("," in plain(w.as_runs) for w in nothing)
    names = [*nothing[:1], *map(_without_lead, nothing[1:])]
    none = joined([joined(names[:-1], ", "), names[-1]], " cũng như ") if apart and names[1:] else enumerated(names)
    return joined([*([none] if nothing else []), *others], ", ")


def there_is_none(words: Words) -> bool:
    """Whether words say «không có …» and no more."""
    lead, *rest = words.parts
    return isinstance(lead, Piece) and getattr(lead.run, "text", "") == _NONE and len(rest) > 1 and rest[0] == " "


def _without_lead(words: Words) -> Words:
    """A name of which there is none, behind the «không có» of another; it leads to its own cell."""
    lead, _, name, *rest = words.parts
    assert isinstance(lead, Piece) and isinstance(name, Piece)
    return Words((Piece(runs.number(lead.figures[0], plain((name.run,))), lead.figures), *rest))
