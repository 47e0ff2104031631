"""The report for the screen: contents that follow the reader, footnotes at the end, nothing from the network."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from thidua import fonts
from thidua.charts.interactive import drawing_library
from thidua.document.document import Document, Properties
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence, scripts
from thidua.publish.html.page_writer import PageWriter
from thidua.settings.page import page_form


@dataclass(frozen=True)
class Entry:
    """An entry of the contents; ``text`` is HTML."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True)
class ScreenPage:
    """What the page's template fills in."""

    document: Properties
    body: str
    contents: tuple[Entry, ...]
    notes: tuple[str, ...]
    style: str
    script: str
    data: str
    review: str


def screen_page(document: Document, drawings: Drawings, evidence: Evidence, review: str = "") -> ScreenPage:
    """The page of a document. ``review`` is where the reviewer's pages are, from the page's own place."""
    writer = PageWriter(drawings)
    code = ["contents", *(["cards"] if evidence.figures else []), *(["charts"] if evidence.charts else [])]
    library = drawing_library() + "\n" if evidence.charts else ""
    return ScreenPage(
        document=document.properties,
        body=writer.body(document),
        contents=tuple(Entry(h.level, h.number, writer.runs(h.runs), h.anchor) for h in document.headings),
        notes=tuple(writer.notes),
        style=fonts_css() + form_css() + asset("styles/common.css") + asset("styles/screen.css"),
        script=library + "\n".join(asset(f"scripts/{name}.js") for name in code),
        data=scripts(evidence),
        review=review,
    )


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
