"""Which units measure the same in other sizes: ha and m2, tỷ đồng and triệu đồng, nghìn lượt and lượt."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from thidua.language.text import clean

_SUPERSCRIPTS = str.maketrans("²³", "23")
_PREFIXES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tr": 6, "tỷ": 9, "tỉ": 9}
_COUNTED = re.compile(r"(1[. ]?000|nghìn|ngàn|triệu|tr|tỷ|tỉ)\b[ .]*")
# Each as the basic unit that it is made of, and how many of it in powers of ten.
_SIZES = {
    **{"m2": ("m2", 0), "mét vuông": ("m2", 0), "ha": ("m2", 4), "hecta": ("m2", 4), "héc ta": ("m2", 4)},
    **{"km2": ("m2", 6), "m": ("m", 0), "mét": ("m", 0), "km": ("m", 3), "m3": ("m3", 0), "mét khối": ("m3", 0)},
    **{"g": ("g", 0), "gam": ("g", 0), "kg": ("g", 3), "yến": ("g", 4), "tạ": ("g", 5), "tấn": ("g", 6)},
    **{"đ": ("đồng", 0), "đồng": ("đồng", 0), "vnđ": ("đồng", 0), "vnd": ("đồng", 0), "": ("đồng", 0)},
    **{"phần trăm": ("%", 0), "%": ("%", 0)},
}


class Size(NamedTuple):
    """What a unit measures, and how many basic units of it one is, as a power of ten."""

    of: str
    power: int


@cache
def size_of(unit: str) -> Size:
    """The size of a unit; one that is not known is basic itself, whatever its capitals and spaces.

    >>> size_of("ha"), size_of("tỷ đồng"), size_of("nghìn lượt người")
    (Size(of='m2', power=4), Size(of='đồng', power=9), Size(of='lượt người', power=3))
    """
    rest = " ".join(clean(unit).casefold().translate(_SUPERSCRIPTS).split())
    power = 0
    while found := _COUNTED.match(rest):
        power += _PREFIXES.get(found[1], 3)
        rest = rest[found.end() :]
    if not rest and not power:
        return Size("", 0)
    of, more = _SIZES.get(rest, (rest, 0))
    return Size(of, power + more)


def factor_between(one: str, other: str) -> Decimal | None:
    """How many of the other unit one of the first is: 10000 from ha to m2; None where they measure other things."""
    first, second = size_of(one), size_of(other)
    return Decimal(1).scaleb(first.power - second.power) if first.of == second.of else None


def factor_into(one: str, other: str) -> Decimal | None:
    """The same where the other unit may count several kinds of things, of which the first is one.

    >>> factor_into("tổ dân phố", "thôn, tổ dân phố"), factor_into("thôn, tổ dân phố", "thôn")
    (Decimal('1'), None)
    """
    first, second = size_of(one), size_of(other)
    if first.power == second.power and first.of in second.of.split(", "):
        return Decimal(1)
    return factor_between(one, other)
