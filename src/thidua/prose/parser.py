"""From a prose cell's text to its tree. Nothing is looked up here: only the form is read, and all its faults are told.

Blank lines part paragraphs; a line that starts with «- » is an item, one that starts with «#» a heading. Within a
paragraph a line break is a space, also inside braces and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from thidua.language.text import nearest_hint
from thidua.prose.sentences import sentences
from thidua.prose.syntax import (
    BlockText,
    Clause,
    Expression,
    Fault,
    Footnote,
    HeadingLine,
    Inline,
    ListText,
    Node,
    ParagraphText,
    Phrase,
    Styled,
    Tree,
    Typed,
)
from thidua.prose.verbs import VERBS

# Brackets within brackets that a reader can still follow.
MAX_DEPTH = 3
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ITEM = re.compile(r"-[ \t]+")
_SPECIAL = re.compile(r"\\[\\{}\[\]*^#|-]|\{=|[{}\[\]]|\^\[|\*\*|\*")
_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
# No sentence holds characters of these kinds; one that did could pass for a value's place.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def parse(source: str) -> Tree:
    """Read a cell's text."""
    source = PRIVATE.sub("", source.replace("\r\n", "\n"))
    faults: list[Fault] = []
    blocks: list[BlockText] = []
    items: list[tuple[int, int]] = []

    def close_list() -> None:
        if items:
            blocks.append(ListText(tuple(sentences(_Inline(source, a, b, faults).read()) for a, b in items)))
            items.clear()

    for kind, start, end in _stretches(source):
        if kind == "item":
            items.append((start, end))
            continue
        close_list()
        level = 0
        if kind == "heading":
            mark = _HEADING.match(source, start)
            assert mark is not None
            level, start = len(mark[1]), mark.end()
        told = sentences(_Inline(source, start, end, faults).read(), whole=bool(level))
        if told:
            blocks.append(HeadingLine(level, told[0]) if level else ParagraphText(told))
    close_list()
    return Tree(source, tuple(blocks), tuple(faults))


def _stretches(source: str) -> Iterator[tuple[str, int, int]]:
    """The stretches of the source that make a block or an item: kind, start behind a dash, end."""
    open_: tuple[str, int] | None = None
    position = end = 0
    for line in source.splitlines(keepends=True):
        start, position = position, position + len(line)
        item, heading = _ITEM.match(line), _HEADING.match(line)
        if open_ is not None and (not line.strip() or item or heading):
            yield (*open_, end)
            open_ = None
        if heading:
            yield "heading", start, start + len(line.rstrip())
        elif item:
            open_ = ("item", start + item.end())
        elif line.strip() and open_ is None:
            open_ = ("paragraph", start + len(line) - len(line.lstrip()))
        end = start + len(line.rstrip())
    if open_ is not None:
        yield (*open_, end)


