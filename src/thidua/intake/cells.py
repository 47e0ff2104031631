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

from thidua.errors import FormulaError
from thidua.figures.written import parse
from thidua.forms.schema import Column
from thidua.intake.decimals import places
from thidua.intake.typed_values import CellError, Number, decimal_mark, number_from_text, quoted
from thidua.intake.xlsx.number_format import GENERAL, Section, section_for
from thidua.intake.xlsx.raw import MAX_TEXT, RawCell
from thidua.intake.xlsx.shown import exact
from thidua.language.text import clean, fold, nearest_hint, read_date, swapped_date, without_marks

__all__ = ["CellError", "Number", "as_formula", "number", "read", "seen"]

_TAKEN = re.compile(r"(?<=[a-z0-9_])[\x01-\x0f](?=[a-z0-9_])")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_DATE_FORM = "một ngày có thật, viết ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 05/02/2030"
_MAX_VALUE = 10**18
# Words of a format that say how many times the number is more than it looks.
_SCALES = frozenset(["nghìn", "ngàn", "trăm", "chục", "vạn", "triệu", "tỷ", "tỉ", "k", "tr", "ng"])
# What spreadsheet programs do not take for a minus, and what would divide by a hundred.
_SIGNS = {"−": "-", "–": "-", "%": ""}
_PLAIN = "đặt định dạng ô là Number rồi kiểm tra lại con số"
_AS_TEXT = "đặt định dạng ô là Text rồi gõ lại như muốn in"


def read(cell: RawCell, column: Column, *, as_percent: bool = False) -> Any:
    """Read a filled cell as its column wants it: Number, date or str; None where it says that there is no value.

    ``as_percent`` reads a number whose row is measured in percent, so that a cell formatted as a percentage counts.
    Raises CellError.
    """
    if cell.odd:
        raise CellError(
            f"ô ghi sai trong tệp: {cell.odd}", "xóa ô rồi gõ lại giá trị, lưu lại bằng Excel hoặc LibreOffice"
        )
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
    """Read a number typed as a number or as Vietnamese text: the number that the cell shows, with all its digits."""
    value = cell.value
    if isinstance(value, str):
        return number_from_text(_visible(cell), percent=percent)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        expected = "một con số; nếu Excel tự đổi thành ngày thì đặt lại định dạng ô là Number rồi gõ lại"
        raise CellError(f"ngày giờ {seen(cell)} trong cột số", expected)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CellError(f"giá trị «{seen(cell)}»", "một con số")
    if not math.isfinite(value) or abs(value) >= _MAX_VALUE:
        raise CellError(f"con số {value:g}", "một con số có thật, không quá 18 chữ số")
    stored = exact(value)
    section = section_for(cell.number_format, stored)
    if section is None or not _tells(section, stored):
        found = (
            f"ô lưu số {_as_shown(stored)} nhưng hiện «{cell.shown or '####'}» theo định dạng «{cell.number_format}»"
        )
        raise CellError(found, _PLAIN)
    if not percent and (section.percents or "%" in section.words):
        found = f"tỷ lệ phần trăm {_as_shown(stored * section.factor)}% (ô định dạng %)"
        raise CellError(found, "một số lượng, không phải tỷ lệ phần trăm")
    number = stored * section.factor
    return Number(number, places(number, section.decimals))


def as_formula(cell: RawCell, place: str) -> str:
    """The formula by which a spreadsheet program gets from the cell at ``place`` the number that ``number`` reads.

    As a workbook stores it, where a function that is younger than its format has a prefix.
    """
    if not isinstance(cell.value, str):
        section = section_for(cell.number_format, exact(cell.value))
        return "100*" * section.percents + place + "/1000" * section.thousands if section else place
    decimal, text = decimal_mark(_visible(cell)), place
    for sign, plain in _SIGNS.items():
        if sign in cell.value:
            text = f'SUBSTITUTE({text},"{sign}","{plain}")'
    return f'_xlfn.NUMBERVALUE({text},"{decimal}","{"." if decimal == "," else ","}")'


