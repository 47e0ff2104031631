"""The report for the screen: contents that follow the reader, footnotes at the end, nothing from the network."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jinja2

from thidua import fonts
from thidua.charts.interactive import drawing_library
from thidua.document.block import Note
from thidua.document.document import Document, Properties
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence, json_element, scripts
from thidua.publish.html.grids import Cited, cited_rows, grids
from thidua.publish.html.page_writer import PageWriter
from thidua.publish.kept_outputs import NOTHING_KEPT, KeptOutputs
from thidua.publish.page_templates import page_templates
from thidua.publish.submitted_books import NO_BOOKS, SubmittedBooks
from thidua.settings.page import page_form


@dataclass(frozen=True)
class Entry:
    """An entry of the contents; ``text`` is HTML."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Link:
    """A file that stands beside the page: its address from there and what a reader calls it."""

    address: str
    name: str


@dataclass(frozen=True)
class Beside:
    """What a page of a whole report has beside it: the other files, the reviewer's pages, the submitted workbooks.

    ``review`` is the folder of the reviewer's pages, from the page's own place.
    """

    links: Sequence[Link] = ()
    review: str = ""
    books: SubmittedBooks = NO_BOOKS


_ALONE = Beside()
_STYLES = ("common", "colours", "screen", "card")
# Nothing is loaded from anywhere. The chart library makes functions of what a chart says.
_POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline' 'unsafe-eval'"
)
# In the order in which one builds on the other.
_CARDS = ("grid", "cards", "moving")


@dataclass(frozen=True)
class _ScreenPage:
    """What the page's template fills in; ``notes`` are those of the ``sections`` that were written so far."""

    document: Properties
    sections: Iterator[str]
    contents: tuple[Entry, ...]
    notes: Sequence[str]
    style: str
    script: str
    traced: bool
    data: Iterator[str]
    links: Sequence[Link]
    review: str
    policy: str = _POLICY


def screen_html(
    document: Document,
    drawings: Drawings,
    evidence: Evidence,
    beside: Beside = _ALONE,
    kept: KeptOutputs = NOTHING_KEPT,
) -> Iterator[str]:
    """A document as one self-contained page, with what stands ``beside`` it, piece by piece."""
    return _template().generate(page=_page(document, drawings, evidence, beside, kept))


@cache
def _template() -> jinja2.Template:
    folder = str(files("thidua.publish").joinpath("templates"))
    return page_templates(jinja2.FileSystemLoader(folder)).get_template("screen.html.j2")


def _page(document: Document, drawings: Drawings, evidence: Evidence, beside: Beside, kept: KeptOutputs) -> _ScreenPage:
    writer = PageWriter(drawings)
    traced = bool(evidence.figures or beside.books)
    cards = _CARDS if traced else ()
    code = ("contents", "search", "sideways", *cards, *(("charts",) if evidence.charts else ()))
    outline = _OutlineWriter(drawings)
    library = drawing_library() + "\n" if evidence.charts else ""
    return _ScreenPage(
        document=document.properties,
        sections=writer.sections(document),
        contents=tuple(Entry(h.level, h.number, outline.runs(h.runs), h.anchor) for h in document.headings),
        notes=writer.notes,
        style=fonts_css() + form_css() + "".join(asset(f"styles/{name}.css") for name in _STYLES),
        script=library + "\n".join(asset(f"scripts/{name}.js") for name in code),
        traced=traced,
        data=_data(document, evidence, beside.books, kept) if traced else iter(()),
        links=beside.links,
        review=beside.review,
    )


class _OutlineWriter(PageWriter):
    """Writes headings for the contents: their notes are told where they stand."""

    def note(self, note: Note) -> str:
        return ""


def _data(document: Document, evidence: Evidence, books: SubmittedBooks, kept: KeptOutputs) -> Iterator[str]:
    yield from scripts(evidence)
    yield _sheets(books, cited_rows(document, evidence), kept)


def _sheets(books: SubmittedBooks, cited: Cited, kept: KeptOutputs) -> str:
    def make() -> bytes:
        return "".join(json_element("bieu-da-nop", grids(books, cited))).encode()

    rows = [[*place, *sorted(numbers)] for place, numbers in sorted(cited.items())]
    return kept.taken("grids", lambda: [rows, books.identity], make).decode()


@cache
def fonts_css() -> str:
    """The report's typeface inside the page, for screens that have neither it nor Times New Roman."""
    faces = ""
    for name, weight, style in (
        ("Regular", "normal", "normal"), ("Bold", "bold", "normal"), ("Italic", "normal", "italic"),
        ("BoldItalic", "bold", "italic"),
    ):  # fmt: skip
        data = base64.b64encode(fonts.web(name)).decode()
        faces += f'@font-face {{ font-family: "Liberation Serif"; font-weight: {weight}; font-style: {style}; '
        faces += f"src: url(data:font/woff2;base64,{data}) format('woff2'); }}\n"
    return faces


@cache
def form_css() -> str:
    """The form of the page as CSS variables, and as the pages that a browser prints: upright, and lying where wide."""
    form = page_form()
    sizes = "".join(f"--{name.replace('_', '-')}: {value:g}pt; " for name, value in form.sizes.model_dump().items())
    lengths = f"--indent: {form.indent:g}mm; --gap: {form.paragraph_gap:g}pt; --issuer-rule: {form.rules.issuer:g}; "
    upright, lying = (
        " ".join(f"{side:g}mm" for side in margins.model_dump().values())
        for margins in (form.margins, form.wide_margins)
    )
    pages = f"@page {{ size: A4; margin: {upright}; }}\n@page wide {{ size: A4 landscape; margin: {lying}; }}\n"
    return f":root {{ {lengths}{sizes}}}\n{pages}section.wide {{ page: wide; }}\n"


@cache
def asset(name: str) -> str:
    """A style sheet or script of the pages."""
    return files("thidua.publish").joinpath(name).read_text(encoding="utf-8")