@dataclass
class _Inline:
    """Reads what stands between two offsets."""

    source: str
    position: int
    end: int
    faults: list[Fault]
    depth: int = 0
    _styles: list[str] = field(default_factory=list)

    def read(self) -> Inline:
        """All of it; a bracket that closes nothing is a fault and left out."""
        nodes: list[Node] = []
        while self.position < self.end:
            nodes += self._until("")
            if self.position < self.end:
                closer = self.source[self.position]
                self._fault(self.position, f"dấu {closer} không khớp với dấu mở nào; muốn in ra thì viết \\{closer}")
                self.position += 1
        return tuple(nodes)

    def _until(self, closer: str) -> list[Node]:
        """Nodes up to ``closer``, to a bracket that belongs to somebody else, or to the end."""
        nodes: list[Node] = []
        while self.position < self.end:
            found = _SPECIAL.search(self.source, self.position, self.end)
            start = found.start() if found else self.end
            self._typed(nodes, self.source[self.position : start], self.position)
            self.position = start
            if found is None:
                break
            mark = found[0]
            if mark == closer or mark in ("]", "}"):
                break
            if mark.startswith("\\"):
                self._typed(nodes, mark[1], start)
                self.position += 2
            elif mark in ("*", "**"):
                if mark in self._styles:
                    break
                self._styled(nodes, mark)
            elif mark == "{=":
                nodes.append(self._expression())
            elif mark == "{":
                nodes.append(self._phrase())
            else:
                nodes.append(self._bracket(mark))
        return nodes

    def _typed(self, nodes: list[Node], text: str, at: int) -> None:
        if text:
            nodes.append(Typed(text, at))

    def _styled(self, nodes: list[Node], mark: str) -> None:
        """A stretch in bold or italics; a star that has no partner is a star."""
        start, faults = self.position, len(self.faults)
        self._styles.append(mark)
        self.position += len(mark)
        inner = self._until(mark)
        self._styles.pop()
        if inner and self.source.startswith(mark, self.position) and self.position < self.end:
            nodes.append(Styled("strong" if mark == "**" else "emphasis", tuple(inner), start))
            self.position += len(mark)
            return
        del self.faults[faults:]
        self.position = start + len(mark)
        self._typed(nodes, mark, start)

    def _bracket(self, mark: str) -> Node:
        start = self.position
        self.position += len(mark)
        self.depth += 1
        if self.depth == MAX_DEPTH + 1:
            self._fault(start, f"ngoặc lồng quá {MAX_DEPTH} tầng; hãy tách thành câu riêng")
        styles, self._styles = self._styles, []
        inner = tuple(self._until("]"))
        self._styles = styles
        self.depth -= 1
        if self.position >= self.end or self.source[self.position] != "]":
            self._fault(start, f"dấu {mark} chưa có dấu đóng ]")
        else:
            self.position += 1
        if mark == "^[":
            return Footnote(sentences(inner), start, self.position)
        return Clause(inner, start, self.position)

    def _expression(self) -> Node:
        start = self.position
        close = self.source.find("=}", start + 2, self.end)
        if close < 0:
            self._fault(start, "dấu {= chưa có dấu đóng =}")
            close = self.end
        self.position = min(close + 2, self.end)
        return Expression(self.source[start + 2 : close].strip(), start, self.position)

    def _phrase(self) -> Node:
        """A verb, codes, options: only the options may hold braces."""
        start = self.position
        self.position += 1
        close = re.compile(r"[{}|]").search(self.source, self.position, self.end)
        until = close.start() if close else self.end
        head = " ".join(self.source[self.position : until].split())
        self.position = until
        options: list[Inline] = []
        while self.position < self.end and self.source[self.position] == "|":
            self.position += 1
            options.append(self._option())
        if self.position >= self.end or self.source[self.position] != "}":
            self._fault(start, "dấu { chưa có dấu đóng }")
            return Typed("", start)
        self.position += 1
        verb, codes = self._verb_and_codes(head, start)
        return Phrase(verb, codes, tuple(options), start, self.position)

    def _option(self) -> Inline:
        nodes: list[Node] = []
        while self.position < self.end:
            found = re.compile(r"[{}|]").search(self.source, self.position, self.end)
            until = found.start() if found else self.end
            self._typed(nodes, self.source[self.position : until], self.position)
            self.position = until
            if found is None or found[0] != "{":
                break
            nodes.append(self._phrase())
        return _stripped(tuple(nodes))

    def _verb_and_codes(self, head: str, at: int) -> tuple[str, tuple[str, ...]]:
        words = head.split(" ")
        verb = next((v for n in range(len(words), 0, -1) if (v := " ".join(words[:n])) in VERBS), "")
        rest = head[len(verb) :].strip()
        codes = tuple(c.strip() for c in rest.split(",")) if rest else ()
        if not head:
            self._fault(at, "ngoặc { } chưa ghi gì")
        elif wrong := next((c for c in codes if not _CODE.fullmatch(c)), None):
            self._unread(wrong, verb, at)
            codes = ()
        return verb, codes

    def _unread(self, wrong: str, verb: str, at: int) -> None:
        """Why a stretch of a phrase is no code."""
        words = wrong.split()
        if verb or len(words) == 1:
            self._fault(at, f"«{wrong}» không phải là mã; các mã cách nhau bằng dấu phẩy")
            return
        said = " ".join(words[:-1] if words[-1].isascii() else words)
        self._fault(at, f"không có từ dẫn «{said}»{nearest_hint(said, VERBS)}")

    def _fault(self, at: int, what: str) -> None:
        self.faults.append(Fault(at, what))


def _stripped(nodes: Inline) -> Inline:
    """Without the space at either end."""
    kept = list(nodes)
    if kept and isinstance(kept[0], Typed):
        kept[0] = Typed(kept[0].text.lstrip(), kept[0].at)
    if kept and isinstance(kept[-1], Typed):
        kept[-1] = Typed(kept[-1].text.rstrip(), kept[-1].at)
    return tuple(n for n in kept if not isinstance(n, Typed) or n.text)
