"""How a finished report reads: what a table read aloud looks like, found in the text of any data set.

The bounds are data, in style.yaml, at what the signed original has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from thidua.document.block import Block, Chart, Heading, List, Note, Paragraph, Runs, Table, plain
from thidua.document.document import Document
from thidua.document.walking import stretches
from thidua.language.own_data import own_data
from thidua.lint.lint import Fault

_STOP = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=[)”\d%][.!?])\s+")
_QUOTED = re.compile(r"“[^”]*”|\bhttps?:\S+")
_COLON = re.compile(r":(?=\s|$)")
_SHORT = 4  # words of a text in which densities mean nothing
_OPENS = re.compile(r"[^\w“(]+")


class Bounds(BaseModel):
    """What a report may have at most."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: int
    colons: int
    semicolons: int
    semicolons_in_a_sentence: int
    same_opening: int
    frames: tuple[str, ...]


@cache
def bounds() -> Bounds:
    """The bounds of style.yaml."""
    return Bounds.model_validate(own_data(files("thidua.lint").joinpath("style.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class _Passage:
    """A paragraph, an item or a note, with the heading that it stands under."""

    under: str
    text: str
    leads: bool = False
    note: bool = False


def style_faults(document: Document) -> list[Fault]:
    """All faults of a report's style, each with its section and the heading that it stands under."""
    found: list[Fault] = []
    told: list[str] = []
    for section in document.sections:
        for passage in _passages(section.blocks, leads_on=section.kind == "front"):
            told.append(passage.text)
            place = f"mục «{passage.under}»" if passage.under else "đầu mục"
            found += [Fault(section.slug, place, said, kind) for kind, said in _of_passage(passage)]
        found += [Fault(section.slug, place, said, kind) for place, kind, said in _of_order(section.blocks)]
    return found + [Fault("báo cáo", "toàn văn", said, kind) for kind, said in _of_density(told)]


def densities(document: Document) -> tuple[int, int, int]:
    """Words, colons and semicolons of a report's prose."""
    return _counted([p.text for section in document.sections for p in _passages(section.blocks)])


def _passages(blocks: Sequence[Block], leads_on: bool = False) -> Iterator[_Passage]:
    """The prose of a section; ``leads_on``: its last words may lead to the section after it."""
    under = ""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            under = plain(block.runs)
        if not isinstance(block, Paragraph | List) or (isinstance(block, Paragraph) and block.style != "body"):
            continue
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        for runs in stretches(block):
            leads = isinstance(following, List | Table | Chart) or (leads_on and following is None)
            yield _Passage(under, _plain(runs), leads)
            yield from (_Passage(under, _plain(run.runs), note=True) for run in runs if isinstance(run, Note))


def _plain(runs: Runs) -> str:
    return " ".join(plain(runs).split())


def _of_passage(passage: _Passage) -> Iterator[tuple[str, str]]:
    limits = bounds()
    sentences = [s for s in _STOP.split(_QUOTED.sub("“”", passage.text)) if s]
    for sentence in sentences:
        colons = [m.start() for m in _COLON.finditer(sentence)]
        if len(colons) > 1:
            yield "hai dấu hai chấm trong một câu", _excerpt(sentence)
        for colon in colons:
            before, behind = sentence[:colon], sentence[colon + 1 :].strip()
            frame = next((f for f in limits.frames if before.casefold().endswith(f)), "")
            if behind and frame:
                yield "khung rỗng trước dấu hai chấm", _excerpt(sentence)
            if behind and len(colons) == 1 and not passage.note and not re.search(r"[;,]| và | cùng ", behind):
                yield "danh sách một mục sau dấu hai chấm", _excerpt(sentence)
            if not behind and not passage.leads:
                yield "câu dẫn không có danh sách", _excerpt(sentence)
        if not passage.note and sentence.count(";") > limits.semicolons_in_a_sentence:
            yield "quá nhiều dấu chấm phẩy trong một câu", _excerpt(sentence)
    for one, other in pairwise(sentences):
        first, second = (_OPENS.sub(" ", s).casefold().split()[: limits.same_opening] for s in (one, other))
        if first == second and len(first) == limits.same_opening:
            yield "hai câu liền nhau mở đầu như nhau", _excerpt(other)


def _of_order(blocks: Sequence[Block]) -> Iterator[tuple[str, str, str]]:
    under = ""
    for block in blocks:
        if isinstance(block, Heading):
            under = plain(block.runs)
        if isinstance(block, List) and len(block.items) == 1:
            yield f"mục «{under}»", "danh sách một mục", _excerpt(_plain(block.items[0]))


def _of_density(told: Sequence[str]) -> Iterator[tuple[str, str]]:
    limits = bounds()
    words, colons, semicolons = _counted(told)
    for name, count, most in (("hai chấm", colons, limits.colons), ("chấm phẩy", semicolons, limits.semicolons)):
        if count * limits.words > most * words and count > _SHORT:
            yield f"dấu {name} dày hơn báo cáo gốc", f"{count} dấu trong {words} chữ"


def _counted(told: Sequence[str]) -> tuple[int, int, int]:
    text = "\n".join(told)
    return len(text.split()), len(_COLON.findall(text)), text.count(";")


def _excerpt(sentence: str) -> str:
    return sentence if len(sentence) <= 120 else f"{sentence[:80].rstrip()} … {sentence[-35:].lstrip()}"
