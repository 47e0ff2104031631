"""Fields that Word keeps up to date: numbers of tables and charts, references to them, the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from zlib import crc32

from thidua.document.block import Heading, plain
from thidua.language.text import without_marks


def bookmark(key: str) -> str:
    """The name that references use: Word takes forty letters, digits and underscores."""
    return "bb_" + re.sub(r"\W", "_", without_marks(key))[:36]


def caption_number(label: str, key: str) -> str:
    """«Bảng 2» as a word and a counting field, which references to the key repeat."""
    word, _, number = label.rpartition(" ")
    mark = f'w:id="{crc32(key.encode())}"'
    return (
        f'<w:bookmarkStart {mark} w:name="{bookmark(key)}"/>{_run(f"{word} ")}'
        f'<w:fldSimple w:instr=" SEQ {word.replace(" ", "_")} \\* ARABIC ">{_run(number)}</w:fldSimple>'
        f"<w:bookmarkEnd {mark}/>"
    )


def reference(label: str, key: str) -> str:
    """«Bảng 2» as a field that repeats the caption's number."""
    return f'<w:fldSimple w:instr=" REF {bookmark(key)} \\h ">{_run(label)}</w:fldSimple>'


def contents(title: str, headings: Iterable[Heading]) -> str:
    """A table of contents that lists the headings at once, and with their pages once Word updates it."""
    entries = [(h, escape(f"{h.number} {plain(h.runs)}".strip())) for h in headings if h.level <= 4]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    begin += r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-4" \h \z \u </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    lines = ""
    for number, (heading, words) in enumerate(entries):
        style = f'<w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>'
        linked = f'<w:hyperlink w:anchor="{escape(heading.anchor)}">{_run(words, escaped=True)}</w:hyperlink>'
        last = end if number == len(entries) - 1 else ""
        lines += f"<w:p>{style}{'' if number else begin}{linked}{last}</w:p>"
    gallery = '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    head = f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>{_run(title)}</w:p>'
    return (
        f"<w:sdt><w:sdtPr><w:docPartObj>{gallery}</w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{head}{lines}</w:sdtContent></w:sdt>"
    )


def _run(words: str, *, escaped: bool = False) -> str:
    return f'<w:r><w:t xml:space="preserve">{words if escaped else escape(words)}</w:t></w:r>'
