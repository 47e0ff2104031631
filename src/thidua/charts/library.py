"""The drawing libraries in the report's look, loaded with the first chart: a notebook without charts pays nothing."""

from __future__ import annotations

import importlib
import sys
from functools import cache
from typing import Any

from thidua import fonts
from thidua.charts.theme import THEME

# The version of Vega-Lite that Altair writes.
VEGALITE = "6.4"
# The name of the report's look among Altair's themes.
LOOK = "thidua"
# Optional checkers of formats such as internationalised addresses. The JSON schema library loads whichever are
# installed and builds their grammars, which takes longer than all of Altair; no chart has such a value.
_UNUSED = ("rfc3987_syntax", "rfc3986_validator", "isoduration")


@cache
def altair() -> Any:
    """The module altair, with the report's theme registered and enabled."""
    hidden = {name: None for name in _UNUSED if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        module = importlib.import_module("altair")
    finally:
        for name in hidden:
            del sys.modules[name]
    # Checking each part of a chart as it is put together takes ten times as long as drawing it; the tests check the
    # finished charts of every kind against the schema.
    module.utils.schemapi.DEBUG_MODE = False
    module.theme.register(LOOK, enable=True)(lambda: {"config": THEME.config})
    return module


@cache
def converter() -> Any:
    """The module vl_convert, with the report's typeface and no other.

    A system's own typeface of that name may lack Vietnamese letters, and would go before the report's.
    """
    fonts.use_only_these()
    module = importlib.import_module("vl_convert")
    module.register_font_directory(str(fonts.directory()))
    return module
