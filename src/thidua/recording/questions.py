"""What can be asked of a period's data, each question with its answer and with what of it counts.

An answer counts with what is told of the name that was asked for: the nearest one, where no row has it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thidua.dataset import Dataset

LOOKUPS = ("indicators", "awards", "documents", "movements")
LISTS = ("register", "role_models", "records", "banners", "units", "by_unit")
GROUPS = ("group", "movements_of", "events", "documents_about", "assessments", "tasks", "rows", "put_together")
ROW, HAS, ALL, CODES, FRAME = "row", "has", "all", "codes", "frame"

# The answer, and what of it counts.
Answered = tuple[Any, Any]


def answered(data: Dataset, question: str, *names: str) -> Answered:
    """The answer to a question: the name of what the data offer, and what is asked of it.

    KeyError for a question that nobody can ask.
    """
    return _QUESTIONS[question](data, question, *names)


def _asked_of_lookup(data: Dataset, question: str, what: str, *names: str) -> Answered:
    lookup = getattr(data, question)
    if what == ROW:
        row = lookup[names[0]]
        return row, (row, lookup.slips.get(names[0]))
    answer = names[0] in lookup if what == HAS else list(lookup) if what == ALL else lookup.codes
    return answer, answer


def _list(data: Dataset, question: str) -> Answered:
    answer = getattr(data, question)
    return answer, answer


def _group(data: Dataset, question: str, name: str) -> Answered:
    told, data.mistyped = data.mistyped, {}
    rows = getattr(data, question)(name)
    counts = (rows, data.mistyped.get(name))
    data.mistyped = told | data.mistyped
    return rows, counts


def _frame(data: Dataset, question: str, kind: str) -> Answered:
    return getattr(data, question)(kind), [r for r in data.records if r.kind == kind]


_QUESTIONS: dict[str, Callable[..., Answered]] = {
    **dict.fromkeys(LOOKUPS, _asked_of_lookup),
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(GROUPS, _group),
    FRAME: _frame,
}
