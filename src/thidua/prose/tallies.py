"""Several indicators told by name and number: «38 tập thể và 240 cá nhân được tặng danh hiệu thi đua cấp xã»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from thidua.document.runs import NBSP
from thidua.figures import Indicator
from thidua.figures.units import is_count
from thidua.prose.noughts import all_gone, beside_noughts, is_nought, none_of, there, together, traced
from thidua.prose.quantities import amount, named
from thidua.prose.words import Words, enumerated, lower, number, series

# What is told of those who are counted: «Tập thể | được tặng Giấy khen», «Doanh nghiệp | đang hoạt động».
_TOLD_OF = re.compile(r"(?P<who>\D*?) (?P<told>(?:được|bị|đạt|đã|đang|còn|có|tham gia) .+)")
# Units that say less than a name does: «188 cán bộ, công chức được nâng bậc lương», not «188 người».
_GENERAL = frozenset(("người", "cơ quan, đơn vị", "đối tượng"))
# What begins a predicate.
_PREDICATES = frozenset(("được", "bị", "đã", "đang"))
_NOT_COUNTED = re.compile(r"(?:tổng|số|lượt|mức|tỷ lệ|dân số)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    """An indicator in words: who or what with its number, what is told of it, its note."""

    head: Words
    told: Words
    note: Words
    counted: bool

    @property
    def beside(self) -> tuple[str, str]:
        """What is the same in those that are told in one breath."""
        return _plain(self.told).casefold(), _plain(self.note)


def tally(indicators: Sequence[Indicator], *, brief: bool = False) -> Words:
    """«cải chính hộ tịch 34 trường hợp và 226 quyết định trợ cấp»: names and amounts, without missing and nought.

    A name that opens with its unit follows the number; what is told alike of several is told once. Where a name ends
    in a number, «là» keeps all of them apart from their amounts. ``brief``: without what the sentence says itself, the
    words that all names begin or end with, and the unit of a part that is counted like its whole: «21 cơ sở, gồm
    02 nhà thuốc và 19 quầy thuốc».
    """
    found = _brief(there(indicators)) if brief else there(indicators)
    link = " là " if any(any(c.isdigit() for c in i.name.split()[-1]) for i in found if i.name) else " "
    told = [_briefly(i) if brief and is_count(i.unit) else _told(i, link, noted=False) for i in found]
    if not told:
        return all_gone(indicators)
    # Behind numbers items are told apart, whatever commas they have.
    listed = enumerated if all(one.counted for one in told) else series
    return beside_noughts(listed([head + of for head, of, _ in _in_one_breath(told)]), indicators)


def points(indicators: Sequence[Indicator]) -> list[Words]:
    """«53 tập thể và 91 cá nhân được tặng Giấy khen (phong trào …)»: items, each with its note; nought last, in one."""
    told = _in_one_breath(_told(i, " ", noted=True) for i in there(indicators))
    noughts = [n for i in indicators if is_nought(i.done) for n in none_of(i).noughts]
    return [*(head + of + note for head, of, note in told), *([together(noughts)] if noughts else [])]


def _told(indicator: Indicator, link: str, *, noted: bool) -> _Told:
    name, unit = indicator.name, indicator.unit.casefold()
    note = " (" + lower(indicator.note) + ")" if noted and indicator.note else Words()
    split = _TOLD_OF.fullmatch(name)
    counted = _opens_with_unit(indicator)
    general = split is not None and unit in _GENERAL and not _NOT_COUNTED.match(name)
    if not counted and not general:
        return _Told(named(indicator) + link + amount(indicator), Words(), note, counted=False)
    if split is None:
        return _Told(number(indicator.done) + NBSP + named(indicator), Words(), note, counted=True)
    who, of = (traced(split[part], name) for part in ("who", "told"))
    return _Told(number(indicator.done) + NBSP + lower(who), " " + lower(of), note, counted=True)


def _in_one_breath(told: Iterable[_Told]) -> Iterator[tuple[Words, Words, Words]]:
    """Those of whom the same is told beside each other: «38 tập thể và 240 cá nhân | được tặng …»."""
    for (of, _), group in groupby(told, key=lambda one: one.beside):
        alike = list(group)
        if of:
            yield enumerated([one.head for one in alike]), alike[0].told, alike[0].note
        else:
            yield from ((one.head, one.told, one.note) for one in alike)


def _briefly(indicator: Indicator) -> _Told:
    """«02 nhà thuốc» of a part, «73.745 người do xã quản lý» of what opens with its unit, else «174 viên đạn»."""
    counted = (
        number(indicator.done) + NBSP if indicator.parent or _opens_with_unit(indicator) else amount(indicator) + " "
    )
    return _Told(counted + named(indicator), Words(), Words(), counted=True)


def _brief(indicators: list[Indicator]) -> list[Indicator]:
    """With names that lack the words that all of them end with, and begin with behind their unit."""
    words = [i.name.split() for i in indicators]
    behind = _shared([w[::-1] for w in words])
    # «Nhà thuốc được kiểm tra», «Quầy thuốc được kiểm tra» lose what begins with «được».
    if marks := [place for place in range(behind) if words[0][-1 - place] in _PREDICATES]:
        behind = marks[-1] + 1
    words = [w[: len(w) - behind] for w in words]
    units = {i.unit.casefold() for i in indicators}
    before = _shared(words) if len(units) == 1 and all(map(_opens_with_unit, indicators)) else 0
    kept = len(indicators[0].unit.split()) if before else 0
    names = [" ".join([*w[:kept], *w[max(before, kept) :]]) for w in words]
    return [replace(i, name=traced(name, i.name)) for i, name in zip(indicators, names, strict=True)]


def _shared(words: list[list[str]]) -> int:
    """How many words all of several begin with, each keeping one of its own."""
    common = 0
    while len(words) > 1 and all(len(w) > common + 1 for w in words) and len({w[common] for w in words}) == 1:
        common += 1
    return common


def _opens_with_unit(indicator: Indicator) -> bool:
    unit = indicator.unit.casefold()
    return bool(unit) and indicator.name.casefold().startswith(unit)


def _plain(words: Words) -> str:
    return "".join(part if isinstance(part, str) else getattr(part.run, "text", "") for part in words.parts)
