"""What prose can say of the units below whose sealed runs a report is made from: how many there are, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from thidua.figures.numbers import format_quantity
from thidua.intake.unit_runs import UnitRun

# So many are named; of more, the rest are counted.
_NAMED = 10


class ReportedUnits(BaseModel):
    """The units below, in words: all and those taken are counted, the others named; None where there is none."""

    model_config = ConfigDict(frozen=True)
    count: str | None = None
    reported: str | None = None
    missing: str | None = None
    drafts: str | None = None


def reported_units(units: Sequence[UnitRun]) -> ReportedUnits:
    """What is to be said of the units that were collected; nothing where there are none."""
    if not units:
        return ReportedUnits()
    return ReportedUnits(
        count=_counted(len(units)),
        reported=_counted(sum(unit.taken for unit in units)),
        missing=_named([unit.name for unit in units if not unit.taken]),
        drafts=_named([unit.name for unit in units if unit.state == "draft"]),
    )


def _counted(number: int) -> str:
    return format_quantity(Decimal(number), "đơn vị")


def _named(names: Sequence[str]) -> str | None:
    if not names:
        return None
    if len(names) > _NAMED + 1:
        return f"{', '.join(names[:_NAMED])} và {_counted(len(names) - _NAMED)} đơn vị khác"
    return " và ".join(filter(None, (", ".join(names[:-1]), names[-1])))
