"""Whose parts a figure has that was put together of what several units state, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from thidua.figures.figure import Figure
from thidua.figures.numbers import format_quantity

# So many are named beside a number; of more, how many they are.
_BESIDE = 3


def lacking(figures: Iterable[Figure], most: int = _BESIDE) -> str:
    """«chưa có số liệu của xã A và xã B», «riêng số liệu của xã C»; of more than ``most``, how many.

    Nothing where they have all their parts, or no value.
    """
    return in_words(*uneven_parts(figures), most)


def uneven_parts(figures: Iterable[Figure]) -> tuple[Sequence[str], Sequence[str]]:
    """Whose parts figures have not, and who alone states others of them."""
    there = [f for f in figures if not f.missing]
    lacks = {name for f in there if not f.only for name in f.lacks}
    return sorted(lacks), sorted({name for f in there for name in f.only})


def in_words(lacks: Sequence[str], only: Sequence[str] = (), most: int = _BESIDE, *, besides: bool = False) -> str:
    """«chưa có số liệu của xã A và xã B; riêng số liệu của xã C»; nothing of nobody.

    ``besides``: of others it is told elsewhere that theirs are lacking too.
    """
    told = (("chưa có cả" if besides else "chưa có", lacks), ("riêng", only))
    return "; ".join(f"{how} số liệu của {_briefly(who, most)}" for how, who in told if who)


def _briefly(names: Sequence[str], most: int) -> str:
    return named(names, len(names)) if len(names) <= most else f"{counted(len(names))} đơn vị"


def named(names: Sequence[str], most: int) -> str:
    """«a, b và c»; of more than ``most``, the first ones and how many others."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} và {counted(len(names) - most)} đơn vị khác"
    return " và ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(number: int) -> str:
    """A number of units, as a count is printed: «07»."""
    return format_quantity(Decimal(number), "đơn vị")
