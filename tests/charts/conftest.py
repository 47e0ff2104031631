"""What a chart draws is looked at in charts of a few bars, which no report would show."""

from __future__ import annotations

import pytest

from thidua.charts import kinds


@pytest.fixture
def few_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two marks are enough for a chart."""
    monkeypatch.setattr(kinds, "LEAST", 2)
