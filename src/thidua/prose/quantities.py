"""The words for numbers: figures with their units, indicators against plan and last year.

Direction words follow the sign; a value that is missing leaves a gap, and what the words stand in falls away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from thidua.document import runs
from thidua.document.runs import NBSP
from thidua.entries import SourceText
from thidua.figures import Figure, Indicator, constant, magnitude
from thidua.figures.numbers import round_half_up
from thidua.figures.units import PERCENT
from thidua.forms.roles import Base, bases, measures
from thidua.prose.words import Piece, Words, enumerated, gap, joined, lower, number, text, with_unit
from thidua.prose.words import series as in_series

# What a name says of its number, and nobody of what there is none of.
_CHANGES = re.compile(
    r"mức (?P<before>tăng|giảm) (?!trưởng)(?P<what>.+)|(?P<subject>.+) (?P<behind>(?:tăng|giảm)(?: thêm| đi)?)", re.I
)
_COUNTED = re.compile(r"(?:tổng số|tổng|số)\s+(?!liệu)", re.IGNORECASE)


_RATE, _POINTS = "tỷ lệ", "điểm phần trăm"


def amount(indicator: Indicator) -> Words:
    """What was done by the end of the period, qualified, with its unit."""
    return _none(indicator) if _is_nought(indicator.done) else with_unit(indicator.done)


def stated(figure: Figure) -> Words:
    """A figure that is nobody's column, with its unit; of nought, what is nought by its name or by those in it."""
    if not _is_nought(figure):
        return with_unit(figure)
    named_ones = [figure] if figure.label else [f for f in figure.walk() if f.label and f.cell and f.value == 0]
    told = (lower(f.label) + " " + _saying(f, "bằng không") for f in dict.fromkeys(named_ones))
    return replace(_nought(figure), noughts=tuple(told))


def bare(indicator: Indicator) -> Words:
    """The number alone."""
    return _none(indicator) if _is_nought(indicator.done) else number(indicator.done)


def new(indicator: Indicator) -> Words:
    """What came about within the period."""
    actual = indicator.actual
    return _none(indicator, actual, " phát sinh trong kỳ") if _is_nought(actual) else with_unit(actual)


def measured(indicator: Indicator, key: str) -> Words:
    """A column's number with its unit."""
    figure = indicator.values[key]
    if not _is_nought(figure):
        return with_unit(figure)
    called = next(m for m in measures() if m.key == key)
    none = _saying(figure, "không có")
    told = none + f" {called.phrase} " if called.role == "plan" else called.phrase + " " + none + " "
    return replace(_nought(figure), noughts=(told + named(indicator),))


def count(figure: Figure, of: Words | None = None) -> Words:
    """A count; nought reads «không có vụ nào», or with ``of`` «không có vụ cháy rừng nào»."""
    what = " " + of if of else Words()
    if figure.value != 0:
        return with_unit(figure) + what
    unit = " " + text(figure.unit) if figure.unit else Words()
    return _saying(figure, "không có") + unit + what + (" nào" if unit.parts or what.parts else "")


def happened(figure: Figure, verb: str, what: Words | None = None) -> Words:
    """«xảy ra 02 vụ cháy rừng»; nought reads «không xảy ra cháy rừng», or without ``what`` «không xảy ra vụ nào»."""
    if figure.value != 0:
        return f"{verb} " + with_unit(figure) + (" " + what if what else "")
    unit = " " + text(figure.unit) if figure.unit else Words()
    return _saying(figure, f"không {verb}") + (" " + what if what else unit + " nào")


def amounts(indicators: Sequence[Indicator]) -> Words:
    """«10 tập thể, 11 cá nhân và 30 gia đình», without what is missing or nought; a gap where nothing is left."""
    told = _there(indicators)
    return _beside_noughts(enumerated([amount(i) for i in told]), indicators) if told else _all_gone(indicators)


