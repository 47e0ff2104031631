"""Blocks as Typst. The looks are in report.typ; here is only what stands where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, assert_never

from thidua import fonts
from thidua.document.block import (
    Block,
    Break,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
    Mark,
    Note,
    Number,
    Paragraph,
    Picture,
    Preformatted,
    Reference,
    Row,
    Run,
    Runs,
    Signature,
    Table,
    Text,
    plain,
)
from thidua.document.document import Document, Properties, Section
from thidua.document.marks import sign, spoken
from thidua.publish.pdf.typesetter import ATTACHMENTS, MAIN
from thidua.publish.volumes import NOTHING_BEFORE, Before

# «104/137», «74/KH-UBND», «16/01/2031»: one word, whatever the typesetter thinks of its slash.
_SLASHED = re.compile(r"[\w.,\-]*\d[\w.,\-]*/[\w.,\-/]*\w")
_LONGEST_WHOLE = 28
_LINE = 80  # letters in a line as wide as the page
# Rows of fewer lines are kept whole; in the listing of what is in dispute, whose rows are long, of fewer still.
_MOST_LINES, _MOST_LISTED = 25, 8
_NO_LETTER = "□"
_BREAK = "\ue0f0"  # where a long word may break
_LONG = re.compile(rf"\S{{{_LONGEST_WHOLE + 3},}}")
_BREAKS = re.compile(r"[/?&=.\-_,;:@](?!$)|[^\W_]{12}(?=[^\W_])")
_STYLES = {"strong": "strong", "emphasis": "emph"}
_ALIGNMENTS = {"left": "left", "center": "center", "right": "right"}
_LOOKS = '#import "report.typ": *'
_CHAPTERS: dict[int, dict[str, Any]] = {2: {"capital": True}, 5: {"style": "italic"}, 6: {"style": "italic"}}


def typst_of(
    document: Document,
    drawing: Callable[[Chart | Picture], str],
    before: Before = NOTHING_BEFORE,
) -> dict[str, str]:
    """The document's Typst sources by file name, the main one first: a file for each section, one without attachments.

    So what changes in one of them, or is attached, leaves the others as they are, and Typst remembers what it set of
    them. ``drawing`` gives the file of a chart's or a picture's drawing.
    """
    return _Writer(document, drawing).sources(before)


def attaching(files: Iterable[tuple[str, str, str]]) -> str:
    """The source that puts files into the PDF: path, type, what they hold."""
    return "\n".join(_attachment(*file) for file in files)


class _Writer:
    def __init__(self, document: Document, drawing: Callable[[Chart | Picture], str]):
        self._document = document
        self._drawing = drawing
        # A reader's outline starts at level one, whatever part of a report this is.
        self._outermost = min((h.level for h in document.headings), default=1)
        # The signature takes the last lines of the text with it.
        blocks = list(document.blocks())
        self._closing = {id(b) for b, after in pairwise(blocks) if isinstance(after, Signature)}
        self._keys = {b.key for b in blocks if isinstance(b, Table | Chart) and b.number}

    def sources(self, before: Before) -> dict[str, str]:
        files = {
            f"muc-{number}.typ": f"{_LOOKS}\n{self._section(section)}"
            for number, section in enumerate(self._document.sections, 1)
        }
        # Before the text, they would be new to all that comes after them.
        files[ATTACHMENTS] = ""
        head = [_LOOKS, _opening(self._document.properties, before.pages)]
        head += [f"#counter(footnote).update({before.notes})"] if before.notes else []
        lines = [*head, *(f"#include {_quoted(name)}" for name in files)]
        return {MAIN: "\n\n".join(lines) + "\n", **files}

    def _section(self, section: Section) -> str:
        body = "\n\n".join(self._block(b, section) for b in section.blocks)
        if section.kind == "summary":
            facts = self._document.properties
            kind, _, abstract = facts.title.partition(": ")
            head = _arguments([facts.author, facts.reference, kind, abstract])
            return f"#summary({head})[\n{body}\n]"
        if not section.apart:
            return body
        form = "form.wide_margins" if section.wide else "form.margins"
        page = f"#set page(flipped: {str(section.wide).lower()}, margin: margins({form}))"
        page += "\n#show: listing" if section.kind == "disputes" else ""
        return f"#[\n{page}\n#counted-anew\n{body}\n]"

    def _block(self, block: Block, section: Section) -> str:
        if isinstance(block, Heading):
            return self._heading(block, section)
        if isinstance(block, Paragraph | List):
            words = self._text(block)
            return f"#closing[{words}]" if id(block) in self._closing else words
        if isinstance(block, Table):
            return self._table(block, _MOST_LISTED if section.kind == "disputes" else _MOST_LINES)
        if isinstance(block, Chart):
            return self._exhibit(self._image(block, block.alt), block, "image", keep=True)
        if isinstance(block, Picture):
            return f"#block({self._image(block, block.alt or 'Hình')})"
        if isinstance(block, Letterhead):
            head = [block.superior, block.issuer, block.number, block.state, block.motto, block.place_and_date]
            head.append(block.draft)
            return f"#letterhead({_arguments(head)})\n#document-title({_arguments([block.type, block.abstract])})"
        if isinstance(block, Signature):
            last = len(block.recipients) - 1
            names = [f"{name}{'.' if n == last else ';'}" for n, name in enumerate(block.recipients)]
            authority = block.authority.splitlines()
            return f"#signature({_arguments([names, authority, block.title, block.name])})"
        if isinstance(block, Preformatted):
            return f"#raw({_quoted(block.text)}, block: true)"
        assert_never(block)

    def _text(self, block: Paragraph | List) -> str:
        if isinstance(block, Paragraph):
            words = self.runs(block.runs)
            return f"#remark[{words}]" if block.style == "remark" else words
        items = "".join(f"[{self.runs(item)}]," for item in block.items)
        return f"#{'enum' if block.numbered else 'list'}({items})"

    def _heading(self, block: Heading, section: Section) -> str:
        words, number = f"[{self.runs(block.runs)}]", _quoted(block.number)
        label = f"<{block.anchor}>" if block.anchor else ""
        if section.kind == "appendix" and block.level == 1:
            reference = f"[{_words(self._document.properties.reference)}]"
            return f"#appendix({number}, {words}, {reference}, [{label}])"
        if not block.number and block.level == 1:
            return f"#page-title({words}, [{label}])"
        if block.level == 1:
            return f"#part({number}, {words}, [{label}])"
        options = "".join(f", {k}: {json.dumps(v)}" for k, v in _CHAPTERS.get(block.level, {}).items())
        return f"#chapter({block.level - self._outermost + 1}, {number}, {words}, [{label}]{options})"

    def _table(self, table: Table, most: int) -> str:
        widths = table.widths or ()
        columns = f"({''.join(f'{w}fr,' for w in widths)})" if widths else str(table.width)
        head = "".join(self._cell(c, strong=True) for row in table.header for c in row)
        below = [*(row.style for row in table.body[1:]), "group"]
        body = "".join(self._row(r, table, most, b != "group") for r, b in zip(table.body, below, strict=True))
        made = f"table(columns: {columns}, table.header({head}), {body})"
        shown = self._exhibit(made, table, "table", keep=table.compact) if table.title else f"#{made}"
        return f"{shown}\n#remark[{_words(table.remark)}]" if table.remark else shown

    def _row(self, row: Row, table: Table, most: int, heads: bool) -> str:
        if row.style == "group":
            # A header of its group stays with the first row of the group. One that heads none is a row like others: on
            # such a header before another one Typst fails.
            head = "".join(self._cell(c, strong=True) for c in row.cells)
            return f"table.header(level: 2, repeat: false, {head})," if heads else head
        inset = row.style == "sub" and bool(table.title)
        whole = _is_kept_whole(row, table, most)
        cells = (self._cell(c, inset=inset and n == 0, whole=whole) for n, c in enumerate(row.cells))
        return "".join(cells)

    def _cell(self, cell: Cell, *, strong: bool = False, inset: bool = False, whole: bool = False) -> str:
        spans = f", colspan: {cell.columns}" if cell.columns > 1 else ""
        spans += f", rowspan: {cell.rows}" if cell.rows > 1 else ""
        spans += ", breakable: false" if whole else ""
        words = self.runs(cell.runs)
        words = f"#strong[{words}]" if strong and words else words
        words = f"#h(0.8em){words}" if inset else words
        return f"table.cell(align: {_ALIGNMENTS[cell.align]} + horizon{spans})[{words}],"

    def _exhibit(self, body: str, block: Table | Chart, kind: str, *, keep: bool) -> str:
        caption = f"[{_words(f'{block.number}. {block.title}')}]"
        target = f"<bang-bieu-{block.key}>" if block.number else ""
        keeping = str(keep).lower()
        return f"#[#exhibit({caption}, {body}, {kind}, {keeping})]{target}"

    def _image(self, block: Chart | Picture, alt: str) -> str:
        return f"image({_quoted(self._drawing(block))}, width: 100%, alt: {_quoted(alt)})"

    def runs(self, runs: Runs) -> str:
        """Runs as Typst markup."""
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if isinstance(run, Text):
            words = _words(run.text)
            if run.style == "code":
                words = f"#raw({_quoted(run.text)});"
            elif run.style:
                words = f"#{_STYLES[run.style]}[{words}];"
            words = f"#link({_quoted(run.link)})[{words}];" if run.link else words
            return words + _mark(run.marks)
        if isinstance(run, Number):
            words = _words(run.text)
            return f"#box[{words}{_mark(run.marks)}];" if run.marks else words
        if isinstance(run, Reference):
            label = run.label or run.key
            return f"#link(<bang-bieu-{run.key}>)[{_words(label)}];" if run.key in self._keys else _words(label)
        if isinstance(run, Break):
            return "#linebreak();"
        assert isinstance(run, Note)
        return f"#footnote[{self.runs(run.runs)}];"


def _attachment(path: str, mime: str, description: str) -> str:
    options = f'relationship: "data", mime-type: {_quoted(mime)}, description: {_quoted(description)}'
    return f"#pdf.attach({_quoted(path)}, {options})"


def _is_kept_whole(row: Row, table: Table, most: int) -> bool:
    """Whether no page may end within the row: it has fewer than so many lines, and spans no other."""
    widths = table.widths if len(row.cells) == len(table.widths) else (1,) * len(row.cells)
    shares = (width / sum(widths) for width in widths)
    lines = (len(plain(c.runs)) / (share * _LINE) for c, share in zip(row.cells, shares, strict=True))
    return all(c.rows == 1 for c in row.cells) and max(lines, default=0) < most


def _opening(facts: Properties, pages: int) -> str:
    date = f"datetime(year: {facts.date.year}, month: {facts.date.month}, day: {facts.date.day})"
    draft = str(facts.draft).lower()
    values = {"title": facts.title, "author": facts.author, "description": facts.subject, "language": facts.language}
    options = ", ".join(f"{key}: {_quoted(value)}" for key, value in values.items())
    options += f", pages-before: {pages}" if pages else ""
    return f"#show: report.with({options}, date: {date}, draft: {draft})"


def _mark(marks: Sequence[Mark]) -> str:
    return f"#mark({_quoted(sign(marks))}, {_quoted(spoken(marks))});" if marks else ""


def _words(text: str) -> str:
    """Text as a string of Typst, where no character has a meaning.

    What has a slash and a digit is kept whole; what no line has room for may break behind a mark or anywhere. A letter
    that no face has is a box: archival PDF allows no other way, and the run tells of it.
    """
    text = "".join(c if ord(c) in fonts.letters() or not c.isprintable() else _NO_LETTER for c in text)
    text = _LONG.sub(lambda m: _BREAKS.sub(f"\\g<0>{_BREAK}", m[0]), text)
    made, position = "", 0
    for match in _SLASHED.finditer(text):
        if len(match[0]) > _LONGEST_WHOLE:
            continue
        made += _strings(text[position : match.start()]) + f"#box({_quoted(match[0])});"
        position = match.end()
    return made + _strings(text[position:])


def _strings(text: str) -> str:
    return "#maybe-break;".join(f"#{_quoted(part)};" for part in text.split(_BREAK) if part)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", "\\t")
    return f'"{escaped}"'


def _arguments(values: Iterable[str | Iterable[str]]) -> str:
    return ", ".join(
        _quoted(v) if isinstance(v, str) else f"({''.join(f'{_quoted(item)}, ' for item in v)})" for v in values
    )
