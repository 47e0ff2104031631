"""Numbers as officers type them in text cells: «1.200,5», «96,02 %», «−5», «chưa có»."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from thidua.language.text import clean, fold

# What departments write where there is no value.
_ABSENT = frozenset(
    {"", "-", "–", "—", "...", "…", "x", "//", "n/a", "chưa có", "không có số liệu", "chưa có số liệu", "chưa thống kê"}
)
_SIGN = re.compile(r"([+\-−–]?) ?(.*)", re.DOTALL)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[. ][0-9]{3})+(?:,[0-9]+)?")
_COMMA = re.compile(r"[0-9]+(?:,[0-9]+)?")
_POINT = re.compile(r"[0-9]+\.[0-9]+")
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:,[0-9]{3})+\.[0-9]+")
_WITH_UNIT = re.compile(r"([0-9][0-9.,]*) ?([^\W\d_].*|m[²³].*)", re.DOTALL)
# A spreadsheet keeps fifteen digits, and no real figure of a report has more.
_MAX_DIGITS = 18


class CellError(Exception):
    """What a cell holds and what it should hold, in Vietnamese."""

    def __init__(self, found: str, expected: str):
        super().__init__(found, expected)
        self.found, self.expected = found, expected


class Number(NamedTuple):
    """A number as submitted: exact value and printed decimals (None: all its digits)."""

    value: Decimal
    decimals: int | None


def number_from_text(text: str, *, percent: bool) -> Number | None:
    """Read a number typed as Vietnamese text; None where the text says that there is no value.

    A comma is the decimal mark, points or spaces before each three digits group thousands; a single point that cannot
    group thousands is a decimal mark typed by habit. Raises CellError.
    """
    typed = clean(text)
    if is_absent(typed):
        return None
    sign, body = _split(typed)
    if body.endswith("%"):
        if not percent:
            raise CellError(f"tỷ lệ phần trăm «{quoted(text)}»", "một số lượng, không phải tỷ lệ phần trăm")
        body = body.removesuffix("%").rstrip()
    if percent and _ONE_GROUP.fullmatch(body):
        raise CellError(
            f"«{quoted(text)}» có thể hiểu là {body.replace('.', '')} hoặc {body.replace('.', ',')}",
            f"tỷ lệ viết bằng dấu phẩy thập phân, ví dụ {body.replace('.', ',')}",
        )
    if _GROUPED.fullmatch(body):
        plain = body.replace(".", "").replace(" ", "").replace(",", ".")
    elif _COMMA.fullmatch(body):
        plain = body.replace(",", ".")
    elif _POINT.fullmatch(body):
        plain = body
    else:
        raise _unreadable(text, body)
    if len(plain.replace(".", "")) > _MAX_DIGITS:
        raise CellError(f"«{quoted(text)}» có quá nhiều chữ số", f"một con số không quá {_MAX_DIGITS} chữ số")
    return Number(sign * Decimal(plain), len(plain.partition(".")[2]))


def decimal_mark(text: str) -> str:
    """The sign for decimals in a text that ``number_from_text`` reads: a comma, or the point of the habit."""
    _, body = _split(clean(text))
    body = body.removesuffix("%").rstrip()
    return "." if _POINT.fullmatch(body) and not _GROUPED.fullmatch(body) else ","


def is_absent(text: str) -> bool:
    """Whether a text stands for «no value»."""
    return text.casefold() in _ABSENT or fold(text) in _ABSENT


def looks_numeric(text: str) -> bool:
    """Whether a text would be read as a number or nearly is one."""
    return re.match(r"[+\-−–]? ?[0-9]", text) is not None


def quoted(text: str) -> str:
    """A cell's text, on one line and short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"


def _split(text: str) -> tuple[int, str]:
    match = _SIGN.fullmatch(text)
    assert match is not None  # the pattern takes any text
    return (-1 if match[1] in ("-", "−", "–") else 1), match[2]


def _unreadable(text: str, body: str) -> CellError:
    shown = f"giá trị «{quoted(text)}»"
    if _ENGLISH.fullmatch(body):
        vietnamese = body.translate(str.maketrans(",.", ".,"))
        return CellError(f"{shown} viết theo kiểu Anh", f"dấu phẩy cho phần thập phân, ví dụ {vietnamese}")
    if match := _WITH_UNIT.fullmatch(body):
        return CellError(f"{shown} kèm chữ «{quoted(match[2])}»", f"chỉ con số {match[1]}; đơn vị tính ghi ở cột riêng")
    return CellError(shown, "một con số, viết như 1.200,5 hoặc 96,02; để trống nếu chưa có số liệu")
