"""Blocks as HTML. What a page and a notebook show in different ways, their own writers say."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from html import escape
from typing import assert_never

from thidua.document.block import (
    Block,
    Break,
    Cell,
    Chart,
    Heading,
    Letterhead,
    List,
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
)

# What no line has room for breaks anywhere; ordinary words never do.
_LONG = re.compile(r"\S{31}")
_STYLES = {"strong": "strong", "emphasis": "em", "code": "code"}


class HtmlWriter(ABC):
    """Writes blocks one after the other. What is left to the media: numbers, references, notes, charts."""

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Several blocks, a line each."""
        return "\n".join(self.block(b) for b in blocks if not (isinstance(b, Heading) and b.gone))

    def block(self, block: Block) -> str:
        """One block."""
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, Paragraph):
            mark = ' class="note"' if block.style == "remark" else ""
            return f"<p{mark}>{self.runs(block.runs)}</p>"
        if isinstance(block, List):
            tag = "ol" if block.numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{self.runs(i)}</li>' for i in block.items)}</{tag}>"
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Chart):
            return self.chart(block)
        if isinstance(block, Letterhead):
            return self.letterhead(block)
        if isinstance(block, Signature):
            return self.signature(block)
        if isinstance(block, Picture):
            source = f"data:{block.mime};base64,{block.data}"
            return f'<p class="picture"><img src="{source}" alt="{escape(block.alt)}"></p>'
        if isinstance(block, Preformatted):
            return f"<pre>{escape(block.text)}</pre>"
        assert_never(block)

    @abstractmethod
    def number(self, number: Number) -> str:
        """A printed figure."""

    @abstractmethod
    def reference(self, reference: Reference) -> str:
        """A reference to a table or chart."""

    @abstractmethod
    def note(self, note: Note) -> str:
        """A footnote where it is called."""

    @abstractmethod
    def sourced(self, text: Text) -> str:
        """Words that come from a submitted cell."""

    @abstractmethod
    def heading(self, heading: Heading) -> str:
        """A heading."""

    @abstractmethod
    def chart(self, chart: Chart) -> str:
        """A chart with its caption."""

    @abstractmethod
    def letterhead(self, head: Letterhead) -> str:
        """The head of the document."""

    @abstractmethod
    def signature(self, signature: Signature) -> str:
        """Recipients and signature."""

    def runs(self, runs: Runs) -> str:
        """What stands in one paragraph."""
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        if isinstance(run, Text):
            words = self.sourced(run) if run.source else escape(run.text)
            if _LONG.search(run.text):
                words = f'<span class="long">{words}</span>'
            if run.style:
                words = f"<{_STYLES[run.style]}>{words}</{_STYLES[run.style]}>"
            return f'<a href="{escape(run.link)}">{words}</a>' if run.link else words
        if isinstance(run, Number):
            return self.number(run)
        if isinstance(run, Reference):
            return self.reference(run)
        if isinstance(run, Break):
            return "<br>"
        return self.note(run)

    def table(self, table: Table) -> str:
        """A table with its caption, merged cells, and the remark below it."""
        look = "data short" if table.compact else "data" if table.title else "appendix-table"
        label = "" if table.title else f' aria-label="{escape(table.name)}"'
        anchor = f' id="bang-bieu-{escape(table.key)}"' if table.number else ""
        html = f'<table class="{look}" data-key="{escape(table.key)}"{anchor}{label}>\n'
        html += f"<caption>{self.caption(table)}</caption>\n" if table.title else ""
        if table.widths:
            columns = (f'<col style="width:{100 * w / sum(table.widths):.1f}%">' for w in table.widths)
            html += f"<colgroup>{''.join(columns)}</colgroup>\n"
        head = "".join(f"<tr>{''.join(self._header(c) for c in row)}</tr>" for row in table.header)
        body = "\n".join(self._row(row) for row in table.body)
        html += f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        return html + (f'\n<p class="note">{escape(table.remark)}</p>' if table.remark else "")

    def caption(self, block: Table | Chart) -> str:
        """«Bảng 2. Diện tích gieo trồng», without a number where the block has none."""
        number = f'<span class="no">{escape(block.number)}.</span> ' if block.number else ""
        return number + escape(block.title)

    def _header(self, cell: Cell) -> str:
        scope = "colgroup" if cell.columns > 1 else "col"
        return f'<th scope="{scope}"{_spans(cell)}>{self.runs(cell.runs)}</th>'

    def _row(self, row: Row) -> str:
        mark = "" if row.style == "row" else f' class="{row.style}"'
        return f"<tr{mark}>{''.join(self._cell(c, row) for c in row.cells)}</tr>"

    def _cell(self, cell: Cell, row: Row) -> str:
        if cell.header:
            scope = "rowgroup" if row.style == "group" and cell.columns > 1 else "row"
            return f'<th scope="{scope}"{_spans(cell)}>{self.runs(cell.runs)}</th>'
        name = {"right": ' class="num"', "center": ' class="center"', "left": ""}[cell.align]
        return f"<td{name}{_spans(cell)}>{self.runs(cell.runs)}</td>"


def _spans(cell: Cell) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return spans + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")
