"""What became of a unit's report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from thidua.fleet.which_units import Unit

State = Literal["good", "findings", "unusable", "failed"]
# The states in the order of their gravity are the exit codes of `thidua run`.
CODES: dict[State, int] = {"good": 0, "findings": 1, "unusable": 2, "failed": 3}
NAMES: dict[State, str] = {
    "good": "ký được",
    "findings": "dự thảo, có lỗi số liệu",
    "unusable": "biểu, tham số có lỗi",
    "failed": "không lập được",
}


class Found(BaseModel):
    """How many findings a report has; what was accepted is among no other. None where that is not known from afar."""

    model_config = ConfigDict(frozen=True)

    errors: int
    accepted: int
    warnings: int | None = None
    notes: int | None = None


class Outcome(BaseModel):
    """What became of one unit.

    ``taken``: there was a sealed run of the very same inputs. ``run`` and ``report`` are where they are, empty where
    nothing was made; ``problems`` are everything that stood in the way, in words. ``seconds`` is wall time; ``tries``
    counts the processes that were started.
    """

    model_config = ConfigDict(frozen=True)

    unit: str
    folder: str
    params: str
    state: State
    taken: bool = False
    found: Found | None = None
    problems: tuple[str, ...] = ()
    run: str = ""
    report: str = ""
    seconds: float = 0
    tries: int = 1

    @property
    def code(self) -> int:
        """The exit code that the unit's own `thidua run` has."""
        return CODES[self.state]


def outcome_for(unit: Unit, state: State, problems: tuple[str, ...] = ()) -> Outcome:
    """The outcome of a unit of which nothing else is known."""
    return Outcome(unit=unit.name, folder=unit.folder, params=unit.place, state=state, problems=problems)


def outcome_with(unit: Unit, found: Found, run: str, report: str, *, taken: bool) -> Outcome:
    """The outcome of a report with such findings."""
    outcome = outcome_for(unit, "findings" if found.errors else "good")
    return outcome.model_copy(update={"found": found, "run": run, "report": report, "taken": taken})


def failed(unit: Unit, problem: str) -> Outcome:
    """What is told of a unit that could not tell of itself."""
    return outcome_for(unit, "failed", (problem,))


def code_of(outcomes: Iterable[Outcome]) -> int:
    """The gravest code of all."""
    return max((o.code for o in outcomes), default=0)
