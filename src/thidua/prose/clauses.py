"""Optional clauses and footnotes: the two brackets of the prose language.

``[[, đạt {{ x }} kế hoạch]]`` is a clause that disappears when a value in it is missing; ``^[ … ]`` is a footnote,
which does so too. Both may hold the other and themselves. A clause that holds clauses and no data of its own
disappears with the last of them; the unit's name, the period's and references are no data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from thidua.errors import ProseError
from thidua.prose.tokens import TOKEN, Tokens

_BRACKETS = re.compile(r"\^\[|\[\[|\]\]|\[|\]")
# What ties a clause to the one before it.
_JOINT = re.compile(r"\A(?:[,;:]?\s+(?:và\s+)?|[,;:])")
_CLOSERS = {"[[": "]]", "^[": "]", "[": "]"}


@dataclass
class _Node:
    """A bracket and what is in it; ``opener`` is empty for the whole text."""

    opener: str
    parts: list[str | _Node] = field(default_factory=list)


def resolve(text: str, tokens: Tokens, footnote: Callable[[str], str]) -> str:
    """Drop the clauses that lack a value, turn footnotes into what ``footnote`` makes of their text, mend punctuation.

    ProseError for a bracket that is not closed.
    """
    rendered, _ = _render(_parse(text), tokens, footnote)
    return mend(rendered)


def _parse(text: str) -> _Node:
    stack = [_Node("")]
    position = 0
    while position < len(text):
        match = _BRACKETS.search(text, position)
        if match is None:
            break
        stack[-1].parts.append(text[position : match.start()])
        bracket, position = match[0], match.end()
        wanted = _CLOSERS.get(stack[-1].opener)
        if bracket in _CLOSERS:
            stack.append(_Node(bracket))
        elif bracket == wanted:
            closed = stack.pop()
            stack[-1].parts.append(closed)
        elif bracket == "]]" and wanted == "]":
            closed = stack.pop()
            stack[-1].parts.append(closed)
            position -= 1
        elif bracket == "]" and wanted is None:
            stack[-1].parts.append("]")
        else:
            raise ProseError("dấu ngoặc ]] hoặc ] không khớp với dấu mở")
    stack[-1].parts.append(text[position:])
    if len(stack) > 1:
        raise ProseError(f"dấu {stack[-1].opener} chưa có dấu đóng {_CLOSERS[stack[-1].opener]}")
    return stack[0]


def _render(node: _Node, tokens: Tokens, footnote: Callable[[str], str]) -> tuple[str, bool]:
    """The node's text, and whether it is complete: no value of its own is missing, not all its clauses fell away."""
    text, whole = "", True
    clauses = kept = values = 0
    headless = False
    for part in node.parts:
        if isinstance(part, str):
            headless = headless and not part
            found = TOKEN.findall(part)
            values += sum(tokens.is_data(m) for m in found)
            whole &= not any(tokens.is_missing(m) for m in found)
            text += part
            continue
        inner, inner_whole = _render(part, tokens, footnote)
        if part.opener == "[[":
            clauses += 1
            kept += inner_whole
            if inner_whole:
                # «gồm [[a]][[, b]]» without its a reads «gồm b».
                text += _JOINT.sub("", inner) if headless else inner
                headless = False
            else:
                headless = headless or not _JOINT.match(inner)
        elif part.opener == "^[":
            text += footnote(mend(inner)) if inner_whole and mend(inner).strip(" .;,:") else ""
        else:
            whole &= inner_whole
            text += f"[{inner}]"
    if clauses and not kept and not values:
        whole = False
    return text, whole


_MENDS = (
    (re.compile(r"[ \t]+([,;:.!?)])"), r"\1"),
    (re.compile(r"\(\s*[,;:]?\s*"), "("),
    (re.compile(r"[ \t]*\(\)"), ""),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"[,;:]\s*([.)])"), r"\1"),
    (re.compile(r"(?<!\.)\.\s*\.(?!\.)"), "."),
    (re.compile(r"(?<=\S)[ \t]{2,}"), " "),
)
_LEADING = re.compile(r"^([ \t]*(?:[-+*] |#+ )?)[,;:.]\s*", re.MULTILINE)
_HOLLOW = re.compile(r"^[ \t]*(?:[-+*]|#+)?[ \t]*[.;,:]?[ \t]*$\n?", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n{3,}")


def mend(text: str) -> str:
    """Repair what dropped clauses leave behind: doubled or dangling punctuation, hollow lines."""
    while (mended := _mend_once(text)) != text:
        text = mended
    return text


def _mend_once(text: str) -> str:
    for pattern, replacement in _MENDS:
        text = pattern.sub(replacement, text)
    text = _LEADING.sub(r"\1", text)
    lines = "\n".join(line for line in text.split("\n") if not line.strip() or not _HOLLOW.fullmatch(line))
    return _PARAGRAPHS.sub("\n\n", lines)
