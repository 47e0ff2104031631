"""Reading a period's folder: every workbook, every problem, in one pass."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from thidua.errors import InputError, Problem
from thidua.figures.written import names
from thidua.intake.records import Record, read_sheet
from thidua.intake.schema import schema_titled, schemas
from thidua.intake.workbook import RawSheet, RawWorkbook, open_workbook
from thidua.params import Department, Params
from thidua.text import fold, nearest

INFO_SHEET = "Thông tin"
_INFO = {"unit": "Địa bàn", "period": "Kỳ báo cáo"}


def read_period(folder: Path, params: Params) -> list[Record]:
    """All records of the period. InputError carries every problem of every workbook at once.

    ``folder`` is data/raw/<period>; nothing in it is ever written.
    """
    if not folder.is_dir():
        near = nearest(folder.name, [p.name for p in folder.parent.glob("*") if p.is_dir()])
        hint = f"; gần nhất là «{near}»" if near else ""
        expected = f"thư mục data/raw/{params.period} chứa biểu của các đơn vị{hint}"
        raise InputError([Problem("", "", "", f"không có thư mục số liệu của kỳ {params.period}", expected)])
    files = {unicodedata.normalize("NFC", p.name): p for p in sorted(folder.iterdir()) if _counts(p)}
    problems = _unexpected(files, params)
    records: list[Record] = []
    for department in params.departments:
        path = files.get(department.file)
        if path is None:
            problems.append(_absent(department, files))
            continue
        book = open_workbook(path)
        if isinstance(book, Problem):
            problems.append(book)
            continue
        problems += _check_info(book, params) + _check_sheets(book, department)
        for sheet in book.sheets:
            found, faults = read_sheet(book, sheet)
            records += found
            problems += faults
    problems += _check_codes(records)
    if problems:
        raise InputError(problems)
    return records


def _counts(path: Path) -> bool:
    # Excel and LibreOffice leave lock files beside an open workbook; systems leave dot files.
    return path.is_file() and not path.name.startswith(("~$", ".", "Thumbs.db"))


def _unexpected(files: dict[str, Path], params: Params) -> list[Problem]:
    listed = {d.file for d in params.departments}
    problems = []
    for name, path in files.items():
        if name in listed:
            continue
        if path.suffix.lower() != ".xlsx":
            if Path(name).stem in {Path(f).stem for f in listed}:
                continue  # said once, as the department's missing workbook
            found, expected = f"tệp dạng «{path.suffix or 'không rõ'}»", "chỉ các workbook dạng .xlsx"
        else:
            near = nearest(name, sorted(listed))
            found = "tệp không thuộc đơn vị nào trong tham số departments"
            expected = "tên tệp như đã khai trong params" + (f"; gần nhất là «{near}»" if near else "")
        problems.append(Problem(name, "", "", found, expected))
    return problems


def _absent(department: Department, files: dict[str, Path]) -> Problem:
    same = next((n for n in files if Path(n).stem == Path(department.file).stem), None)
    if same:
        found = f"{department.name} gửi tệp «{same}», không phải dạng .xlsx"
        return Problem(same, "", "", found, f"lưu lại thành «{department.file}» bằng Excel hoặc LibreOffice")
    near = nearest(department.file, files)
    hint = f"; trong thư mục, tên gần nhất là «{near}»" if near else ""
    return Problem(department.file, "", "", f"chưa có biểu của {department.name}", f"tệp «{department.file}»{hint}")


def _check_sheets(book: RawWorkbook, department: Department) -> list[Problem]:
    titles = [s.title for s in book.sheets]
    problems = []
    spare = [t for t in titles if schema_titled(t) is None and fold(t) != fold(INFO_SHEET)]
    for wanted in department.sheets:
        if not any(fold(t) == fold(wanted) for t in titles):
            near = nearest(wanted, spare)
            hint = f"; gần nhất trong tệp là «{near}»" if near else ""
            problems.append(Problem(book.file, wanted, "", "thiếu trang này", f"trang «{wanted}» theo mẫu{hint}"))
    for title in spare:
        sheet = next(s for s in book.sheets if s.title == title)
        if sheet.cells and not any(nearest(w, spare) == title for w in department.sheets if w not in titles):
            expected = f"một trong các trang {', '.join(schemas())}"
            problems.append(Problem(book.file, title, "", "trang không có trong mẫu", expected))
    return problems


def _check_info(book: RawWorkbook, params: Params) -> list[Problem]:
    """The workbook says for which unit and period it was filled in; both must be the report's."""
    sheet = next((s for s in book.sheets if fold(s.title) == fold(INFO_SHEET)), None)
    if sheet is None:
        expected = f"trang «{INFO_SHEET}» có các dòng {', '.join(_INFO.values())}"
        return [Problem(book.file, INFO_SHEET, "", "thiếu trang này", expected)]
    problems = []
    for label, wanted in ((_INFO["unit"], params.unit.name), (_INFO["period"], params.period)):
        cell, value = _value_beside(sheet, label)
        if value is None:
            problems.append(
                Problem(book.file, sheet.title, cell, f"chưa ghi «{label}»", f"«{wanted}» như trong params")
            )
        elif fold(value) != fold(wanted):
            found = f"«{label}» là «{value}»"
            problems.append(Problem(book.file, sheet.title, cell, found, f"«{wanted}» như trong params"))
    return problems


def _value_beside(sheet: RawSheet, label: str) -> tuple[str, str | None]:
    """The text right of a label, with its address."""
    for (row, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and fold(cell.value) == fold(label):
            beside = sheet.cells.get((row, column + 1))
            return (beside.address, str(beside.value)) if beside else (cell.address, None)
    return "", None


def _check_codes(records: list[Record]) -> list[Problem]:
    """Codes are unique within a kind over all workbooks; a part's total exists in the same workbook."""
    problems = []
    seen: dict[tuple[str, str], Record] = {}
    for record in records:
        code = record.text("code")
        if not code:
            continue
        first = seen.setdefault((record.kind, code), record)
        if first is not record:
            found = f"mã «{code}» đã dùng ở {first.file}, trang «{first.sheet}», ô {first.cells['code']}"
            problems.append(Problem(record.file, record.sheet, record.cells["code"], found, "mỗi mã chỉ dùng một lần"))
    for record in records:
        parent = record.text("parent")
        used = [("parent", parent)] if parent else []
        used += [("formula", name) for name in names(record.text("formula"))] if record.text("formula") else []
        for key, code in used:
            if (record.kind, code) not in seen:
                near = nearest(code, [c for kind, c in seen if kind == record.kind])
                expected = "mã của một chỉ tiêu có trong biểu" + (f"; gần nhất là «{near}»" if near else "")
                found = f"không có chỉ tiêu nào mang mã «{code}»"
                problems.append(Problem(record.file, record.sheet, record.cells[key], found, expected))
    return problems
