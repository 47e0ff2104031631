"""What all tests share: property tests that find the same examples on every machine, however slow it is."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("thidua", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("thidua")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--worlds 1000``: read the reports of so many invented units, not of a few."""
    parser.addoption("--worlds", type=int, default=12, help="how many invented units' reports are read")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: whoever runs one last leaves the other workers with nothing to do."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
