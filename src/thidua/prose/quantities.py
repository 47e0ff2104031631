"""The words for numbers: figures with their units, indicators against plan and last year.

Direction words follow the sign; a value that is missing leaves a gap, and what the words stand in falls away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from thidua.document.runs import NBSP
from thidua.figures import Figure, Indicator, constant, magnitude
from thidua.figures.numbers import round_half_up
from thidua.figures.units import PERCENT
from thidua.forms.roles import Base, bases, measures
from thidua.prose.noughts import all_gone, beside_noughts, changing, is_nought, none_of, nought, saying, there
from thidua.prose.words import Words, enumerated, joined, lower, number, text, with_unit

_RATE, _POINTS = "tỷ lệ", "điểm phần trăm"


def amount(indicator: Indicator) -> Words:
    """What was done by the end of the period, qualified, with its unit."""
    return none_of(indicator) if is_nought(indicator.done) else with_unit(indicator.done)


def stated(figure: Figure) -> Words:
    """A figure that is nobody's column, with its unit; of nought, what is nought by its name or by those in it."""
    if not is_nought(figure):
        return with_unit(figure)
    named_ones = [figure] if figure.label else [f for f in figure.walk() if f.label and f.cell and f.value == 0]
    told = (lower(f.label) + " " + saying(f, "bằng không") for f in dict.fromkeys(named_ones))
    return replace(nought(figure), noughts=tuple(told))


def bare(indicator: Indicator) -> Words:
    """The number alone."""
    return none_of(indicator) if is_nought(indicator.done) else number(indicator.done)


def new(indicator: Indicator) -> Words:
    """What came about within the period."""
    actual = indicator.actual
    return none_of(indicator, actual, " phát sinh trong kỳ") if is_nought(actual) else with_unit(actual)


def measured(indicator: Indicator, key: str) -> Words:
    """A column's number with its unit."""
    figure = indicator.values[key]
    if not is_nought(figure):
        return with_unit(figure)
    called = next(m for m in measures() if m.key == key)
    none = saying(figure, "không có")
    told = none + f" {called.phrase} " if called.role == "plan" else called.phrase + " " + none + " "
    return replace(nought(figure), noughts=(told + named(indicator),))


def count(figure: Figure, of: Words | None = None) -> Words:
    """A count; nought reads «không có vụ nào», or with ``of`` «không có vụ cháy rừng nào»."""
    what = " " + of if of else Words()
    if figure.value != 0:
        return with_unit(figure) + what
    unit = " " + text(figure.unit) if figure.unit else Words()
    return saying(figure, "không có") + unit + what + (" nào" if unit.parts or what.parts else "")


def happened(figure: Figure, verb: str, what: Words | None = None) -> Words:
    """«xảy ra 02 vụ cháy rừng»; nought reads «không xảy ra cháy rừng», or without ``what`` «không xảy ra vụ nào»."""
    if figure.value != 0:
        return f"{verb} " + with_unit(figure) + (" " + what if what else "")
    unit = " " + text(figure.unit) if figure.unit else Words()
    return saying(figure, f"không {verb}") + (" " + what if what else unit + " nào")


def amounts(indicators: Sequence[Indicator]) -> Words:
    """«10 tập thể, 11 cá nhân và 30 gia đình», without what is missing or nought; a gap where nothing is left."""
    told = there(indicators)
    return beside_noughts(enumerated([amount(i) for i in told]), indicators) if told else all_gone(indicators)


def directions(indicators: Sequence[Indicator], falls: bool = False) -> Words:
    """Changes given as counts: «tăng 02 cụm và 01 đơn vị, giảm 03 khối», without nought.

    ``falls``: they count a fall. What a rate rose or fell by is percentage points, whatever sign the form has for them.
    """
    words = ("giảm", "tăng") if falls else ("tăng", "giảm")
    moves = [(i.unit == PERCENT, *_move(i, words)) for i in indicators if i.done.value]
    parts = [f"{m[1]} " + enumerated([by for *_, by in alike]) for m, alike in groupby(moves, key=lambda m: m[:2])]
    return beside_noughts(joined(parts, ", "), indicators) if parts else all_gone(indicators)


def named_directions(indicators: Sequence[Indicator], falls: bool = False) -> Words:
    """Changes behind what they are of: «hộ nghèo giảm 300 hộ; tỷ lệ hộ nghèo giảm 1,4 điểm phần trăm»."""
    words = ("giảm", "tăng") if falls else ("tăng", "giảm")
    moves = [(i, *_move(i, words)) for i in indicators if i.done.value]
    return joined([lower(changing(i.name)[0]) + f" {word} " + by for i, word, by in moves], "; ")


