"""From the outline in params to the parts of the document, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thidua.document.block import Block
from thidua.document.document import Properties
from thidua.document.stitch import Part
from thidua.letterhead import reference_line
from thidua.settings.params import Params, SectionNode


def parts_of(params: Params, shown: Mapping[str, tuple[Block, ...]]) -> list[Part]:
    """The outline flattened, each node with its level and, where it is a section, what its notebook shows."""

    def walk(nodes: Iterable[SectionNode], level: int, path: str) -> list[Part]:
        parts: list[Part] = []
        for number, node in enumerate(nodes, 1):
            slug = node.notebook or f"muc{path}-{number}"
            own_level = level if node.kind == "section" else 0
            parts.append(Part(own_level, node.heading, slug, node.kind, shown[node.notebook] if node.notebook else ()))
            parts += walk(node.sections, level + 1, f"{path}-{number}")
        return parts

    return walk(params.sections, 1, "")


def properties_of(params: Params, name: str) -> Properties:
    """The facts of the document that its files carry in their properties."""
    return Properties(
        title=f"{params.document.type.capitalize()}: {params.document.title}",
        author=params.document.author,
        language="vi",
        subject=params.parsed_period.name,
        date=params.document.date or params.parsed_period.end,
        id=name.rpartition("-")[2],
        reference=reference_line(params),
    )
