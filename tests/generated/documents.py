"""A harsh reader of whole documents: their sentences, and what stands where.

It knows what is a heading, a lead-in, a table, a chart, which years and levels the report is about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generated.sentences import SENTENCE, Fault, found_at, in_line
from thidua.document.block import (
    Block,
    Chart,
    Heading,
    Letterhead,
    List,
    Note,
    Number,
    Paragraph,
    Reference,
    Runs,
    Signature,
    Table,
    Text,
    plain,
)
from thidua.document.document import Document
from thidua.document.walking import placed, runs_of, stretches
from thidua.settings.period import Period

_YEAR = re.compile(r"(?<![\d.,/\w-])(?:19|20|21)\d\d(?![\d.,]*\d|/)(?!\w)")
_TET = re.compile(r"\b[Tt]ết\b(?! (?:Trung thu|Đoan Ngọ))")
_TO_THE_END = re.compile(r"dự kiến đến hết (?:kỳ|năm)")


def faults_of(document: Document, *, years: Iterable[int] = (), foreign: str = "") -> list[Fault]:
    """What is wrong with a document.

    ``years`` are those that may be named, besides those of its period and the next; ``foreign`` is what a unit of its
    level does not speak of.
    """
    found: list[Fault] = []
    blocks = list(document.blocks())
    shown = {b.number for b in blocks if isinstance(b, Table | Chart)}
    for block in blocks:
        for line, is_prose in _lines(block):
            found += in_line(line, prose=is_prose)
        for run in runs_of(block):
            if isinstance(run, Reference) and run.label not in shown:
                found.append(Fault("a reference to what is not shown", run.key))
        found += _of_block(block)
        if isinstance(block, Paragraph | List):
            found += (fault for runs in stretches(block) for fault in _crowded(runs))
    for section in document.sections:
        found += _of_order(section.blocks, ends=section.kind)
    found += _of_headings(document)
    found += _of_what_stands_above(blocks)
    found += _of_repeats(blocks)
    known = set(years)
    for block in blocks:
        for line, _ in _lines(block):
            found += _foreign(line, known, foreign)
    return found


def _foreign(line: str, years: set[int], foreign: str) -> Iterator[Fault]:
    line = line.replace("\u00a0", " ")
    for match in _YEAR.finditer(line) if years else ():
        if int(match[0]) not in years:
            yield found_at("another year", line, match)
    for match in re.finditer(rf"\b(?:{foreign})\b", line, re.IGNORECASE) if foreign else ():
        yield found_at("a word of another level", line, match)


def season_faults(document: Document, period: Period) -> list[Fault]:
    """Words of a season or a part of the year that the period has not."""
    found = []
    first, last = period.months
    for block in document.blocks():
        for line, _ in _lines(block):
            if first > 2:
                found += [found_at("Tết in another season", line, m) for m in _TET.finditer(line)]
            if period.part not in ("H1",):
                found += [found_at("another period", line, m) for m in re.finditer(r"6 tháng đầu năm", line)]
            if last == 12:
                found += [found_at("a period that is over", line, m) for m in _TO_THE_END.finditer(line)]
    return found


def _lines(block: Block) -> Iterator[tuple[str, bool]]:
    """The texts of a block, each whether it is prose: whole sentences."""
    if isinstance(block, Letterhead):
        yield block.abstract, False
        return
    if isinstance(block, Signature):
        return
    is_prose = isinstance(block, Paragraph | List)
    for runs in stretches(block):
        yield from _told(runs, is_prose)
    if isinstance(block, Table | Chart):
        yield block.title, False
    if isinstance(block, Table) and block.remark:
        yield block.remark, False
    if isinstance(block, Chart):
        yield block.alt, False


def _told(runs: Runs, is_prose: bool) -> Iterator[tuple[str, bool]]:
    if runs:
        yield plain(runs).replace("\n", " "), is_prose
    for run in runs:
        if isinstance(run, Note):
            yield plain(run.runs), is_prose


def _crowded(runs: Runs) -> Iterator[Fault]:
    """Numbers right behind a text that no word leads to them from: «Quyết định … về thu phí 12 triệu đồng»."""
    before: Text | None = None
    for run in runs:
        if isinstance(run, Note):
            yield from _crowded(run.runs)
        elif isinstance(run, Number) and before is not None and before.source and before.source.sheet != "Chỉ tiêu":
            yield Fault("a number right behind a text", f"{before.text} {run.text}")
        if not isinstance(run, Text) or run.text.strip():
            before = run if isinstance(run, Text) else None


def _of_block(block: Block) -> Iterator[Fault]:
    if isinstance(block, Heading) and not plain(block.runs).strip():
        yield Fault("an empty heading", block.number)
    if isinstance(block, Heading) and plain(block.runs).rstrip().endswith((".", ":", ",", ";")):
        yield Fault("a heading that ends in a mark", plain(block.runs))
    if isinstance(block, List):
        items = [plain(item).strip(" .;") for item in block.items]
        if not all(items):
            yield Fault("an empty item", str(items))
        if len(items) != len({i.casefold() for i in items}):
            yield Fault("an item twice", str(items)[:200])
    if isinstance(block, Table | Chart) and not block.key:
        yield Fault("a table without a key", block.title)
    if isinstance(block, Table):
        yield from _of_table(block)
    if isinstance(block, Chart) and _marks_of(json.loads(block.spec)) < 2:
        yield Fault("a chart with fewer than two bars", f"{block.key}: {block.alt[:120]}")


def _marks_of(spec: Mapping[str, Any]) -> int:
    """How many marks a chart draws that are labelled."""
    data = spec.get("datasets", {}).values()
    return sum(len({tuple(sorted(map(str, row.items()))) for row in rows if "label" in row}) for rows in data)


def _of_table(table: Table) -> Iterator[Fault]:
    """Rows and columns that hold nothing but their names."""
    grid: dict[tuple[int, int], str] = {}
    rows = [row for row in table.body if row.style != "group"]
    if not rows:
        yield Fault("a table without rows", table.title or table.name)
        return
    for number, column, cell in placed(row.cells for row in rows):
        grid[number, column] = "withheld" if cell.withheld else plain(cell.runs).strip()
    width = max(column for _, column in grid) + 1
    for number in range(len(rows)):
        told = [grid.get((number, column), "") for column in range(width)]
        if table.title and not any(text and text != "…" for text in told[1:]):
            yield Fault("an empty row", f"{table.key}: {told}")
    # An appendix is an official form: its columns stand.
    for column in range(1, width) if table.title else ():
        told = [grid.get((number, column), "") for number in range(len(rows))]
        if not any(text and text != "…" for text in told):
            header = [plain(c.runs) for row in table.header for c in row]
            yield Fault("an empty column", f"{table.key}: column {column + 1} of {header}")
    styles = [row.style for row in table.body]
    for style, following in zip(styles, [*styles[1:], "group"], strict=True):
        if style == "group" and following == "group" and table.title:
            yield Fault("a group of no rows", table.key)


def _of_order(blocks: Iterable[Block], *, ends: str) -> Iterator[Fault]:
    """Lead-ins with nothing after them."""
    kept = list(blocks)
    for number, block in enumerate(kept):
        if not isinstance(block, Paragraph) or not plain(block.runs).rstrip().endswith(":"):
            continue
        following = kept[number + 1] if number + 1 < len(kept) else None
        if ends == "front" and following is None:
            continue
        if following is None or isinstance(following, Heading):
            yield Fault("a lead-in to nothing", plain(block.runs)[-120:])
        elif not isinstance(following, List | Table | Chart) and ends != "front":
            yield Fault("a lead-in to no list", f"{plain(block.runs)[-80:]} → {type(following).__name__}")


def _of_headings(document: Document) -> Iterator[Fault]:
    blocks = list(document.blocks())
    for number, block in enumerate(blocks):
        if not isinstance(block, Heading) or not block.number:
            continue
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if following is None or (isinstance(following, Heading) and following.level <= block.level):
            yield Fault("a heading with nothing below", plain(block.runs))
    seen: dict[str, int] = {}
    for heading in document.headings:
        text = plain(heading.runs).casefold().strip()
        seen[text] = seen.get(text, 0) + 1
    yield from (Fault("a heading twice", text) for text, times in seen.items() if times > 1)
    keys = [b.key for b in blocks if isinstance(b, Table | Chart)]
    yield from (Fault("a table twice", key) for key in sorted({k for k in keys if keys.count(k) > 1}))


# What «nêu trên» says of something, by the heading that must stand above it.
_ABOVE = {"hạn chế nêu trên": "hạn chế", "nhiệm vụ nêu trên": "nhiệm vụ trọng tâm"}


def _of_what_stands_above(blocks: Iterable[Block]) -> Iterator[Fault]:
    """References to what stands above where nothing does."""
    headings = ""
    for block in blocks:
        if isinstance(block, Heading):
            headings += plain(block.runs).casefold() + "\n"
        elif isinstance(block, Paragraph):
            text = plain(block.runs)
            for words, heading in _ABOVE.items():
                if words in text and not re.search(rf"^(?!nguyên nhân).*{heading}", headings, re.MULTILINE):
                    yield Fault("a reference to what does not stand above", text[:120])


def _of_repeats(blocks: Iterable[Block]) -> Iterator[Fault]:
    """Paragraphs and sentences that are told twice."""
    seen: set[str] = set()
    for block in blocks:
        if not isinstance(block, Paragraph | List):
            continue
        for runs in stretches(block):
            for sentence in SENTENCE.split(plain(runs)):
                text = sentence.strip().casefold()
                # What there is none of two chapters may say of indicators that two departments call alike.
                if len(text) > 40 and text in seen and "không" not in text.split():
                    yield Fault("a sentence twice", sentence[:160])
                seen.add(text)
