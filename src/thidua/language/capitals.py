"""The first letter of a text that moves into the middle of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from thidua.language.own_data import own_data
from thidua.language.text import fold


@dataclass(frozen=True)
class _Lists:
    """The lists of capitals.yaml, ready to match the start of a text."""

    names: re.Pattern[str]
    heads: re.Pattern[str]
    documents: re.Pattern[str]
    common: frozenset[str]


def uncapitalised(value: str) -> str:
    """First letter in lower case, unless the text starts with a name or an abbreviation.

    After Nghị định 30/2020/NĐ-CP, Phụ lục II; which words make a name is data, in capitals.yaml.
    """
    return value if starts_with_name(value) else value[:1].lower() + value[1:]


def starts_with_name(value: str) -> bool:
    """«UBND xã», «Đảng bộ», «Sở Nội vụ», «Tết Nguyên đán», «Bình An»; but not «Xã Bình An», «Ban hành Quyết định»."""
    first, _, rest = value.partition(" ")
    if not first[:1].isupper():
        return False
    if first[1:2].isupper() or any(c.isdigit() for c in first):
        return True
    lists = _lists()
    plain = _comparable(value)
    if lists.names.match(plain) or lists.documents.match(plain):
        return True
    if (head := lists.heads.match(plain)) is not None and plain[head.end() :][:1].isupper():
        return True
    second = rest.partition(" ")[0]
    named = second[:1].isupper() and not second[1:2].isupper()
    return named and first[-1].isalpha() and fold(first) not in lists.common


@cache
def _lists() -> _Lists:
    content = own_data(files("thidua.language").joinpath("capitals.yaml").read_text(encoding="utf-8"))

    def starting(words: list[str], behind: str) -> re.Pattern[str]:
        longest_first = sorted((_comparable(w) for w in words), key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))}){behind}")

    return _Lists(
        names=starting(content["names"], r"(?!\w)"),
        heads=starting(content["heads"], " "),
        documents=starting(content["documents"], " số "),
        common=frozenset(fold(word) for word in content["common"]),
    )


def _comparable(value: str) -> str:
    """With each word's capital kept and the tone marks where fold puts them."""
    words = value.split(" ", 8)[:8]
    return " ".join(f[:1].upper() + f[1:] if w[:1].isupper() else f for w in words if (f := fold(w)))
