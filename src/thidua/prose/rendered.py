"""What comes of a cell: its blocks and what fell away; blocks that wait for their finish."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.document.block import Block, Heading, List, Paragraph, Runs, plain
from thidua.figures import Figure
from thidua.prose.setting import Slots
from thidua.prose.syntax import HeadingLine, ListText, ParagraphText


@dataclass(frozen=True)
class Fallen:
    """What fell away: its source, why, and what would have been told with it."""

    source: str
    why: tuple[str, ...]
    runs: Runs = ()

    def __str__(self) -> str:
        return f"{self.source} ({'; '.join(self.why)})"


@dataclass(frozen=True)
class Prose:
    """A rendered cell: its blocks, the figures that they print, in order, and what fell away."""

    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]
    fallen: tuple[Fallen, ...]

    @property
    def text(self) -> str:
        """The words alone, a paragraph or item a line, notes in parentheses."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, List):
                lines += [f"- {plain(item, notes=True)}" for item in block.items]
            elif isinstance(block, Heading | Paragraph):
                lines += [plain(block.runs, notes=True)] if block.runs else []
        return "\n".join(lines)


@dataclass
class Draft:
    """A block before its finish: the texts of its paragraphs or items, each with its slots."""

    kind: HeadingLine | ParagraphText | ListText
    texts: list[tuple[str, Slots]]

    def finished(self) -> tuple[Block | None, tuple[Figure, ...]]:
        """The block, None where nothing of it is left, and the figures that it prints."""
        done = [slots.finished(text) for text, slots in self.texts]
        runs = [r for r, _ in done if r]
        figures = tuple(f for _, shown in done for f in shown)
        if isinstance(self.kind, HeadingLine) and not runs:
            return Heading(level=self.kind.level, runs=(), gone=True), ()
        if not runs:
            return None, ()
        if isinstance(self.kind, HeadingLine):
            return Heading(level=self.kind.level, runs=runs[0]), figures
        if isinstance(self.kind, ListText):
            return List(items=tuple(runs), numbered=self.kind.numbered), figures
        return Paragraph(runs=runs[0]), figures
