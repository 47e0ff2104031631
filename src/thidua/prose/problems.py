"""What a value of a prose cell is and holds, in Vietnamese, for the officer who wrote it."""

from __future__ import annotations

from typing import Any

from thidua.dataset import Lookup
from thidua.entries import AbsentEntry, Entry
from thidua.figures import Figure, Indicator
from thidua.figures.award import Award
from thidua.forms.schema import schemas
from thidua.settings import templates


def kind_of(value: Any) -> str:
    """What a value is, in an officer's words."""
    kinds: dict[type, str] = {
        Lookup: "bảng tra theo mã",
        Indicator: "chỉ tiêu",
        Figure: "số liệu",
        Award: "dòng khen thưởng",
        Entry: "dòng của biểu",
    }
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), templates.kind_of(value))


def attributes(owner: Any) -> list[str]:
    """The names that can follow a value and a dot."""
    if isinstance(owner, Entry):
        kind = owner.kind if isinstance(owner, AbsentEntry) else owner.record.kind
        return next(list(s.keys) for s in schemas().values() if s.kind == kind)
    return templates.attributes(owner)
