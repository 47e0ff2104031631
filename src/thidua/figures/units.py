"""Units of measure: which are counted in whole things and which are measured.

Administrative prose writes counts below ten with a leading zero («02 vụ»), measures without («3,5 ha»).
"""

from __future__ import annotations

PERCENT = "%"
MEASURES = frozenset(
    {
        *("ha", "m²", "km²", "m³", "m", "mét", "km", "kg", "g", "gam", "tạ", "tấn", "lít", "kWh"),
        *("đồng", "nghìn lượt người", "tiêu chí/xã", "điểm", "lần", PERCENT, "‰"),
    }
)


def is_count(unit: str) -> bool:
    """Whether the unit counts whole things: persons, cases, dossiers."""
    return unit not in MEASURES and not unit.startswith(("nghìn ", "triệu ", "tỷ "))
