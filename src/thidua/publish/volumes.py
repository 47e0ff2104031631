"""A report in volumes, where it is longer than what can be set at once.

A typesetter keeps all that it set until the last page is done: some 0.2 MB for a thousand letters, and as much for ten
cells of a table. So that a report of any length takes the same room, it is bound in volumes of about the same weight,
which end where sections do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from thidua.document.block import Block, Heading, Note, Number, Paragraph, Table, Text, plain
from thidua.document.document import Document, Section
from thidua.document.walking import runs_of, stretches
from thidua.language.capitals import uncapitalised

# What a thing weighs in letters, by the memory that Typst 0.15 takes to set it: 0.21 kB for a letter, 24 for a cell, 50
# for a note, 18 for a mark.
_CELL, _NOTE, _MARK = 115, 240, 85
# A volume of so many letters takes some 200 MB to set: 110 pages of notes, 160 of plain text.
_MOST = 950_000
_ON = " (tiếp theo)"


@dataclass(frozen=True)
class Before:
    """How many pages and notes stand in the volumes before one."""

    pages: int = 0
    notes: int = 0


NOTHING_BEFORE = Before()


@dataclass(frozen=True)
class Volume:
    """A part of a report that is bound by itself: its number, from 1, and how many notes stand in those before it."""

    document: Document
    number: int = 1
    notes: int = 0

    def name(self, file: str) -> str:
        """What this volume's file is called, by what the first one's is: «bao-cao-tap-2.pdf»."""
        stem, _, ending = file.rpartition(".")
        return file if self.number == 1 else f"{stem}-tap-{self.number}.{ending}"


def weight(document: Document) -> int:
    """What a report weighs, in letters."""
    return sum(_weight(block) for block in document.blocks())


def volumes(document: Document, most: int = _MOST) -> list[Volume]:
    """The report in as many volumes as it takes, none of more than about ``most``; mostly it is one, and unchanged.

    A further volume begins with the headings that it goes on below, and each but the last says that there is another.
    Numbers of headings, tables and notes go on.
    """
    groups = list(_groups(document.sections))
    weights = [sum(_weight(b) for s in group for b in s.blocks) for group in groups]
    number = ceil(sum(weights) / most)
    if number < 2:
        return [Volume(document)]
    share = sum(weights) / number
    parts: dict[int, list[Section]] = {}
    before = 0
    for group, weight in zip(groups, weights, strict=True):
        parts.setdefault(int((before + weight / 2) / share), []).extend(group)
        before += weight
    return list(_bound(document, list(parts.values())))


def _groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Sections that stay together: a heading with what it heads, the signature with the text before it."""
    group: list[Section] = []
    for section in sections:
        leads = bool(group) and isinstance(group[-1].blocks[-1], Heading)
        if group and not leads and section.kind != "back":
            yield group
            group = []
        group.append(section)
    if group:
        yield group


def _weight(block: Block) -> int:
    texts = list(stretches(block))
    runs = list(runs_of(block))
    marks = sum(len(run.marks) for run in runs if isinstance(run, Text | Number))
    cells = len(texts) if isinstance(block, Table) else 0
    letters = sum(len(plain(text, notes=True)) for text in texts)
    return letters + _CELL * cells + _NOTE * _notes([block]) + _MARK * marks


def _notes(blocks: Sequence[Block]) -> int:
    return sum(isinstance(run, Note) for block in blocks for run in runs_of(block))


def _bound(document: Document, parts: Sequence[Sequence[Section]]) -> Iterator[Volume]:
    facts, notes = document.properties, 0
    above: dict[int, Heading] = {}
    for number, part in enumerate(parts, 1):
        blocks = [block for section in part for block in section.blocks]
        sections = list(part)
        if number > 1 and not part[0].apart:
            sections.insert(0, Section(f"tap-{number}", "section", tuple(_opening(facts.title, number, above, blocks))))
        if number < len(parts):
            more = _remark(f"(Hết tập {number}, xem tiếp tập {number + 1}.)")
            sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, more))
        title = f"{facts.title}, tập {number}"
        yield Volume(Document(replace(facts, title=title), tuple(sections)), number, notes)
        notes += _notes(blocks)
        for heading in (b for b in blocks if isinstance(b, Heading)):
            above = {level: h for level, h in above.items() if level < heading.level} | {heading.level: heading}


def _opening(title: str, number: int, above: dict[int, Heading], blocks: Sequence[Block]) -> Iterator[Block]:
    """Which volume this is, and the headings that its first one stands below."""
    kind, _, abstract = title.partition(": ")
    whole = f"{uncapitalised(kind)} {uncapitalised(abstract)}".strip()
    yield _remark(f"(Tập {number} của {whole}, tiếp theo tập {number - 1}.)")
    first = next((b.level for b in blocks if isinstance(b, Heading)), None)
    for level, heading in sorted(above.items()):
        if first is None or level < first:
            yield heading.model_copy(update={"runs": (*heading.runs, Text(text=_ON)), "anchor": ""})


def _remark(text: str) -> Paragraph:
    return Paragraph(runs=(Text(text=text),), style="remark")
