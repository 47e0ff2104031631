"""What holds between rows: codes that are unique, totals and formulas over rows that exist."""

from __future__ import annotations

from decimal import Decimal

from thidua.errors import FigureError, Problem
from thidua.figures import Figure
from thidua.figures.written import evaluate, names
from thidua.forms.schema import BANNERS
from thidua.intake.records import Record
from thidua.language.text import fold, slip_of

Coded = dict[tuple[str, str], Record]
# The columns that name other rows.
_NAMED = frozenset(("parent", "opens", "formula"))


def check_codes(records: list[Record]) -> list[Problem]:
    """Codes are unique within a kind over all workbooks, and each is one thing; the units of a formula fit.

    Sub-units of a department submit the same rows, each in its own workbook, in one unit of measure.

    A total or an input of a formula that no row has is a mistake where its code is a slip away from one that exists;
    otherwise it is not reported this period, and the checks say that they rest (thidua.checks.rules.unreported).
    """
    records = [record for record in records if record.kind != BANNERS.kind]
    seen: Coded = {}
    own: set[tuple[str, str, str]] = set()
    problems = []
    for record in records:
        code = record.text("code")
        if not code:
            continue
        first = seen.setdefault((record.kind, code), record)
        again = (record.kind, code, record.file) in own
        own.add((record.kind, code, record.file))
        if first is record:
            continue
        if not again and record.folder and record.folder == first.folder:
            unit, other = record.text("unit"), first.text("unit")
            if fold(unit) != fold(other):
                found = f"«{code}» tính bằng «{unit}», ở {first.file} tính bằng «{other}»"
                problems.append(_problem(record, "unit", found, "một đơn vị tính cho mọi đơn vị cùng nộp"))
        else:
            found = f"mã «{code}» đã dùng ở {first.file}, trang «{first.sheet}», ô {first.cells['code']}"
            problems.append(_problem(record, "code", found, "mỗi mã chỉ dùng một lần"))
    for record in records:
        unknown = [(key, code) for key, code in used_codes(record) if (record.kind, code) not in seen]
        for key, code in unknown:
            near = slip_of(code, (c for kind, c in seen if kind == record.kind))
            if near:
                expected = f"mã của một chỉ tiêu có trong biểu; gần nhất là «{near}»"
                problems.append(_problem(record, key, f"không có chỉ tiêu nào mang mã «{code}»", expected))
        if not unknown and not _NAMED.isdisjoint(record.values):
            problems += _check_chain(record, seen) + _check_formula(record, seen)
    return problems


def used_codes(record: Record) -> list[tuple[str, str]]:
    """The codes that a row rests on, with the column that names them."""
    # Most rows rest on none, and all are asked at every reading.
    if _NAMED.isdisjoint(record.values):
        return []
    formula = record.text("formula")
    used = [(key, code) for key in ("parent", "opens") if (code := record.text(key))]
    return used + [("formula", code) for code in dict.fromkeys(names(formula))] if formula else used


def _check_chain(record: Record, seen: Coded) -> list[Problem]:
    """A row is not, through its totals, a part of itself."""
    passed = {record.text("code")}
    parent = record.text("parent")
    while parent and (above := seen.get((record.kind, parent))) is not None:
        if parent == record.text("code"):
            found = f"chỉ tiêu «{parent}» thuộc chính nó"
            return [_problem(record, "parent", found, "mã của chỉ tiêu tổng, khác với chỉ tiêu thành phần")]
        if parent in passed:
            return []  # a circle that this row is no part of
        passed.add(parent)
        parent = above.text("parent")
    return []


def _check_formula(record: Record, seen: Coded) -> list[Problem]:
    """The units of a formula go together and give the row's own unit."""
    formula = record.text("formula")
    if not formula:
        return []

    def sample(code: str) -> Figure:
        return Figure(code, Decimal(1), seen[record.kind, code].text("unit"), label=code)

    try:
        evaluate(formula, sample, record.text("unit"))
    except FigureError as error:
        return [_problem(record, "formula", str(error), "công thức có đơn vị tính khớp với chỉ tiêu")]
    return []


def _problem(record: Record, key: str, found: str, expected: str) -> Problem:
    return Problem(record.file, record.sheet, record.cells[key], found, expected)