def tally(indicators: Sequence[Indicator], *, brief: bool = False) -> Words:
    """«cải chính hộ tịch 34 trường hợp và 226 quyết định trợ cấp»: names and amounts, without missing and nought.

    A name that opens with its unit follows the number. Where a name ends in a number, «là» keeps all of them apart
    from their amounts. ``brief``: without the words that all names end with, which the sentence says itself.
    """
    there = _brief(_there(indicators)) if brief else _there(indicators)
    link = " là " if any(any(c.isdigit() for c in i.name.split()[-1]) for i in there if i.name) else " "
    told = [_counted(i, link) for i in there]
    # Behind numbers items are told apart, whatever commas they have.
    numbers = all(i.name.casefold().startswith(i.unit.casefold() or "\0") for i in there)
    return _beside_noughts((enumerated if numbers else in_series)(told), indicators) if told else _all_gone(indicators)


def points(indicators: Sequence[Indicator]) -> list[Words]:
    """«53 tập thể được tặng Giấy khen (phong trào …)»: an item for each, with its note; nought last, in one."""
    told = [_counted(i, " ") for i in _there(indicators)]
    told = [w + (" (" + lower(i.note) + ")" if i.note else "") for w, i in zip(told, _there(indicators), strict=True)]
    noughts = [n for i in indicators if _is_nought(i.done) for n in _none(i).noughts]
    return [*told, *([joined(noughts, ", ")] if noughts else [])]


def _brief(indicators: list[Indicator]) -> list[Indicator]:
    """With names that lack the words at the end that all of them share."""
    words = [i.name.split() for i in indicators]
    common = 0
    while len(words) > 1 and all(len(w) > common + 1 for w in words) and len({w[-1 - common] for w in words}) == 1:
        common += 1
    names = [" ".join(w[: len(w) - common]) for w in words]
    return [replace(i, name=_traced(name, i.name)) for i, name in zip(indicators, names, strict=True)]


def _counted(indicator: Indicator, link: str) -> Words:
    unit = indicator.unit.casefold()
    if unit and indicator.name.casefold().startswith(unit):
        return number(indicator.done) + NBSP + named(indicator)
    return named(indicator) + link + amount(indicator)


def directions(indicators: Sequence[Indicator], falls: bool = False) -> Words:
    """Changes given as counts: «tăng 02 cụm, giảm 01 đơn vị», without nought. ``falls``: they count a fall.

    What a rate rose or fell by is percentage points, whatever sign the form has for them.
    """
    words = ("giảm", "tăng") if falls else ("tăng", "giảm")
    parts = [_move(i, words) for i in indicators if i.done.value]
    return _beside_noughts(joined(parts, ", "), indicators) if parts else _all_gone(indicators)


def named_directions(indicators: Sequence[Indicator], falls: bool = False) -> Words:
    """Changes behind what they are of: «hộ nghèo giảm 300 hộ; tỷ lệ hộ nghèo giảm 1,4 điểm phần trăm»."""
    words = ("giảm", "tăng") if falls else ("tăng", "giảm")
    return joined([lower(_changing(i.name)[0]) + " " + _move(i, words) for i in indicators if i.done.value], "; ")


def _move(indicator: Indicator, words: tuple[str, str]) -> Words:
    done = indicator.done
    change, is_of_a_rate = magnitude(done), done.unit == PERCENT and _RATE in indicator.name.casefold()
    moved = number(change) + f"{NBSP}{_POINTS}" if is_of_a_rate else with_unit(change)
    return f"{words[(done.value or 0) < 0]} " + moved


def _changing(name: str) -> tuple[str, str]:
    """What changes by a name that tells a change, and how: «Hộ nghèo giảm» and «Mức giảm tỷ lệ» tell a fall."""
    found = _CHANGES.fullmatch(name)
    if found is None:
        return name, ""
    subject = found["what"] or found["subject"]
    return _traced(subject, name), (found["before"] or found["behind"]).casefold()


