"""What became of a unit's report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

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
    """How many findings of each severity a report has; ``accepted`` errors are not among ``errors``."""

    model_config = ConfigDict(frozen=True)

    errors: int
    accepted: int
    warnings: int
    notes: int


class Outcome(BaseModel):
    """What became of one unit.

    ``taken``: there was a sealed run of the very same inputs. ``run`` and ``report`` are where they are, empty where
    nothing was made; ``problems`` everything that stood in the way, in words. ``seconds`` is wall time, ``cpu_seconds``
    the processor's, ``memory_mb`` the peak of the largest process. ``tries`` counts processes that were started.
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
    cpu_seconds: float = 0
    memory_mb: int = 0
    tries: int = 1

    @property
    def code(self) -> int:
        """The exit code that the unit's own `thidua run` has."""
        return CODES[self.state]


def code_of(outcomes: Iterable[Outcome]) -> int:
    """The gravest code of all."""
    return max((o.code for o in outcomes), default=0)
