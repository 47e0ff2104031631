"""Reading a period's folder: every workbook, every problem, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from thidua.errors import InputError, Problem
from thidua.intake.book_reading import DEPARTMENT, Signed, Wanted, signed_by
from thidua.intake.codes import check_codes
from thidua.intake.folder import submitted_files
from thidua.intake.kept_readings import Asked, readings
from thidua.intake.records import Record
from thidua.language.text import fold, nearest
from thidua.settings.params import Submission


def submitted_workbooks(root: Path, submission: Submission) -> dict[str, Path]:
    """The departments' workbooks by the names that they were submitted under, in the order of the departments."""
    files, _ = submitted_files(root, submission.period)
    wanted = (file for d in submission.departments for file in d.workbooks)
    return {name: files[name] for name in _matched(wanted, files).values()}


def read_period(root: Path, submission: Submission, *, fresh: bool = False) -> list[Record]:
    """All records of the period. InputError carries every problem of every workbook at once.

    A department that has not submitted is no mistake of the others: the checks tell it. Of a workbook in which
    nothing was filled in only what stands above its tables is read: a blank one states nothing.
    Reads data/raw/<period> under ``root``; nothing in it is ever written. With ``fresh`` nothing is taken from what was
    kept of an earlier reading.
    """
    files, problems = submitted_files(root, submission.period)
    if problems and not files:
        raise InputError(problems)
    refused = {p.file for p in problems}
    wanted = {file: (d, who) for d in submission.departments for file, who in d.workbooks.items()}
    matched = _matched(wanted, files)
    if submission.complete:
        problems += _unexpected(files, matched, submission)
    asked = [
        Asked(files[name], name, Wanted(wanted[file][0].sheets, submission.period, submission.unit))
        for file, name in matched.items()
    ]
    known = dict(zip(matched, readings(asked, fresh=fresh), strict=True))
    offices = {fold(d.name): d.file for d in submission.departments}
    offices |= {fold(who): file for file, (_, who) in wanted.items()}
    records: list[Record] = []
    for file, (department, who) in wanted.items():
        if file not in matched:
            problems += [] if file in refused else _other_kind(file, who, files)
        elif theirs := _of_another(matched[file], known[file].signed, {department.name, who}, offices):
            problems.append(theirs)  # all else that is wrong with it follows
        else:
            records += known[file].records
            problems += known[file].problems
    problems += check_codes(records)
    if not matched and not problems and submission.alone:
        folder = f"data/raw/{submission.period}"
        problems.append(Problem("", "", "", f"{folder} chưa có biểu nào", f"biểu của các đơn vị: {', '.join(wanted)}"))
    if problems:
        raise InputError(problems)
    return records


def _of_another(file: str, signed: Signed, own: set[str], offices: Mapping[str, str]) -> Problem | None:
    """A workbook that names another of the ``offices`` inside than the one whose name it was saved under."""
    theirs = offices.get(fold(signed.who))
    if theirs is None or fold(signed.who) in {fold(name) for name in own}:
        return None
    found, expected = f"biểu ghi «{DEPARTMENT}» là «{signed.who}»", f"biểu của {' hoặc '.join(sorted(own))}"
    hint = f"biểu của «{signed.who}» lưu thành «{theirs}»; nếu chỉ ghi nhầm tên đơn vị thì sửa ô này"
    return Problem(file, signed.sheet, signed.cell, found, f"{expected}; {hint}")


def _matched(wanted: Iterable[str], files: Mapping[str, Path]) -> dict[str, str]:
    """The submitted name for each file that is there, whatever its capitals: Windows does not tell them apart."""
    alike: dict[str, list[str]] = {}
    for name in files:
        alike.setdefault(name.casefold(), []).append(name)
    found = {}
    for file in wanted:
        same = [file] if file in files else alike.get(file.casefold(), [])
        if len(same) == 1:
            found[file] = same[0]
    return found


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
    who = signed_by(path, name)
    theirs = next((d for d in submission.departments if who and fold(d.name) == fold(who)), None)
    missing = [file for d in submission.departments for file in d.workbooks if file not in matched]
    if theirs is not None and theirs.file in missing and Path(name).name == theirs.file:
        return f"chuyển tệp ra khỏi thư mục con «{Path(name).parent.as_posix()}», vào ngay thư mục của kỳ"
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
