"""Invented units: a commune, a ward, a province, and a district as there were until its country had two levels."""

from __future__ import annotations

import random
from typing import Any

from generated.words import Words

LEVELS = ("xã", "phường", "tỉnh", "huyện")
_LOWER = {"xã": "các thôn", "phường": "các tổ dân phố", "tỉnh": "các xã, phường", "huyện": "các xã, thị trấn"}
# What is counted of a unit's parts.
PARTS = {"xã": "thôn", "phường": "tổ dân phố", "tỉnh": "xã", "huyện": "xã"}
# What no report of a unit of this level speaks of: offices and parts of other levels.
FOREIGN = {
    "xã": r"huyện|thị trấn|phường|tổ dân phố|các xã|xã, thị trấn",
    "phường": r"huyện|thị trấn|(?<!hợp tác )(?<!cấp )(?<!thị )xã(?! hội)|(?<!nông )thôn|nông thôn mới",
    "tỉnh": r"huyện|thị trấn",
    "huyện": r"phường|tổ dân phố",
}


def unit(chance: random.Random, words: Words, level: str) -> dict[str, Any]:
    """The params of a unit."""
    short = str(chance.randint(2, 16)) if level == "phường" and chance.random() < 0.3 else words.name()
    name = f"{level} {short}"
    found = {
        "name": name,
        "short_name": short,
        "level": level,
        "issuer": f"UBND {name}",
        "issuer_full": f"Ủy ban nhân dân {name}",
        "place": short if not short.isdigit() else words.name(),
    }
    if level != "tỉnh":
        found["superior"] = f"UBND tỉnh {words.name()}"
    if chance.random() < 0.85:
        found["lower_units"] = _LOWER[level]
    return found


def document(chance: random.Random, words: Words, issuer: str) -> dict[str, Any]:
    """The params of a unit's report."""
    title = "{{ period.summing_up }} phong trào thi đua và công tác khen thưởng {{ period.name }}"
    return {
        "number": str(chance.randint(1, 300)) if chance.random() < 0.5 else None,
        "symbol": "BC-UBND",
        "title": title,
        "author": issuer,
        "recipients": [f"Ban {words.name()}", "Lưu: VT"],
        "signer": {"title": "CHỦ TỊCH", "name": words.name()},
    }
