"""How far a value may be from that of last year before it is asked about: what the indicator form says of each unit."""

from __future__ import annotations

from decimal import Decimal

from thidua.forms.roles import indicator_form


def bound_for(unit: str) -> Decimal:
    """The bound for a unit: how many times as much or as little, for percentages how many points."""
    found = indicator_form().bounds
    return next((b.most for b in found if unit.casefold() in b.units), found[-1].most)
