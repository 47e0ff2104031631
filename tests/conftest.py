"""What all tests share: property tests that find the same examples on every machine, however slow it is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("thidua", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("thidua")