def _move(indicator: Indicator, words: tuple[str, str]) -> tuple[str, Words]:
    done = indicator.done
    change, is_of_a_rate = magnitude(done), done.unit == PERCENT and _RATE in indicator.name.casefold()
    moved = number(change) + f"{NBSP}{_POINTS}" if is_of_a_rate else with_unit(change)
    return words[(done.value or 0) < 0], moved


def progress(indicator: Indicator) -> Words:
    """«đạt 1.200,5 ha, bằng 96,02% kế hoạch (1.250,25 ha)», without what was not submitted or is in doubt.

    A rate is set beside the rate that was planned: «đạt 68%, cao hơn kế hoạch (65%)».
    """
    base = next(b for b in bases() if b.is_plan)
    done, plan, phrase = indicator.done, indicator.values[base.key], base.measure.phrase
    if done.missing:
        return number(done)
    known = bool(plan.value) and not plan.doubt
    if is_nought(done):
        return none_of(indicator, done, f" ({phrase} " + with_unit(plan) + ")" if known else "")
    told, ratio = "đạt " + with_unit(done), indicator.ratio(base)
    planned = " (" + with_unit(plan) + ")" if known else Words()
    if ratio.missing:
        return told
    if done.unit == PERCENT and known:
        side = {0: "bằng", 1: "cao hơn", -1: "thấp hơn"}[_side(done, plan)]
        return told + f", {side} {phrase}" + planned
    reached = ", vượt " + with_unit(_excess(ratio)) if _is_excess(ratio) else ", bằng " + with_unit(ratio)
    return told + reached + f" {phrase}" + planned


def _side(done: Figure, plan: Figure) -> int:
    """Whether a figure is above, at or below what was planned."""
    assert done.value is not None and plan.value is not None
    return (done.value > plan.value) - (done.value < plan.value)


def out_of(part: Indicator, whole: Figure) -> Words:
    """«08/19 tiêu chí»: a number over the whole that it is a part of, alone where there is no whole."""
    if part.done.missing or whole.missing or whole.doubt:
        return amount(part)
    if is_nought(part.done):
        return none_of(part, part.done, " trên tổng số " + with_unit(whole) if whole.value else "")
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
    told = [named(i) + " " + progress(i) for i in there(indicators)]
    return beside_noughts(joined(told, "; "), indicators) if told else all_gone(indicators)


def rises_and_falls(indicators: Sequence[Indicator], base: Base) -> Words:
    """«đàn bò tăng 24% và đàn dê tăng 17,59%, song đàn trâu giảm 8,93%»: rises first, falls against them."""
    moved = [(i, _direction(i.change(base))) for i in there(indicators) if not i.change(base).missing]
    rises, falls = (
        [named(i) + " " + words for i, words in moved if words and (_shown(i.change(base)) or 0) * sign > 0]
        for sign in (1, -1)
    )
    same = [named(i) for i, words in moved if not words]
    told = [enumerated(part) for part in (rises, falls) if part]
    kept = [(", còn " if told else "") + enumerated(same) + " không thay đổi"] if same else []
    words = joined([*([joined(told, ", song ")] if told else []), *kept], "")
    return words if words.parts else all_gone([])


def newly(indicators: Sequence[Indicator]) -> Words:
    """«rau các loại là 225,5 ha và gừng là 25,9 ha»: what came about within the period, where earlier amounts count."""
    there = [i for i in indicators if i.actual.value and not i.cumulative.missing]
    told = [named(i) + " là " + with_unit(i.actual) for i in there]
    return enumerated(told) if told else all_gone([])


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
        return saying(ratio, "chưa thực hiện được") + " " + base
    return ("vượt " + with_unit(_excess(ratio)) if _is_excess(ratio) else "đạt " + with_unit(ratio)) + " " + base


def _is_excess(ratio: Figure) -> bool:
    """Whether a plan was exceeded by what reads as an excess: five times a plan is no «vượt 400%»."""
    return 100 < (_shown(ratio) or 0) <= 200


def _excess(ratio: Figure) -> Figure:
    return (ratio - constant(100)).named(f"{ratio.id}.excess", f"{ratio.label}, phần vượt", ratio.decimals)


def _shown(figure: Figure) -> Decimal | None:
    """The value as it is printed."""
    if figure.value is None or figure.decimals is None:
        return figure.value
    return round_half_up(figure.value, figure.decimals)
