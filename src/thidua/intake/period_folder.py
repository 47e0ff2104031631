"""Reading a period's folder: every workbook, every problem, in one pass."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from thidua.errors import InputError, Problem
from thidua.forms.schema import BANNERS, INFO_SHEET
from thidua.intake.codes import check_codes
from thidua.intake.filled_in import is_filled_in
from thidua.intake.folder import submitted_files
from thidua.intake.old_letters import old_letters_problem
from thidua.intake.outside_results import foreign_cells
from thidua.intake.records import Record, read_sheet
from thidua.intake.sheets import check_sheets, is_info
from thidua.intake.xlsx.raw import RawSheet
from thidua.intake.xlsx.workbook import RawWorkbook, open_workbook
from thidua.language.text import fold, nearest
from thidua.settings.params import Department, Submission

_UNIT, _PERIOD = "Địa bàn", "Kỳ báo cáo"
_DEPARTMENT = "Đơn vị lập"


def submitted_workbooks(root: Path, submission: Submission) -> dict[str, Path]:
    """The departments' workbooks by the names that they were submitted under, in the order of the departments."""
    files, _ = submitted_files(root, submission.period)
    wanted = (file for d in submission.departments for file in d.workbooks)
    return {name: files[name] for file in wanted if (name := _match(file, files)) is not None}


def read_period(root: Path, submission: Submission) -> list[Record]:
    """All records of the period. InputError carries every problem of every workbook at once.

    A department that has not submitted is no mistake of the others: the checks tell it. Of a workbook in which
    nothing was filled in only what stands above its tables is read: a blank one states nothing.
    Reads data/raw/<period> under ``root``; nothing in it is ever written.
    """
    files, problems = submitted_files(root, submission.period)
    if problems and not files:
        raise InputError(problems)
    refused = {p.file for p in problems}
    wanted = {file: d for d in submission.departments for file in d.workbooks}
    matched = {file: name for file in wanted if (name := _match(file, files)) is not None}
    if submission.complete:
        problems += _unexpected(files, matched, submission)
    records: list[Record] = []
    for file, department in wanted.items():
        if file not in matched:
            problems += [] if file in refused else _other_kind(file, department.workbooks[file], files)
            continue
        name = matched[file]
        book = open_workbook(files[name], name)
        if isinstance(book, Problem):
            problems.append(book)
            continue
        if theirs := _of_another(book, {department.name, department.workbooks[file]}, submission):
            problems.append(theirs)  # all else that is wrong with it follows
            continue
        found, faults = _read_book(book, department, submission)
        records += _stated(found)
        problems += faults
    problems += check_codes(records)
    if not matched and not problems:
        folder = f"data/raw/{submission.period}"
        problems.append(Problem("", "", "", f"{folder} chưa có biểu nào", f"biểu của các đơn vị: {', '.join(wanted)}"))
    if problems:
        raise InputError(problems)
    return records


def read_workbook(path: Path, name: str) -> list[Record]:
    """What a workbook states, as far as it can be read: nothing but what stands above its tables while it is blank."""
    book = open_workbook(path, name)
    if isinstance(book, Problem):
        return []
    foreign = foreign_cells(book)
    return _stated([r for sheet in book.sheets if not sheet.hidden for r in read_sheet(book, sheet, foreign)[0]])


def _stated(records: list[Record]) -> list[Record]:
    return records if is_filled_in(records) else [r for r in records if r.kind == BANNERS.kind]


def _read_book(book: RawWorkbook, department: Department, submission: Submission) -> tuple[list[Record], list[Problem]]:
    problems = check_sheets(book, department)
    info = _check_info(book, submission)
    foreign = foreign_cells(book)
    records: list[Record] = []
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        found, faults = read_sheet(book, sheet, foreign)
        faults += info if is_info(sheet) else []
        garbled = old_letters_problem(book.file, sheet)
        if garbled is not None:
            # That no header and no label was found follows from it.
            faults = [garbled, *(p for p in faults if p.cell)]
        records += found
        problems += faults
    return records, problems if any(is_info(s) and not s.hidden for s in book.sheets) else problems + info


def _of_another(book: RawWorkbook, own: set[str], submission: Submission) -> Problem | None:
    """A workbook that names another department of the report inside than the one whose name it was saved under."""
    sheet = next((s for s in book.sheets if is_info(s)), None)
    cell, who = _value_beside(sheet, _DEPARTMENT) if sheet else ("", "")
    others = {name: file for d in submission.departments for file, name in ((d.file, d.name), *d.workbooks.items())}
    theirs = next((file for name, file in others.items() if fold(name) == fold(who)), None)
    if sheet is None or theirs is None or fold(who) in {fold(name) for name in own}:
        return None
    found, expected = f"biểu ghi «{_DEPARTMENT}» là «{who}»", f"biểu của {' hoặc '.join(sorted(own))}"
    hint = f"biểu của «{who}» lưu thành «{theirs}»; nếu chỉ ghi nhầm tên đơn vị thì sửa ô này"
    return Problem(book.file, sheet.title, cell, found, f"{expected}; {hint}")


