"""Clauses that stand next to each other: which belong to the core of their sentence, what is left when some fall."""

from __future__ import annotations

from dataclasses import dataclass, field

from thidua.prose.setting import JOINT, is_core
from thidua.prose.syntax import Clause, Footnote, Inline, Node, Typed


@dataclass
class Part:
    """Text with slots and what is known of it. ``gaps`` are its own, and those of a core that is gone."""

    text: str = ""
    gaps: list[str] = field(default_factory=list)


@dataclass
class Clauses:
    """Clauses that stand next to each other: whether the first belongs to the core, and what is left of them."""

    core: bool = False
    clauses: int = 0
    kept: int = 0
    headless: bool = False
    gaps: list[str] = field(default_factory=list)
    # Whether the last clause was a part of the core and fell: a note behind it was about it.
    hangs_on_nothing: bool = False

    def add(self, node: Clause, part: Part, whole: Part) -> None:
        """Take up the next clause, as ``part``, and put it to ``whole`` unless something in it is missing."""
        typed = skeleton(node.parts)
        if not self.clauses:
            self.core = is_core(typed)
        self.clauses += 1
        self.gaps += part.gaps
        self.hangs_on_nothing = bool(part.gaps) and is_core(typed)
        if part.gaps:
            self.headless = self.headless or not JOINT.match(typed)
            return
        self.kept += 1
        # «gồm [a][, b]» without its a reads «gồm b».
        whole.text += JOINT.sub("", part.text) if self.headless else part.text
        self.headless = False

    def closed(self, whole: Part) -> Clauses:
        """The run's end: a core of which nothing is left is missing."""
        if self.core and self.clauses and not self.kept:
            whole.gaps += self.gaps
        return Clauses()


def is_break(node: Node, following: Inline) -> bool:
    """Whether a node is the space of a line break before a clause that brings a joint of its own, or before a note."""
    if not isinstance(node, Typed) or node.text.strip():
        return False
    after = following[0] if following else None
    return isinstance(after, Footnote) or (isinstance(after, Clause) and JOINT.match(skeleton(after.parts)) is not None)


def skeleton(nodes: Inline) -> str:
    """A clause's typed words, with a sign for each value."""
    return "".join(n.text if isinstance(n, Typed) else "\ufffc" for n in nodes)
