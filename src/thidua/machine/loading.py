"""Importing a library without what it would bring along and nobody here uses."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module


def load_without(name: str, unused: Sequence[str]) -> None:
    """Import a module as if these, which it can do without, were not installed; they can be imported later."""
    hidden = [each for each in unused if each not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import_module(name)
    finally:
        for each in hidden:
            del sys.modules[each]
