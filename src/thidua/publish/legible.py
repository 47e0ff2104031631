"""Whether all that the report says can be read on its pages, whatever program set them.

Every word must stand in the PDF as text, within its page, in a face that has its letters. PDFium reads the pages: as a
wheel it needs nothing of the system, it takes a second for a report where a reader in Python takes ten, and alone
among them it tells whether a face has an outline for a letter.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from thidua import fonts
from thidua.document.block import Block, Chart, Heading, Note, Runs, Table, plain
from thidua.document.document import Document
from thidua.document.lines import lines
from thidua.document.walking import stretches

_WORDS = re.compile(r"([^\W\d_]+|\d+)|(\S)")
# What PDFium gives for the hyphen at the end of a line.
_LINE_END = re.compile("[\x02\ufffe]")
_MOST = 8
_EXCERPT = 60
# Bytes of the text of a piece of a page, seldom more.
_ROOM = 2048


@dataclass(frozen=True)
class _Block:
    """A paragraph, cell or note of the report: where it stands, and its text."""

    place: str
    text: str


def unreadable(document: Document, pdf: Path) -> list[str]:
    """In words, what of the report cannot be read in the PDF, and where it stands; nothing where all can."""
    blocks = list(_blocks(document))
    text, blank = _pages(pdf)
    used = set().union(*(block.text for block in blocks))
    blank |= {c for c in used if c.isprintable() and ord(c) not in fonts.letters()}
    lost = _lost_words([block.text for block in blocks], text)
    found: list[str] = []
    torn = set(_torn(blocks, text)) if lost else set()
    for block in dict.fromkeys(blocks):
        without_glyph = sorted(blank & set(block.text))
        if without_glyph:
            found.append(f"bản in không có phông chữ cho «{' '.join(without_glyph)}» ở {block.place}")
        words = [word for word in _words(block.text) if word in lost and not set(word) & set(without_glyph)]
        if words and block in torn:
            shown = block.text if len(block.text) <= _EXCERPT else f"{block.text[:_EXCERPT].rstrip()}…"
            rare_first = sorted(dict.fromkeys(words), key=lost.__getitem__)
            found.append(f"bản in mất chữ ({_listed(rare_first)}) ở {block.place}: «{shown}»")
    if lost and not found:
        found.append(f"bản in mất chữ ({_listed(sorted(lost, key=lost.__getitem__))})")
    rest = len(found) - _MOST
    return found if rest <= 0 else [*found[:_MOST], f"bản in còn mất chữ ở {rest} chỗ khác"]


def _listed(words: list[str]) -> str:
    shown = [word if len(word) <= _EXCERPT else f"{word[:_EXCERPT]}…" for word in words[:6]]
    return ", ".join(shown) + ("…" if len(words) > 6 else "")


def _lost_words(texts: Iterable[str], printed: str) -> dict[str, int]:
    """The words that stand in the texts more often than on the pages, with how often.

    A word that the end of a line tears apart, or that stands close to another on the page, is not lost.
    """
    said, shown = _words("\n".join(texts)), _words(printed)
    wanted, there = Counter(said), Counter(shown)
    fewer = [word for word in wanted if there[word] < wanted[word]]
    run_together, printed_together = "".join(said), "".join(shown)
    return {word: wanted[word] for word in fewer if printed_together.count(word) < run_together.count(word)}


def _torn(blocks: Iterable[_Block], printed: str) -> Iterator[_Block]:
    """The blocks that do not stand on the pages in one piece, as often as in the report."""
    together = [(block, _squeezed(block.text)) for block in blocks]
    wanted, there = Counter(text for _, text in together), _squeezed(printed)
    return (block for block, text in together if there.count(text) < wanted[text])


def _words(text: str) -> list[str]:
    """Words, numbers and signs, in the form in which they are compared: capitals are a matter of style."""
    plain = unicodedata.normalize("NFC", text).casefold()
    found = _WORDS.findall(plain)
    return [word or sign for word, sign in found if word or unicodedata.category(sign).startswith("S")]


def _squeezed(text: str) -> str:
    return "".join(_words(text))


def _blocks(document: Document) -> Iterator[_Block]:
    """The report's paragraphs, cells and notes in the order of reading."""
    heading = "đầu văn bản"
    for block in document.blocks():
        if isinstance(block, Heading):
            heading = f"mục «{f'{block.number} {plain(block.runs)}'.strip()}»"
        place = f"«{block.number}. {block.title}»" if isinstance(block, Table | Chart) and block.number else heading
        for text in _texts(block):
            yield from _found(place, text)
        for runs in stretches(block):
            yield from _notes(runs, heading)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Chart):
        yield f"{block.number}. {block.title}" if block.number else block.title
    elif isinstance(block, Table):
        yield f"{block.number}. {block.title}" if block.number else ""
        yield from (plain(runs) for runs in stretches(block))
        yield block.remark
    elif any(True for _ in stretches(block)):
        number = block.number if isinstance(block, Heading) else ""
        yield from (f"{number} {plain(runs)}" for runs in stretches(block))
    else:
        yield from lines(block)


def _notes(runs: Runs, heading: str) -> Iterator[_Block]:
    for run in runs:
        if isinstance(run, Note):
            yield from _found(f"chú thích, {heading}", plain(run.runs))


def _found(place: str, text: str) -> Iterator[_Block]:
    if words := " ".join(text.split()):
        yield _Block(place, words)


def _pages(pdf: Path) -> tuple[str, set[str]]:
    """The text that stands within the pages, and the letters for which a face has no outline."""
    texts: list[str] = []
    blank: set[str] = set()
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            reader = page.get_textpage()
            texts.append(_LINE_END.sub("-", reader.get_text_bounded(*page.get_mediabox())))
            blank |= _without_outline(page, reader)
            reader.close()
            page.close()
    finally:
        document.close()
    return "\n".join(texts), blank


def _without_outline(page: Any, reader: Any) -> set[str]:
    """The letters of a page for which their face has no outline.

    A letter drawn with the box that a face has for what it lacks does not come this far: to PDFium it is no text.
    """
    faces: dict[int, tuple[Any, set[str]]] = {}
    text = ctypes.create_string_buffer(_ROOM)
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=15):
        face = pdfium.FPDFTextObj_GetFont(item.raw)
        size = _text_of(item, reader, text)
        if size > len(text):
            size = _text_of(item, reader, text := ctypes.create_string_buffer(size))
        letters = text.raw[: size - 2].decode("utf-16-le", "replace")
        faces.setdefault(ctypes.addressof(face.contents), (face, set()))[1].update(letters)
    blank = set()
    for face, used in faces.values():
        # Spaces and marks that only steer the setting have nothing to show.
        drawn = (letter for letter in used if unicodedata.category(letter)[0] not in "ZC")
        blank |= {letter for letter in drawn if not _has_outline(face, letter)}
    return blank


def _text_of(item: Any, reader: Any, room: ctypes.Array[ctypes.c_char]) -> int:
    """Write the text of a piece of a page where there is room for it; how many bytes it has."""
    place = ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR))
    size: int = pdfium.FPDFTextObj_GetText(item.raw, reader.raw, place, len(room))
    return size


def _has_outline(face: Any, letter: str) -> bool:
    glyph = pdfium.FPDFFont_GetGlyphPath(face, ord(letter), ctypes.c_float(1))
    return bool(glyph) and pdfium.FPDFGlyphPath_CountGlyphSegments(glyph) > 0
