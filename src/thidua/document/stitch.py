"""From executed notebooks to one document: headings, tables, charts and references numbered throughout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thidua.contracts import FigureRecord
from thidua.document.block import Block, Chart, Heading, Paragraph, Table, Text, plain
from thidua.document.document import Document, Kind, Properties, Section
from thidua.document.numbering import HeadingNumbers, roman
from thidua.document.references import resolved, without_last_sentence
from thidua.document.repeated import Origins, repeated_exhibits

# Columns from which an appendix is set on landscape pages.
_WIDE_TABLE = 8
_CAPTIONS: dict[type, str] = {Table: "Bảng", Chart: "Biểu đồ"}


@dataclass(frozen=True)
class Part:
    """A node of the outline in reading order, with the blocks that its notebook shows.

    ``level`` 1 is the outermost heading; ``heading`` is given by the outline, or None where the notebook brings its
    own.
    """

    level: int
    heading: str | None
    slug: str
    kind: Kind
    blocks: tuple[Block, ...] = ()


@dataclass
class _Piece:
    """A heading or another block of one part, at its level in the document; ``own`` heads the whole part."""

    part: Part
    block: Block
    level: int = 0
    own: bool = False


def stitch(parts: Sequence[Part], properties: Properties, figures: Iterable[FigureRecord] = ()) -> Document:
    """Put the parts together. A heading under which nothing stands disappears, and the numbers close up.

    A part without content is none, but for the summary, which has more to tell than what its notebook shows. With the
    records of the ``figures``, tables and charts that say nothing of their own disappear too (``repeated``).
    """
    pieces = list(_without_gone([piece for part in parts for piece in _pieces(part)]))
    pieces = list(_without_exhibits(pieces, Origins(figures)))
    labels, appendices = _labels(pieces), _appendices(pieces)
    # What leads to nothing may be all that a heading has, and a heading without content may end a part.
    pieces = _without_hollow(_without_lead_ins(list(_resolved(pieces, labels, appendices))))
    pieces = list(_without_repeated(pieces))
    numbered: dict[int, list[Block]] = {}
    for part, block in _numbered(pieces, labels):
        numbered.setdefault(id(part), []).append(block)
    sections = [
        Section(part.slug, part.kind, tuple(blocks), _is_wide(part, blocks))
        for part in parts
        if (blocks := numbered.get(id(part), [])) or part.kind == "summary"
    ]
    return Document(properties, tuple(sections))


def captions(document: Document) -> dict[str, str]:
    """Of each table and chart, by key, the number and the title: «Bảng 2. Diện tích gieo trồng»."""
    return {b.key: f"{b.number}. {b.title}" for b in document.blocks() if isinstance(b, Table | Chart) and b.number}


def _pieces(part: Part) -> Iterator[_Piece]:
    """A part's headings and content. Its own heading is the outline's, or the first heading of its notebook."""
    own = part.heading is not None
    if part.heading is not None:
        yield _Piece(part, Heading(level=part.level, runs=(Text(text=part.heading),)), part.level, own=True)
    for block in part.blocks:
        if not isinstance(block, Heading) or part.kind in ("front", "back", "summary"):
            yield _Piece(part, block)
            continue
        base = 1 if part.kind == "appendix" else part.level
        first = not own and block.level == 1
        yield _Piece(part, block, base + block.level - 1, own=first)
        own = own or first


def _labels(pieces: Sequence[_Piece]) -> dict[str, str]:
    """The labels of tables and charts by key, numbered in the order of the text."""
    counts: dict[str, int] = {}
    labels = {}
    for piece in pieces:
        block = piece.block
        # The summary is a document of its own.
        if isinstance(block, Table | Chart) and block.title and piece.part.kind != "summary":
            word = _CAPTIONS[type(block)]
            counts[word] = counts.get(word, 0) + 1
            labels[block.key] = f"{word} {counts[word]}"
    return labels


def _appendices(pieces: Sequence[_Piece]) -> dict[str, str]:
    """The numbers of the appendices by the keys of the tables in them."""
    parts = dict.fromkeys(p.part.slug for p in pieces if p.part.kind == "appendix" and not p.level)
    number = {slug: f"Phụ lục {roman(n)}" for n, slug in enumerate(parts, 1)}
    return {p.block.key: number[p.part.slug] for p in pieces if p.part.slug in number and isinstance(p.block, Table)}


def _without_gone(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Without the headings that have no data, and what stands below them, be it in other cells or notebooks."""
    gone: _Piece | None = None
    for piece in pieces:
        if gone is not None:
            inside = piece.part is gone.part or piece.part.level > gone.level
            if inside and not (piece.level and piece.level <= gone.level):
                continue
            gone = None
        if isinstance(piece.block, Heading) and piece.block.gone:
            gone = piece if piece.level else None
            continue
        yield piece


