"""Reading one cell the way officers type: as a number, a percentage, a date, a code or a text.

Each reader returns the value, or raises ``CellError`` with what was found and what is expected.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from thidua.figures.numbers import decimals_of
from thidua.figures.written import parse
from thidua.intake.schema import Column
from thidua.intake.workbook import RawCell
from thidua.text import clean, fold, nearest

_ABSENT = {"-", "–", "—", "...", "…", "x", "n/a", "chưa có", "không có số liệu", "chưa có số liệu"}
_GROUPED_VI = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+|\d+")
# A point that is not followed by exactly three digits cannot be a thousands separator.
_PLAIN_POINT = re.compile(r"\d+\.(\d{1,2}|\d{4,})")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_DATE_VI = re.compile(r"(?:ngày )?(\d{1,2})(?:[/.\-]| tháng )(\d{1,2})(?:[/.\-]| năm )(\d{4})", re.IGNORECASE)
_DATE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00:00)?")


class CellError(Exception):
    """What a cell holds and what it should hold, in Vietnamese."""

    def __init__(self, found: str, expected: str):
        super().__init__(found, expected)
        self.found, self.expected = found, expected


class Number(NamedTuple):
    """A number as submitted: exact value and printed decimals (None: all its digits)."""

    value: Decimal
    decimals: int | None


def read(cell: RawCell, column: Column, *, as_percent: bool = False) -> Any:
    """Read a filled cell as its column wants it: Number, date or str; None where it says that there is no value.

    ``as_percent`` reads a number whose row is measured in percent, so that a cell formatted as a percentage counts.
    Raises CellError.
    """
    if cell.is_error:
        raise CellError(f"ô báo lỗi {cell.value}", "giá trị đúng thay cho lỗi công thức")
    if cell.uncached:
        raise CellError("công thức chưa có kết quả lưu sẵn", "mở tệp bằng Excel, tính lại rồi lưu")
    if column.type in ("number", "percent"):
        return number(cell, percent=as_percent or column.type == "percent")
    return _READERS[column.type](cell, column)


def number(cell: RawCell, *, percent: bool) -> Number | None:
    """Read a number typed as a number or as Vietnamese text."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise CellError(f"giá trị «{shown(value)}»", "một con số")
    if isinstance(value, str):
        return _number_from_text(value, percent)
    # Fifteen significant digits are all that a spreadsheet shows or keeps; the rest is binary noise.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    places = format_decimals(cell.number_format)
    if "%" in cell.number_format:
        if not percent:
            raise CellError(f"tỷ lệ phần trăm {shown(value)} (định dạng %)", "một số lượng, không phải tỷ lệ phần trăm")
        exact *= 100
    if places is None and decimals_of(exact) > 6:
        places = 2
    return Number(exact, places)


def _number_from_text(text: str, percent: bool) -> Number | None:
    body = text.strip()
    if fold(body) in _ABSENT or body.casefold() in _ABSENT:
        return None
    had_sign = body.endswith("%")
    body = body.removesuffix("%").replace(" ", "").replace("\n", "")
    sign = -1 if body[:1] in ("-", "−", "–") else 1
    body = body.lstrip("+-−–")
    if had_sign and not percent:
        raise CellError(f"tỷ lệ phần trăm «{text}»", "một số lượng, không phải tỷ lệ phần trăm")
    if _GROUPED_VI.fullmatch(body):
        plain = body.replace(".", "").replace(",", ".")
    elif _PLAIN_POINT.fullmatch(body):
        plain = body
    else:
        raise CellError(f"giá trị «{text}»", "một con số, viết như 1.919,1 hoặc 96,18")
    return Number(sign * Decimal(plain), len(plain.partition(".")[2]))


def format_decimals(number_format: str) -> int | None:
    """Decimals that a spreadsheet number format shows; None for a format without a fixed number of them."""
    body = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format.split(";")[0])
    match = re.search(r"[0#?](?:\.([0#?]+))?(?=[^0#?.,]*$)", body)
    if not match or body.strip() in ("General", "@") or "#" in (match[1] or ""):
        return None
    return len(match[1] or "")


def _text(cell: RawCell, _column: Column) -> str:
    if isinstance(cell.value, dt.datetime | dt.date):
        return f"{cell.value:%d/%m/%Y}"
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return clean(str(cell.value))


def _slug(cell: RawCell, _column: Column) -> str:
    text = _text(cell, _column)
    if not _SLUG.fullmatch(text):
        raise CellError(f"mã «{text}»", "mã viết bằng chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ")
    return text


def _choice(cell: RawCell, column: Column) -> str:
    text = _text(cell, column)
    found = next((c for c in column.choices if fold(c) == fold(text)), None)
    if found is None:
        near = nearest(text, column.choices)
        hint = f"; gần nhất là «{near}»" if near else ""
        raise CellError(f"giá trị «{text}»", f"một trong: {', '.join(column.choices)}{hint}")
    return found


def _formula(cell: RawCell, column: Column) -> str:
    text = _text(cell, column).removeprefix("=").strip()
    try:
        parse(text)
    except ValueError as error:
        raise CellError(str(error), "công thức gồm các mã chỉ tiêu, ví dụ a / b hoặc a + b - c") from None
    return text


def _date(cell: RawCell, _column: Column) -> dt.date:
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = clean(str(value))
    if match := _DATE_VI.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _DATE_ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise CellError(f"giá trị «{text}»", "một ngày, viết ngày/tháng/năm")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise CellError(f"ngày «{text}» không có thật", "một ngày có thật, viết ngày/tháng/năm") from None


def shown(value: Any) -> str:
    """A cell's value as an officer would see it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    return str(value)


_READERS: dict[str, Callable[[RawCell, Column], Any]] = {
    "text": _text,
    "slug": _slug,
    "choice": _choice,
    "date": _date,
    "formula": _formula,
}
