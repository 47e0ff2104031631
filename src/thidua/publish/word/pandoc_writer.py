"""Blocks as pandoc's tree. The looks are styles of reference.docx, which scripts/reference_docx.py makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, assert_never

from thidua.document.block import (
    Block,
    Break,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
    Mark,
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
from thidua.document.document import Document, Section
from thidua.document.marks import sign
from thidua.publish.word import fields
from thidua.publish.word import tree as t
from thidua.settings.page import page_form
from thidua.tables.widths import fair_widths

# Word keeps a margin in each cell, so that a column of two digits needs this share of the page, in percent.
_NARROWEST = 6.5
_PICTURE_WIDTH = f"{page_form().text_width:g}mm"
# pandoc gives a table's style by this name to tables without lines.
_WITHOUT_LINES = "Table Normal"
SECTION_END = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
_SPACE = "\u00a0"


def tree_of(document: Document, drawing: Callable[[Chart | Picture], str]) -> dict[str, Any]:
    """The document as pandoc's tree, an end of section before each appendix. ``drawing`` gives a picture's file."""
    writer = _Writer(document, drawing)
    meta = {"subject": document.properties.subject, "lang": document.properties.language}
    return {
        "pandoc-api-version": t.VERSION,
        "meta": {key: {"t": "MetaString", "c": value} for key, value in meta.items()},
        "blocks": list(writer.document()),
    }


class _Writer:
    def __init__(self, document: Document, drawing: Callable[[Chart | Picture], str]):
        self._document = document
        self._drawing = drawing
        self._keys = {b.key for b in document.blocks() if isinstance(b, Table | Chart) and b.number}

    def document(self) -> Iterator[t.Node]:
        sections = self._document.sections
        ends = [n for n, s in enumerate(sections) if not s.apart]
        for number, section in enumerate(sections):
            if section.apart and number:
                yield t.raw_block(SECTION_END)
            followed = number + 1 < len(sections) and sections[number + 1].kind == "back"
            yield from self._section(section, closing=followed)
            if ends and number == ends[-1]:
                yield from self._contents()

    def _contents(self) -> Iterator[t.Node]:
        headings = self._document.headings
        if len(headings) > 1:
            yield t.raw_block('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
            yield t.raw_block(fields.contents("MỤC LỤC", headings))

    def _section(self, section: Section, *, closing: bool) -> Iterator[t.Node]:
        for number, block in enumerate(section.blocks):
            made = list(self._block(block, section))
            # The signature takes the last lines of the text with it.
            last = closing and number == len(section.blocks) - 1 and isinstance(block, Paragraph | List)
            yield from [*made[:-1], t.styled("Closing", made[-1:])] if last else made

    def _block(self, block: Block, section: Section) -> Iterator[t.Node]:
        if isinstance(block, Heading):
            yield from self._heading(block, section)
        elif isinstance(block, Paragraph):
            words = t.para(self.runs(block.runs))
            yield t.styled("Remark", [words]) if block.style == "remark" else words
        elif isinstance(block, List):
            for number, item in enumerate(block.items, 1):
                lead = f"{number}. " if block.numbered else "- "
                yield t.para([t.text(lead), *self.runs(item)])
        elif isinstance(block, Table):
            yield from self._table(block, section)
        elif isinstance(block, Chart):
            picture = t.image(self._drawing(block), block.alt, _PICTURE_WIDTH)
            yield t.styled("Captioned Figure", [t.para([picture])])
            yield t.styled("Image Caption", [t.para(self._caption(block))])
        elif isinstance(block, Picture):
            yield t.styled("Figure", [t.para([t.image(self._drawing(block), block.alt, _PICTURE_WIDTH)])])
        elif isinstance(block, Letterhead):
            yield from self._letterhead(block)
        elif isinstance(block, Signature):
            yield self._signature(block)
        elif isinstance(block, Preformatted):
            yield {"t": "CodeBlock", "c": [t.attributes(), block.text]}
        else:
            assert_never(block)

    def _heading(self, block: Heading, section: Section) -> Iterator[t.Node]:
        words = self.runs(block.runs, capitals=block.level <= 2)
        joint = [t.LINE_BREAK] if block.level == 1 else [t.text(" ")]
        lead = [t.text(block.number), *joint] if block.number else []
        yield t.heading(block.level, block.anchor, [*lead, *words])
        if section.kind == "appendix" and block.level == 1:
            reference = f"({self._document.properties.reference})"
            yield t.styled("Reference Line", [t.para([t.text(reference)])])

    def _table(self, table: Table, section: Section) -> Iterator[t.Node]:
        if table.title:
            yield t.styled("Table Caption", [t.para(self._caption(table))])
        head = [t.row(self._cell(c, "strong") for c in row) for row in table.header]
        looks = {"row": "listing"} if section.kind == "disputes" else {}
        body = [t.row(self._cell(c, looks.get(row.style, row.style)) for c in row.cells) for row in table.body]
        heads = int(bool(table.body) and all(r.cells[0].header for r in table.body))
        yield t.table(_widths(table), head, body, heads=heads)
        remark = [t.text(table.remark)] if table.remark else [t.text(_SPACE)]
        yield t.styled("Remark" if table.remark else "After Table", [t.para(remark)])

    def _cell(self, cell: Cell, look: str) -> list[Any]:
        words = self.runs(cell.runs)
        if look == "strong" and words:
            words = [t.strong(words)]
        if look == "sub" and words:
            words = [t.emphasis(words)]
        # A group's row stays with the first row of the group.
        style = _CELLS.get(look)
        content = t.styled(style, [t.para(words)]) if style and words else t.plain(words)
        align = "center" if look == "strong" else cell.align
        return t.cell([content] if words else [], align, cell.rows, cell.columns)

    def _caption(self, block: Table | Chart) -> list[t.Node]:
        return [t.raw(fields.caption_number(block.number, block.key)), t.text(f". {block.title}")]

    def _letterhead(self, head: Letterhead) -> Iterator[t.Node]:
        def lines(*texts: str) -> list[t.Node]:
            return [t.para([t.text(line)]) for line in texts if line]

        def bold(*texts: str) -> list[t.Node]:
            return [t.para([t.strong([t.text(line)])]) for line in texts]

        issuer = [*lines(head.superior), *bold(*head.issuer), _rule("Issuer Rule"), *lines(head.number)]
        place = t.para([t.emphasis([t.text(head.place_and_date)])])
        if head.draft:
            issuer += bold(head.draft)
        state = [*bold(head.state, head.motto), _rule("Motto Rule"), place]
        yield _side_by_side(t.styled("Letterhead", issuer), t.styled("Letterhead", state))
        yield t.styled("Title", [t.para([t.text(head.type), t.LINE_BREAK, t.text(head.abstract)])])
        yield _rule("Title Rule")

    def _signature(self, block: Signature) -> t.Node:
        last = len(block.recipients) - 1
        recipients = [t.para([t.text(f"- {r}{'.' if n == last else ';'}")]) for n, r in enumerate(block.recipients)]
        head = t.styled("Recipients Head", [t.para([t.strong([t.emphasis([t.text("Nơi nhận:")])])])])
        signer = [t.para([t.strong([t.text(line)])]) for line in (*block.authority.splitlines(), block.title)]
        # Room for the signature between post and name.
        room = [t.para([t.text(_SPACE)]) for _ in range(4)]
        signer += [*room, t.para([t.strong([t.text(block.name or _SPACE)])])]
        return _side_by_side(
            [head, t.styled("Recipients", recipients)], t.styled("Letterhead", signer), widths=(50, 50)
        )

    def runs(self, runs: Runs, *, capitals: bool = False) -> list[t.Node]:
        """Runs as inlines."""
        return [node for run in runs for node in self._run(run, capitals)]

    def _run(self, run: Run, capitals: bool) -> list[t.Node]:
        if isinstance(run, Text):
            words = t.text(run.text.upper() if capitals else run.text)
            made = {"strong": t.strong, "emphasis": t.emphasis}[run.style]([words]) if run.style in _LOOKS else words
            return [t.link([made], run.link) if run.link else made, *_mark(run.marks)]
        if isinstance(run, Number):
            return [t.text(run.text), *_mark(run.marks)]
        if isinstance(run, Reference):
            # What stands in another volume is no field of this one.
            is_here = run.label and run.key in self._keys
            return [t.raw(fields.reference(run.label, run.key)) if is_here else t.text(run.label or run.key)]
        if isinstance(run, Break):
            return [t.LINE_BREAK]
        return [t.note(self.runs(run.runs))]


_CELLS = {"group": "Group Row", "listing": "Listing"}
_LOOKS = ("strong", "emphasis")


def _mark(marks: Sequence[Mark]) -> list[t.Node]:
    return [t.superscript([t.strong([t.text(sign(marks))])])] if marks else []


def _rule(style: str) -> t.Node:
    """An empty paragraph whose style draws a line."""
    return t.styled(style, [t.para([t.text(_SPACE)])])


def _side_by_side(
    left: t.Node | Sequence[t.Node], right: t.Node | Sequence[t.Node], widths: tuple[float, float] = (38, 62)
) -> t.Node:
    """Two blocks as a table without lines: Word has no other columns within a page."""
    cells = [t.cell([side] if isinstance(side, dict) else side, align="") for side in (left, right)]
    return t.table(widths, [], [t.row(cells)], style=_WITHOUT_LINES)


def _widths(table: Table) -> list[float]:
    """The shares of the columns: the table's own, or by what stands in them; none too narrow for two digits."""
    widths: Sequence[float] = table.widths
    if not widths:
        rows = [row for row in table.body if _is_whole(row, table.width)]
        columns = [[plain(row.cells[n].runs) for row in rows] for n in range(table.width)]
        named = len(table.header) == 1 and len(table.header[0]) == table.width
        heads = [plain(c.runs) for c in table.header[0]] if named else [""] * table.width
        widths = fair_widths(heads, columns)
    return [max(_NARROWEST, 100 * width / sum(widths)) for width in widths]


def _is_whole(row: Row, width: int) -> bool:
    return len(row.cells) == width
