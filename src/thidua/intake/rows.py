"""Which rows below the header are records.

Officers number the columns below the header, add headings, empty rows, a totals row and a signature block, and
repeat the header on the next page. None of that is an error, and none of it is a record. Whatever else holds anything
is one, so that no row is lost without a word: where it lacks what the form wants, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from thidua.errors import Problem
from thidua.forms.schema import Column, SheetSchema
from thidua.intake.layout import Layout
from thidua.intake.merged import Row, TableRow, table_rows
from thidua.intake.typed import is_absent, quoted
from thidua.intake.xlsx.raw import RawCell, RawSheet, letters
from thidua.text import fold

_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?( ?= ?.*)?")
_TOTAL = re.compile(r"(tổng|tổng số|tổng cộng|cộng|cộng chung|tổng chung|toàn biểu)( [ivx0-9+ ]+)?")
# How the lines of a signature block begin, folded.
_SIGNATURE = re.compile(
    r"(người (lập|ghi|tổng hợp|báo cáo|kiểm tra|duyệt|phê duyệt|thực hiện)|lập biểu|xác nhận|đại diện (đơn vị|lãnh đạo)"
    r"|(phó |quyền )?(chủ tịch|giám đốc|hiệu trưởng|chánh (văn phòng|thanh tra)|bí thư|chỉ huy|kế toán"
    r"|trưởng (phòng|ban|đơn vị|bộ phận|công an|trạm|thôn)|phòng)\b|thủ (trưởng|quỹ)|(tm|kt|tl|tuq) |nơi nhận"
    r"|(đã )?ký( |$)|ngày \d|\D*ngày .*tháng .*năm)"
)
_LONGEST_LINE = 60
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def record_rows(sheet: RawSheet, layout: Layout, schema: SheetSchema) -> Iterator[tuple[int, Row]]:
    """The rows that hold records, with their filled cells by column key; merged texts count for each row they cover."""
    by_key = {c.key: c for c in schema.columns}
    key = schema.rows_without
    rows = [r for r in table_rows(sheet, layout, by_key) if not _is_blank(r.own)]
    last = max((r.row for r in rows if key in r.all and _names_a_row(r.all[key], by_key[key])), default=0)
    signed = next((r.row for r in rows if r.row > last and _is_signature(r.own)), None)
    for found in rows:
        own = found.own
        if _is_numbering(found, layout) or _is_header(own, by_key) or _is_total(found):
            continue
        if signed is not None and found.row >= signed and (_is_signature(own) or _is_names(own)):
            continue
        if key not in found.all and _is_heading(own, by_key):
            continue
        yield found.row, found.all


def headless_values(file: str, sheet: RawSheet, layout: Layout, rows: list[int]) -> list[Problem]:
    """Values inside the table in a column without a header: they would be lost without a word."""
    first, last = min(layout.columns.values()), max(layout.columns.values())
    problems = []
    for column in range(first + 1, last):
        if column in layout.headed:
            continue
        cells = [sheet.cells[row, column] for row in rows if (row, column) in sheet.cells]
        if cells:
            found = f"cột {letters(column)} có nội dung («{quoted(str(cells[0].value))}») nhưng không có tên cột"
            expected = f"tên cột theo mẫu ở hàng {layout.bottom}, hoặc xóa nội dung của cột"
            problems.append(Problem(file, sheet.title, cells[0].address, found, expected))
    return problems


def _is_blank(own: Row) -> bool:
    """A row of nothing but the marks that stand for no value."""
    return all(isinstance(cell.value, str) and is_absent(cell.value) for cell in own.values())


def _is_numbering(found: TableRow, layout: Layout) -> bool:
    """A row under the header that only counts or letters the columns: A, B, 1, 2, 3 or (1), (2), (3=2/1)."""
    cells = sorted(found.own.values(), key=lambda cell: cell.column)
    marks = [_COLUMN_NUMBER.fullmatch(str(cell.value)) for cell in cells]
    if found.row != layout.bottom + 1 or len(cells) <= 2:
        return False
    names = [match[1] for match in marks if match]
    numbers = [int(name) for name in names if name.isdigit()]
    characters = [ord(name) for name in names if not name.isdigit()]
    return len(names) == len(cells) and all(
        later == earlier + 1 for run in (numbers, characters) for earlier, later in pairwise(run)
    )


def _is_header(own: Row, by_key: dict[str, Column]) -> bool:
    """The header once more, as on a new page."""
    same = [k for k, c in own.items() if isinstance(c.value, str) and by_key[k].matches((fold(c.value),))]
    return len(same) >= 2 and len(same) * 2 > len(own)


def _is_total(found: TableRow) -> bool:
    """A row that is called a total where its name stands: in its first text, a serial number not counted."""
    cells = sorted(found.own.items(), key=lambda item: item[1].column)
    texts = [(key, fold(cell.value)) for key, cell in cells if isinstance(cell.value, str)]
    named = [text for key, text in texts if key != "tt"][:1] + [text for key, text in texts if key == "tt"]
    return "code" not in found.own and any(_TOTAL.fullmatch(text) for text in named)


def _is_heading(own: Row, by_key: dict[str, Column]) -> bool:
    """A row of one text, beside which at most a serial number stands."""
    keys = [key for key in own if key != "tt"]
    return all(by_key[key].type == "text" for key in keys) and len(keys) <= 1


def _names_a_row(cell: RawCell, column: Column) -> bool:
    """Whether a key is one for certain; in a column of codes an office or a person may stand that signs the sheet."""
    return column.type not in ("slug", "slugs") or _CODE.fullmatch(str(cell.value).strip()) is not None


def _is_signature(own: Row) -> bool:
    """A row of the block that signs a sheet: place and date, offices, «(Ký, ghi rõ họ tên)»."""
    return all(_is_line(cell) and _SIGNATURE.match(fold(str(cell.value))) for cell in own.values())


def _is_names(own: Row) -> bool:
    """A row of short texts without figures, as those who signed are named."""
    return all(_is_line(cell) and not re.search(r"\d", str(cell.value)) for cell in own.values())


def _is_line(cell: RawCell) -> bool:
    return isinstance(cell.value, str) and len(cell.value) <= _LONGEST_LINE
