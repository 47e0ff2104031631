"""Which sheets a workbook has: those of the forms, each once and in view, and what else it holds."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.errors import Problem
from thidua.forms.schema import INFO_SHEET, schema_titled, schemas
from thidua.intake.xlsx.raw import RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook
from thidua.language.text import fold, nearest

# No menu of Excel lists such a sheet; LibreOffice's does.
_UNHIDE = {
    "hidden": "bỏ ẩn trang (Unhide) nếu là số liệu gửi, xóa trang nếu không",
    "veryHidden": "hiện trang nếu là số liệu gửi, xóa trang nếu không; lệnh Unhide của Excel không thấy trang này: "
    "trong Excel bấm Alt+F11, chọn trang, đổi Visible thành xlSheetVisible; trong LibreOffice chọn Sheet > Show Sheet",
}


def check_sheets(book: RawWorkbook, wanted_sheets: Sequence[str]) -> list[Problem]:
    """The sheets that a workbook must have, those that no form has, and those of forms that are hidden or twice."""
    visible = {fold(s.title) for s in book.sheets if not s.hidden}
    missing = [w for w in wanted_sheets if fold(w) not in visible]
    problems = _twins(book)
    hidden = [s for s in book.sheets if s.hidden and _is_known(s)]
    for sheet in hidden:
        expected = _UNHIDE.get(sheet.state, _UNHIDE["hidden"])
        problems.append(Problem(book.file, sheet.title, "", "trang theo mẫu đang bị ẩn", expected))
    concealed = {fold(s.title) for s in hidden}
    spare = [s for s in book.sheets if not s.hidden and s.cells and not _is_known(s)]
    renamed: set[str] = set()
    for wanted in missing:
        if fold(wanted) in concealed:
            continue
        near = nearest(wanted, [s.title for s in spare])
        renamed |= {near} if near else set()
        hint = f"; gần nhất trong tệp là «{near}»" if near else ""
        problems.append(Problem(book.file, wanted, "", "thiếu trang này", f"trang «{wanted}» theo mẫu{hint}"))
    for sheet in spare:
        if sheet.title not in renamed:
            expected = f"một trong các trang {', '.join([INFO_SHEET, *schemas()])}; xóa hoặc ẩn trang thừa"
            problems.append(Problem(book.file, sheet.title, "", "trang không có trong mẫu", expected))
    return problems


def _twins(book: RawWorkbook) -> list[Problem]:
    """Sheets whose titles are those of one form, however spelled: each would be read, and nobody means both."""
    first: dict[str, RawSheet] = {}
    problems = []
    for sheet in book.sheets:
        if sheet.hidden or not sheet.cells or not _is_known(sheet):
            continue
        other = first.setdefault(fold(sheet.title), sheet)
        if other is not sheet:
            found = f"trang này và trang «{other.title}» cùng theo một mẫu"
            expected = "mỗi mẫu một trang: gộp các dòng vào một trang, xóa trang kia"
            problems.append(Problem(book.file, sheet.title, "", found, expected))
    return problems


def _is_known(sheet: RawSheet) -> bool:
    return is_info(sheet) or schema_titled(sheet.title) is not None


def is_info(sheet: RawSheet) -> bool:
    """Whether this is the sheet that says whose workbook it is."""
    return fold(sheet.title) == fold(INFO_SHEET)
