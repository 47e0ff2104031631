"""Clauses that stand next to each other: which belong to the core of their sentence, what is left when some fall."""

from __future__ import annotations

from dataclasses import dataclass, field

from thidua.prose.setting import JOINT, is_core
from thidua.prose.syntax import Clause, Footnote, Inline, Node, Typed
from thidua.prose.words import Words


@dataclass
class Part:
    """Text with slots and what is known of it. ``gaps`` are its own, and those of a core that is gone.

    ``lacks`` is whether a gap is something that was not submitted. ``noughts`` are the values in it that are nought and
    not in the text, ``left`` what is left of clauses that fell: both are told at the end of the sentence.
    """

    text: str = ""
    gaps: list[str] = field(default_factory=list)
    lacks: bool = False
    noughts: list[Words] = field(default_factory=list)
    left: list[Words] = field(default_factory=list)

    def take(self, words: Words) -> None:
        """Note what words of its own lack."""
        self.gaps += words.gaps
        self.lacks = self.lacks or (words.missing and not words.all_nought)
        self.noughts += words.noughts

    def take_over(self, part: Part) -> None:
        """Note what a clause in it leaves to the end of the sentence."""
        self.noughts += part.noughts
        self.left += part.left


@dataclass
class Clauses:
    """Clauses that stand next to each other: whether the first belongs to the core, and what is left of them."""

    core: bool = False
    clauses: int = 0
    kept: int = 0
    headless: bool = False
    gaps: list[str] = field(default_factory=list)
    lacks: bool = False
    # Whether the last clause was a part of the core and fell: a note behind it was about it.
    hangs_on_nothing: bool = False

    def add(self, node: Clause, part: Part, whole: Part) -> None:
        """Take up the next clause, as ``part``, and put it to ``whole`` unless something in it is missing."""
        typed = skeleton(node.parts)
        if not self.clauses:
            self.core = is_core(typed)
        self.clauses += 1
        self.gaps += part.gaps
        self.lacks = self.lacks or part.lacks
        whole.take_over(part)
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
            whole.lacks = whole.lacks or self.lacks
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
