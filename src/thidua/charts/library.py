"""Altair in the report's look, loaded with the first chart: a notebook without charts pays nothing."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from thidua.charts.theme import THEME
from thidua.machine.light_libraries import lighten_schema_library

# The name of the report's look among Altair's themes.
LOOK = "thidua"


@cache
def altair() -> Any:
    """The module altair, with the report's theme registered and enabled."""
    lighten_schema_library()
    module = importlib.import_module("altair")
    # Checking each part of a chart as it is put together takes ten times as long as drawing it; the tests check the
    # finished charts of every kind against the schema.
    module.utils.schemapi.DEBUG_MODE = False
    module.theme.register(LOOK, enable=True)(lambda: {"config": THEME.config})
    return module