def _without_exhibits(pieces: Sequence[_Piece], origins: Origins) -> Iterator[_Piece]:
    """Without the tables and charts that repeat what their section tells, and the remarks below them."""
    parts: dict[str, list[Block]] = {}
    for piece in pieces:
        if piece.part.kind == "section":
            parts.setdefault(piece.part.slug, []).append(piece.block)
    repeated = {slug: repeated_exhibits(blocks, origins) for slug, blocks in parts.items()}
    dropped = False
    for piece in pieces:
        block = piece.block
        if isinstance(block, Table | Chart):
            dropped = block.key in repeated.get(piece.part.slug, ())
        elif not (isinstance(block, Paragraph) and block.style == "remark"):
            dropped = False
        if not dropped:
            yield piece


def _resolved(pieces: Sequence[_Piece], labels: Mapping[str, str], appendices: Mapping[str, str]) -> Iterator[_Piece]:
    for piece in pieces:
        block = resolved(piece.block, labels, appendices)
        if block is not None:
            yield _Piece(piece.part, block, piece.level, piece.own)


def _without_lead_ins(pieces: list[_Piece]) -> list[_Piece]:
    """Without the sentences that end in a colon and have nothing after them before the next heading or part."""
    kept: list[_Piece] = []
    for piece in reversed(pieces):
        leads = isinstance(piece.block, Paragraph) and plain(piece.block.runs).rstrip().endswith(":")
        following = kept[-1] if kept else None
        followed = following and following.part.kind == piece.part.kind and not following.level
        # The opening paragraph of a report leads to its parts, if there are any.
        opens = piece.part.kind == "front" and any(_is_told(p) for p in kept)
        if not leads or opens or (following and followed and not _closes(following)):
            kept.append(piece)
        elif runs := without_last_sentence(piece.block.runs):  # type: ignore[union-attr]
            kept.append(replace(piece, block=piece.block.model_copy(update={"runs": runs})))
    return kept[::-1]


def _is_told(piece: _Piece) -> bool:
    """Whether it tells something in a section."""
    return piece.part.kind == "section" and not piece.level and not _closes(piece)


def _without_hollow(pieces: list[_Piece]) -> list[_Piece]:
    """Without the headings under which nothing stands before the next one of their level or above.

    The sentence that closes the report is no content of the section that it stands in, and stays without it.
    """
    kept: list[_Piece] = []
    following: _Piece | None = None
    for piece in reversed(pieces):
        if not piece.level or (following and _is_below(following, piece)):
            kept.append(piece)
            following = following if _closes(piece) else piece
    return kept[::-1]


def _closes(piece: _Piece) -> bool:
    """Whether it is the last sentence of the report, which ends in «./.»."""
    return isinstance(piece.block, Paragraph) and plain(piece.block.runs).rstrip().endswith("./.")


def _without_repeated(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Without a heading that says what the one before it says: what stands below it goes on below that one.

    Two rungs of a ladder may be one for a unit, such as awards of the province and of the unit itself in a province.
    """
    before: _Piece | None = None
    for piece in pieces:
        if piece.level and isinstance(piece.block, Heading):
            alike = before is not None and (before.level, _words(before)) == (piece.level, _words(piece))
            if alike and not piece.own:
                continue
            before = piece
        yield piece


def _words(piece: _Piece) -> str:
    return plain(piece.block.runs).casefold() if isinstance(piece.block, Heading) else ""


def _is_below(following: _Piece, heading: _Piece) -> bool:
    if following.part.kind != heading.part.kind:
        return False
    return not following.level or following.level > heading.level


def _numbered(pieces: Sequence[_Piece], labels: Mapping[str, str]) -> Iterator[tuple[Part, Block]]:
    """The blocks with their final numbers and anchors, each with its part."""
    numbers, appendices = HeadingNumbers(), 0
    inside: dict[str, int] = {}
    for piece in pieces:
        part, block = piece.part, piece.block
        if isinstance(block, Table | Chart) and block.key in labels and block.title:
            block = block.model_copy(update={"number": labels[block.key]})
        if isinstance(block, Heading) and piece.level:
            inside[part.slug] = inside.get(part.slug, 0) + (not piece.own)
            anchor = part.slug if piece.own else f"{part.slug}--{inside[part.slug]}"
            if part.kind == "appendix" and piece.own:
                appendices += 1
                number = f"Phụ lục {roman(appendices)}"
            else:
                number = numbers.next(piece.level)
            block = block.model_copy(update={"level": piece.level, "number": number, "anchor": anchor})
        yield part, block


def _is_wide(part: Part, blocks: Sequence[Block]) -> bool:
    return part.kind == "appendix" and any(isinstance(b, Table) and b.width >= _WIDE_TABLE for b in blocks)
