"""The library that checks JSON by schemas: nbformat, papermill and Altair all load it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

_LIBRARY = "jsonschema"
# Optional checkers of formats such as internationalised addresses. The library loads whichever are installed, and one
# builds a grammar for longer than all else takes that a command imports; no notebook or chart has such a value.
_UNUSED = ("rfc3987_syntax", "rfc3986_validator", "isoduration")


class _Unasked(MetaPathFinder):
    """Tells the library, while it is being imported, that the checkers are not installed; anyone else finds them."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        """ImportError for what the library can do without."""
        if name in _UNUSED and getattr(getattr(sys.modules.get(_LIBRARY), "__spec__", None), "_initializing", False):
            raise ModuleNotFoundError(f"{name} is not needed", name=name)


def lighten_schema_library() -> None:
    """Have the library imported without the checkers when somebody needs it: most commands do not."""
    if not any(isinstance(finder, _Unasked) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Unasked())
