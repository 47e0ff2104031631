"""The params of the next period: the text of the last, with what is of one period alone taken out.

The text is changed, not written anew, so that an officer finds every remark and the order of things where they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from thidua.checks.rules.other_periods import other_periods
from thidua.language.yaml_text import Place, YamlText
from thidua.settings.acceptance_line import NOTHING_ACCEPTED
from thidua.settings.params import Params
from thidua.settings.period import Period

# What belongs to the document of one period.
_OF_ONE_DOCUMENT: tuple[Place, ...] = (("document", "number"), ("document", "date"))


@dataclass(frozen=True)
class NextParams:
    """The text, what was cleared as (name, value), and lines that name another period in so many words."""

    text: str
    kept: tuple[str, ...]
    cleared: tuple[tuple[str, str], ...]
    outdated: tuple[tuple[str, str], ...]


def next_params(old: YamlText, params: Params, period: Period) -> NextParams:
    """The params text for another period, made from a file that could be read without a fault."""
    edits = [(_range(old.values["period",]), period.id)]
    cleared = []
    for place in _OF_ONE_DOCUMENT:
        node = old.values.get(place)
        if node is not None and old.content["document"][place[1]] is not None:
            edits.append((_range(node), "null"))
            cleared.append((".".join(map(str, place)), str(node.value)))
    if params.accepted:
        edits.append((_after_name(old.text, "accepted"), ":"))
        cleared += [("accepted", f"{a.id} ({a.who}: {a.why})") for a in params.accepted]
    text = old.text
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    if "accepted" not in old.content:
        text = f"{text.rstrip()}\n\n{NOTHING_ACCEPTED}"
    kept = tuple(name for name in old.content if name not in ("period", "accepted"))
    return NextParams(text, kept, tuple(cleared), tuple(_outdated(old.content, period)))


def _range(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _after_name(text: str, name: str) -> tuple[int, int]:
    """From the name of a top-level entry to the end of its value, without the empty lines and remarks that follow."""
    mapping = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)
    key, value = next((k, v) for k, v in mapping.value if k.value == name)
    start, end = key.end_mark.index, value.end_mark.index
    lines = text[start:end].splitlines(keepends=True)
    while not lines[-1].strip() or lines[-1].startswith("#"):
        end -= len(lines.pop())
    return start, end - (text[end - 1] == "\n")


def _outdated(typed: Any, period: Period) -> Iterator[tuple[str, str]]:
    """Title and headings as they were typed, where they name a period that will be another's."""
    for name, line in (("document.title", typed["document"]["title"]), *_headings(typed["sections"])):
        if other_periods([line], period):
            yield name, " ".join(line.split())


def _headings(nodes: Any) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.get("heading"):
            yield "heading", node["heading"]
        yield from _headings(node.get("sections") or ())
