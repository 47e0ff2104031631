"""The reviewer's pages: findings first, then sections with their executed notebooks, figures and charts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import nbformat

from thidua.publish.document import Document, Part
from thidua.publish.evidence import Evidence
from thidua.publish.outputs import pieces
from thidua.publish.screen import asset
from thidua.publish.stitch import Stitched

# Parts without a heading of their own; a section has none where nothing of it is shown this period.
_UNTITLED = {"front": "Phần đầu", "back": "Phần cuối"}
_HIDDEN = "Kỳ này không có nội dung"
_REFERENCE = re.compile(r'<a class="ref" data-ref="([^"]*)">[^<]*</a>')
_SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi nhận"}


@dataclass(frozen=True)
class SectionPage:
    """A section as the reviewer sees it in the list: number and heading, notebook, how many figures it prints."""

    heading: str
    name: str
    figures: int


def write_review(
    parts: Sequence[Part], stitched: Stitched, document: Document, evidence: Evidence, run: str, folder: Path
) -> None:
    """Write index.html and a page per section into ``folder``.

    ``run`` is the run's name: the pages that compare it with earlier runs stand beside it, under that name.
    """
    folder.mkdir()
    environment = _environment()
    headings = {h.id: f"{h.number} {h.text}" for h in stitched.headings}
    sections = []
    for part in parts:
        if part.notebook is None:
            continue
        heading = headings.get(part.slug) or f"{_UNTITLED.get(part.kind, _HIDDEN)} ({escape(part.slug)})"
        count = sum(f.get("section") == part.slug for f in evidence.figures)
        sections.append(SectionPage(heading, part.slug, count))
        page = environment.get_template("section.html.j2").render(
            document=document, heading=heading, cells=_cells(part.notebook, stitched.captions), style=_style()
        )
        (folder / f"{part.slug}.html").write_text(page, encoding="utf-8")
    index = environment.get_template("index.html.j2").render(
        document=document,
        run=run,
        findings=evidence.findings,
        severities=_SEVERITIES,
        sections=sections,
        figures=evidence.figures,
        labels={f["id"]: f["label"] for f in evidence.figures},
        charts={key: title for key, title in stitched.captions.items() if key in (evidence.charts or {})},
        style=_style(),
        script=asset("scripts/review.js"),
    )
    (folder / "index.html").write_text(index, encoding="utf-8")


def _cells(node: nbformat.NotebookNode, captions: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a page shows of each cell: its source folded, what it put out open."""
    shown = []
    for number, cell in enumerate(node.cells, 1):
        if cell.cell_type == "markdown":
            html = "".join(piece.html for piece in pieces(cell))
            shown.append({"id": cell.id, "number": number, "source": "", "html": html})
        elif cell.cell_type == "code":
            outputs = zip(cell.outputs, pieces(cell), strict=True)
            html = "".join(piece.html or _as_text(output) for output, piece in outputs)
            html = _REFERENCE.sub(lambda m: _reference(unescape(m[1]), captions), html)
            shown.append({"id": cell.id, "number": number, "source": cell.source, "html": html})
    return shown


def _reference(key: str, captions: Mapping[str, str]) -> str:
    """A reference as the report numbers it, leading there."""
    if key not in captions:
        return "<em>kỳ này không có</em>"
    number = escape(captions[key].partition(".")[0])
    return f'<a href="../bao-cao.html#bang-bieu-{escape(key)}">{number}</a>'


def _as_text(output: Mapping[str, Any]) -> str:
    """What the report leaves out, as the reviewer reads it: printed lines, plain values, formulas."""
    data = output.get("data", {})
    text = output.get("text") or data.get("text/latex") or data.get("text/plain") or ""
    return f"<pre>{escape(text if isinstance(text, str) else ''.join(text))}</pre>" if text else ""


def _style() -> str:
    return asset("styles/common.css") + asset("styles/review.css")


def _environment() -> jinja2.Environment:
    folder = str(files("thidua.publish").joinpath("templates/review"))
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
