"""Who has submitted, who is late, whose workbook cannot be read and where: ``thidua received``."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from thidua.archive.collecting import collect
from thidua.errors import InputError, Problem
from thidua.forms.schema import BANNERS
from thidua.intake.book_reading import read_workbook
from thidua.intake.period_folder import read_period, submitted_workbooks
from thidua.intake.unit_runs import UnitRun
from thidua.settings.params import Params, Submission

State = Literal["submitted", "faulty", "blank", "missing"]
_STATES: dict[State, str] = {
    "submitted": "đã nộp",
    "faulty": "có lỗi",
    "blank": "biểu còn trống",
    "missing": "chưa nộp",
}


@dataclass(frozen=True)
class Received:
    """What came of one workbook that is expected: from whom, until when, and what is wrong with it."""

    file: str
    who: str
    state: State
    due: dt.date | None = None
    problems: tuple[Problem, ...] = ()

    def late(self, today: dt.date) -> bool:
        """Whether it should have come by now and has not."""
        return self.state in ("blank", "missing") and self.due is not None and self.due < today

    def in_words(self, today: dt.date) -> str:
        """Its state, as the table says it."""
        said = _STATES[self.state]
        if self.state == "faulty":
            return f"{said} ({len(self.problems)})"
        return f"{said}, quá hạn {self.due:%d/%m/%Y}" if self.late(today) and self.due else said

    def as_dict(self, today: dt.date) -> dict[str, Any]:
        """What ``--json`` prints of it."""
        return {
            "file": self.file,
            "who": self.who,
            "state": self.state,
            "due": self.due.isoformat() if self.due else None,
            "late": self.late(today),
            "problems": [str(p) for p in self.problems],
        }


def received(root: Path, submission: Submission) -> tuple[list[Received], list[Problem]]:
    """What came of each expected workbook, in the order of the departments; and what is wrong with no one's workbook.

    Whatever is wrong with one workbook, the others are told.
    """
    try:
        records = read_period(root, submission)
        problems: Sequence[Problem] = ()
    except InputError as error:
        records, problems = [], error.problems
    files = submitted_workbooks(root, submission)
    names = {name.casefold(): name for name in files}
    faults: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        faults[problem.file.casefold()].append(problem)
    stated = {r.file.casefold() for r in records if r.kind != BANNERS.kind}
    found = []
    for department in submission.departments:
        for file, who in department.workbooks.items():
            key = file.casefold()
            if key in faults:
                state: State = "faulty"
            elif key not in names:
                state = "missing"
            else:
                filled = key in stated if not problems else _is_filled(files[names[key]], names[key])
                state = "submitted" if filled else "blank"
            found.append(Received(file, who, state, department.due, tuple(faults.pop(key, ()))))
    return found, [p for rest in faults.values() for p in rest]


def _is_filled(path: Path, name: str) -> bool:
    """Whether a workbook states anything, where the faults of others kept the period from being read."""
    return any(r.kind != BANNERS.kind for r in read_workbook(path, name))


def summary(found: Iterable[Received], today: dt.date) -> Iterator[str]:
    """How many have submitted, are late, must correct something; and every fault with its cell."""
    found = list(found)
    counts = [f"{sum(r.state == 'submitted' for r in found)}/{len(found)} biểu đã nộp"]
    late = sum(r.late(today) for r in found)
    waiting = sum(r.state in ("blank", "missing") for r in found)
    counts += [f"{waiting} chưa nộp" + (f", trong đó {late} quá hạn" if late else "")] if waiting else []
    faulty = [r for r in found if r.state == "faulty"]
    counts += [f"{len(faulty)} có lỗi"] if faulty else []
    yield f"{'; '.join(counts)}."
    for each in faulty:
        yield from (str(problem) for problem in each.problems)


def units_received(root: Path, params: Params | None) -> tuple[UnitRun, ...]:
    """The units below with the sealed runs that are there of them now; none where params ask for none."""
    return collect(root, params) if params is not None and params.gathered else ()


def unit_in_words(unit: UnitRun) -> str:
    """What there is of a unit below, as the table says it."""
    draft = f"dự thảo, còn {unit.errors} lỗi"
    said = {"fit": "đã có báo cáo", "draft": draft, "altered": "không còn nguyên vẹn", "missing": "chưa có báo cáo"}
    return said.get(unit.state) or f"không dùng được: {unit.why}"


def units_summary(units: Sequence[UnitRun]) -> Iterator[str]:
    """How many units below have a report that can be taken, and how many of them are drafts."""
    if units:
        drafts = sum(unit.state == "draft" for unit in units)
        more = f", trong đó {drafts} còn là dự thảo" if drafts else ""
        yield f"{sum(unit.taken for unit in units)}/{len(units)} đơn vị cấp dưới đã có báo cáo{more}."
