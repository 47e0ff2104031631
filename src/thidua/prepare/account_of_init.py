"""What ``thidua init`` tells: what was made, and what is left to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thidua.machine.to_type import as_typed
from thidua.prepare.init import Founded


def in_words(founded: Founded) -> str:
    """The account for whoever sets the unit up."""
    return "\n".join(_lines(founded))


def as_dict(founded: Founded) -> dict[str, Any]:
    """The account for programs."""
    return {
        "folder": str(founded.folder),
        "unit": founded.unit.name,
        "period": founded.period.id,
        "outline": founded.outline,
        "workbooks": [{"file": d.file, "department": d.name, "sheets": list(d.sheets)} for d in founded.departments],
    }


def _lines(founded: Founded) -> Iterator[str]:
    folder, period = founded.folder, founded.period
    yield f"Đã lập bộ báo cáo của {founded.unit.name} ở {folder}, kỳ {period.name}:"
    yield f"  params/{period.id}.yaml, mục lục như của kỳ {founded.outline}"
    yield f"  {len(founded.departments)} biểu trống trong data/raw/{period.id}/"
    yield from (f"    {d.file}: {d.name} ({', '.join(d.sheets)})" for d in founded.departments)
    yield ""
    above = "" if founded.unit.superior else "cơ quan cấp trên (unit.superior), "
    yield f"Ghi thêm trong params/{period.id}.yaml: {above}người ký (document.signer.name)."
    yield "Xem lại ở đó: các đơn vị gửi biểu (departments), nơi nhận (document.recipients), mục lục (sections)."
    yield f"Gửi các biểu cho đơn vị điền, lưu đè vào data/raw/{period.id}/ rồi gõ:"
    yield f"  {as_typed('check', period.id, root=folder)}"
