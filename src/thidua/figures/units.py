"""Units of measure: which are counted in whole things and which are measured.

Administrative prose writes counts below ten with a leading zero («02 vụ»), measures without («3,5 ha»).
"""

from __future__ import annotations

from functools import cache

PERCENT = "%"
MEASURES = frozenset(
    {
        *(
            "ha",
            "m2",
            "km2",
            "m3",
            "m",
            "mét",
            "mét vuông",
            "mét khối",
            "km",
            "kg",
            "g",
            "gam",
            "tạ",
            "tấn",
            "lít",
            "kwh",
        ),
        *("đồng", "điểm", "lần", "giờ", "triệu", "tỷ", "nghìn", PERCENT, "‰", "phần trăm"),
    }
)
_SUPERSCRIPTS = str.maketrans("²³", "23")


@cache  # a report has a few units and tens of thousands of numbers
def is_count(unit: str) -> bool:
    """Whether the unit counts whole things: persons, cases, dossiers; a rate such as «tạ/ha» does not."""
    plain = unit.casefold().strip().translate(_SUPERSCRIPTS)
    return "/" not in plain and plain not in MEASURES and not plain.startswith(("nghìn ", "triệu ", "tỷ ", "ngàn "))