def progress(indicator: Indicator) -> Words:
    """«đạt 1.200,5 ha, bằng 96,02% kế hoạch (1.250,25 ha)», without what was not submitted or is in doubt.

    A rate is set beside the rate that was planned: «đạt 68%, cao hơn kế hoạch (65%)».
    """
    base = next(b for b in bases() if b.is_plan)
    done, plan, phrase = indicator.done, indicator.values[base.key], base.measure.phrase
    if done.missing:
        return number(done)
    known = bool(plan.value) and not plan.doubt
    if _is_nought(done):
        return _none(indicator, done, f" ({phrase} " + with_unit(plan) + ")" if known else "")
    told, ratio = "đạt " + with_unit(done), indicator.ratio(base)
    planned = " (" + with_unit(plan) + ")" if known else Words()
    if ratio.missing:
        return told
    if done.unit == PERCENT and known:
        side = {0: "bằng", 1: "cao hơn", -1: "thấp hơn"}[_side(done, plan)]
        return told + f", {side} {phrase}" + planned
    above = (_shown(ratio) or 0) > 100
    return (
        told
        + (", vượt " + with_unit(_excess(ratio)) if above else ", bằng " + with_unit(ratio))
        + f" {phrase}"
        + planned
    )


def _side(done: Figure, plan: Figure) -> int:
    """Whether a figure is above, at or below what was planned."""
    assert done.value is not None and plan.value is not None
    return (done.value > plan.value) - (done.value < plan.value)


def out_of(part: Indicator, whole: Figure) -> Words:
    """«08/19 tiêu chí»: a number over the whole that it is a part of, alone where there is no whole."""
    if part.done.missing or whole.missing or whole.doubt:
        return amount(part)
    if _is_nought(part.done):
        return _none(part, part.done, " trên tổng số " + with_unit(whole) if whole.value else "")
    return number(part.done) + "/" + with_unit(whole)


def compared(indicator: Indicator, base: Base, wording: Words | None = None) -> Words:
    """What was done against a base of the form; ``wording`` replaces the base's own words."""
    against = wording or Words((base.measure.phrase,))
    if base.is_plan:
        return _reached(indicator.ratio(base), against)
    growth = indicator.change(base)
    return number(growth) if growth.missing else _moved(growth, against)


def contrasted(indicator: Indicator, base: Base, elapsed: Decimal, wording: Words | None = None) -> Words:
    """The same behind what was reached of the plan: «song giảm 1,8% so với cùng kỳ» where that is a contrast.

    It is one where a value fell although the plan is not behind: as large a part of it was reached as of the year is
    over (``elapsed``), of a rate all of it.
    """
    words, growth = compared(indicator, base, wording), indicator.change(base)
    due = 100 if indicator.done.unit == PERCENT else 100 * elapsed
    reached = [r for b in bases() if b.is_plan and (r := indicator.ratio(b).value) is not None]
    return "song " + words if reached and min(reached) >= due and (_shown(growth) or 0) < 0 else words


def _moved(growth: Figure, against: Words) -> Words:
    """«tăng 7,25% so với …», «giảm …», «không thay đổi so với …»."""
    return (_direction(growth) or Words(("không thay đổi",))) + " so với " + against


def series(indicators: Sequence[Indicator]) -> Words:
    """«Lúa xuân 1.200,5/1.250,25 ha, đạt …; ngô xuân …»: name and progress of each indicator that has a value."""
    told = [named(i) + " " + progress(i) for i in _there(indicators)]
    return _beside_noughts(joined(told, "; "), indicators) if told else _all_gone(indicators)


def rises_and_falls(indicators: Sequence[Indicator], base: Base) -> Words:
    """«đàn bò tăng 24% và đàn dê tăng 17,59%, song đàn trâu giảm 8,93%»: rises first, falls against them."""
    moved = [(i, _direction(i.change(base))) for i in _there(indicators) if not i.change(base).missing]
    rises, falls = (
        [named(i) + " " + words for i, words in moved if words and (_shown(i.change(base)) or 0) * sign > 0]
        for sign in (1, -1)
    )
    same = [named(i) for i, words in moved if not words]
    told = [enumerated(part) for part in (rises, falls) if part]
    kept = [(", còn " if told else "") + enumerated(same) + " không thay đổi"] if same else []
    words = joined([*([joined(told, ", song ")] if told else []), *kept], "")
    return words if words.parts else _all_gone([])


