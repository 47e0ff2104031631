"""What a suite eight times as large costs: about eight times as much, not sixty-four times."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

from generated.reports import rows_as_read
from generated.suites import Size, Suite, suite
from thidua.checks.engine import check
from thidua.checks.rules_file import common_rules
from thidua.dataset import Dataset
from thidua.intake.records import Record
from thidua.remembered import forget
from thidua.settings.params import Params

_TIMES = 8
_MOST = 1.25 * _TIMES


def test_checks_take_time_in_proportion_to_what_is_wrong() -> None:
    def findings(made: Suite, records: list[Record]) -> int:
        return len(check(Dataset(records), Params.model_validate(made.params), common_rules(), {}).findings)

    calls, found = _growth(Size(sections=4, figures=160, workbooks=2, slips=16), findings)
    assert found[1] > 5 * found[0] > 40
    assert calls[1] < _MOST * calls[0]


def test_what_sections_ask_for_takes_time_in_proportion_to_their_number() -> None:
    def answers(made: Suite, records: list[Record]) -> int:
        data = Dataset(records)
        return sum(len(data.group(name)) + len(data.rows(name)) for name in made.sections)

    calls, found = _growth(Size(sections=120, figures=480, workbooks=4, slips=0), answers)
    assert found[1] == _TIMES * found[0]
    assert calls[1] < _MOST * calls[0]


class _Calls:
    """Counts calls of functions: unlike time, the same on every machine whatever else it does."""

    number = 0

    def __call__(self, _frame: FrameType, event: str, _what: object) -> None:
        self.number += event == "call"


def _growth(size: Size, work: Callable[[Suite, list[Record]], int]) -> tuple[list[int], list[int]]:
    """How many functions are called, and what the work gives, for a suite and for one so many times as large."""
    larger = replace(size, **{name: _TIMES * count for name, count in vars(size).items()})
    calls, found = [], []
    for each in (size, larger):
        made = suite(each)
        records = rows_as_read(made.books)
        forget()  # what is remembered of the smaller one
        counted = _Calls()
        sys.setprofile(counted)
        try:
            found.append(work(made, records))
        finally:
            sys.setprofile(None)
        calls.append(counted.number)
    return calls, found
