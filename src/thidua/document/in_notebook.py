"""Blocks as a notebook shows them, in HTML that JupyterLab's sanitiser leaves alone.

An executed notebook that somebody opens is untrusted: no script, no style sheet, no ``data-`` attribute and no
drawing inside HTML survives. What remains reads like the report: a number says on hover what it is and where it
comes from, a note stands in parentheses, a reference names what it refers to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from thidua.document.block import (
    Block,
    Chart,
    Heading,
    Letterhead,
    Note,
    Number,
    Reference,
    Signature,
    Text,
)
from thidua.document.html import HtmlWriter


def notebook_html(blocks: Iterable[Block], titles: Mapping[str, str]) -> str:
    """What a cell shows. ``titles`` has the titles of the notebook's tables and charts by key, where they are known."""
    return _NotebookWriter(titles).blocks(blocks)


class _NotebookWriter(HtmlWriter):
    def __init__(self, titles: Mapping[str, str]):
        self._titles = titles

    def number(self, number: Number) -> str:
        hover = f' title="{escape(number.title)}"' if number.title else ""
        return f'<span class="fig"{hover}>{escape(number.text)}</span>'

    def reference(self, reference: Reference) -> str:
        title = self._titles.get(reference.key)
        if title:
            return f"<em>«{escape(title)}»</em>"
        return escape(reference.label) or "<em>bảng, biểu nêu ở mục này</em>"

    def note(self, note: Note) -> str:
        return f' <small class="fn">(Chú thích: {self.runs(note.runs)})</small>'

    def sourced(self, text: Text) -> str:
        assert text.source is not None
        place = f"{text.source.file}, trang «{text.source.sheet}», ô {text.source.cell}"
        return f'<span class="txt" title="{escape(place)}">{escape(text.text)}</span>'

    def heading(self, heading: Heading) -> str:
        # A section's own first heading is its notebook's title.
        tag = f"h{min(6, heading.level + 1)}"
        return f"<{tag}>{self.runs(heading.runs)}</{tag}>"

    def chart(self, chart: Chart) -> str:
        return f"<p><strong>{escape(chart.title)}</strong></p>"

    def letterhead(self, head: Letterhead) -> str:
        left = [head.superior, *head.issuer, head.number]
        right = [head.state, head.motto, head.place_and_date]
        columns = "".join(f"<td>{'<br>'.join(escape(x) for x in lines if x)}</td>" for lines in (left, right))
        title = f"<h1>{escape(head.type)}<br>{escape(head.abstract)}</h1>"
        return f"<table><tbody><tr>{columns}</tr></tbody></table>\n{title}"

    def signature(self, signature: Signature) -> str:
        names = "".join(f"<li>{escape(name)}</li>" for name in signature.recipients)
        signer = [*signature.authority.splitlines(), signature.title, signature.name]
        signed = "<br>".join(escape(line) for line in signer if line)
        return f"<p><em>Nơi nhận:</em></p><ul>{names}</ul><p><strong>{signed}</strong></p>"