def _match(wanted: str, files: dict[str, Path]) -> str | None:
    """The submitted name for a department's file, whatever its capitals: Windows does not tell them apart."""
    if wanted in files:
        return wanted
    alike = [name for name in files if name.casefold() == wanted.casefold()]
    return alike[0] if len(alike) == 1 else None


def _unexpected(files: dict[str, Path], matched: dict[str, str], submission: Submission) -> list[Problem]:
    listed = [file for d in submission.departments for file in d.workbooks]
    folders = {d.file.rpartition(".")[0].casefold(): d for d in submission.departments}
    problems = []
    for name in sorted(set(files) - set(matched.values())):
        if not name.casefold().endswith(".xlsx"):
            if any(_stem(name) == _stem(file) for file in listed if file not in matched):
                continue  # said once, as the department's missing workbook
            found, expected = f"tệp dạng «{Path(name).suffix or 'không rõ'}»", "chỉ các workbook dạng .xlsx"
        elif "/" in name and (d := folders.get(name.partition("/")[0].casefold())) and not d.submitters:
            found = f"tệp trong thư mục của {d.name}, mà tham số không khai đơn vị nào cùng nộp (submitters)"
            expected = f"khai submitters cho «{d.file}» trong params, hoặc chuyển thư mục ra khỏi thư mục kỳ"
        else:
            found = "tệp không thuộc đơn vị nào trong tham số departments"
            expected = _meant(name, files[name], matched, submission)
        problems.append(Problem(name, "", "", found, expected))
    return problems


def _meant(name: str, path: Path, matched: dict[str, str], submission: Submission) -> str:
    """What a file of an unknown name should be called: by the department that it names inside, else by its own name."""
    book = open_workbook(path, name)
    sheet = None if isinstance(book, Problem) else next((s for s in book.sheets if is_info(s)), None)
    who = _value_beside(sheet, _DEPARTMENT)[1] if sheet else ""
    theirs = next((d for d in submission.departments if who and fold(d.name) == fold(who)), None)
    missing = [file for d in submission.departments for file in d.workbooks if file not in matched]
    if theirs is not None and theirs.file in missing:
        return f"đổi tên thành «{theirs.file}», vì biểu ghi đơn vị lập là «{who}»"
    if theirs is not None:
        return f"mỗi đơn vị một tệp: «{who}» đã có «{theirs.file}»; giữ tệp đúng với tên ấy, chuyển tệp kia đi chỗ khác"
    near = next((file for file in missing if nearest(_stem(name), [_stem(file)])), None)
    hint = f"gần nhất là «{near}»" if near else f"còn thiếu {', '.join(f'«{file}»' for file in missing)}"
    hint = f"; {hint}" if missing else ""
    return f"tên tệp như đã khai trong params{hint}, hoặc chuyển tệp thừa ra khỏi thư mục"


def _other_kind(file: str, who: str, files: dict[str, Path]) -> list[Problem]:
    """A workbook that was submitted in a format that is not read."""
    same = next((n for n in files if _stem(n) == _stem(file) and not n.casefold().endswith(".xlsx")), None)
    if not same:
        return []
    found = f"{who} gửi tệp «{same}», không phải dạng .xlsx"
    return [Problem(same, "", "", found, f"lưu lại thành «{Path(file).name}» bằng Excel hoặc LibreOffice")]


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")).casefold()


def _check_info(book: RawWorkbook, submission: Submission) -> list[Problem]:
    """The workbook says for which unit and period it was filled in; both must be the report's."""
    sheet = next((s for s in book.sheets if is_info(s)), None)
    if sheet is None:
        expected = f"trang «{INFO_SHEET}» có các dòng «{_UNIT}» và «{_PERIOD}»"
        return [Problem(book.file, INFO_SHEET, "", "thiếu trang này", expected)]
    wanted = {_PERIOD: [submission.period, submission.period_name]}
    if submission.unit:
        wanted[_UNIT] = [submission.unit]
    problems = []
    for label, values in wanted.items():
        cell, value = _value_beside(sheet, label)
        expected = f"«{values[0]}» như trong params"
        if not cell:
            found = f"không có dòng «{label}»"
            problems.append(Problem(book.file, sheet.title, "", found, f"dòng «{label}» ghi {expected}"))
        elif not value:
            problems.append(Problem(book.file, sheet.title, cell, f"chưa ghi «{label}»", expected))
        elif fold(value) not in {fold(v) for v in values}:
            problems.append(Problem(book.file, sheet.title, cell, f"«{label}» là «{value}»", expected))
    return problems


def _value_beside(sheet: RawSheet, label: str) -> tuple[str, str]:
    """The text right of a label or behind its colon, with its address; no address where there is no such label."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if not isinstance(cell.value, str):
            continue
        name, colon, rest = cell.value.partition(":")
        if fold(name) != fold(label):
            continue
        if colon and rest.strip():
            return cell.address, rest.strip()
        beside = [c for (r, c) in sheet.cells if r == row and c > column]
        if not beside:
            return cell.address, ""
        value = sheet.cells[row, min(beside)]
        return value.address, "" if value.value is None else str(value.value)
    return "", ""
