"""References to tables and charts: their labels, and what goes with one that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from thidua.document.block import Block, Heading, List, Note, Paragraph, Reference, Run, Runs, Text

# While a paragraph is mended, each run that is no plain text is one character of this range.
_FIRST = 0xE100
_ABSENT = "\ue0ff"
_LOST = Text(text=_ABSENT)
_MARKS = re.compile("[\ue0ff-\uf8ff]")
_PARENTHESIS = re.compile(rf"(\s*)\(([^()]*{_ABSENT}[^()]*)\)")
# A reference that is gone takes with it the joint to what is listed beside it; outside parentheses only references are.
_ANY_AFTER = re.compile(rf"{_ABSENT}\s*(?:[,;]|và)\s*")
_ANY_BEFORE = re.compile(rf"\s*(?:[,;]|và)\s*{_ABSENT}")
_JOINT_AFTER = re.compile(rf"{_ABSENT}\s*(?:[,;]|và)\s*(?=[{_ABSENT}-\uf8ff])")
_JOINT_BEFORE = re.compile(rf"(?<=[{_ABSENT}-\uf8ff])\s*(?:[,;]|và)\s*{_ABSENT}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def resolved(block: Block, labels: Mapping[str, str], appendices: Mapping[str, str]) -> Block | None:
    """The block with its references labelled; None where nothing is left of it. Those to appendices become words.

    A reference to what this period does not show goes, with the parenthesis or the part of a list that held nothing
    else, or else with its sentence.
    """
    if isinstance(block, Heading | Paragraph):
        runs = _resolved(block.runs, labels, appendices)
        return block.model_copy(update={"runs": runs}) if runs else None
    if isinstance(block, List):
        items = tuple(found for item in block.items if (found := _resolved(item, labels, appendices)))
        return block.model_copy(update={"items": items}) if items else None
    return block


def without_last_sentence(runs: Runs) -> Runs:
    """Runs without the last sentence in them."""
    return _mended(runs, lambda text: " ".join(_SENTENCE_END.split(text.rstrip())[:-1]))


def _resolved(runs: Runs, labels: Mapping[str, str], appendices: Mapping[str, str]) -> Runs:
    found: list[Run] = []
    lost = False
    for run in runs:
        if isinstance(run, Note):
            inner = _resolved(run.runs, labels, appendices)
            found += [run.model_copy(update={"runs": inner})] if inner else []
        elif isinstance(run, Reference) and run.key in appendices:
            found.append(Text(text=appendices[run.key]))
        elif isinstance(run, Reference):
            label = labels.get(run.key, "")
            lost = lost or not label
            found.append(run.model_copy(update={"label": label}) if label else _LOST)
        else:
            found.append(run)
    return _mended(tuple(found), _without_absent) if lost else tuple(found)


def _without_absent(text: str) -> str:
    def keep(match: re.Match[str]) -> str:
        rest = _ANY_BEFORE.sub("", _ANY_AFTER.sub("", match[2])).replace(_ABSENT, "").strip()
        return f"{match[1]}({rest})" if rest else ""

    text = _PARENTHESIS.sub(keep, text)
    text = _JOINT_BEFORE.sub("", _JOINT_AFTER.sub("", text))
    return " ".join(s for s in _SENTENCE_END.split(text) if _ABSENT not in s)


def _mended(runs: Runs, mend: Callable[[str], str]) -> Runs:
    """Runs after their text was mended as one string, in which a run that is not plain text is one character."""
    kept = [r for r in runs if not _is_plain(r)]
    marks = iter(range(_FIRST, _FIRST + len(kept)))
    text = "".join(_unmarked(r) if isinstance(r, Text) and _is_plain(r) else chr(next(marks)) for r in runs)
    return tuple(_split(mend(text), kept))


def _unmarked(text: Text) -> str:
    """The words without characters that could pass for a mark; in a text they mean nothing."""
    return text.text if text is _LOST else _MARKS.sub("", text.text)


def _is_plain(run: Run) -> bool:
    return isinstance(run, Text) and not (run.style or run.source or run.link)


def _split(text: str, kept: list[Run]) -> Iterator[Run]:
    words = ""
    for character in text:
        place = ord(character) - _FIRST
        if 0 <= place < len(kept):
            if words:
                yield Text(text=words)
            words = ""
            yield kept[place]
        else:
            words += character
    if words:
        yield Text(text=words)
