"""What a table or chart shows, in the words that follow its title: worked out from its figures, never typed.

Nothing is said of too few rows, nor of figures that are in doubt: where some are left out, the words say how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from thidua.charts.wording import amount, count
from thidua.figures import Figure, Indicator
from thidua.figures.in_column import in_column
from thidua.figures.units import PERCENT
from thidua.forms.roles import Base, bases
from thidua.language.capitals import uncapitalised

# Of two numbers one is always the larger.
_LEAST, _LEAST_RANKED = 2, 3
_LONGEST_NAME = 60
_MOST_ROWS = 2
_MOST_GROUPS = 4
_WHOLE = 100


def with_point(title: str, point: str) -> str:
    """«Diện tích gieo trồng so với kế hoạch: 01/08 chỉ tiêu đạt kế hoạch»."""
    return f"{title}: {point}" if point else title


def of_progress(indicators: Sequence[Indicator], against: Sequence[Base] = ()) -> str:
    """How many reached their plan and which came least far; how many rose over the earlier period and how many fell.

    Of several plans the first that some have. A rate is no amount that a plan is reached by or that grows by percent:
    rates are left out. ``against`` are the bases that are shown, all where it is empty.
    """
    shown = against or bases()
    reached = (_reached(indicators, base) for base in shown if base.is_plan)
    moved = (_moved(indicators, base) for base in shown if base.change)
    return "; ".join(clause for clause in (next(filter(None, reached), ""), next(filter(None, moved), "")) if clause)


def of_changes(pairs: Sequence[tuple[Figure, Figure]], than: str) -> str:
    """How many rose and how many fell, of figures now and then; «cả 03 chỉ tiêu tăng so với năm 2030»."""
    sound = [(now, then) for now, then in pairs if _sound(now) and _sound(then)]
    return _counted([_sign(now.value, then.value) for now, then in sound], len(pairs), than)


def of_largest(rows: Mapping[str, Sequence[Figure]]) -> str:
    """The row whose first figure is the largest, with all its figures; the first figures are of one unit.

    Nothing where two are the largest, or where one is in doubt or missing.
    """
    first = {name: figures[0] for name, figures in rows.items() if figures}
    if len(first) < _LEAST_RANKED or len({f.unit for f in first.values()}) > 1 or not all(map(_sound, first.values())):
        return ""
    name = _only(first, max)
    if not name or not first[name].value:
        return ""
    told = ", ".join(amount(f) for f in rows[name] if _sound(f) and f.value)
    most = "cao nhất" if first[name].unit == PERCENT else "nhiều nhất"
    return f"{most} là {uncapitalised(name)} ({told})" if len(name) <= _LONGEST_NAME else ""


def of_ranges(columns: Mapping[str, Sequence[Figure]]) -> str:
    """From where to where the percentages of each column reach: «tập thể từ 87,50% đến 100,00%»."""
    told = []
    for name, figures in columns.items():
        if len(figures) < _LEAST_RANKED or not all(map(_sound, figures)):
            continue
        low, high = _range(figures)
        told.append(f"{uncapitalised(name)} {f'đều là {low}%' if low == high else f'từ {low}% đến {high}%'}")
    return ", ".join(told)


def of_parts(rows: Mapping[str, Mapping[str, Figure]]) -> str:
    """The part that is more than half of each total: «cấp huyện chủ yếu là trước hạn, cấp xã chủ yếu là đúng hạn».

    Nothing where no part is, where one is in doubt or missing, or where many rows differ.
    """
    most = {name: _majority(parts) for name, parts in rows.items()}
    different = set(most.values())
    if "" in different or not most:
        return ""
    if len(different) == 1:
        return f"{f'cả {count(len(most))} mục ' if len(most) > 1 else ''}chủ yếu là {uncapitalised(different.pop())}"
    told = (f"{uncapitalised(name)} chủ yếu là {uncapitalised(part)}" for name, part in most.items())
    return ", ".join(told) if len(most) <= _MOST_ROWS else ""


def of_list(groups: Mapping[str, int]) -> str:
    """How many rows each group has, «UBND tỉnh (01); UBND xã (02)», or all of them have where the groups are many."""
    if 1 < len(groups) <= _MOST_GROUPS and all(groups):
        return "; ".join(f"{name} ({count(number)})" for name, number in groups.items())
    whole = sum(groups.values())
    return f"tổng số {count(whole)}" if whole >= _LEAST else ""


def _majority(parts: Mapping[str, Figure]) -> str:
    values = {part: figure.value for part, figure in parts.items() if figure.value is not None and not figure.doubt}
    if len(values) < len(parts):
        return ""
    return next((part for part, value in values.items() if 2 * value > sum(values.values())), "")


def _reached(rows: Sequence[Indicator], base: Base) -> str:
    """«01/08 chỉ tiêu đạt kế hoạch, thấp nhất là khoai lang (20,21%)»; the range where none has reached it."""
    ratios = [i.ratio(base) for i in rows]
    # Written as the column writes them, which has the rates too.
    ranked = sorted(
        (ratio.value, ratio.printed, i.name)
        for i, ratio in zip(rows, in_column(ratios), strict=True)
        if ratio.value is not None and i.unit != PERCENT
    )
    if len(ranked) < _LEAST:
        return ""
    known, left = count(len(ranked)), _left(_withheld(rows, ratios))
    (low, least, name), (high, most, _) = ranked[0], ranked[-1]
    met, plan = sum(value >= _WHOLE for value, _, _ in ranked), base.measure.phrase
    if low >= _WHOLE:
        return f"cả {known} chỉ tiêu đạt {plan}" if not left else f"{known} chỉ tiêu đạt {plan}{left}"
    if high < _WHOLE:
        who = f"{known} chỉ tiêu " if left else ""
        return f"{who}đạt từ {least}% đến {most}% {plan}{left}" if least != most else ""
    told = f"{count(met)}/{known} chỉ tiêu đạt {plan}"
    alone = len(ranked) >= _LEAST_RANKED and low < ranked[1][0] and len(name) <= _LONGEST_NAME
    return (f"{told}, thấp nhất là {uncapitalised(name)} ({least}%)" if alone else told) + left


def _moved(rows: Sequence[Indicator], base: Base) -> str:
    amounts = [i for i in rows if i.unit != PERCENT]
    changes = [i.change(base) for i in amounts]
    signs = [_sign(change.value, Decimal(0)) for change in changes if change.value is not None]
    return _counted(signs, len(signs) + _withheld(amounts, changes), base.measure.phrase)


def _withheld(rows: Sequence[Indicator], figures: Sequence[Figure]) -> int:
    return sum(f.withheld and i.unit != PERCENT for i, f in zip(rows, figures, strict=True))


def _counted(signs: Sequence[int], asked: int, than: str) -> str:
    """«cả 06 chỉ tiêu giảm so với cùng kỳ», «03 chỉ tiêu tăng, 03 chỉ tiêu giảm so với cùng kỳ»."""
    if len(signs) < _LEAST:
        return ""
    left = _left(asked - len(signs))
    words = {1: "tăng", -1: "giảm", 0: "không thay đổi"}
    counts = {word: signs.count(sign) for sign, word in words.items() if sign in signs}
    if len(counts) == 1:
        return f"{'' if left else 'cả '}{count(len(signs))} chỉ tiêu {next(iter(counts))} so với {than}{left}"
    return f"{', '.join(f'{count(n)} chỉ tiêu {word}' for word, n in counts.items())} so với {than}{left}"


def _left(number: int) -> str:
    """«, còn 02 chỉ tiêu chưa so sánh được»: what the words before it do not count."""
    return f", còn {count(number)} chỉ tiêu chưa so sánh được" if number else ""


def _range(figures: Sequence[Figure]) -> tuple[str, str]:
    """The least and the largest figure, written with one number of decimals."""
    ordered = sorted(in_column(figures), key=lambda f: f.value or Decimal(0))
    return ordered[0].printed, ordered[-1].printed


def _only(figures: Mapping[str, Figure], extreme: Callable[[Iterable[Decimal]], Decimal]) -> str:
    """The name whose figure is the largest or the least, where no other is like it."""
    values = {name: f.value for name, f in figures.items() if f.value is not None}
    found = extreme(values.values())
    names = [name for name, value in values.items() if value == found]
    return names[0] if len(names) == 1 else ""


def _sound(figure: Figure) -> bool:
    return figure.value is not None and not figure.doubt


def _sign(now: Decimal | None, then: Decimal | None) -> int:
    assert now is not None and then is not None
    return (now > then) - (now < then)
