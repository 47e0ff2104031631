"""Libraries that load what they can do without, and that takes longer than they do themselves."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

# Checkers of formats such as internationalised addresses, of which one builds a grammar for longer than all else takes
# that a command imports; no notebook or chart has such a value. nbformat, papermill and Altair all load the library.
_SCHEMAS = {"jsonschema": ("rfc3987_syntax", "rfc3986_validator", "isoduration")}
# Arrays and pictures that somebody writes into a workbook: intake reads, and pictures are no figures.
_WORKBOOKS = {"openpyxl": ("numpy", "PIL")}


class _Unasked(MetaPathFinder):
    """Tells a library that what it can do without is not installed; anyone else finds it."""

    def __init__(self) -> None:
        self.unused: dict[str, tuple[str, ...]] = {}

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        """ImportError for what the library that asks can do without."""
        for library, unused in self.unused.items():
            if name in unused and _asking().partition(".")[0] == library:
                raise ModuleNotFoundError(f"{name} is not needed", name=name)


_finder = _Unasked()
_IMPORTING = (__name__, "importlib._bootstrap", "importlib._bootstrap_external")


def lighten_schema_library() -> None:
    """Have the library that checks JSON loaded without its checkers when somebody needs it: most commands do not."""
    _lighten(_SCHEMAS)


def lighten_workbook_library() -> None:
    """Have openpyxl loaded without arrays and pictures; in a process that runs no cells, which may write either."""
    _lighten(_WORKBOOKS)


def _lighten(unused: Mapping[str, tuple[str, ...]]) -> None:
    _finder.unused.update(unused)
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)


def _asking() -> str:
    """The module whose import statement is at work."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__") in _IMPORTING:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", ""))
