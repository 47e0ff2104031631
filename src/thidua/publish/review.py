"""The reviewer's pages: triage and findings first, then sections with their executed notebooks, figures and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import nbformat

from thidua.checks.finding import SEVERITY_NAMES
from thidua.contracts import open_errors
from thidua.document.block import Chart, Heading, Note, Number, Reference, plain
from thidua.document.document import Document, Kind
from thidua.document.executed import read_executed
from thidua.document.stitch import captions
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence
from thidua.publish.html.page_writer import PageWriter
from thidua.publish.html.screen import asset, form_css
from thidua.publish.outputs import pieces
from thidua.publish.page_templates import page_templates
from thidua.publish.triage import STATES, Triaged, by_department, counts, triaged

# Parts without a heading of their own; a section has none where nothing of it is shown this period.
UNTITLED = {"front": "Phần đầu", "back": "Phần cuối", "summary": "Tóm tắt"}
_HIDDEN = "Kỳ này không có nội dung"
# The pages that compare the run with others, by how their names end and what readers call them.
_COMPARED = {
    "": "Lần chạy trước", "-ky-truoc": "Kỳ trước", "-cung-ky": "Cùng kỳ năm trước", "-cac-ky": "Số liệu qua các kỳ",
}  # fmt: skip


@dataclass(frozen=True)
class ReviewedSection:
    """A section's executed notebook, a file that is read when its page is written; its name and its kind of part."""

    slug: str
    kind: Kind
    notebook: Path


@dataclass(frozen=True)
class _Listed:
    """A section as the reviewer sees it in the list: heading, notebook, how many figures it prints, its findings."""

    heading: str
    name: str
    figures: int
    findings: tuple[Triaged, ...]


def write_review(
    document: Document,
    sections: Sequence[ReviewedSection],
    evidence: Evidence,
    drawings: Drawings,
    run: str,
    folder: Path,
) -> None:
    """Write index.html and a page per section into ``folder``.

    ``run`` is the run's name: the pages that compare it with earlier runs stand beside it, under that name.
    """
    folder.mkdir()
    labels = captions(document)
    own = {section.slug for section in sections}
    found = triaged(evidence, [s for s in document.sections if s.slug in own])
    listed = _listed(sections, document, evidence, found)
    for section, entry in zip(sections, listed, strict=True):
        _write(
            folder / f"{section.slug}.html",
            "section.html.j2",
            ("common", "pages", "colours", "review"),
            ("sideways",),
            document=document.properties,
            section=entry,
            cells=_cells(read_executed(section.notebook.read_bytes()), _SectionWriter(drawings, labels)),
        )
    _write(
        folder / "index.html",
        "index.html.j2",
        ("pages", "colours", "review"),
        ("tables", "review"),
        document=document.properties,
        run=run,
        compared=_COMPARED,
        found=found,
        counts=counts(found),
        departments=by_department(found, evidence.workbooks.values()),
        draft=bool(open_errors(evidence.findings)),
        marks={d.finding.id: d.label for d in evidence.disputes.all},
        sections=listed,
        headings={entry.name: entry.heading for entry in listed},
        untold=evidence.untold,
        figures=[f for f in evidence.figures if not f.is_constant],
        labels={f.id: f.label for f in evidence.figures},
        charts={b.key: labels[b.key] for b in document.blocks() if isinstance(b, Chart)},
    )


def _listed(
    sections: Sequence[ReviewedSection], document: Document, evidence: Evidence, found: Sequence[Triaged]
) -> list[_Listed]:
    headings = {h.anchor: f"{h.number} {plain(h.runs)}".strip() for h in document.headings}
    count = Counter(f.section for f in evidence.figures if not f.is_constant)
    touching: dict[str, list[Triaged]] = {section.slug: [] for section in sections}
    for finding in found:
        for slug in finding.sections:
            touching[slug].append(finding)
    return [
        _Listed(
            headings.get(s.slug) or f"{UNTITLED.get(s.kind, _HIDDEN)} ({s.slug})",
            s.slug,
            count[s.slug],
            tuple(touching[s.slug]),
        )
        for s in sections
    ]


class _SectionWriter(PageWriter):
    """Writes a section's cells: numbers lead to the list of figures, references to the report."""

    def __init__(self, drawings: Drawings, labels: Mapping[str, str]):
        super().__init__(drawings)
        self._labels = labels

    def number(self, number: Number) -> str:
        shown = super().number(number)
        return f'<a href="index.html#so={escape(number.figure)}">{shown}</a>' if number.figure else shown

    def reference(self, reference: Reference) -> str:
        """A reference as the report numbers it, leading there."""
        label = self._labels.get(reference.key)
        if label is None:
            return "<em>kỳ này không có</em>"
        return f'<a href="../bao-cao.html#bang-bieu-{escape(reference.key)}">{escape(label.partition(".")[0])}</a>'

    def heading(self, heading: Heading) -> str:
        """A heading of the notebook, below the page's own title."""
        tag = f"h{min(6, heading.level + 1)}"
        return f"<{tag}>{self.runs(heading.runs)}</{tag}>"

    def note(self, note: Note) -> str:
        return f' <span class="fn">[Chú thích: {self.runs(note.runs)}]</span>'


def _cells(node: nbformat.NotebookNode, writer: PageWriter) -> list[dict[str, Any]]:
    """What a page shows of each cell: its source folded, what it put out open."""
    shown = []
    for number, cell in enumerate(node.cells, 1):
        if cell.cell_type not in ("markdown", "code"):
            continue
        html = ""
        outputs = cell.get("outputs", [None])
        for output, piece in zip(outputs, pieces(cell), strict=True):
            html += writer.blocks(piece.blocks) or _as_text(output or {})
        source = cell.source if cell.cell_type == "code" else ""
        shown.append({"id": cell.id, "number": number, "source": source, "html": html})
    return shown


def _as_text(output: Mapping[str, Any]) -> str:
    """What the report leaves out, as the reviewer reads it: printed lines, plain values, formulas."""
    data = output.get("data", {})
    if any(mime.startswith("application/vnd.") for mime in data):
        return ""
    text = output.get("text") or data.get("text/latex") or data.get("text/plain") or ""
    return f"<pre>{escape(text if isinstance(text, str) else ''.join(text))}</pre>" if text else ""


def _write(page: Path, template: str, styles: Sequence[str], scripts: Sequence[str], **content: Any) -> None:
    """Write a page piece by piece: as one text, the list of a long report's figures takes more room than they do."""
    style = form_css() + "".join(asset(f"styles/{name}.css") for name in styles)
    script = "\n".join(asset(f"scripts/{name}.js") for name in scripts)
    pieces = _environment().get_template(template).generate(style=style, script=script, **content)
    with page.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


@cache
def _environment() -> jinja2.Environment:
    folder = str(files("thidua.publish").joinpath("templates/review"))
    environment = page_templates(jinja2.FileSystemLoader(folder))
    environment.globals["states"] = STATES
    environment.globals["severities"] = SEVERITY_NAMES
    environment.globals["counts_of"] = counts
    environment.globals["tallied"] = [(name, True) for name in STATES.values()]
    return environment
