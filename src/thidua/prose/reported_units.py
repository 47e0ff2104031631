"""What prose can say of the units below whose sealed runs a report is made from: how many there are, who is missing."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from thidua.figures.lacking import counted, named
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
        count=counted(len(units)),
        reported=counted(sum(unit.taken for unit in units)),
        missing=named([unit.name for unit in units if not unit.taken], _NAMED) or None,
        drafts=named([unit.name for unit in units if unit.state == "draft"], _NAMED) or None,
    )


def gathered_from(units: Sequence[UnitRun]) -> str:
    """Whose numbers a report is put together of: those first whose are not there, then whose report is a draft still.

    Nothing where no units are below.
    """
    told = reported_units(units)
    if told.count is None:
        return ""
    lead = f"Số liệu tổng hợp từ báo cáo của {told.reported}/{told.count} đơn vị cấp dưới"
    if told.missing:
        silent = "đơn vị này" if sum(not unit.taken for unit in units) == 1 else "các đơn vị này"
        of_others = f"số liệu tổng hợp từ {told.reported}/{told.count} đơn vị cấp dưới, chưa có phần của {silent}"
        lead = f"Chưa có báo cáo của {told.missing}; {of_others}"
    return f"{lead}; báo cáo của {told.drafts} còn là dự thảo." if told.drafts else f"{lead}."
