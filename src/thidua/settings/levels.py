"""Levels of administration, and what differs between them, as levels.yaml has it: words, offices, recipients."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from thidua.language.own_data import own_data
from thidua.language.text import fold

Words = Mapping[str, str | None]
_NAMED = re.compile(r"{(\w+)}")


class Office(BaseModel):
    """An office of a unit of some level: its workbook, without the ending, its name, what it has to report."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    file: str
    name: str
    themes: tuple[str, ...]


class _Levels(BaseModel):
    """The file: by level the words, the last day where it was done away with, the offices and the recipients.

    ``own`` are the words before a level's name that make a count one of its own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    defaults: dict[str, str | None]
    levels: dict[str, dict[str, str | None]]
    own: tuple[str, ...]
    last_days: dict[str, dt.date]
    offices: dict[str, tuple[Office, ...]]
    recipients: dict[str, tuple[str, ...]]


@cache
def _content() -> _Levels:
    text = files("thidua.settings").joinpath("levels.yaml").read_text(encoding="utf-8")
    return _Levels.model_validate(own_data(text))


def levels() -> Mapping[str, Words]:
    """The words of each level by the level's name; they may name further words in braces."""
    return _content().levels


def last_day(level: str) -> dt.date | None:
    """The last day on which there were units of a level; None while there are."""
    return _content().last_days.get(level)


def offices(level: str) -> tuple[Office, ...]:
    """The offices that a new unit of a level begins with; their names may name words in braces."""
    return _content().offices[level]


def recipients(level: str) -> tuple[str, ...]:
    """Who gets the reports of a new unit of a level; they may name words in braces."""
    return _content().recipients[level]


def level_named(name: str) -> str | None:
    """A level's name as it is to be written, however it was typed; None where there is no such level."""
    return next((level for level in levels() if fold(level) == fold(name)), None)


def rank(level: str) -> int:
    """How high a level stands: 0 with no authorities below it, 1 with some, 2 for provinces; -1 for one not known."""
    words = levels().get(level_named(level) or "")
    if words is None:
        return -1
    return 2 if words["province_level"] == "{level}" else int(words["lower_authorities"] is not None)


def level_in(text: str) -> str | None:
    """The level that a text names: «tỉnh» in «UBND tỉnh Đông Hà». The first, and of two there the longer."""
    found = re.search(rf"(?<!\w)({'|'.join(sorted(levels(), key=len, reverse=True))})(?!\w)", text.casefold())
    return found[1] if found else None


@cache
def is_own(name: str, level: str) -> bool:
    """Whether a name says that what it counts is of a level's own offices: one above does not add it up.

    >>> is_own("Hồ sơ cấp xã đã giải quyết", "xã"), is_own("Người hưởng trợ cấp xã hội", "xã")
    (True, False)
    """
    if level not in levels():
        return False
    words = with_words({"level": level})
    own = [*(f"{lead} {level}" for lead in _content().own), words["one_stop"], words["council"]]
    named = "|".join(re.escape(fold(phrase)) for phrase in own if phrase)
    return re.search(rf"(?<!\w)({named})(?!\w)(?! {fold('hội')}(?!\w))", fold(name)) is not None


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
    return {name: value if name in said else filled(value, words) for name, value in words.items()}


def filled(text: str | None, words: Mapping[str, Any]) -> str | None:
    """A text with the words that it names in braces; None where the unit has one of them not.

    >>> filled("Công an {level}", {"level": "xã"})
    'Công an xã'
    """
    for name in _NAMED.findall(text or ""):
        named = filled(words[name], words)
        if text is None or not isinstance(named, str):
            return None
        text = text.replace(f"{{{name}}}", named)
    return text


def _of_superior(unit: Mapping[str, Any]) -> dict[str, str]:
    """What the superior's name tells of the levels above."""
    superior = level_in(str(unit.get("superior") or ""))
    if superior is None:
        return {}
    provincial = levels()[superior]["province_level"] == "{level}"
    return {"upper_level": superior, **({"province_level": superior} if provincial else {})}
