"""Blocks say of what is put together whose part it has not: behind the clause, below a table, in a chart's title.

Nothing is added where every figure has all its parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from thidua.document.block import Block, Chart, List, Note, Number, Paragraph, Row, Run, Runs, Table, Text, plain
from thidua.figures import Figure
from thidua.figures.lacking import in_words, lacking, uneven_parts
from thidua.language.text import capitalised, first_of
from thidua.settings.reading import any_of, reading

# The figures that have not all parts, by id.
Uneven = Mapping[str, Figure]
_SENTENCE = re.compile(r"[.!?](?=\s|$)")
# So many rows of a table are named that lack the same parts.
_ROWS = 3
# How an aside begins that stands in parentheses already.
_WITHIN = "; "


def with_lacking_parts(blocks: Sequence[Block], figures: Iterable[Figure]) -> tuple[Block, ...]:
    """The blocks with what is lacking of the figures that they print."""
    uneven = {f.id: f for f in figures if lacking([f])}
    return tuple(_told(block, uneven) for block in blocks) if uneven else tuple(blocks)


def without_told(blocks: Iterable[Block], told: Collection[str]) -> Iterator[Block]:
    """The blocks whose sentences no longer say of these units that their parts are lacking, since the head says so.

    They do of others («chưa có cả …»: not as if these were all), and where something is nowhere; tables and charts,
    which are looked at by themselves, say all.
    """
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.model_copy(update={"runs": tuple(_untold(block.runs, told))})
        elif isinstance(block, List):
            yield block.model_copy(update={"items": tuple(tuple(_untold(item, told)) for item in block.items)})
        else:
            yield block


def _untold(runs: Runs, told: Collection[str]) -> Iterator[Run]:
    for run in runs:
        if isinstance(run, Note):
            yield run.model_copy(update={"runs": tuple(_untold(run.runs, told))})
        elif not isinstance(run, Text) or not run.lacks:
            yield run
        elif others := tuple(name for name in run.lacks if name not in told):
            words = in_words(others, besides=len(others) < len(run.lacks))
            yield _aside(words, others, within=run.text.startswith(_WITHIN))


def _aside(words: str, lacks: Sequence[str], *, within: bool) -> Text:
    return Text(text=f"{_WITHIN}{words}" if within else f" ({words})", lacks=tuple(lacks))


def remarks(before: str, told: str) -> str:
    """The line below a table with one thing more."""
    if not told:
        return before
    return f"{before.rstrip('.')}; {told}." if before else f"Ghi chú: {told}."


def _told(block: Block, uneven: Uneven) -> Block:
    if isinstance(block, Paragraph):
        return block.model_copy(update={"runs": _sentences(block.runs, uneven)})
    if isinstance(block, List):
        return block.model_copy(update={"items": tuple(_sentences(item, uneven) for item in block.items)})
    if isinstance(block, Table) and (told := _of_table(block, uneven)):
        return block.model_copy(update={"remark": remarks(block.remark, told)})
    if isinstance(block, Chart) and (told := _of(block.figures, uneven)):
        alt = f"{block.alt.rstrip('.')}. {capitalised(told)}."
        return block.model_copy(update={"title": f"{block.title} ({told})", "alt": alt})
    return block


def _sentences(runs: Runs, uneven: Uneven) -> Runs:
    """The runs with a remark behind each clause that has a number without all its parts, once in a sentence."""
    found: list[Run] = []
    told: dict[str, int] = {}  # what the sentence says already, and where
    waiting: list[Figure] = []
    inside = 0

    def tell() -> None:
        lacks, only = uneven_parts(waiting)
        # What only some state, and that something is nowhere, is never said without.
        stays = bool(only) or any(f.value == 0 for f in waiting)
        if (words := in_words(lacks, only)) and words not in told:
            told[words] = len(found)
            found.append(_aside(words, () if stays else lacks, within=inside > 0))
        elif words and stays:
            found[told[words]] = found[told[words]].model_copy(update={"lacks": ()})
        waiting.clear()

    for run in runs:
        if isinstance(run, Number):
            waiting += [uneven[run.figure]] if run.figure in uneven else []
            found.append(run)
        elif isinstance(run, Text) and run.source is None:
            for piece, ends_clause, ends_sentence in _pieces(run.text):
                if ends_clause:
                    tell()
                if piece:
                    found.append(run.model_copy(update={"text": piece}))
                    inside = max(0, inside + piece.count("(") - piece.count(")"))
                if ends_sentence:
                    told.clear()
        else:
            if isinstance(run, Note):
                tell()
                run = run.model_copy(update={"runs": _sentences(run.runs, uneven)})
            found.append(run)
    tell()
    return tuple(_merged(found))


@cache
def _clause() -> re.Pattern[str]:
    """Where a clause with a number ends; decimals stand in numbers, not in texts."""
    return re.compile(rf",(?=\s*$|\s{any_of(reading().clause_starts)}\b)|[;:.!?](?=\s|$)|\)|\s\(")


def _pieces(text: str) -> Iterator[tuple[str, bool, bool]]:
    """The text in pieces, each with whether a clause ended right before it, and whether it ends a sentence."""
    start, ended = 0, False
    for found in _clause().finditer(text):
        yield text[start : found.start()], ended, False
        ended = True
        start = found.start()
        if _SENTENCE.match(text, start):
            yield text[start : start + 1], True, True
            start, ended = start + 1, False
    yield text[start:], ended, False


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs with neighbours of plain text as one again."""
    last: Run | None = None
    for run in runs:
        if isinstance(last, Text) and isinstance(run, Text) and _alike(last, run):
            last = last.model_copy(update={"text": last.text + run.text})
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _alike(one: Text, other: Text) -> bool:
    plain_words = not (one.source or other.source or one.lacks or other.lacks)
    return plain_words and (one.style, one.link) == (other.style, other.link)


def _of_table(table: Table, uneven: Uneven) -> str:
    """Whose parts the numbers of a table have or have not: of all rows alike, or by the names of rows."""
    rows = [part for row in table.body if row.style != "group" for part in _named(row)]
    by: dict[str, list[str]] = {}
    for name, ids in rows:
        if told := _of(ids, uneven):
            by.setdefault(told, []).append(name)
    if len(by) == 1 and sum(map(len, by.values())) == len(rows):
        return next(iter(by))
    return "; ".join(f"{first_of(names, _ROWS, 'dòng', ', ')} {told}" for told, names in by.items())


def _named(row: Row) -> Iterator[tuple[str, list[str]]]:
    """The ids of a row's numbers behind each name in it: two results may stand abreast."""
    name, ids = "có dòng", list[str]()
    for cell in row.cells:
        if cell.header and (text := plain(cell.runs)):
            if ids:
                yield name, ids
            name, ids = f"«{text}»", []
        ids += [run.figure for run in cell.runs if isinstance(run, Number)]
    if ids:
        yield name, ids


def _of(ids: Iterable[str], uneven: Uneven) -> str:
    return lacking(uneven[id] for id in ids if id in uneven)
