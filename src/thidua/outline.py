"""From the outline in params to the parts of the document, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import nbformat

from thidua.letterhead import reference_line
from thidua.params import Params, SectionNode
from thidua.publish.document import Document, Part


def parts_of(params: Params, executed: Mapping[str, nbformat.NotebookNode]) -> list[Part]:
    """The outline flattened, each node with its level and, where it is a section of its own, its executed notebook."""

    def walk(nodes: Iterable[SectionNode], level: int, path: str) -> list[Part]:
        parts: list[Part] = []
        for number, node in enumerate(nodes, 1):
            slug = node.notebook or f"muc{path}-{number}"
            own_level = level if node.kind == "section" else 0
            notebook = executed[node.notebook] if node.notebook else None
            parts.append(Part(own_level, node.heading, notebook, slug, node.kind))
            parts += walk(node.sections, level + 1, f"{path}-{number}")
        return parts

    return walk(params.sections, 1, "")


def document_of(params: Params, name: str) -> Document:
    """The facts of the document that its files carry in their properties."""
    return Document(
        title=f"{params.document.type.capitalize()}: {params.document.title}",
        author=params.document.author,
        language="vi",
        subject=params.parsed_period.name,
        date=params.document.date or params.parsed_period.end,
        pdf_id=name.rpartition("-")[2],
        reference=reference_line(params),
    )
