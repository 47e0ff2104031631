"""The report for the screen: contents that follow the reader, footnotes at the end, nothing from the network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from thidua.charts.interactive import drawing_library
from thidua.publish.document import Document
from thidua.publish.evidence import Evidence, scripts
from thidua.publish.stitch import Heading, Stitched


@dataclass(frozen=True)
class ScreenPage:
    """What the page's template fills in."""

    document: Document
    body: str
    headings: tuple[Heading, ...]
    notes: tuple[str, ...]
    style: str
    script: str
    data: str
    review: str


def screen_page(stitched: Stitched, document: Document, evidence: Evidence, review: str = "") -> ScreenPage:
    """The page of a stitched document. ``review`` is where the reviewer's pages are, from the page's own place."""
    code = ["contents", *(["cards"] if evidence.figures else []), *(["charts"] if evidence.charts else [])]
    library = drawing_library() + "\n" if evidence.charts else ""
    return ScreenPage(
        document=document,
        body=stitched.with_notes(_call),
        headings=stitched.headings,
        notes=stitched.notes,
        style=asset("styles/common.css") + asset("styles/screen.css"),
        script=library + "\n".join(asset(f"scripts/{name}.js") for name in code),
        data=scripts(evidence),
        review=review,
    )


def _call(number: int, _note: str) -> str:
    return (
        f'<sup class="fn-call"><a id="goi-{number}" href="#chu-thich-{number}" '
        f'aria-label="Chú thích {number}">{number}</a></sup>'
    )


@cache
def asset(name: str) -> str:
    """A style sheet or script of this package."""
    return files("thidua.publish").joinpath(name).read_text(encoding="utf-8")
