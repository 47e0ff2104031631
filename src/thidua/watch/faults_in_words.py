"""What stands in the way of a preview, as its page shows it: the place, what is wrong, the line with its caret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

from thidua.errors import (
    InputError,
    NotebookFailure,
    NotebooksFailed,
    NotebooksFaulty,
    NotebooksUnreadable,
    Problem,
    ProgramBroke,
    ThiduaError,
    Unexpected,
)


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it stands, what is wrong in a sentence, and lines as they were typed, if any."""

    place: str
    what: str
    lines: str = ""


def faults_of(error: BaseException) -> tuple[Fault, ...]:
    """All that an error says, each by itself."""
    return tuple(_faults(error))


def _faults(error: BaseException) -> Iterator[Fault]:
    if isinstance(error, InputError | NotebooksUnreadable):
        yield from map(_of_problem, error.problems)
    elif isinstance(error, NotebooksFaulty):
        for notebook, cell, fault in error.faults:
            yield _said(f"{notebook}, ô {cell}", str(fault))
    elif isinstance(error, NotebooksFailed):
        yield from map(_of_failure, error.failures)
    elif isinstance(error, ThiduaError):
        yield _said("", str(error))
    elif isinstance(error, ProgramBroke):
        yield _said("", str(Unexpected(error, None, None)))
    else:
        yield Fault("", str(Unexpected(error, None, None)), f"{type(error).__name__}: {error}")


def _of_problem(problem: Problem) -> Fault:
    return Fault(problem.place, f"{problem.found}. Cần: {problem.expected}.")


def _of_failure(failure: NotebookFailure) -> Fault:
    place = f"{failure.section}, ô {failure.cell}" if failure.cell else failure.section
    said = _said(place, failure.error)
    return said if said.lines or not failure.cell else Fault(said.place, said.what, failure.source)


def _said(place: str, text: str) -> Fault:
    """A text whose further lines are what was typed and its caret."""
    what, _, lines = text.partition("\n")
    return Fault(place, what, dedent(lines))
