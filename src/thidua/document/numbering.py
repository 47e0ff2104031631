"""Numbers of headings, appendices, tables and charts (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 5)."""

from __future__ import annotations

# Points within a numbered item are lettered in the order of the Vietnamese alphabet.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
PART, CHAPTER, ITEM, SUBITEM, DETAIL, POINT = 1, 2, 3, 4, 5, 6


def roman(number: int) -> str:
    """1 gives «I», 14 gives «XIV»."""
    text = ""
    for numeral, value in _ROMAN:
        while number >= value:
            text, number = text + numeral, number - value
    return text


def letter(number: int) -> str:
    """1 gives «a», 5 gives «đ»."""
    return _LETTERS[(number - 1) % len(_LETTERS)]


class HeadingNumbers:
    """Counts headings by level: «Phần I», «I.», «1.», «1.1.», «1.1.1.», «a)»; deeper ones have no number."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def next(self, level: int) -> str:
        """The number of the next heading of a level. The counts of deeper levels start again."""
        self._counts = {lv: n for lv, n in self._counts.items() if lv <= level}
        self._counts[level] = self._counts.get(level, 0) + 1
        number = self._counts[level]
        if level == PART:
            return f"Phần {roman(number)}"
        if level == CHAPTER:
            return f"{roman(number)}."
        if level in (ITEM, SUBITEM, DETAIL):
            return ".".join(str(self._counts.get(lv, 1)) for lv in range(ITEM, level + 1)) + "."
        return f"{letter(number)})" if level == POINT else ""
