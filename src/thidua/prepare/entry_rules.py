"""What the cells of a column take, as spreadsheet programs hold it, and what they say when something else is typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from thidua.forms.schema import Column

# The longest title and message that Excel shows.
_TITLE, _MESSAGE = 32, 255
_MOST = 10**15
_FIRST_DAY, _LAST_DAY = dt.date(1945, 9, 2), dt.date(2150, 12, 31)


def entry_rule(column: Column, offered: str, first: int, position: int, last: int, _: int) -> dict[str, Any]:
    """The rule for a column's cells; empty where anything may stand there. ``offered`` is a range of known codes."""
    hint = {}
    if column.says or column.choices:
        hint = {"input_title": column.header[0][:_TITLE], "input_message": column.filled_with[:_MESSAGE]}
    rule = _RULES.get(column.type, lambda *_: {})(column, offered, first, position, last)
    if not rule and not hint:
        return {}
    return {"validate": "any", **rule, **hint}


def _number(*_: Any) -> dict[str, Any]:
    # Whether a number may be below nought is the checks' to say: what a form counts may fall.
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_MOST,
        "maximum": _MOST,
        "error_title": "Ô này là ô số",
        "error_message": "Chỉ gõ con số, không kèm chữ hay đơn vị tính; phần lẻ viết sau dấu thập phân của máy. "
        "Chưa có số liệu thì để trống; số 0 nghĩa là có báo cáo và bằng không.",
    }


def _date(*_: Any) -> dict[str, Any]:
    # A machine of another language takes «25/2» for a text, which the report reads all the same.
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": _FIRST_DAY,
        "maximum": _LAST_DAY,
        "error_type": "warning",
        "error_title": "Ô này là ô ngày",
        "error_message": "Máy không nhận ra ngày. Viết ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 05/02/2030. "
        "Vẫn giữ như đã gõ?",
    }


def _choice(column: Column, *_: Any) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_title": "Chọn trong danh sách",
        "error_message": f"Ô này chỉ nhận một trong: {', '.join(column.choices)}; hoặc để trống.",
    }


def _code(column: Column, offered: str, first: int, position: int, last: int) -> dict[str, Any]:
    if offered:
        return {
            "validate": "list",
            "source": offered,
            "error_type": "warning",
            "error_title": "Mã chưa có ở kỳ trước",
            "error_message": "Mã này không có trong danh sách. Câu văn trong báo cáo tìm theo mã: mã lạ thì dòng này "
            "có thể không được kể. Vẫn giữ như đã gõ?",
        }
    if column.key != "code":
        return {}
    cell = xl_rowcol_to_cell(first, position)
    area = f"{xl_rowcol_to_cell(first, position, True, True)}:{xl_rowcol_to_cell(last, position, True, True)}"
    return {
        "validate": "custom",
        "value": f'=AND(EXACT({cell},LOWER({cell})),ISERROR(FIND(" ",{cell})),COUNTIF({area},{cell})<2)',
        "error_title": "Mã chưa đúng",
        "error_message": "Mã viết chữ thường không dấu, chữ số, gạch dưới, không có dấu cách, ví dụ lua_xuan; "
        "mỗi mã một dòng.",
    }


def _codes(_column: Column, offered: str, *_: Any) -> dict[str, Any]:
    # Several codes in one cell are as good as one: the list is a help, no bound.
    return {"validate": "list", "source": offered, "show_error": False} if offered else {}


_RULES = {"number": _number, "percent": _number, "date": _date, "choice": _choice, "slug": _code, "slugs": _codes}