def newly(indicators: Sequence[Indicator]) -> Words:
    """«rau các loại là 225,5 ha và gừng là 25,9 ha»: what came about within the period, where earlier amounts count."""
    there = [i for i in indicators if i.actual.value and not i.cumulative.missing]
    told = [named(i) + " là " + with_unit(i.actual) for i in there]
    return enumerated(told) if told else _all_gone([])


def named(indicator: Indicator) -> Words:
    """An indicator's name in running text."""
    return lower(indicator.name)


def _direction(growth: Figure) -> Words | None:
    # A change too small to print is none: «tăng 0,00%» says nothing.
    if not (shown := _shown(growth)):
        return None
    return f"{'tăng' if shown > 0 else 'giảm'} " + with_unit(magnitude(growth))


def _reached(ratio: Figure, base: Words) -> Words:
    if _shown(ratio) == 0:
        return _saying(ratio, "chưa thực hiện được") + " " + base
    told = "đạt " + with_unit(ratio) + " " + base
    if ratio.missing or (_shown(ratio) or 0) <= 100:
        return told
    return told + " (vượt " + with_unit(_excess(ratio)) + ")"


def _excess(ratio: Figure) -> Figure:
    return (ratio - constant(100)).named(f"{ratio.id}.excess", f"{ratio.label}, phần vượt", ratio.decimals)


def _there(indicators: Sequence[Indicator]) -> list[Indicator]:
    return [i for i in indicators if not i.done.missing and not _is_nought(i.done)]


def _beside_noughts(words: Words, indicators: Sequence[Indicator]) -> Words:
    """Words that tell some indicators, with those that are nought beside them."""
    noughts = tuple(n for i in indicators if _is_nought(i.done) for n in _none(i).noughts)
    return words + Words(noughts=noughts)


def _all_gone(indicators: Sequence[Indicator]) -> Words:
    """Why nothing is left of several indicators."""
    gone = joined([_none(i) if _is_nought(i.done) else number(i.done) for i in indicators], "")
    return Words((), gone.gaps or ("không có chỉ tiêu nào",), noughts=gone.noughts)


def _is_nought(figure: Figure) -> bool:
    return figure.value == 0


def _none(indicator: Indicator, figure: Figure | None = None, more: str | Words = "") -> Words:
    """A gap where nought was submitted, which is told beside.

    «không có vụ cháy rừng», «tỷ lệ hộ nghèo bằng không», «hộ nghèo không giảm».
    """
    figure = indicator.done if figure is None else figure
    name = indicator.name
    bare = name[len(lead[0]) :] if (lead := _COUNTED.match(name)) else name
    subject, change = _changing(name)
    if change:
        told = lower(subject) + " " + _saying(figure, f"không {change}")
    elif figure.unit == PERCENT:
        told = lower(name) + " " + _saying(figure, "bằng không")
    else:
        told = _saying(figure, "không có") + " " + lower(_traced(bare, name))
    return replace(_nought(figure), noughts=(told + more,))


def _traced(part: str, name: str) -> str:
    """A part of a name with the cell of the whole."""
    return SourceText(part, name.cell) if isinstance(name, SourceText) else part


def _saying(figure: Figure, words: str) -> Words:
    """Words that stand for a figure and lead to its cell as its number would."""
    return Words((Piece(runs.number(figure, words), (figure,)),))


def _nought(figure: Figure) -> Words:
    return gap(f"{figure.label or figure.id}: bằng 0")


def _shown(figure: Figure) -> Decimal | None:
    """The value as it is printed."""
    if figure.value is None or figure.decimals is None:
        return figure.value
    return round_half_up(figure.value, figure.decimals)
