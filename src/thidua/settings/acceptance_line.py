"""The line by which params accept a finding, ready to be copied: only who decided so, and why, are left to write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[A-Za-z_][\w.\-/]*", re.ASCII)


# The end of params in which nothing is accepted yet: the lines are put below it.
NOTHING_ACCEPTED = (
    "# Chấp nhận phát hiện nào thì chép dòng của nó do lệnh check cho sẵn vào dưới đây, rồi ghi who, why.\naccepted:\n"
)


def acceptance_line(id: str, values: Mapping[str, str]) -> str:
    """A line below ``accepted:`` for a finding, with the values that it rests on. Params refuse it until it is filled.

    >>> acceptance_line("ty-le-709c865e", {"lua.actual": "2.800"})
    '  - {id: ty-le-709c865e, who: "", why: "", values: {lua.actual: "2.800"}}'
    """
    held = ", ".join(f"{_name(name)}: {_quoted(value)}" for name, value in values.items())
    return f'  - {{id: {id}, who: "", why: "", values: {{{held}}}}}'


def _name(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """In the quotes of JSON, which YAML reads alike."""
    return json.dumps(text, ensure_ascii=False)
