"""The data files of the library itself, and of its sealed runs."""

from __future__ import annotations

from typing import Any

import yaml

# The parser in C is ten times as fast, and these files are read at the start of every process.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def own_data(text: str) -> Any:
    """What a YAML file of the library, or one that a run was made from, says."""
    return yaml.load(text, Loader=_LOADER)
