"""Reading one cell the way officers type: as a number, a percentage, a date, a code or a text.

Each reader returns the value, or raises ``CellError`` with what was found and what is expected.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from thidua.figures.written import parse
from thidua.intake.decimals import places
from thidua.intake.schema import Column
from thidua.intake.typed import CellError, Number, number_from_text, quoted
from thidua.intake.xlsx import formats
from thidua.intake.xlsx.raw import RawCell
from thidua.intake.xlsx.spreadsheet import MAX_TEXT
from thidua.text import clean, fold, nearest, read_date, swapped_date, without_marks

__all__ = ["CellError", "Number", "number", "read", "shown"]

_TAKEN = re.compile(r"(?<=[a-z0-9_])[\x01-\x0f](?=[a-z0-9_])")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_DATE_FORM = "một ngày có thật, viết ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 05/02/2030"
_MAX_VALUE = 10**18


def read(cell: RawCell, column: Column, *, as_percent: bool = False) -> Any:
    """Read a filled cell as its column wants it: Number, date or str; None where it says that there is no value.

    ``as_percent`` reads a number whose row is measured in percent, so that a cell formatted as a percentage counts.
    Raises CellError.
    """
    if cell.is_error:
        raise CellError(f"ô báo lỗi {cell.value}", "giá trị đúng thay cho lỗi công thức")
    if cell.uncached:
        raise CellError("công thức chưa có kết quả lưu sẵn", "mở tệp bằng Excel, tính lại rồi lưu")
    if isinstance(cell.value, str) and len(cell.value) > MAX_TEXT:
        raise CellError(f"đoạn chữ dài trên {MAX_TEXT} ký tự", "nội dung ngắn gọn hơn")
    if column.type in ("number", "percent"):
        return number(cell, percent=as_percent or column.type == "percent")
    return _READERS[column.type](cell, column)


def number(cell: RawCell, *, percent: bool) -> Number | None:
    """Read a number typed as a number or as Vietnamese text."""
    value = cell.value
    if isinstance(value, str):
        return number_from_text(value, percent=percent)
    if isinstance(value, dt.date | dt.time):
        expected = "một con số; nếu Excel tự đổi thành ngày thì đặt lại định dạng ô là Number rồi gõ lại"
        raise CellError(f"ngày giờ {shown(value)} trong cột số", expected)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CellError(f"giá trị «{shown(value)}»", "một con số")
    if not math.isfinite(value) or abs(value) >= _MAX_VALUE:
        raise CellError(f"con số {value:g}", "một con số có thật, không quá 18 chữ số")
    # Fifteen significant digits are all that a spreadsheet shows or keeps; the rest is binary noise.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if formats.is_percent(cell.number_format):
        if not percent:
            found = f"tỷ lệ phần trăm {_as_shown(exact * 100)}% (ô định dạng %)"
            raise CellError(found, "một số lượng, không phải tỷ lệ phần trăm")
        exact *= 100
    return Number(exact, places(exact, formats.decimals(cell.number_format)))


def shown(value: Any) -> str:
    """A cell's value as an officer would see it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return _as_shown(Decimal(f"{value:.15g}"))
    return quoted(str(value))


def _as_shown(value: Decimal) -> str:
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _text(cell: RawCell, _column: Column) -> str:
    value = cell.value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and formats.is_percent(cell.number_format):
        return f"{_as_shown(Decimal(f'{value:.15g}') * 100)}%"
    return shown(value)


def _code(cell: RawCell, column: Column) -> str:
    """The text of a code or a formula over codes.

    LibreOffice takes «_xa_» in a workbook for an escaped line break, «_xd_», «_xe_» and their like for other control
    characters, and saves what it took; in a code it was the letters.
    """
    stored = getattr(cell.value, "stored", None)
    if stored is None:
        return _text(cell, column)
    return clean(_TAKEN.sub(lambda match: f"_x{ord(match[0]):x}_", stored))


def _slug(cell: RawCell, column: Column) -> str:
    text = _code(cell, column)
    if not _SLUG.fullmatch(text):
        expected = "mã viết bằng chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ"
        near = re.sub(r"[^a-z0-9]+", "_", without_marks(text).lower()).strip("_")
        hint = f", ví dụ «{near}»" if _SLUG.fullmatch(near) and len(near) <= 60 else ""
        raise CellError(f"mã «{quoted(text)}»", expected + hint)
    return text


def _choice(cell: RawCell, column: Column) -> str:
    text = _text(cell, column)
    found = next((c for c in column.choices if fold(c) == fold(text)), None)
    if found is None:
        near = nearest(text, column.choices)
        hint = f"; gần nhất là «{near}»" if near else ""
        raise CellError(f"giá trị «{quoted(text)}»", f"một trong: {', '.join(column.choices)}{hint}")
    return found


def _formula(cell: RawCell, column: Column) -> str:
    text = _code(cell, column).removeprefix("=").strip()
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
    text = clean(shown(value))
    try:
        return read_date(text)
    except ValueError:
        if (meant := swapped_date(text)) is not None:
            expected = f"ngày trước, tháng sau: {meant:%d/%m/%Y} nếu đúng là ngày ấy"
            raise CellError(f"«{quoted(text)}» viết đảo ngày và tháng (không có tháng {meant.day})", expected) from None
        raise CellError(f"giá trị «{quoted(text)}»", _DATE_FORM) from None


_READERS: dict[str, Callable[[RawCell, Column], Any]] = {
    "text": _text,
    "slug": _slug,
    "choice": _choice,
    "date": _date,
    "formula": _formula,
}