def _tells(section: Section, number: Decimal) -> bool:
    """Whether whoever looks at the cell sees this number, by itself or with a unit."""
    if section.kind == "literal":
        return number == 0  # a dash, or nothing
    words = section.words
    unsigned = number < 0 and section.unsigned and not (section.coloured or set(words) & set("-−–()"))
    before = "".join(t.text for t in section.tokens[: _first_digit(section)] if t.kind == "literal")
    return (
        section.kind in ("general", "number")
        and not unsigned
        and not (number > 0 and set(before) & set("-−–"))
        and not any(c.isdigit() for c in words if not section.fraction)
        and not (set(fold(words).split()) & _SCALES)
        and not (section.thousands and any(c.isalpha() for c in words))
        and "‰" not in words
    )


def _first_digit(section: Section) -> int:
    return next(n for n, t in enumerate(section.tokens) if t.kind in ("digit", "general"))


def seen(cell: RawCell) -> str:
    """A cell's value for a message, on one line: as the officer sees it, or else as it is stored."""
    if isinstance(cell.value, str):
        return quoted(cell.shown or cell.value)
    if cell.shown is not None:
        return cell.shown
    return RawCell(cell.row, cell.column, cell.value, GENERAL).shown or str(cell.value)


def _as_shown(value: Decimal) -> str:
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _text(cell: RawCell, _column: Column) -> str:
    return clean(_visible(cell))


def _visible(cell: RawCell) -> str:
    """The text that the officer sees. CellError where there is none or it cannot be told."""
    text = cell.shown
    if text is None:
        found = f"ô lưu {seen(cell)}, định dạng «{cell.number_format}» hiện thành chữ khác nhau tùy máy"
        raise CellError(found, _AS_TEXT + _example(cell))
    if not text:
        raise CellError(f"ô có nội dung («{quoted(str(cell.value))}») nhưng định dạng ô không cho hiện", _AS_TEXT)
    return text


def _example(cell: RawCell) -> str:
    """How the officer may have meant a number that a spreadsheet program took for a date."""
    day = cell.value
    if not isinstance(day, dt.date):
        return ""
    likely = {"my": f"{day.month}/{day.year}", "dm": f"{day.day}/{day.month}"}.get(_calendar(cell))
    return f", ví dụ {likely}" if likely else ""


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


def _slugs(cell: RawCell, column: Column) -> str:
    """One code or several, kept as «a, b»."""
    text = _code(cell, column)
    pieces = [RawCell(cell.row, cell.column, piece.strip()) for piece in re.split(r"[,;\n]", text) if piece.strip()]
    return ", ".join(dict.fromkeys(_slug(piece, column) for piece in pieces))


def _choice(cell: RawCell, column: Column) -> str:
    text = _text(cell, column)
    found = next((c for c in column.choices if fold(c) == fold(text)), None)
    if found is None:
        expected = f"một trong: {', '.join(column.choices)}{nearest_hint(text, column.choices)}"
        raise CellError(f"giá trị «{quoted(text)}»", expected)
    return found


def _formula(cell: RawCell, column: Column) -> str:
    text = _code(cell, column).removeprefix("=").strip()
    try:
        parse(text)
    except FormulaError as error:
        raise CellError(str(error), "công thức gồm các mã chỉ tiêu, ví dụ a / b hoặc a + b - c") from None
    return text


def _date(cell: RawCell, _column: Column) -> dt.date:
    value = cell.value
    if isinstance(value, dt.datetime):
        if set(_calendar(cell)) != set("dmy"):
            found = f"ngày {value:%d/%m/%Y} mà ô không hiện đủ ngày, tháng, năm (định dạng «{cell.number_format}»)"
            raise CellError(found, f"{_DATE_FORM}; đặt định dạng ô là dd/mm/yyyy rồi kiểm tra lại")
        return value.date()
    text = seen(cell)
    try:
        return read_date(text)
    except ValueError:
        if (meant := swapped_date(text)) is not None:
            expected = f"ngày trước, tháng sau: {meant:%d/%m/%Y} nếu đúng là ngày ấy"
            raise CellError(f"«{quoted(text)}» viết đảo ngày và tháng (không có tháng {meant.day})", expected) from None
        raise CellError(f"giá trị «{quoted(text)}»", _DATE_FORM) from None


def _calendar(cell: RawCell) -> str:
    """The parts of a date that a cell with a date shows; all of them where its format is none for dates."""
    section = section_for(cell.number_format, 1)
    return "dmy" if section is None or section.kind != "date" else section.calendar


_READERS: dict[str, Callable[[RawCell, Column], Any]] = {
    "text": _text,
    "slug": _slug,
    "slugs": _slugs,
    "choice": _choice,
    "date": _date,
    "formula": _formula,
}
