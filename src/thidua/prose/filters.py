"""The phrases of administrative Vietnamese, as Jinja filters over figures, indicators and rows of forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thidua.prose.quantities import QuantityWords
from thidua.prose.rows import QUALITIES, RowWords

__all__ = ["QUALITIES", "Filters"]


class Filters(QuantityWords, RowWords):
    """Filters bound to the tokens of one cell."""

    def all(self) -> dict[str, Callable[..., Any]]:
        """The filters by the names that a notebook uses."""
        numbers = ["with_unit", "about", "amount", "some", "amounts", "tally", "counted", "pct", "count"]
        numbers += ["nonzero", "directions"]
        indicators = ["progress", "out_of", "of_plan", "of_upper", "versus_last", "moved", "series", "named"]
        texts = ["cite", "cites", "footnoted", "on_date", "listing", "points", "accounts", "outcomes", "lower"]
        texts += ["called", "in_field", "portrayed", "distinct"]
        names = [*numbers, *indicators, *texts]
        return {name: getattr(self, name) for name in names}
