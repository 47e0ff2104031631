"""From executed notebooks to one document: headings, footnotes, tables, charts and references numbered throughout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement, PreformattedString

from thidua.publish.document import Document, Part
from thidua.publish.numbering import POINT, HeadingNumbers, roman
from thidua.publish.outputs import shown

_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_NOTE = re.compile("\ue010(\\d+)\ue011")
# Characters that mark places until every piece is there; in a text they mean nothing and are left out.
_MARKS = re.compile("[\ue010-\ue02f]")
_ABSENT = "\ue012"
_PARENTHESIS = re.compile(rf"(\s*)\(([^()]*{_ABSENT}[^()]*)\)")
_JOINT_AFTER = re.compile(rf"{_ABSENT}\s*(?:[,;]|và)\s*")
_JOINT_BEFORE = re.compile(rf"\s*(?:[,;]|và)\s*{_ABSENT}")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements that stand within a line of text.
_INLINE = {"a", "abbr", "b", "br", "cite", "code", "data", "em", "i", "img", "kbd", "mark", "q", "s", "small", "span"}
_INLINE |= {"strong", "sub", "sup", "time", "u", "var"}
# Longer than any word of the language and any number of a document.
_LONG = re.compile(r"(\S{30,})")
# Columns from which an appendix is set on landscape pages.
_WIDE_TABLE = 8
_CAPTIONS = {"table": ("Bảng", "caption"), "figure": ("Biểu đồ", "figcaption")}


@dataclass(frozen=True)
class Heading:
    """A heading of the document: level 1 is the outermost, ``text`` is HTML, ``id`` its anchor."""

    level: int
    number: str
    text: str
    id: str

    @property
    def plain(self) -> str:
        """The text without markup."""
        return str(BeautifulSoup(self.text, "html.parser").get_text())


@dataclass(frozen=True)
class Stitched:
    """The document as HTML, its headings, its footnotes in their order, its tables and charts by key.

    ``captions`` has of each table and chart the number and the title: «Bảng 2. Diện tích gieo trồng».

    In ``body`` a mark stands for each footnote, since every medium puts the note's text somewhere else.
    """

    body: str
    headings: tuple[Heading, ...]
    notes: tuple[str, ...]
    captions: Mapping[str, str] = field(default_factory=dict)

    def with_notes(self, make: Callable[[int, str], str]) -> str:
        """The body with each footnote as ``make(number, html)`` gives it."""
        return _NOTE.sub(lambda m: make(int(m[1]), self.notes[int(m[1]) - 1]), self.body)


@dataclass
class _Piece:
    """A heading or a stretch of content of one part."""

    part: Part
    level: int = 0
    html: str = ""
    own: bool = False
    section: str = ""
    nodes: list[Tag] = field(default_factory=list)


def stitch(parts: Sequence[Part], document: Document) -> Stitched:
    """Put the parts together. A heading under which nothing stands disappears, and the numbers close up."""
    vault: list[str] = []
    pieces = _without_hollow([piece for part in parts for piece in _pieces(part, vault)])
    headings: list[Heading] = []
    html: list[str] = []
    numbers, appendices = HeadingNumbers(), 0
    opened: str | None = None
    for piece in pieces:
        if piece.section != opened:
            html.append(("</section>" if opened is not None else "") + _opening(piece))
            opened = piece.section
        if not piece.level:
            html += [str(node) for node in piece.nodes]
            continue
        if piece.part.kind == "appendix" and piece.own:
            appendices += 1
            heading = Heading(1, f"Phụ lục {roman(appendices)}", piece.html, piece.part.slug)
            html.append(_appendix_head(heading, document))
        else:
            number = numbers.next(piece.level)
            heading = Heading(piece.level, number, piece.html, _anchor(piece, headings))
            html.append(_heading(heading))
        headings.append(heading)
    html.append("</section>" if opened is not None else "")
    body, notes, captions = _number_rest("\n".join(html))
    return Stitched(_restore(body, vault), tuple(headings), tuple(_restore(n, vault) for n in notes), captions)


def _pieces(part: Part, vault: list[str]) -> Iterator[_Piece]:
    """A part's headings and content. Its own heading is the outline's, or the first heading of its notebook."""
    section = part.slug
    own = False
    if part.heading is not None:
        yield _Piece(part, part.level, escape(part.heading), own=True, section=section)
        own = True
    for html in shown(part.notebook) if part.notebook is not None else ():
        soup = BeautifulSoup(_store(html, vault), "html.parser")
        for element in list(_flat(soup)):
            if element.name not in _HEADINGS or part.kind in ("front", "back"):
                yield _Piece(part, nodes=[element], section=section)
                continue
            depth = _HEADINGS.index(element.name)
            base = 1 if part.kind == "appendix" else part.level
            first = not own and depth == 0
            yield _Piece(part, base + depth, element.decode_contents(), own=first, section=section)
            own = own or first


def _flat(soup: BeautifulSoup) -> Iterator[Tag]:
    """Top-level elements, those inside a prose wrapper included; text that stands loose becomes a paragraph."""
    for child in _in_blocks(soup):
        if child.name == "div" and "prose" in (child.get("class") or []):
            yield from child.find_all(recursive=False)
        else:
            yield child


def _in_blocks(soup: BeautifulSoup) -> Iterator[Tag]:
    loose: list[PageElement] = []

    def paragraph() -> Iterator[Tag]:
        if any(str(element).strip() for element in loose):
            box = soup.new_tag("p")
            box.extend(loose)
            yield box
        loose.clear()

    for child in list(soup.contents):
        if isinstance(child, Tag) and child.name not in _INLINE:
            yield from paragraph()
            yield child
        elif not isinstance(child, PreformattedString):
            loose.append(child)
    yield from paragraph()


def _without_hollow(pieces: list[_Piece]) -> list[_Piece]:
    """Without the headings under which nothing stands before the next one of their level or above."""
    kept: list[_Piece] = []
    for piece in reversed(pieces):
        if not piece.level or (kept and _is_below(kept[-1], piece)):
            kept.append(piece)
    return kept[::-1]


def _is_below(following: _Piece, heading: _Piece) -> bool:
    if following.part.kind != heading.part.kind:
        return False
    return not following.level or following.level > heading.level


def _opening(piece: _Piece) -> str:
    return f'<section class="part {piece.part.kind}" id="muc-{escape(piece.section)}">'


def _anchor(piece: _Piece, before: list[Heading]) -> str:
    if piece.own:
        return piece.part.slug
    inside = sum(h.id.startswith(f"{piece.part.slug}--") for h in before)
    return f"{piece.part.slug}--{inside + 1}"


def _heading(heading: Heading) -> str:
    number = f'<span class="no">{heading.number}</span> ' if heading.number else ""
    if heading.level >= POINT:
        # HTML has six levels and the document's title takes the first.
        aria = f'role="heading" aria-level="{heading.level + 1}"'
        return f'<p class="heading lv{heading.level}" {aria} id="{heading.id}">{number}{heading.text}</p>'
    tag = f"h{heading.level + 1}"
    return f'<{tag} class="heading lv{heading.level}" id="{heading.id}">{number}{heading.text}</{tag}>'


def _appendix_head(heading: Heading, document: Document) -> str:
    return (
        f'<h2 class="heading appendix-title" id="{heading.id}"><span class="no">{heading.number}</span> '
        f'<span class="title">{heading.text}</span></h2>\n'
        f'<p class="appendix-reference">({escape(document.reference)})</p>'
    )


def _number_rest(html: str) -> tuple[str, list[str], dict[str, str]]:
    """Number footnotes, tables and charts in the order of the text; fill in references.

    The body, the notes' own HTML, the captions by key.
    """
    soup = BeautifulSoup(html, "html.parser")
    notes = []
    for number, note in enumerate(soup.select("span.fn"), 1):
        _mark_long_words(note)
        notes.append(note.decode_contents())
        note.replace_with(f"\ue010{number}\ue011")
    labels: dict[str, tuple[str, str]] = {}
    captions: dict[str, str] = {}
    counts: dict[str, int] = {}
    for element in soup.select("table.data, figure.chart"):
        word, caption_tag = _CAPTIONS[element.name]
        caption = element.find(caption_tag)
        if caption is None:
            continue
        counts[word] = counts.get(word, 0) + 1
        label = f"{word} {counts[word]}"
        key = str(element.get("data-key") or f"{element.name}-{counts[word]}")
        element["id"] = f"bang-bieu-{key}"
        labels[key] = (label, str(element["id"]))
        lead = soup.new_tag("span", attrs={"class": "no"})
        lead.string = f"{label}."
        caption.insert(0, lead)
        lead.insert_after(" ")
        captions[key] = " ".join(caption.get_text().split())
    for link in soup.select("a.ref"):
        label, target = labels.get(str(link.get("data-ref")), ("", ""))
        if target:
            link["href"] = f"#{target}"
            link.string = label
        else:
            link.replace_with(_ABSENT)
    for section in soup.select("section.appendix"):
        row = section.select_one("tbody tr")
        if row is not None and len(row.find_all(["td", "th"], recursive=False)) >= _WIDE_TABLE:
            section["class"] = [*(section.get("class") or []), "wide"]
    _mark_long_words(soup)
    return _without_absent(str(soup)), notes, captions


def _mark_long_words(soup: Tag) -> None:
    """Mark what is too long for a line of its own, such as an address, so that it may break anywhere."""
    for text in [t for t in soup.find_all(string=_LONG) if not isinstance(t, PreformattedString)]:
        for piece in _LONG.split(text):
            mark = Tag(name="span", attrs={"class": "long"}) if _LONG.fullmatch(piece) else None
            text.insert_before(mark or piece)
            if mark is not None:
                mark.string = piece
        text.extract()


def _without_absent(html: str) -> str:
    """Without references to what this period does not show: a parenthesis that held nothing else goes with them."""

    def keep(match: re.Match[str]) -> str:
        rest = _JOINT_BEFORE.sub("", _JOINT_AFTER.sub("", match[2])).replace(_ABSENT, "").strip()
        return f"{match[1]}({rest})" if rest else ""

    return _PARENTHESIS.sub(keep, html).replace(_ABSENT, "")


def _store(html: str, vault: list[str]) -> str:
    """Put drawings aside: an HTML parser would fold the case of SVG's names."""

    def keep(match: re.Match[str]) -> str:
        vault.append(match[0])
        return f'<i class="svg" data-svg="{len(vault) - 1}"></i>'

    return _SVG.sub(keep, _MARKS.sub("", html))


def _restore(html: str, vault: Iterable[str]) -> str:
    kept = list(vault)
    return re.sub(r'<i class="svg" data-svg="(\d+)"></i>', lambda m: kept[int(m[1])], html)
