"""Levels of administration, and the words that differ between them, as levels.yaml has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from thidua.language.text import fold

Words = Mapping[str, str | None]
_NAMED = re.compile(r"{(\w+)}")


@cache
def levels() -> dict[str, Words]:
    """The words of each level by the level's name; they may name further words in braces."""
    content = yaml.safe_load(files("thidua.settings").joinpath("levels.yaml").read_text(encoding="utf-8"))
    found: dict[str, Words] = content["levels"]
    return found


def level_named(name: str) -> str | None:
    """A level's name as it is to be written, however it was typed; None where there is no such level."""
    return next((level for level in levels() if fold(level) == fold(name)), None)


def level_in(text: str) -> str | None:
    """The level that a text names: «tỉnh» in «UBND tỉnh Đông Hà». The first, and of two there the longer."""
    found = re.search(rf"(?<!\w)({'|'.join(sorted(levels(), key=len, reverse=True))})(?!\w)", text.casefold())
    return found[1] if found else None


def with_words(unit: Mapping[str, Any]) -> dict[str, Any]:
    """A unit's params completed by the words of its level; what the unit says itself stands, a null included.

    A unit whose level is unknown is left as it is.

    >>> with_words({"level": "xã", "superior": "UBND tỉnh Đông Hà"})["council"]
    'Hội đồng Thi đua - Khen thưởng xã'
    """
    level = level_named(str(unit.get("level")))
    if level is None:
        return dict(unit)
    said = {**unit, "level": level}
    words = {**levels()[level], **_of_superior(unit), **said}
    return {name: value if name in said else _filled(value, words) for name, value in words.items()}


def _of_superior(unit: Mapping[str, Any]) -> dict[str, str]:
    """What the superior's name tells of the levels above."""
    superior = level_in(str(unit.get("superior") or ""))
    if superior is None:
        return {}
    provincial = levels()[superior]["province_level"] == "{level}"
    return {"upper_level": superior, **({"province_level": superior} if provincial else {})}


def _filled(word: str | None, words: Mapping[str, Any]) -> str | None:
    """A word with the words that it names; None where the unit has one of them not."""
    for name in _NAMED.findall(word or ""):
        named = _filled(words[name], words)
        if word is None or not isinstance(named, str):
            return None
        word = word.replace(f"{{{name}}}", named)
    return word
