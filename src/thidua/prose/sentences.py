"""Where a sentence ends: at a stop behind a word, a value or a closing mark, with a space behind it."""

from __future__ import annotations

import re

from thidua.prose.syntax import Clause, Expression, Footnote, Inline, Node, Phrase, Sentence, Styled, Typed

# «v.v.», «TP.»: stops that belong to the word.
_STOP = re.compile(r"(?:(?<=[^\W_]{2})|(?<=[)”]))(?<!\bTP)(?<!\bTX)(?<!\bTT)[.!?…](?=\s)|^[.!?](?=\s)")
_STOPS = ".!?…"


def sentences(nodes: Inline, *, whole: bool = False) -> tuple[Sentence, ...]:
    """The sentences of a paragraph; with ``whole`` all of it is one, as a heading is."""
    found: list[Sentence] = []
    current: list[Node] = []
    pieces = list(nodes)
    number = 0
    while number < len(pieces):
        node = pieces[number]
        number += 1
        stop = None if whole or not isinstance(node, Typed) else _stop(node, current)
        if isinstance(node, Typed) and stop is not None and stop < len(node.text):
            current.append(Typed(node.text[:stop], node.at))
            rest = node.text[stop:].lstrip()
            pieces.insert(number, Typed(rest, node.at + len(node.text) - len(rest)))
            _close(current, found)
            continue
        current.append(node)
        if not whole and _last_of(node).endswith(tuple(_STOPS)):
            # «….^[…] …», «**….** …»: what hangs on the stop belongs to the sentence before.
            while number < len(pieces) and isinstance(pieces[number], Footnote):
                current.append(pieces[number])
                number += 1
            following = pieces[number] if number < len(pieces) else None
            hangs = current[-1] is not node or isinstance(node, Styled)
            if hangs and isinstance(following, Typed) and following.text[:1].isspace():
                _close(current, found)
    _close(current, found)
    return tuple(found)


def _last_of(node: Node) -> str:
    """The typed words that a node ends with."""
    if isinstance(node, Styled):
        return _last_of(node.parts[-1])
    return node.text if isinstance(node, Typed) else ""


def _stop(node: Typed, before: list[Node]) -> int | None:
    """Where behind a stop the next sentence begins."""
    for match in _STOP.finditer(node.text):
        if match.start() == 0 and (not before or isinstance(before[-1], Typed)):
            continue
        return match.end()
    return None


def _close(current: list[Node], found: list[Sentence]) -> None:
    if current and isinstance(current[0], Typed):
        current[0] = Typed(current[0].text.lstrip(), current[0].at)
    if current and isinstance(current[-1], Typed):
        current[-1] = Typed(current[-1].text.rstrip(), current[-1].at)
    kept = tuple(n for n in current if not isinstance(n, Typed) or n.text)
    current.clear()
    if kept:
        found.append(Sentence(kept, kept[0].at, end_of(kept[-1])))


def end_of(node: Node) -> int:
    """The offset behind a node."""
    if isinstance(node, Phrase | Expression | Clause | Footnote):
        return node.end
    if isinstance(node, Styled):
        return end_of(node.parts[-1]) + (2 if node.style == "strong" else 1)
    return node.at + len(node.text)
